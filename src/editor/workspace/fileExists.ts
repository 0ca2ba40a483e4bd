import * as vscode from 'vscode';

/** Is there a file or folder? */
export const fileExists = async (uri: vscode.Uri): Promise<boolean> => {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // the file system has no gentler way to ask
  }
};
