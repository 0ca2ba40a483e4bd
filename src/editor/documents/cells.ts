import * as vscode from 'vscode';
import { joinCells, type JoinedCells } from '../../core/formats/notebook';
import { cellScheme, versionOf, wholeIn, type Whole } from './wholes';

/** What a document is read with. */
export const wholeOf = (document: vscode.TextDocument): Whole => wholeIn(vscode.workspace.notebookDocuments, document);

const known = new WeakMap<vscode.TextDocument, { readonly version: string; readonly cells: JoinedCells }>();

/** The cells as the one text that is read; `undefined` for a document that is read as it is. */
export const cellsOf = (whole: Whole): JoinedCells | undefined => {
  const [first] = whole.documents;
  if (first === undefined || first.uri.scheme !== cellScheme || first.languageId !== 'python') return undefined;
  const version = versionOf(whole);
  const before = known.get(first);
  if (before?.version === version) return before.cells;
  const cells = joinCells(whole.documents.map((document, index) => ({ index, text: document.getText() })));
  known.set(first, { version, cells });
  return cells;
};

/** The text that is read. */
export const textOf = (whole: Whole): string => cellsOf(whole)?.text ?? whole.documents.map((document) => document.getText()).join('\n');
