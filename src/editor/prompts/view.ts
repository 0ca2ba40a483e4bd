import * as vscode from 'vscode';
import {
  groupDescription,
  groupDetails,
  groupTitle,
  partingDetails,
  partingTitle,
  rowDescription,
  rowLabel,
  viewNotes,
} from '../../core/messages/promptsView';
import { onlyPrompt } from '../../core/prompt/model';
import type { PromptRow } from '../../core/report/promptIndex';
import type { Range as ReportRange } from '../../core/report/types';
import { baseName } from '../../core/text/path';
import { visible, visibleLine } from '../../core/text/visible';
import { debounce } from '../debounce';
import { DisposableStore } from '../dispose';
import { openDocument, showPlace } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import type { IndexClient } from './indexClient';
import { nodesOf, type PromptNode } from './nodes';

/** An element of the tree. A prompt's is what commands are called with. */
interface Element {
  readonly node: PromptNode;
  readonly uri?: vscode.Uri;
  readonly id?: string;
}

/** The view *Prompts* of the side bar. */
export interface PromptsView extends vscode.Disposable {
  askForFilter(): Promise<void>;
}

const openCommand = '_cachepoint.openListedPrompt';

const toRange = ({ start, end }: ReportRange): vscode.Range =>
  new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);

const uriOf = ({ path }: PromptRow): vscode.Uri => vscode.Uri.file(path);

const pathOf = (row: PromptRow): string => vscode.workspace.asRelativePath(uriOf(row));

/** A prompt that is its whole file is called by the file. */
const nameOf = ({ id, title, path }: PromptRow): string => visibleLine(id === onlyPrompt ? baseName(path) : title);

const icons: Readonly<Partial<Record<PromptRow['format'], string>>> = {
  code: 'symbol-method',
  'plain-text': 'file-text',
  yaml: 'settings',
};

const elementOf = (node: PromptNode): Element => (node.kind === 'prompt' ? { node, uri: uriOf(node.row), id: node.row.id } : { node });

const open = (row: PromptRow, at: ReportRange): vscode.Command => ({
  command: openCommand,
  title: viewNotes.open,
  arguments: [uriOf(row), at],
});

/** Shows a place of a file; of a notebook, in its cell. */
const showListed = async (uri: vscode.Uri, at: ReportRange): Promise<void> => {
  if (at.cell === undefined) {
    await vscode.commands.executeCommand('vscode.open', uri, { selection: toRange(at) });
    return;
  }
  await openDocument(uri);
  const notebook = vscode.workspace.notebookDocuments.find((one) => one.uri.toString() === uri.toString());
  if (notebook === undefined || at.cell >= notebook.cellCount) return;
  await vscode.window.showNotebookDocument(notebook);
  await showPlace({ document: notebook.cellAt(at.cell).document, range: toRange(at) });
};

const itemOf = ({ node }: Element, { formats }: Pick<FeatureDeps, 'formats'>): vscode.TreeItem => {
  if (node.kind === 'group') {
    const { group, prompts } = node;
    const item = new vscode.TreeItem(groupTitle(prompts, group.tokens, formats), vscode.TreeItemCollapsibleState.Expanded);
    const description = visibleLine(groupDescription(group.parts));
    item.description = description;
    item.tooltip = visible(groupDetails(group.tokens, group.parts));
    item.iconPath = new vscode.ThemeIcon('layers');
    item.contextValue = 'group';
    item.accessibilityInformation = { label: [groupTitle(prompts, group.tokens, formats), description].filter(Boolean).join(': ') };
    return item;
  }
  if (node.kind === 'parting') {
    const [a, b] = node.rows;
    const item = new vscode.TreeItem(partingTitle(node.parting.field, node.parting.common, formats));
    item.description = visibleLine(`${pathOf(b)}:${node.parting.at.start.line}`);
    item.tooltip = visible(partingDetails(nameOf(a), nameOf(b)));
    item.iconPath = new vscode.ThemeIcon('git-compare');
    item.contextValue = 'parting';
    item.command = open(b, node.parting.at);
    return item;
  }
  const { row } = node;
  const [path, figures] = [pathOf(row), rowDescription(row, formats)];
  const item = new vscode.TreeItem(nameOf(row));
  item.description = visibleLine(row.id === onlyPrompt ? figures : `${baseName(path)} · ${figures}`);
  item.tooltip = visible([nameOf(row), `${path}:${row.at.start.line}`, figures].join('\n'));
  item.iconPath = new vscode.ThemeIcon(icons[row.format] ?? 'file');
  item.contextValue = 'prompt';
  item.command = open(row, row.at);
  item.accessibilityInformation = { label: visibleLine(rowLabel({ ...row, title: nameOf(row) }, path, formats)) };
  return item;
};

type Deps = Pick<FeatureDeps, 'formats' | 'log'>;

export const createPromptsView = (deps: Deps, client: IndexClient): PromptsView => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  let filter = '';
  let searching: (() => void) | undefined;
  const children = (element: Element | undefined): Element[] => {
    if (element === undefined) return nodesOf(client.index, filter).map(elementOf);
    return element.node.kind === 'group' ? element.node.children.map(elementOf) : [];
  };
  const view = owned.add(
    vscode.window.createTreeView<Element>('cachepoint.prompts', {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getTreeItem: (element) => itemOf(element, deps),
        getChildren: (element) => guarded(deps.log, 'Prompts', () => children(element), []),
      },
    }),
  );
  const messageOf = (): string | undefined => {
    const { state } = client;
    if (state.kind === 'failed') return viewNotes.failed;
    if (state.kind === 'stopped') return viewNotes.stopped;
    if (state.kind !== 'searching')
      return filter !== '' && nodesOf(client.index, filter).length === 0 ? viewNotes.noMatch(visibleLine(filter)) : undefined;
    return viewNotes.searching(state.done, state.of, deps.formats);
  };
  /** The bar above the view moves as long as the search goes on. */
  const showProgress = (isSearching: boolean): void => {
    if (isSearching === (searching !== undefined)) return;
    searching?.();
    searching = undefined;
    if (!isSearching) return;
    const over = new Promise<void>((resolve) => (searching = resolve));
    void vscode.window.withProgress({ location: { viewId: 'cachepoint.prompts' } }, () => over);
  };
  const update = (): void => {
    const { state, index } = client;
    view.message = messageOf() ?? '';
    view.description = filter === '' ? '' : viewNotes.filtered(visibleLine(filter));
    showProgress(state.kind === 'searching');
    const word = state.kind === 'searching' ? 'searching' : index.rows.length === 0 ? 'none' : 'some';
    void vscode.commands.executeCommand('setContext', 'cachepoint.prompts', word);
    changed.fire();
  };
  const updating = owned.add(debounce(update));
  owned.add(client.onDidChange(() => updating.soon(100)));
  owned.add(vscode.commands.registerCommand(openCommand, showListed));
  owned.add(new vscode.Disposable(() => showProgress(false)));
  client.ensure();
  update();
  return {
    async askForFilter() {
      const { filterTitle: title, filterPrompt: prompt } = viewNotes;
      const text = await vscode.window.showInputBox({ title, prompt, value: filter });
      if (text === undefined) return;
      filter = text.trim();
      update();
    },
    dispose: () => owned.dispose(),
  };
};
