import * as vscode from 'vscode';
import type { Severity } from '../../core/prompt/problems';
import type { Edits } from '../../core/text/edit';
import { theDocument } from '../../core/text/place';
import type { Span } from '../../core/text/span';

/**
 * A span of core as a range of the editor. Core reads the text with its byte order mark and line breaks as they are; so does
 * `TextDocument.getText`, whose offsets these are.
 */
export const toRange = (document: vscode.TextDocument, { start, end }: Span): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

export const toWorkspaceEdit = (document: vscode.TextDocument, edits: Edits): vscode.WorkspaceEdit => {
  const result = new vscode.WorkspaceEdit();
  for (const { at, text } of edits) if (at.source === theDocument) result.replace(document.uri, toRange(document, at.span), text);
  return result;
};

const severities: { readonly [S in Severity]: vscode.DiagnosticSeverity } = {
  error: 0,
  warning: 1,
  information: 2,
  hint: 3,
};

export const toSeverity = (severity: Severity): vscode.DiagnosticSeverity => severities[severity];
