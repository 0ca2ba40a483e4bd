import * as vscode from 'vscode';
import type * as assist from './editor/assist';
import { createPromptDocuments } from './editor/documents/promptDocuments';
import { createSurroundings } from './editor/documents/surroundings';
import { panelType } from './editor/panel/panelType';
import type * as extension from './extension';

/** The part of package.json that says which commands there are. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

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
  const documents = createPromptDocuments(
    context.workspaceState,
    createSurroundings((uri) => vscode.workspace.getConfiguration('cachepoint', uri).get('promptFiles', [])),
  );
  const look = (document: vscode.TextDocument): void => {
    if (started === undefined && documents.formatOf(document) !== undefined) start();
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
  context.subscriptions.push(
    new vscode.Disposable(stopWaiting),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (mayBeMisnamed(document)) void (require('./editor/assist') as typeof assist).offerRename(document); // the bundle of exactly this module
    }),
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
