import * as vscode from 'vscode';
import type { Severity } from '../../core/prompt/problems';
import type { Edits } from '../../core/text/edit';
import { theDocument } from '../../core/text/place';
import { span, type Span } from '../../core/text/span';
import { cellsOf, wholeOf } from './cells';

/** A place in an open document. */
export interface DocumentPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

const rangeIn = (document: vscode.TextDocument, { start, end }: Span): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/**
 * Where a span of the text that was read stands. Core reads the text with its byte order mark and line breaks as they are; so does
 * `TextDocument.getText`, whose offsets these are. The text of a notebook is that of its cells, each a document.
 */
export const placeOf = (document: vscode.TextDocument, at: Span): DocumentPlace => {
  const whole = wholeOf(document);
  const cells = cellsOf(whole);
  if (cells === undefined) return { document, range: rangeIn(document, at) };
  const { index, start } = cells.cellAt(at.start);
  const cell = whole.documents[index] ?? document;
  return { document: cell, range: rangeIn(cell, cells.inCell(index, at) ?? span(at.start - start, at.end - start)) };
};

/** A span of the text that was read as a range of this document; `undefined` where it stands in another cell. */
export const rangeOf = (document: vscode.TextDocument, at: Span): vscode.Range | undefined => {
  const place = placeOf(document, at);
  return place.document === document ? place.range : undefined;
};

/** The same of what is known to stand in this document. */
export const toRange = (document: vscode.TextDocument, at: Span): vscode.Range => placeOf(document, at).range;

/** The part of the text that was read which this document is. */
export const partOf = (document: vscode.TextDocument): Span => {
  const whole = wholeOf(document);
  const index = whole.documents.indexOf(document);
  const start = whole.documents.slice(0, index).reduce((sum, cell) => sum + cell.getText().length + 1, 0);
  return span(start, start + document.getText().length);
};

/** A position of the editor as an offset of the text that was read. */
export const offsetOf = (document: vscode.TextDocument, position: vscode.Position): number =>
  (cellsOf(wholeOf(document)) === undefined ? 0 : partOf(document).start) + document.offsetAt(position);

/**
 * Edits of the text that was read, each in the document that holds its place. Lines of a cell that are no Python are read as comments: `undefined`
 * where one of them would be replaced.
 */
export const toWorkspaceEdit = (document: vscode.TextDocument, edits: Edits): vscode.WorkspaceEdit | undefined => {
  const read = cellsOf(wholeOf(document))?.text;
  const result = new vscode.WorkspaceEdit();
  for (const { at, text } of edits) {
    if (at.source !== theDocument) continue;
    const place = placeOf(document, at.span);
    if (read !== undefined && place.document.getText(place.range) !== read.slice(at.span.start, at.span.end)) return undefined;
    result.replace(place.document.uri, place.range, text);
  }
  return result;
};

const severities: { readonly [S in Severity]: vscode.DiagnosticSeverity } = {
  error: 0,
  warning: 1,
  information: 2,
  hint: 3,
};

export const toSeverity = (severity: Severity): vscode.DiagnosticSeverity => severities[severity];
