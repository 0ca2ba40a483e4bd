import * as vscode from 'vscode';
import { waitFor } from './waiting';

/** A prompt whose marker stands far below the model's minimum. */
export const belowMinimum = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
You answer in one sentence.
<!-- cachePoint -->
# user:
Which way is north?
`;

/** Opens an unsaved prompt with this text. */
export function openPrompt(content: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language: 'bedrock-prompt', content });
}

/** Opens a file of the workspace folder by its name. */
export function openSample(name: string): Thenable<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No folder is open');
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

/** The code of a diagnostic, whether it carries a link or not. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a document has a diagnostic with this code. */
export function diagnosticWith(document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> {
  return waitFor(`${code} in ${document.fileName}`, () =>
    vscode.languages.getDiagnostics(document.uri).find((diagnostic) => codeOf(diagnostic) === code),
  );
}
