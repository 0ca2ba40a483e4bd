import * as vscode from 'vscode';
import type { FeatureDeps } from '../feature';

/** Loads what knows who reads a text once a document is one, in a workspace whose other files may be read. */
export const whenTextIsRead = ({ documents, store }: Pick<FeatureDeps, 'documents' | 'store'>, load: () => unknown): vscode.Disposable => {
  const look = (document: vscode.TextDocument): void => {
    if (!vscode.workspace.isTrusted || documents.formatOf(document) !== 'plain-text') return;
    listening.dispose();
    load();
  };
  const listening = store.onDidChange(look);
  vscode.workspace.textDocuments.forEach(look);
  return listening;
};
