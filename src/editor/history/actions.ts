import * as vscode from 'vscode';
import { exportedRun, exportHead, type ExportForm } from '../../core/history/exported';
import type { StoredRun } from '../../core/history/stored';
import type { PromptTotals } from '../../core/history/totals';
import { runsDialogs, type MeantRuns } from '../../core/messages/runsDialogs';
import { runsNotes, runText, runTitle } from '../../core/messages/runsTree';
import { labelText, messageText, visibleLine } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { RunDocuments, RunPart } from './documents';
import type { KeptTexts } from './keptTexts';
import type { RunHistory } from './runHistory';
import type { RunNode } from './tree';
import { runsIn } from './view';
import { whenOf } from './when';

export interface ActionDeps extends Pick<FeatureDeps, 'formats'> {
  readonly history: RunHistory;
  readonly texts: KeptTexts;
  readonly documents: RunDocuments;
  /** Takes deleted runs off the panel. */
  readonly forget: (isMeant: (run: Pick<StoredRun, 'id' | 'subject'>) => boolean) => void;
  readonly keepTexts: () => Promise<void>;
}

/** Which runs an action is about. */
interface Meant {
  readonly fits: (run: Pick<StoredRun, 'id' | 'subject'>) => boolean;
  /** How many there are, as far as that is known before they are read. */
  readonly count: number;
  readonly which: MeantRuns;
}

const nameOf = (prompts: readonly PromptTotals[], single: readonly StoredRun[]): MeantRuns => {
  const [prompt] = prompts;
  const [run] = single;
  if (prompts.length + single.length !== 1) return { kind: 'some' };
  if (prompt !== undefined) return { kind: 'prompt', file: prompt.file };
  return run === undefined ? { kind: 'some' } : { kind: 'run', title: runTitle(run, whenOf) };
};

const meantBy = (nodes: readonly RunNode[]): Meant => {
  const ids = new Set(runsIn(nodes).map(({ id }) => id));
  const prompts = nodes.flatMap((node) => (node.kind === 'prompt' ? [node.totals] : []));
  const subjects = new Set(prompts.map(({ subject }) => subject));
  const whole = prompts.reduce((sum, { runs }) => sum + runs, 0);
  const single = runsIn(nodes).filter(({ subject }) => !subjects.has(subject));
  return {
    fits: ({ id, subject }) => ids.has(id) || subjects.has(subject),
    count: whole + single.length,
    which: nameOf(prompts, single),
  };
};

/** Asks which runs are meant where nothing was selected: those of a prompt, or all. */
const askWhich = async ({ history, formats }: ActionDeps): Promise<Meant | undefined> => {
  const { prompts } = await history.totals();
  if (prompts.length === 0) {
    void vscode.window.showInformationMessage(messageText(runsDialogs.nothing));
    return undefined;
  }
  const whole = prompts.reduce((sum, { runs }) => sum + runs, 0);
  const items = [
    {
      label: runsDialogs.all,
      description: formats.tokens(whole),
      meant: { fits: () => true, count: whole, which: { kind: 'all' } as const },
    },
    ...prompts.map(({ file, subject, runs }) => ({
      label: labelText(runsDialogs.onlyOf(file)),
      description: formats.tokens(runs),
      meant: { fits: (run: Pick<StoredRun, 'subject'>) => run.subject === subject, count: runs, which: { kind: 'prompt', file } as const },
    })),
  ];
  return (await vscode.window.showQuickPick(items, { title: runsDialogs.which }))?.meant;
};

const which = (nodes: readonly RunNode[], deps: ActionDeps): Promise<Meant | undefined> =>
  nodes.some(({ kind }) => kind !== 'more') ? Promise.resolve(meantBy(nodes)) : askWhich(deps);

interface FormItem extends vscode.QuickPickItem {
  readonly form: ExportForm;
}

/** Writes runs into a file that the person names, and says what it holds. */
export const exportRuns = async (nodes: readonly RunNode[], deps: ActionDeps): Promise<void> => {
  const { history, formats } = deps;
  const meant = await which(nodes, deps);
  if (meant === undefined) return;
  const forms: FormItem[] = [
    { label: runsDialogs.csv, detail: runsDialogs.csvDetail, form: 'csv' },
    { label: runsDialogs.jsonl, detail: runsDialogs.jsonlDetail, form: 'jsonl' },
  ];
  const form = (await vscode.window.showQuickPick(forms, { title: runsDialogs.exportTitle }))?.form;
  if (form === undefined) return;
  let kept = 0;
  for await (const { texts } of history.all(meant.fits)) if (texts !== undefined) kept += 1;
  const withTexts = kept > 0 && (await askTexts(kept, deps));
  if (withTexts === undefined) return;
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: runsDialogs.exportTitle,
    ...(workspace === undefined ? {} : { defaultUri: vscode.Uri.joinPath(workspace.uri, `${runsDialogs.exportName}.${form}`) }),
    filters: form === 'csv' ? { [runsDialogs.csv]: ['csv'] } : { [runsDialogs.jsonl]: ['jsonl'] },
  });
  if (target === undefined) return;
  const parts: string[] = [exportHead(form, withTexts)];
  for await (const run of history.all(meant.fits)) parts.push(exportedRun(run, form, withTexts, (at) => new Date(at).toISOString()));
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(parts.join('')));
  void vscode.window.showInformationMessage(messageText(runsDialogs.exported(parts.length - 1, withTexts ? kept : 0, formats)));
};

