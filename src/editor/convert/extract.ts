import * as vscode from 'vscode';
import { promptFileName } from '../../core/formats/promptFileName';
import { convertDialogs } from '../../core/messages/editor/convert';
import { messageText } from '../../core/text/visible';
import { toWorkspaceEdit } from '../documents/convert';
import type { OpenPrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';
import { fileExists } from '../workspace/fileExists';
import { conversions, optionsFor } from './conversions';

const folderOf = (uri: vscode.Uri): vscode.Uri => uri.with({ path: uri.path.replace(/\/[^/]*$/, '') });

/** A file's path from a folder on, where it lies below it. */
const pathBelow = (folder: vscode.Uri, { path }: vscode.Uri): string | undefined =>
  path.startsWith(`${folder.path}/`) ? path.slice(folder.path.length + 1) : undefined;

/** The dialog has asked whether a file may be replaced, so no other one is. */
const namedLikePrompt = async (chosen: vscode.Uri): Promise<vscode.Uri> => {
  const named = chosen.with({ path: promptFileName(chosen.path) });
  return named.path === chosen.path || (await fileExists(named)) ? chosen : named;
};

const homeOf = ({ uri }: vscode.TextDocument): vscode.Uri | undefined =>
  uri.scheme === 'file' ? folderOf(uri) : vscode.workspace.workspaceFolders?.[0]?.uri;

/**
 * Writes a prompt of code or of a body into a prompt file. Where the code can read that file instead, it does from then on; all of this is one edit,
 * which is undone at once.
 */
export const extractPrompt = async ({ document, ref }: OpenPrompt, { store }: FeatureDeps): Promise<void> => {
  const analysis = await store.settled(ref);
  const home = homeOf(document);
  if (analysis === undefined || home === undefined) return;
  if (analysis.prompt.format === 'bedrock-prompt') {
    void vscode.window.showInformationMessage(convertDialogs.extractedAlready);
    return;
  }
  const options = optionsFor(analysis, document.uri);
  const result = conversions().convertPrompt(analysis.prompt, 'bedrock-prompt', options);
  if (result.kind === 'refused') {
    void vscode.window.showWarningMessage(messageText(result.reason));
    return;
  }
  const chosen = await vscode.window.showSaveDialog({
    title: convertDialogs.extractTitle,
    saveLabel: convertDialogs.extractButton,
    defaultUri: vscode.Uri.joinPath(home, result.fileName),
    filters: { [convertDialogs.promptFiles]: ['bedrock.md'] },
  });
  // The text may have changed while the question stood there.
  if (chosen === undefined || store.get(document)?.text !== analysis.text) return;
  const target = await namedLikePrompt(chosen);
  const path = pathBelow(home, target);
  const reading = path === undefined ? undefined : conversions().readingCode(analysis.prompt, path, analysis.text, options);
  const edit = (reading && toWorkspaceEdit(document, reading.edits)) ?? new vscode.WorkspaceEdit();
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  edit.createFile(target, { contents: encode(result.text), overwrite: true });
  const reader = reading && vscode.Uri.joinPath(home, reading.reader.fileName);
  if (reading !== undefined && reader !== undefined && !(await fileExists(reader)))
    edit.createFile(reader, { contents: encode(reading.reader.text), ignoreIfExists: true });
  if (!(await vscode.workspace.applyEdit(edit))) return;
  await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.Beside });
  const notes = [...result.notes, ...(reading?.notes ?? [])];
  if (notes.length > 0) void vscode.window.showInformationMessage(messageText(notes.join(' ')));
};
