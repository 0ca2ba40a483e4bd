import * as vscode from 'vscode';
import type { StoredRun } from '../../core/history/stored';
import { runsNotes } from '../../core/messages/runsTree';
import { visibleLine } from '../../core/text/visible';
import { attempt } from '../commands';
import { debounce } from '../debounce';
import { DisposableStore } from '../dispose';
import type { FeatureDeps } from '../feature';
import type { RunHistory } from './runHistory';
import { createLevels, itemOf, treeCommands, type RunNode } from './tree';

/** The view *Runs* of the side bar. */
export interface RunsView extends vscode.Disposable {
  askForFilter(): Promise<void>;
  readonly selection: readonly RunNode[];
}

/** What is selected in the tree, or what a command was called on. */
export const runsIn = (nodes: readonly RunNode[]): readonly StoredRun[] => nodes.flatMap((node) => (node.kind === 'run' ? [node.run] : []));

export const createRunsView = (
  deps: Pick<FeatureDeps, 'formats' | 'log'>,
  history: RunHistory,
  open: (id: string) => Promise<void>,
): RunsView => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const levels = createLevels(history);
  let filter = '';
  const note = async (): Promise<string> => {
    const { prompts, later } = await history.totals();
    void vscode.commands.executeCommand('setContext', 'cachepoint.runs', prompts.length === 0 ? 'none' : 'some');
    if (later > 0) return runsNotes.later(later, deps.formats);
    return filter !== '' && (await levels.prompts(filter)).length === 0 ? runsNotes.noMatch(visibleLine(filter)) : '';
  };
  const children = async (node: RunNode | undefined): Promise<RunNode[]> => {
    try {
      if (node === undefined) return [...(await levels.prompts(filter))];
      return node.kind === 'prompt' ? [...(await levels.runs(node.totals, filter))] : [];
    } catch (error) {
      deps.log.error('Runs were not read', error);
      view.message = runsNotes.failed;
      return [];
    }
  };
  const view = owned.add(
    vscode.window.createTreeView<RunNode>('cachepoint.runs', {
      showCollapseAll: true,
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getTreeItem: (node) => itemOf(node, deps),
        getChildren: children,
      },
    }),
  );
  const update = (): void => {
    view.description = filter === '' ? '' : runsNotes.filtered(visibleLine(filter));
    changed.fire();
    void attempt(deps.log, 'Runs', async () => (view.message = await note()));
  };
  const updating = owned.add(debounce(update));
  owned.add(history.onDidChange(() => updating.soon(100)));
  owned.add(vscode.commands.registerCommand(treeCommands.open, (id: unknown) => (typeof id === 'string' ? open(id) : undefined)));
  owned.add(
    vscode.commands.registerCommand(treeCommands.more, (level: unknown) => {
      if (typeof level !== 'string') return;
      levels.more(level);
      changed.fire();
    }),
  );
  update();
  return {
    get selection() {
      return view.selection;
    },
    async askForFilter() {
      const { filterTitle: title, filterPrompt: prompt } = runsNotes;
      const text = await vscode.window.showInputBox({ title, prompt, value: filter });
      if (text === undefined) return;
      filter = text.trim();
      update();
    },
    dispose: () => owned.dispose(),
  };
};
