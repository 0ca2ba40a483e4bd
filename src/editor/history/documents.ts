import * as vscode from 'vscode';
import { runsDialogs } from '../../core/messages/runsDialogs';
import { comparisonText } from '../../core/messages/runComparison';
import { runScheme } from '../documents/documentFormat';
import type { FeatureDeps } from '../feature';
import type { KeptTexts } from './keptTexts';
import type { RunHistory } from './runHistory';
import { whenOf } from './when';

export type RunPart = 'request' | 'answer';

/** The name of a document ends as its language does. */
export const runUri = (part: RunPart, id: string): vscode.Uri =>
  vscode.Uri.from({ scheme: runScheme, path: `/${part}.${part === 'request' ? 'json' : 'md'}`, query: JSON.stringify([id]) });

const comparisonUri = (a: string, b: string): vscode.Uri =>
  vscode.Uri.from({ scheme: runScheme, path: `/${runsDialogs.comparison}.md`, query: JSON.stringify([a, b]) });

const idsOf = ({ query }: vscode.Uri): readonly string[] => {
  try {
    const ids: unknown = JSON.parse(query);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
};

const gone = `${runsDialogs.gone}\n`;

export const createRunDocuments = ({ formats }: Pick<FeatureDeps, 'formats'>, history: RunHistory, texts: KeptTexts) => {
  const provide = async (uri: vscode.Uri): Promise<string> => {
    const [a = '', b] = idsOf(uri);
    if (b !== undefined) {
      const [one, other] = await Promise.all([history.find(a), history.find(b)]);
      return one === undefined || other === undefined ? gone : comparisonText(one, other, formats, whenOf);
    }
    const text = await (uri.path.startsWith('/request') ? texts.requestOf(a) : texts.answerOf(a));
    return text ?? gone;
  };
  const registered = vscode.workspace.registerTextDocumentContentProvider(runScheme, { provideTextDocumentContent: provide });
  return {
    /** The usage, cost and differences of two runs on one page. */
    showComparison: (a: string, b: string): Thenable<unknown> =>
      vscode.commands.executeCommand('markdown.showPreview', comparisonUri(a, b)),
    /** Requests and answers of two runs side by side. */
    showDifferences: (title: string, a: string, b: string, parts: readonly RunPart[]): Thenable<unknown> => {
      const [only] = parts;
      // Where texts stand, not over the panel, which says why they differ and may have the keys.
      const viewColumn = vscode.window.visibleTextEditors.find((editor) => editor.viewColumn !== undefined)?.viewColumn;
      if (only !== undefined && parts.length === 1)
        return vscode.commands.executeCommand('vscode.diff', runUri(only, a), runUri(only, b), title, { viewColumn });
      const pairs = parts.map((part) => [runUri(part, b), runUri(part, a), runUri(part, b)]);
      return vscode.commands.executeCommand('vscode.changes', title, pairs);
    },
    dispose: () => registered.dispose(),
  };
};

export type RunDocuments = ReturnType<typeof createRunDocuments>;
