import * as vscode from 'vscode';
import { gestureText } from '../../core/messages/editor/gestures';
import { ruleLines } from '../../core/messages/ruleSections';

/** The name of a section in a rendered page. */
const fragmentOf = (code: string): string => code.replaceAll('/', '');

/** Asks which rule is meant, by the sections of the page. */
const askRule = async (lines: ReadonlyMap<string, number>): Promise<string | undefined> =>
  vscode.window.showQuickPick([...lines.keys()].sort(), { title: gestureText.whichRule });

/** Shows the page of rules rendered, at the section of a rule; as text where the editor renders no Markdown. */
export const explainRule = async (code: string | undefined, extension: vscode.Uri): Promise<void> => {
  const page = vscode.Uri.joinPath(extension, 'docs', 'rules.md');
  const lines = ruleLines(new TextDecoder().decode(await vscode.workspace.fs.readFile(page)));
  const wanted = code !== undefined && lines.has(code) ? code : await askRule(lines);
  if (wanted === undefined) return;
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page.with({ fragment: fragmentOf(wanted) }));
  } catch {
    // Without the editor's own Markdown there is no such command.
    const at = new vscode.Position((lines.get(wanted) ?? 1) - 1, 0);
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, selection: new vscode.Range(at, at) });
  }
};
