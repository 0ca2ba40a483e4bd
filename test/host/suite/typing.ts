import * as vscode from 'vscode';
import { codeOf, openPrompt } from './prompts';

/** Types as a person does: the first keys one by one, as what an editor adds by itself depends on them, and the rest at once. */
export const type = async (keys: string, rest = ''): Promise<void> => {
  for (const text of [...keys, ...(rest === '' ? [] : [rest])]) await vscode.commands.executeCommand('type', { text });
};

/** Opens an unsaved prompt in front, with the cursor at its end or before a text. */
export const typedInto = async (content: string, before?: string): Promise<vscode.TextDocument> => {
  const document = await openPrompt(content);
  const editor = await vscode.window.showTextDocument(document);
  const at = document.positionAt(before === undefined ? content.length : content.indexOf(before));
  editor.selection = new vscode.Selection(at, at);
  return document;
};

/** The codes of our own problems. */
export const own = (document: vscode.TextDocument): readonly string[] =>
  vscode.languages.getDiagnostics(document.uri).flatMap((one) => (one.source === 'Cachepoint' ? [codeOf(one)] : []));
