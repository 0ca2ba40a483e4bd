import type * as vscode from 'vscode';
import * as engine from '../../src/core/engine';
import type * as code from '../../src/core/code';
import { numberFormats } from '../../src/core/figures/numbers';
import { defaultSettings, type Settings } from '../../src/core/settings';
import { once } from '../../src/core/text/once';
import type * as assistModule from '../../src/editor/assist';
import type * as runsModule from '../../src/editor/runsPart';
import type * as storeModule from '../../src/editor/documents/analysisStore';
import type { FeatureDeps } from '../../src/editor/feature';
import type * as fileMemoryModule from '../../src/editor/documents/fileMemory';
import { createFakeVscode, loadEditor } from './fakeVscode';

type Uri = vscode.Uri;

interface FakePosition {
  readonly line: number;
  readonly character: number;
}

/** A document whose text a test can change. Positions are offsets in one long line: what is converted is tested in an editor. */
export interface FakeDocument {
  readonly uri: Uri;
  languageId: string;
  version: number;
  text: string;
  isClosed: boolean;
  getText(range?: { readonly start: FakePosition; readonly end: FakePosition }): string;
  positionAt(offset: number): FakePosition;
  offsetAt(position: FakePosition): number;
}

/** A document that no workspace knows. */
export const fakeDocument = (uri: Uri, text: string, languageId: string): FakeDocument & vscode.TextDocument => {
  const document: FakeDocument = {
    uri,
    languageId,
    version: 1,
    text,
    isClosed: false,
    getText: (range) => (range === undefined ? document.text : document.text.slice(range.start.character, range.end.character)),
    positionAt: (character) => ({ line: 0, character }),
    offsetAt: ({ character }) => character,
  };
  return document as FakeDocument & vscode.TextDocument; // the members that the parts under test use
};

