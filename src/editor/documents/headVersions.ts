import * as vscode from 'vscode';
import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import type { FileAnswer, FileSource } from '../../core/prompt/files';
import type { PromptOrigin, PromptId } from '../../core/prompt/model';
import { resolveReference } from '../../core/prompt/reference';
import { recent } from '../../core/text/recent';
import { DisposableStore } from '../dispose';
import type { Analyses, FeatureDeps } from '../feature';
import type { HeadPort } from './gitHead';

/** More documents than this are forgotten, the one asked for longest ago first. */
const maxDocuments = 10;
/** As for files of the working tree. */
const maxLength = 5_000_000;
/** Includes are eight deep at most; each round answers the files of one depth. */
const maxRounds = 12;

interface Known {
  readonly commit: string;
  readonly format: PromptOrigin;
  /** Absent while it is read, and where the file is not tracked. */
  readonly analysis: DocumentAnalysis | undefined;
}

/** A file, open or not, and how it is read. */
export interface PromptFile extends Pick<vscode.TextDocument, 'uri' | 'languageId'> {
  readonly format: PromptOrigin;
}

/** Prompts as they are at Git HEAD. */
export interface HeadVersions extends vscode.Disposable {
  /** The analysis of a prompt at HEAD, or `undefined` as long as there is none; a later one is announced. */
  get(file: PromptFile, id: PromptId): PromptAnalysis | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** Where a reference leads, by the rule for files of the working tree: never out of the prompt's workspace folder. */
const findReference = (document: vscode.Uri, path: string): vscode.Uri | undefined => {
  const folder = vscode.workspace.getWorkspaceFolder(document)?.uri ?? vscode.Uri.joinPath(document, '..');
  const found = resolveReference(document.path, folder.path, path);
  return found === undefined ? undefined : document.with({ path: found });
};

const readReference = async (
  document: vscode.Uri,
  commit: string,
  path: string,
  as: 'text' | 'bytes',
  head: HeadPort,
): Promise<FileAnswer> => {
  const uri = findReference(document, path);
  if (uri === undefined) return { kind: 'refused', reason: 'outside' };
  const content = as === 'text' ? await head.readText(uri, commit) : await head.readBytes(uri, commit);
  if (content === undefined) return { kind: 'refused', reason: 'missing' };
  if (content.length > maxLength) return { kind: 'refused', reason: 'tooLarge' };
  return typeof content === 'string' ? { kind: 'text', text: content } : { kind: 'bytes', bytes: content };
};

/** What reading prompts at HEAD needs. */
export interface HeadDeps {
  readonly settings: Pick<FeatureDeps['settings'], 'onDidChange'>;
  readonly store: Pick<Analyses, 'read'>;
  readonly log: Pick<FeatureDeps['log'], 'error'>;
}

/** Reads a document and all that its prompts include at one commit. */
const analyzeAt = async (
  file: PromptFile,
  { commit, format }: Known,
  { store }: HeadDeps,
  head: HeadPort,
): Promise<DocumentAnalysis | undefined> => {
  const { uri } = file;
  const text = await head.readText(uri, commit);
  if (text === undefined) return undefined;
  const answers = new Map<string, FileAnswer>();
  for (let round = 0; round < maxRounds; round += 1) {
    const wanted = new Map<string, Promise<void>>();
    const files: FileSource = (path, as) => {
      const key = `${as} ${path}`;
      const answer = answers.get(key);
      if (answer !== undefined) return answer;
      const reading = () => readReference(uri, commit, path, as, head).then((found) => void answers.set(key, found));
      if (!wanted.has(key)) wanted.set(key, reading());
      return { kind: 'pending' };
    };
    const analysis = store.read(file, format, text, files);
    // Only prompts that were read have asked for their files.
    if (analysis.prompts.length === 0 || wanted.size === 0) return analysis;
    await Promise.all(wanted.values());
  }
  return undefined;
};

/** Keeps what prompts are at HEAD: read once for each commit, in the background, and again when a setting changes. */
export const createHeadVersions = (deps: HeadDeps, head: HeadPort): HeadVersions => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const versions = recent<string, Known>(maxDocuments);
  owned.add(head.onDidChange(() => changed.fire()));
  owned.add(deps.settings.onDidChange(() => versions.clear()));
  owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => versions.delete(uri.toString())));

  const read = async (file: PromptFile, version: Known): Promise<void> => {
    const key = file.uri.toString();
    const analysis = await analyzeAt(file, version, deps, head);
    // Closed meanwhile, or asked for at another commit.
    if (versions.get(key) !== version || analysis === undefined) return;
    versions.set(key, { ...version, analysis });
    changed.fire();
  };
  return {
    get(file, id) {
      const { uri, format } = file;
      if (uri.scheme !== 'file' || !vscode.workspace.isTrusted) return undefined;
      const commit = head.commitOf(uri);
      if (commit === undefined) return undefined;
      const known = versions.get(uri.toString());
      if (known?.commit === commit && known.format === format) return known.analysis?.of(id);
      const version: Known = { commit, format, analysis: undefined };
      versions.set(uri.toString(), version);
      read(file, version).catch((error: unknown) => deps.log.error('Reading a prompt at Git HEAD failed', error));
      return undefined;
    },
    onDidChange: changed.event,
    dispose: () => owned.dispose(),
  };
};
