import * as vscode from 'vscode';
import type { Surroundings } from './promptDocuments';
import { wholeIn } from './wholes';

/** What this editor knows of documents. */
export const surroundings: Surroundings = {
  pathOf: (uri) => vscode.workspace.asRelativePath(uri, false),
  wholeOf: (document) => wholeIn(vscode.workspace.notebookDocuments, document),
};
