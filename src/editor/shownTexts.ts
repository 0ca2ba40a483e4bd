import * as vscode from 'vscode';
import { textScheme as scheme } from './documents/documentFormat';

/** Shows two texts beside each other in the editor of differences, read-only; they are kept until the next two. */
export const createShownTexts = () => {
  let texts: readonly string[] = [];
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => texts[Number(query.split('.')[1])] ?? '',
  });
  let count = 0;
  const showBeside = async (left: string, right: string, title: string): Promise<void> => {
    texts = [left, right];
    count += 1;
    const [before, after] = [0, 1].map((side) => vscode.Uri.from({ scheme, path: `${title}.json`, query: `${count}.${side}` }));
    await vscode.commands.executeCommand('vscode.diff', before, after, title);
  };
  return { showBeside, dispose: () => registration.dispose() };
};
