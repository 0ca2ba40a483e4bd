import * as vscode from 'vscode';

/** The workspace's folder that holds the file in front. */
export const frontFolder = (): vscode.Uri | undefined => {
  const front = vscode.window.activeTextEditor?.document.uri;
  return front && vscode.workspace.getWorkspaceFolder(front)?.uri;
};

/** That folder, the only one of the workspace, or the one that a person picks of several; `undefined`: there is none, or none was picked. */
export const askFolder = async (): Promise<vscode.Uri | undefined> => {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return frontFolder() ?? (folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0])?.uri;
};