const askTexts = async (kept: number, { formats }: ActionDeps): Promise<boolean | undefined> => {
  const items = [
    { label: runsDialogs.withoutTexts, detail: runsDialogs.withoutTextsDetail, texts: false },
    { label: runsDialogs.withTexts(kept, formats), detail: runsDialogs.withTextsDetail, texts: true },
  ];
  return (await vscode.window.showQuickPick(items, { title: runsDialogs.exportTitle }))?.texts;
};

/** Deletes runs for good, once the person has said so. */
export const deleteRuns = async (nodes: readonly RunNode[], deps: ActionDeps): Promise<void> => {
  const { history, formats, forget } = deps;
  const meant = await which(nodes, deps);
  if (meant === undefined) return;
  const question = messageText(runsDialogs.deleteQuestion(meant.count, meant.which, formats));
  const choice = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: messageText(runsDialogs.deleteDetail(meant.count)) },
    runsDialogs.deleteButton,
  );
  if (choice !== runsDialogs.deleteButton) return;
  const removed = await history.remove(meant.fits);
  forget(meant.fits);
  void vscode.window.setStatusBarMessage(`$(check) ${runsDialogs.deleted(removed, formats)}`, 3000);
};

interface RunItem extends vscode.QuickPickItem {
  readonly run: StoredRun;
}

/** Asks for one of the newest runs, those of the same prompt first. */
const pickRun = async (title: string, { history, formats }: ActionDeps, first?: StoredRun): Promise<StoredRun | undefined> => {
  const others = (await history.newest(undefined, 200)).filter(({ id }) => id !== first?.id);
  const near = others.filter(({ subject }) => subject === first?.subject);
  const items = [...near, ...others.filter((run) => !near.includes(run))].map((run): RunItem => ({
    label: labelText(runTitle(run, whenOf)),
    description: visibleLine(run.file),
    detail: labelText(runText(run, formats)),
    run,
  }));
  if (items.length === 0) void vscode.window.showInformationMessage(messageText(runsDialogs.nothing));
  return items.length === 0 ? undefined : (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.run;
};

/** Requests and answers of two runs in the editor that shows differences, the earlier one left. */
export const showDifferences = async (a: string, b: string, deps: ActionDeps, parts?: readonly RunPart[]): Promise<boolean> => {
  const { texts, documents } = deps;
  const [requests, answers] = await Promise.all([
    Promise.all([texts.requestOf(a), texts.requestOf(b)]),
    Promise.all([texts.answerOf(a), texts.answerOf(b)]),
  ]);
  const both = (values: readonly (string | undefined)[]): boolean => values.every((value) => value !== undefined);
  const shown = (['request', 'answer'] as const).filter(
    (part) => both(part === 'request' ? requests : answers) && parts?.includes(part) !== false,
  );
  if (shown.length > 0) await documents.showDifferences(runsDialogs.comparison, a, b, shown);
  return shown.length > 0;
};

/** Two runs: figures in one table, requests and answers side by side where their texts are at hand. */
export const compareRuns = async (nodes: readonly RunNode[], deps: ActionDeps): Promise<void> => {
  const selected = runsIn(nodes);
  const first = selected[0] ?? (await pickRun(runsDialogs.compareFirst, deps));
  const second = first && (selected[1] ?? (await pickRun(runsDialogs.compareSecond, deps, first)));
  if (first === undefined || second === undefined) return;
  const [a, b] = first.startedAt <= second.startedAt ? [first, second] : [second, first];
  const hasTexts = await showDifferences(a.id, b.id, deps);
  await deps.documents.showComparison(a.id, b.id);
  if (hasTexts) return;
  const choice = await vscode.window.showInformationMessage(messageText(runsDialogs.noTexts), runsNotes.keepTexts);
  if (choice === runsNotes.keepTexts) await deps.keepTexts();
};
