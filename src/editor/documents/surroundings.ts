import * as vscode from 'vscode';
import type { Surroundings } from './promptDocuments';
import { wholeIn } from './wholes';

/** What this editor knows of documents; `globsFor` gives the setting `cachepoint.promptFiles`. */
export const createSurroundings = (globsFor: (uri: vscode.Uri) => readonly string[]): Surroundings => ({
  pathOf: (uri) => vscode.workspace.asRelativePath(uri, false),
  wholeOf: (document) => wholeIn(vscode.workspace.notebookDocuments, document),
  isListed: (document) => globsFor(document.uri).some((glob) => vscode.languages.match({ pattern: `**/${glob}` }, document) > 0),
});
