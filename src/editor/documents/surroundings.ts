import * as vscode from 'vscode';
import type { Surroundings } from './promptDocuments';
import { wholeIn } from './wholes';

/** A file's path in its workspace. */
export const pathOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri, false);

/** Is a document one of those that the setting `cachepoint.promptFiles` names? */
export const isListedIn = (globs: readonly string[], document: vscode.TextDocument): boolean =>
  globs.some((glob) => vscode.languages.match({ pattern: `**/${glob}` }, document) > 0);

/** What this editor knows of documents; `globsFor` gives the setting `cachepoint.promptFiles`. */
export const createSurroundings = (globsFor: (uri: vscode.Uri) => readonly string[]): Surroundings => ({
  pathOf,
  wholeOf: (document) => wholeIn(vscode.workspace.notebookDocuments, document),
  isListed: (document) => isListedIn(globsFor(document.uri), document),
});
