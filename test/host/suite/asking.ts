import * as vscode from 'vscode';

/** The labels of what is offered at a place. */
export const labelsAt = async ({ uri }: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> => {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, position);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

/** What the hovers at a place say. */
export const hoverAt = async ({ uri }: vscode.TextDocument, position: vscode.Position): Promise<string> => {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  const shown = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
  return shown.join('\n').replaceAll('&nbsp;', ' ');
};

/** The titles of the light bulb's menu, in their order. */
export const fixesAt = async ({ uri }: vscode.TextDocument, range: vscode.Range): Promise<readonly string[]> => {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
  return actions.map(({ title }) => title);
};

/** The titles of the lenses. */
export const lensesOf = async ({ uri }: vscode.TextDocument): Promise<readonly string[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 40);
  return lenses.map(({ command }) => command?.title ?? '');
};

/** The place where a text begins, some characters on. */
export const placeOf = (document: vscode.TextDocument, text: string, shift = 0): vscode.Position => {
  const offset = document.getText().indexOf(text);
  if (offset === -1) throw new Error(`${JSON.stringify(text)} is not in ${document.fileName}`);
  return document.positionAt(offset + shift);
};
