import * as vscode from 'vscode';

/** The document of this address, if it is open. */
export const findDocument = (uri: vscode.Uri | undefined): vscode.TextDocument | undefined => {
  const address = uri?.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === address);
};

/** The document of this address, opened where it is not; `undefined` where that cannot be, as the file was deleted. */
export const openDocument = async (uri: vscode.Uri): Promise<vscode.TextDocument | undefined> => {
  const open = findDocument(uri);
  // Opening an untitled document that is not there would make a new one.
  if (open !== undefined || uri.scheme === 'untitled') return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // whatever hinders opening it, there is no prompt to use
  }
};
