import * as vscode from 'vscode';
import type { StoredRun } from '../../core/history/stored';
import { totalsOf, type PromptTotals } from '../../core/history/totals';
import { runDetails, runsNotes, runText, runTitle, totalsText } from '../../core/messages/runsTree';
import { visible, visibleLine } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { RunHistory } from './runHistory';
import { whenOf } from './when';

/** An element of the view *Runs*. */
export type RunNode =
  | { readonly kind: 'prompt'; readonly totals: PromptTotals }
  | { readonly kind: 'run'; readonly run: StoredRun }
  /** More of a level: of the prompts, or of the runs of one. */
  | { readonly kind: 'more'; readonly level: string; readonly shown: number; readonly of: number };

/** Rows that a level shows at first, and so many more each time. */
export const levelSize = 200;

/** The level of the prompts. */
export const topLevel = '';

const openCommand = '_cachepoint.openKeptRun';
const moreCommand = '_cachepoint.moreRuns';
export const treeCommands = { open: openCommand, more: moreCommand } as const;

const fits = (run: StoredRun, filter: string): boolean => {
  const { file, row = '', modelName, modelId, state, failure, service } = run;
  const words = `${file} ${row} ${modelName} ${modelId} ${state} ${failure?.code ?? ''} ${service}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
};

/** What stands on each level. With a filter a level holds the newest runs that fit it, and their totals. */
export const createLevels = (history: RunHistory) => {
  const sizes = new Map<string, number>();
  const sizeOf = (level: string): number => sizes.get(level) ?? levelSize;
  const rows = (nodes: readonly RunNode[], level: string, of: number): readonly RunNode[] =>
    of > nodes.length ? [...nodes, { kind: 'more', level, shown: nodes.length, of }] : nodes;
  return {
    more: (level: string): void => void sizes.set(level, sizeOf(level) + levelSize),
    async prompts(filter: string): Promise<readonly RunNode[]> {
      const all =
        filter === ''
          ? (await history.totals()).prompts
          : totalsOf(await history.newest(undefined, sizeOf(topLevel), { fits: (run) => fits(run, filter) }));
      const shown = all.slice(0, sizeOf(topLevel)).map((totals): RunNode => ({ kind: 'prompt', totals }));
      return rows(shown, topLevel, all.length);
    },
    async runs({ subject, runs: of }: PromptTotals, filter: string): Promise<readonly RunNode[]> {
      const found = await history.newest(subject, sizeOf(subject), filter === '' ? {} : { fits: (run) => fits(run, filter) });
      const nodes = found.map((run): RunNode => ({ kind: 'run', run }));
      // How many fit is not known before all are read.
      return rows(nodes, subject, filter === '' || found.length === sizeOf(subject) ? of : nodes.length);
    },
  };
};

const icons = { finished: 'pass', failed: 'error', canceled: 'circle-slash' } as const;

export const itemOf = (node: RunNode, { formats }: Pick<FeatureDeps, 'formats'>): vscode.TreeItem => {
  if (node.kind === 'more') {
    const item = new vscode.TreeItem(runsNotes.more);
    item.description = runsNotes.moreOf(node.shown, node.of, formats);
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.command = { command: moreCommand, title: runsNotes.more, arguments: [node.level] };
    return item;
  }
  if (node.kind === 'prompt') {
    const { totals } = node;
    const item = new vscode.TreeItem(visibleLine(totals.file), vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `prompt ${totals.subject}`;
    item.description = visibleLine(totalsText(totals, formats));
    item.tooltip = visible([totals.file, totalsText(totals, formats), runsNotes.lastRun(whenOf(totals.newest))].join('\n'));
    item.iconPath = new vscode.ThemeIcon('file');
    item.contextValue = 'runsOfPrompt';
    item.accessibilityInformation = { label: visibleLine(`${totals.file}: ${totalsText(totals, formats)}`) };
    return item;
  }
  const { run } = node;
  const item = new vscode.TreeItem(visibleLine(runTitle(run, whenOf)));
  item.id = `run ${run.id}`;
  item.description = visibleLine(runText(run, formats));
  item.tooltip = visible(`${whenOf(run.startedAt)}\n${runDetails(run, formats)}`);
  item.iconPath = new vscode.ThemeIcon(icons[run.failure?.code === 'canceled' ? 'canceled' : run.state]);
  item.contextValue = 'run';
  item.command = { command: openCommand, title: runsNotes.open, arguments: [run.id] };
  item.accessibilityInformation = { label: visibleLine(runsNotes.runOf(runTitle(run, whenOf), runText(run, formats))) };
  return item;
};
