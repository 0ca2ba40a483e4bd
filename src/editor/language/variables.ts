import * as vscode from 'vscode';
import { gestureText } from '../../core/messages/editor/gestures';
import type { PromptAnalysis } from '../../core/analysis';
import { isVariableName, variableAt, variablePlaces, type VariablePlace } from '../../core/editing/variablePlaces';
import { referencePath } from '../../core/prompt/reference';
import { theDocument } from '../../core/text/place';
import { touches } from '../../core/text/span';
import { toRange } from '../documents/convert';
import { openDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';

interface Found {
  readonly analysis: PromptAnalysis;
  readonly place: VariablePlace;
  /** All places that name the same variable. */
  readonly all: readonly VariablePlace[];
}

const findAt = (document: vscode.TextDocument, position: vscode.Position, { store }: FeatureDeps): Found | undefined => {
  const offset = document.offsetAt(position);
  const analysis = store.get(document)?.at(offset);
  const places = analysis === undefined ? [] : variablePlaces(analysis.prompt);
  const place = variableAt(places, offset);
  return analysis && place && { analysis, place, all: places.filter(({ name }) => name === place.name) };
};

/** Places in the document and in the files that it includes; one that cannot be opened has none. */
const locationsOf = async (document: vscode.TextDocument, { analysis, all }: Found): Promise<readonly vscode.Location[]> => {
  const found: vscode.Location[] = [];
  for (const place of all) {
    const path = analysis.prompt.sources[place.source]?.path ?? '';
    const file =
      place.source === theDocument ? document : await openDocument(document.uri.with({ path: referencePath(document.uri.path, path) }));
    if (file !== undefined)
      found.push(new vscode.Location(file.uri, new vscode.Range(file.positionAt(place.span.start), file.positionAt(place.span.end))));
  }
  return found;
};

/** Every place that names the variable at a position. */
export const referencesAt = async (
  document: vscode.TextDocument,
  position: vscode.Position,
  withDeclaration: boolean,
  deps: FeatureDeps,
): Promise<vscode.Location[]> => {
  const found = findAt(document, position, deps);
  if (found === undefined) return [];
  const all = found.all.filter(({ kind }) => withDeclaration || kind !== 'declaration');
  return [...(await locationsOf(document, { ...found, all }))];
};

/** What a rename is about; says why where there is nothing to rename. */
export const renameRangeAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.Range => {
  const found = findAt(document, position, deps);
  if (found === undefined) throw new Error(gestureText.notRenamed);
  return toRange(document, found.place.span);
};

/** Gives a variable another name wherever it is named, in included files too. */
export const renameAt = async (
  document: vscode.TextDocument,
  position: vscode.Position,
  name: string,
  deps: FeatureDeps,
): Promise<vscode.WorkspaceEdit | undefined> => {
  const found = findAt(document, position, deps);
  if (found === undefined) return undefined;
  if (!isVariableName(name)) throw new Error(gestureText.notAName);
  if (name !== found.place.name && variablePlaces(found.analysis.prompt).some((one) => one.name === name))
    throw new Error(gestureText.nameTaken(name));
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, range } of await locationsOf(document, found)) edit.replace(uri, range, name);
  return edit;
};

/** From a variable to its declaration, and from the name of a file to the file. */
export const definitionAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.Location | undefined => {
  const offset = document.offsetAt(position);
  const declaration = findAt(document, position, deps)?.all.find(({ kind }) => kind === 'declaration');
  if (declaration !== undefined) return new vscode.Location(document.uri, toRange(document, declaration.span));
  const file = deps.store.get(document)?.files.find(({ span }) => touches(span, offset));
  if (file === undefined || document.uri.scheme === 'untitled') return undefined;
  return new vscode.Location(document.uri.with({ path: referencePath(document.uri.path, file.value) }), new vscode.Position(0, 0));
};
