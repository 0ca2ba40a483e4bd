import * as vscode from 'vscode';
import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import type { FileSource } from '../../core/prompt/files';
import type { PromptId, PromptOrigin } from '../../core/prompt/model';
import type { CalibrationContext } from '../../core/tokens/calibrate';
import { DisposableStore } from '../dispose';
import type { PromptDocuments } from './promptDocuments';
import type { FileMemory } from './fileMemory';
import type { Bundles } from '../ports';
import { fileKey, type PromptRef } from '../promptRef';
import type { SettingsReader } from '../workspace/settings';
import { findDocument } from './openDocuments';
import { today } from './today';
import { textOf, wholeOf } from './cells';
import { documentPath, versionOf } from './wholes';

/** Where the analysis asks what past answers taught. */
export interface CalibrationSource {
  /** `undefined` while nothing is known: estimates then come from the text alone. */
  contextFor(ref: PromptRef): CalibrationContext | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** Includes are eight deep at most; more rounds than this mean that files change faster than they are read. */
const maxDepth = 12;

/** Of a document with more prompts, as a batch file, only so many are read with each change; the others when somebody looks at them. */
const mostShown = 50;

interface Entry {
  readonly version: string;
  readonly analysis: DocumentAnalysis;
  /** Is every file that its prompts have asked for so far read, or refused? Prompts are read when they are asked for, so this can change. */
  readonly isComplete: () => boolean;
}

/** One analysis for each document and version, made by whoever asks first and dropped when the document closes. */
export class AnalysisStore implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.TextDocument>());
  readonly #bundles: Bundles;
  readonly #documents: PromptDocuments;
  readonly #files: FileMemory;
  readonly #settings: SettingsReader;
  readonly #calibration: CalibrationSource | undefined;

  /**
   * A document has a new analysis to ask for, because its text, a file it includes, a setting or the calibration changed; or it was closed,
   * as it also is for a moment when its language changes.
   */
  readonly onDidChange = this.#changed.event;

  constructor(bundles: Bundles, documents: PromptDocuments, files: FileMemory, settings: SettingsReader, calibration?: CalibrationSource) {
    this.#bundles = bundles;
    this.#documents = documents;
    this.#files = files;
    this.#settings = settings;
    this.#calibration = calibration;
    this.#owned.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#announce(document)));
    // Versions begin again with each opening, and a closed document may have been asked about since.
    const begin = (document: vscode.TextDocument): void => {
      const known = this.#entries.delete(fileKey(document.uri));
      // What is remembered of texts is for who types in one of them.
      if (known && this.#entries.size === 0) this.#bundles.engine().forgetTexts();
      this.#announce(document);
    };
    this.#owned.add(vscode.workspace.onDidOpenTextDocument(begin));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument(begin));
    const announceCells = (notebook: vscode.NotebookDocument): void => {
      for (const { document } of notebook.getCells()) this.#tell(document);
    };
    this.#owned.add(vscode.workspace.onDidOpenNotebookDocument(announceCells));
    this.#owned.add(
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) announceCells(notebook);
      }),
    );
    this.#owned.add(files.onDidChange(() => this.refresh()));
    this.#owned.add(settings.onDidChange(() => this.refresh()));
    if (calibration !== undefined) this.#owned.add(calibration.onDidChange(() => this.refresh()));
  }

  /** The analysis of the document as it is now, or `undefined` where it holds no prompts. */
  get(document: vscode.TextDocument): DocumentAnalysis | undefined {
    const format = this.#documents.formatOf(document);
    if (format === undefined) return undefined;
    const whole = wholeOf(document);
    const version = versionOf(whole);
    const key = fileKey(document.uri);
    const known = this.#entries.get(key);
    if (known?.version === version && known.analysis.format === format) return known.analysis;
    const source = this.#files.sourceFor(whole.uri);
    let complete = true;
    const files: FileSource = (path, as) => {
      const answer = source(path, as);
      complete &&= answer.kind !== 'pending';
      return answer;
    };
    const analysis = this.read(document, format, textOf(whole), files);
    this.#entries.set(key, { version, analysis, isComplete: () => complete });
    return analysis;
  }

  /** Analyzes a text as the document's own, as it was at another time. */
  read({ uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>, format: PromptOrigin, text: string, files: FileSource) {
    const settings = this.#settings.read(uri);
    const calibrationOf = (id: PromptId) => this.calibrationFor({ uri, id });
    const options = { calibrationOf, today: today(), most: mostShown };
    const { engine, code } = this.#bundles;
    if (format !== 'code') return engine().analyze(text, format, files, settings, options);
    return engine().analyzeWith((next) => code().readCode(next, documentPath(uri, languageId), files), text, format, settings, options);
  }

  /** Analyzes the text of a file that need not be open, once every file that it includes has been read. */
  async readSettled(file: Pick<vscode.TextDocument, 'uri' | 'languageId'>, format: PromptOrigin, text: string): Promise<DocumentAnalysis> {
    const source = this.#files.sourceFor(file.uri);
    for (let depth = 0; ; depth += 1) {
      let complete = true;
      const analysis = this.read(file, format, text, (path, as) => {
        const answer = source(path, as);
        complete &&= answer.kind !== 'pending';
        return answer;
      });
      // Asked for, so that they are read.
      if (analysis.prompts.length === 0 || complete || depth === maxDepth) return analysis;
      await this.#files.settled();
    }
  }

  /** The analysis of a prompt as it is now; `undefined` where its document is closed or does not hold it any more. */
  of({ uri, id }: PromptRef): PromptAnalysis | undefined {
    const document = findDocument(uri);
    return document && this.get(document)?.of(id);
  }

  /** What past answers taught for this prompt: for whoever plans it again, so that figures can be compared. */
  calibrationFor(ref: PromptRef): CalibrationContext | undefined {
    return this.#calibration?.contextFor(ref);
  }

  /** Whether what was asked of a document's analysis is the whole truth, or files are still being read; then a change will be announced. */
  isComplete({ uri }: Pick<vscode.TextDocument, 'uri'>): boolean {
    return this.#entries.get(fileKey(uri))?.isComplete() ?? true;
  }

  /** The analysis of a prompt once every file it includes has been read. */
  async settled(ref: PromptRef): Promise<PromptAnalysis | undefined> {
    // An included file can include others, which are asked for only when it has been read.
    for (let depth = 0; depth < maxDepth; depth += 1) {
      const analysis = this.of(ref);
      if (this.isComplete(ref)) return analysis;
      await this.#files.settled();
    }
    return this.of(ref);
  }

  /** Does the document hold a prompt? One that is only looked at for its text may turn out to hold none. */
  holdsPrompt(document: vscode.TextDocument): boolean {
    const format = this.#documents.formatOf(document);
    const isLookedAt = format === 'json' || format === 'json-lines' || format === 'yaml' || format === 'code';
    return isLookedAt ? (this.get(document)?.reading.prompts.length ?? 0) > 0 : format !== undefined;
  }

  /** Forgets all analyses and tells everybody; `changed`: the document of this address too, which may hold no prompt any more. */
  refresh(changed?: vscode.Uri): void {
    const known = new Set(this.#entries.keys());
    this.#entries.clear();
    for (const document of vscode.workspace.textDocuments) {
      const isChanged = changed !== undefined && wholeOf(document).uri.toString() === changed.toString();
      if (isChanged || known.has(fileKey(document.uri))) this.#changed.fire(document);
      else this.#tell(document);
    }
  }

  dispose(): void {
    this.#entries.clear();
    this.#owned.dispose();
  }

  /** The other cells of a notebook may say something else now, too. */
  #announce(document: vscode.TextDocument): void {
    for (const one of wholeOf(document).documents) this.#tell(one);
  }

  #tell(document: vscode.TextDocument): void {
    if (this.#documents.formatOf(document) !== undefined) this.#changed.fire(document);
  }
}