/** A workspace of documents and files, with the events of an editor and the messages that it was asked to show. */
export const createFakeWorkspace = () => {
  const fake = createFakeVscode();
  const { EventEmitter } = fake.vscode;
  const opened = new EventEmitter<FakeDocument>();
  const closed = new EventEmitter<FakeDocument>();
  const changed = new EventEmitter<{ document: FakeDocument; contentChanges: readonly object[] }>();
  const trusted = new EventEmitter<void>();
  const settingsChanged = new EventEmitter<void>();
  const documents: FakeDocument[] = [];
  const notebooks: { readonly uri: Uri; getCells(): readonly { readonly kind: number; readonly document: FakeDocument }[] }[] = [];
  const openedNotebook = new EventEmitter<(typeof notebooks)[number]>();
  const disk = new Map<string, string | Uint8Array>();
  const watchers = new Map<string, () => void>();
  const shown: { readonly text: string; readonly detail: string | undefined; readonly choices: readonly string[] }[] = [];
  const answers: (string | undefined)[] = [];
  const edits: { readonly uri: Uri; readonly start: number; readonly end: number; readonly text: string }[] = [];
  const ask = (text: string, ...rest: readonly (string | { readonly detail?: string })[]): Promise<string | undefined> => {
    const options = rest.find((part) => typeof part === 'object');
    shown.push({ text, detail: options?.detail, choices: rest.filter((part) => typeof part === 'string') });
    return Promise.resolve(answers.shift());
  };
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  class WorkspaceEdit {
    readonly parts: (typeof edits)[number][] = [];
    replace(uri: Uri, range: { start: { character: number }; end: { character: number } }, text: string): void {
      this.parts.push({ uri, start: range.start.character, end: range.end.character, text });
    }
  }
  const contentOf = (uri: Uri): string | Uint8Array => {
    const content = disk.get(uri.path);
    if (content === undefined) throw new FileSystemError(uri.path);
    return content;
  };
  Object.assign(fake.vscode, {
    FileSystemError,
    WorkspaceEdit,
    FileType: { File: 1, Directory: 2 },
    Range: class {
      constructor(
        readonly start: unknown,
        readonly end: unknown,
      ) {}
    },
    RelativePattern: class {
      constructor(
        readonly base: Uri,
        readonly pattern: string,
      ) {}
    },
  });
  Object.assign(fake.vscode.window, { showInformationMessage: ask, showWarningMessage: ask, showErrorMessage: ask });
  Object.assign(fake.vscode.workspace, {
    textDocuments: documents,
    notebookDocuments: notebooks,
    onDidOpenTextDocument: opened.event,
    onDidCloseTextDocument: closed.event,
    onDidOpenNotebookDocument: openedNotebook.event,
    onDidChangeTextDocument: changed.event,
    onDidGrantWorkspaceTrust: trusted.event,
    getWorkspaceFolder: () => ({ uri: fake.vscode.Uri.file('/ws') }),
    createFileSystemWatcher: ({ base, pattern }: { base: Uri; pattern: string }) => {
      const listen = (listener: () => void) => watchers.set(`${base.path.replace(/\/[^/]+\/\.\.$/, '')}/${pattern}`, listener);
      return { onDidChange: listen, onDidCreate: listen, onDidDelete: listen, dispose: () => undefined };
    },
    openTextDocument: (uri: Uri) => {
      const found = documents.find((document) => document.uri.toString() === uri.toString());
      return found === undefined ? Promise.reject(new Error(`cannot open ${uri.toString()}`)) : Promise.resolve(found);
    },
    applyEdit: (edit: WorkspaceEdit) => {
      edits.push(...edit.parts);
      return Promise.resolve(true);
    },
    fs: {
      stat: async (uri: Uri) => ({ type: contentOf(uri) === '<folder>' ? 2 : 1, size: contentOf(uri).length }),
      readFile: async (uri: Uri) => {
        const content = contentOf(uri);
        return typeof content === 'string' ? new TextEncoder().encode(content) : content;
      },
    },
  });

  let settings: Settings = defaultSettings;
  const log: { readonly warnings: string[]; readonly errors: string[] } = { warnings: [], errors: [] };
  const deps = {
    engine: () => engine,
    documents: {
      formatOf: ({ languageId }: { languageId: string }) =>
        languageId === 'python' ? 'code' : languageId === 'bedrock-prompt' ? languageId : undefined,
    },
    settings: {
      read: () => settings,
      chosen: () => undefined,
      network: () => undefined,
      onDidChange: settingsChanged.event,
      update: () => Promise.resolve(),
      own: () => settings,
      dispose: () => undefined,
    },
    formats: numberFormats('en', 'UTC'),
    log: {
      info: () => undefined,
      warn: (message: string) => log.warnings.push(message),
      error: (message: string) => log.errors.push(message),
      show: () => undefined,
      dispose: () => undefined,
    },
    // The fake's events and disposables have the members that the parts under test use.
  } as unknown as FeatureDeps;

  const openAt = (uri: Uri, text: string, languageId: string): FakeDocument & vscode.TextDocument => {
    const document = fakeDocument(uri, text, languageId);
    documents.push(document);
    opened.fire(document);
    return document;
  };

  return {
    fake,
    deps,
    documents,
    disk,
    shown,
    answers,
    edits,
    log,
    /** Tells that a file on disk changed, as a watcher would. */
    touch: (path: string): void => watchers.get(path)?.(),
    trust: (isTrusted: boolean): void => {
      Object.assign(fake.vscode.workspace, { isTrusted });
      if (isTrusted) trusted.fire();
    },
    set: (change: Partial<Settings>): void => {
      settings = { ...settings, ...change };
      settingsChanged.fire();
    },
    open: (path: string, text: string, languageId = 'bedrock-prompt') => openAt(fake.vscode.Uri.file(path), text, languageId),
    /** Opens a notebook of these cells; one whose text begins with `#` and a blank is Markdown. */
    openNotebook: (path: string, ...texts: readonly string[]) => {
      const cells = texts.map((text, at) => {
        const isMarkdown = text.startsWith('# ');
        const uri = fake.vscode.Uri.from({ scheme: 'vscode-notebook-cell', path, fragment: `c${at}` });
        return { kind: isMarkdown ? 1 : 2, document: openAt(uri, text, isMarkdown ? 'markdown' : 'python') };
      });
      const notebook = { uri: fake.vscode.Uri.file(path), getCells: () => cells };
      notebooks.push(notebook);
      openedNotebook.fire(notebook);
      return cells.map(({ document }) => document);
    },
    /** `line`: a key is pressed in it; without one something else changes the text. */
    type: (document: FakeDocument, text: string, line?: number): void => {
      document.text = text;
      document.version += 1;
      changed.fire({ document, contentChanges: line === undefined ? [] : [{ range: { start: { line } }, text: 'x' }] });
    },
    close: (document: FakeDocument): void => {
      document.isClosed = true;
      documents.splice(documents.indexOf(document), 1);
      closed.fire(document);
    },
  };
};

export type FakeWorkspace = ReturnType<typeof createFakeWorkspace>;

/** Parsers of programming languages are slow to load, and few tests need them. */
export const loadCode = (): typeof code => require('../../src/core/code') as typeof code;

/** Loads files of `src/editor` again, so that they see this workspace, and gives them a store of analyses to ask; `load` requires them. */
export const loadFeatures = <M extends object>(workspace: FakeWorkspace, load: () => M) => {
  return loadEditor(workspace.fake, () => {
    const { AnalysisStore } = require('../../src/editor/documents/analysisStore') as typeof storeModule;
    const { FileMemory } = require('../../src/editor/documents/fileMemory') as typeof fileMemoryModule;
    const assist = require('../../src/editor/assist') as typeof assistModule;
    // Few tests run anything.
    const runs = once(() => loadEditor(workspace.fake, () => require('../../src/editor/runsPart') as typeof runsModule));
    const { documents, engine, settings } = workspace.deps;
    const files = new FileMemory({ realPath: (path) => Promise.resolve(path) });
    const store = new AnalysisStore({ engine, code: loadCode }, documents, files, settings);
    return { ...load(), deps: { ...workspace.deps, store, account: { facts: {}, of: () => undefined }, assist: () => assist, runs } };
  });
};

/** The text after the edits that the editor was asked for. */
export const edited = (text: string, edits: FakeWorkspace['edits']): string =>
  [...edits].sort((a, b) => b.start - a.start).reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), text);
