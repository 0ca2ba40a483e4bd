import * as vscode from 'vscode';
import { isNotebook } from '../../core/formats/notebook';
import type { DocumentPlace } from './convert';
import { cellScheme } from './wholes';

/** The document of this address, if it is open. */
export const findDocument = (uri: vscode.Uri | undefined): vscode.TextDocument | undefined => {
  const address = uri?.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === address);
};

/** The document of this address, opened where it is not; of a notebook, its first cell of Python. `undefined` where that cannot be, as the file was deleted. */
export const openDocument = async (uri: vscode.Uri): Promise<vscode.TextDocument | undefined> => {
  const open = findDocument(uri);
  // Opening an untitled document that is not there would make a new one.
  if (open !== undefined || uri.scheme === 'untitled') return open;
  try {
    if (!isNotebook(uri.path)) return await vscode.workspace.openTextDocument(uri);
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    return notebook.getCells().find(({ document }) => document.languageId === 'python')?.document;
  } catch {
    return undefined; // whatever hinders opening it, there is no prompt to use
  }
};

/** Shows a place in the editor. A cell has none of its own: its notebook's shows it. */
export const showPlace = async ({ document, range }: DocumentPlace): Promise<void> => {
  if (document.uri.scheme === cellScheme) await vscode.commands.executeCommand('vscode.open', document.uri, { selection: range });
  else await vscode.window.showTextDocument(document, { selection: range });
};
