import * as vscode from 'vscode';
import { waitFor } from './waiting';

export const rules = Array.from({ length: 220 }, (_, at) => `Rule ${at} says what the desk answers to a customer.`).join('\n');
export const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
{{> ./impact-rules.md}}
Be brief.
<!-- cachePoint -->
# user:
Hello
`;

export const folder = (): vscode.Uri => {
  const found = vscode.workspace.workspaceFolders?.[0];
  if (found === undefined) throw new Error('No folder is open');
  return found.uri;
};

export const write = (name: string, content: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), Buffer.from(content));

export const open = async (name: string): Promise<vscode.TextDocument> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));
  await vscode.window.showTextDocument(document);
  return document;
};

export const replace = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
  const start = document.getText().indexOf(from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await vscode.workspace.applyEdit(edit);
};

export const impactLenses = async ({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.filter(({ command }) => command?.title.startsWith('This edit invalidates'));
};

export const lensOf = (document: vscode.TextDocument): Promise<vscode.CodeLens> =>
  waitFor('the lens of the edit', async () => (await impactLenses(document))[0]);
