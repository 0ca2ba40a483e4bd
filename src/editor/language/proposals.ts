import * as vscode from 'vscode';
import { proposalScheme } from '../documents/documentFormat';

/** Texts that are proposed, by the addresses under which the diff editor asks for them. */
const proposed = new Map<string, string>();

/** Shows what a document would become beside what it is, in the editor's own diff editor. */
export const showProposal = async (document: vscode.TextDocument, text: string, title: string): Promise<void> => {
  const uri = vscode.Uri.from({ scheme: proposalScheme, path: document.uri.path, query: document.uri.toString() });
  proposed.set(uri.toString(), text);
  await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
};

/** Answers the diff editor; what nobody looks at any more is forgotten. */
export const registerProposals = (): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
      provideTextDocumentContent: (uri) => proposed.get(uri.toString()) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void proposed.delete(uri.toString())),
    new vscode.Disposable(() => proposed.clear()),
  );
