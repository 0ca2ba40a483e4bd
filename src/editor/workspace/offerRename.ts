import * as vscode from 'vscode';
import { workspaceDialogs } from '../../core/messages/editor/workspace';
import { promptFileName, promptEnding, readsLikePromptFile } from '../../core/formats/promptFileName';
import { baseName } from '../../core/text/path';
import { messageText } from '../../core/text/visible';

/** Longer texts are not looked at. */
const mostSearched = 1_000_000;

/** What of a saved document is looked at. */
type Saved = Pick<vscode.TextDocument, 'uri' | 'languageId' | 'getText'>;

const isMisnamed = (document: Saved): boolean => {
  if (document.uri.path.endsWith(promptEnding)) return false;
  const text = document.getText();
  return document.languageId === 'bedrock-prompt' || (text.length <= mostSearched && readsLikePromptFile(text));
};

const offered = new Set<string>();

/** Says of a prompt that was saved under another ending, once, that nothing will know it for one, and offers the name by which it is known. */
export const offerRename = async (document: Saved): Promise<void> => {
  const { uri } = document;
  if (offered.has(uri.toString()) || !isMisnamed(document)) return;
  offered.add(uri.toString());
  const target = uri.with({ path: promptFileName(uri.path) });
  const rename = workspaceDialogs.renameTo(baseName(target.path));
  const message = messageText(workspaceDialogs.misnamed(promptEnding, baseName(uri.path)));
  if ((await vscode.window.showInformationMessage(message, messageText(rename))) === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(uri, target, { overwrite: false });
  await vscode.workspace.applyEdit(edit);
};
