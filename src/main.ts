import * as vscode from 'vscode';
import type * as assist from './editor/assist';
import { isPlainPrompt } from './core/formats/names';
import { formatOfDocument, mayHold, readMemory } from './editor/documents/documentFormat';
import { isListedIn, pathOf } from './editor/documents/surroundings';
import { panelType } from './editor/panel/panelType';
import type * as extension from './extension';

/** The part of package.json that says which commands there are. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Texts that prompts include are written in one of these. */
const includedLanguages: ReadonlySet<string> = new Set(['markdown', 'plaintext']);

/** The extension is a bundle of its own, read with the first prompt, command or kept panel. */
const load = (context: vscode.ExtensionContext): extension.Started => (require('./extension') as typeof extension).activate(context); // the bundle of exactly this module

/** Has it a line that names a role? Then it may be a prompt file without the ending of one. */
const mayBeMisnamed = (document: vscode.TextDocument): boolean =>
  /^(?:markdown|plaintext|instructions|bedrock-prompt)$/.test(document.languageId) &&
  /^# *(?:system|user|assistant) *:/im.test(document.getText());

/**
 * What VS Code wakes. Languages that most people use for other things wake it too, so it only looks whether a document holds a prompt, and
 * stands in for the commands until one is used.
 */
export const activate = (context: vscode.ExtensionContext): void => {
  const waiting: vscode.Disposable[] = [];
  let started: extension.Started | undefined;
  const stopWaiting = (): void => {
    for (const one of waiting.splice(0)) one.dispose();
  };
  const start = (): extension.Started => {
    stopWaiting();
    return (started ??= load(context));
  };
  // By paths: a cell has that of its notebook, which is what people say something of.
  const said = new Map(readMemory(context.workspaceState).map(([uri, isPrompt]) => [vscode.Uri.parse(uri).path, isPrompt]));
  /** Each cell of a notebook is opened, and looked at alone: words that one of them has, all of them have. */
  const holdsPrompt = (document: vscode.TextDocument): boolean => {
    const { uri } = document;
    const globs = (): string[] => vscode.workspace.getConfiguration('cachepoint', uri).get('promptFiles', []);
    const known = {
      isPrompt: said.get(uri.path),
      isPlain: () => isPlainPrompt(pathOf(uri)) || isListedIn(globs(), document),
      holds: () => mayHold(document, document.getText()),
    };
    return formatOfDocument(document, known) !== undefined;
  };
  let prompts: Thenable<readonly vscode.Uri[]> | undefined;
  /** A text beside prompt files may be one that they include. */
  const lookForIncluding = async ({ uri, languageId }: vscode.TextDocument): Promise<void> => {
    if (uri.scheme !== 'file' || !includedLanguages.has(languageId)) return;
    prompts ??= vscode.workspace.findFiles('**/*.bedrock.md', '**/node_modules/**', 1);
    if ((await prompts).length > 0) start();
  };
  const look = (document: vscode.TextDocument): void => {
    if (started !== undefined) return;
    if (holdsPrompt(document)) start();
    else void lookForIncluding(document);
  };
  // The manifest is JSON of our own.
  const { contributes } = context.extension.packageJSON as Manifest;
  for (const { command } of contributes.commands)
    waiting.push(
      vscode.commands.registerCommand(command, (...words: unknown[]) => {
        start();
        return vscode.commands.executeCommand(command, ...words);
      }),
    );
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  /** Whoever is loaded when a view is looked at fills it. */
  const looking = (view: 'prompts' | 'runs'): vscode.Disposable => {
    const looked = vscode.window.registerTreeDataProvider(`cachepoint.${view}`, {
      getTreeItem: (item: vscode.TreeItem) => item,
      getChildren: () => {
        looked.dispose();
        start().showView(view);
        return [];
      },
    });
    return looked;
  };
  context.subscriptions.push(
    new vscode.Disposable(stopWaiting),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (mayBeMisnamed(document)) void (require('./editor/assist') as typeof assist).offerRename(document); // the bundle of exactly this module
    }),
    looking('prompts'),
    looking('runs'),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: (panel, kept: unknown) => {
        start().restorePanel(panel, kept);
        return Promise.resolve();
      },
    }),
  );
  vscode.workspace.textDocuments.forEach(look);
  // What it says of prompts is read there.
  for (const { uri } of vscode.workspace.workspaceFolders ?? [])
    void vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, 'cachepoint.json')).then(start, () => undefined);
};
