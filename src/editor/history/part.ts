import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { Target } from '../../core/runs/port';
import { recordOf, type StoredRun } from '../../core/history/stored';
import type { WhyAction } from '../../core/messages/whyActions';
import { runsNotes } from '../../core/messages/runsTree';
import { answerTextOf, type RunRecord } from '../../core/runs/record';
import { messageText } from '../../core/text/visible';
import { attempt } from '../commands';
import { DisposableStore } from '../dispose';
import type { FeatureDeps } from '../feature';
import type { KeepsKeys } from '../movedKeys';
import type { HistoryFolder } from '../ports';
import { refKey, type PromptRef } from '../promptRef';
import type { RunController } from '../runs/runList';
import type { SentRun } from '../runs/runJob';
import { compareRuns, deleteRuns, exportRuns, showDifferences, type ActionDeps } from './actions';
import { createRunDocuments } from './documents';
import { createKeptTexts } from './keptTexts';
import { applyFix, goToBlock } from './places';
import { createRecorder } from './recorder';
import { RunHistory } from './runHistory';
import type { RunNode } from './tree';
import { createRunsView, type RunsView } from './view';
import { warmBefore, type WarmBefore } from './warmBefore';

export interface HistoryDeps extends FeatureDeps {
  readonly runs: RunController;
  /** The panel is about this prompt from now on, and shows this run. */
  readonly show: (prompt: PromptRef | undefined, run: string) => void;
  /** Tells this window and session from all others, by letters and digits. */
  readonly window: string;
}

/** Runs that are remembered, compared and explained. */
export interface HistoryPart extends vscode.Disposable, KeepsKeys {
  /** A run is over: it is kept, and its card says why it did or did not read the cache. */
  record(record: RunRecord, sent: SentRun): Promise<void>;
  /** A call that has no card is over: it is kept, and explained when somebody looks at it. */
  keep(record: RunRecord, sent: SentRun): Promise<void>;
  /** The answers of a batch's calls by their jobs, as far as texts were kept. */
  answersOf(batch: string): Promise<ReadonlyMap<number, string>>;
  /** Shows a call of a batch in the panel, with its answer where that is at hand; `false`: it was not kept. */
  showCall(batch: string, job: number, answer?: string): Promise<boolean>;
  /** What is still warm of a prompt's next call by what is kept of earlier ones; `undefined`: nothing. */
  warmBefore(prompt: PromptRef, analysis: PromptAnalysis, target: Target): Promise<WarmBefore | undefined>;
  /** Brings runs of a prompt from earlier sessions back into the panel. */
  bringBack(prompt: PromptRef): Promise<void>;
  /** Does what a button beside the explanation of a run offers. */
  why(run: string, action: WhyAction): Promise<void>;
  /** The request of a run as it was sent, where it is at hand; says so where it is not. */
  requestOf(run: string): Promise<string | undefined>;
  showView(): void;
  filter(): Promise<void>;
  compare(node: unknown): Promise<void>;
  export(node: unknown): Promise<void>;
  remove(node: unknown): Promise<void>;
}

/** Of what the history may hold, what the requests of one batch may. */
const shareOfBatch = 1 / 8;

/** Runs of a prompt that come back into the panel. */
const broughtBack = 20;

const isNode = (value: unknown): value is RunNode =>
  typeof value === 'object' && value !== null && 'kind' in value && ['prompt', 'run', 'more'].includes(String(value.kind));

const refOf = ({ prompt }: Pick<StoredRun, 'prompt'>): PromptRef | undefined =>
  prompt && { uri: vscode.Uri.parse(prompt.document), id: prompt.id };

export const createHistoryPart = (deps: HistoryDeps, folder: HistoryFolder): HistoryPart => {
  const owned = new DisposableStore();
  const { runs, settings, engine, log, show } = deps;
  const history = owned.add(
    new RunHistory(folder, deps.window, () => settings.read().historyMegabytes * 1_000_000, {
      setAside: (name) => void vscode.window.showWarningMessage(messageText(runsNotes.setAside(name))),
      notWritten: (error) => {
        log.error('Runs are not being kept', error);
        void vscode.window.showWarningMessage(messageText(runsNotes.notWritten(error instanceof Error ? error.message : String(error))));
      },
    }),
  );
  const recorder = createRecorder({
    engine,
    history,
    folder,
    keepsTexts: () => settings.read().keepTexts,
    mostOfBatch: () => settings.read().historyMegabytes * 1_000_000 * shareOfBatch,
  });
  const texts = createKeptTexts(history, runs, (id) => recorder.requestText(id));
  const documents = owned.add(createRunDocuments(deps, history, texts));
  /** Runs are recorded one after the other, so that the second of a pair sees the first. */
  let turn: Promise<unknown> = Promise.resolve();
  let view: RunsView | undefined;

  const keepTexts = async (): Promise<void> => {
    await settings.update('history.keepTexts', true);
    void vscode.window.showInformationMessage(messageText(runsNotes.keeping));
  };
  const actions: ActionDeps = {
    formats: deps.formats,
    history,
    texts,
    documents,
    keepTexts,
    forget: (isMeant) => {
      recorder.forget(isMeant);
      runs.remove(isMeant);
    },
  };
  /** What a command was called on; with more than one selected, all of these. */
  const nodesOf = (node: unknown): readonly RunNode[] => {
    const selected = view?.selection ?? [];
    if (!isNode(node)) return [];
    return selected.some((one) => one === node) ? selected : [node];
  };
  const take = async (stored: readonly StoredRun[], answer?: string): Promise<void> => {
    const fresh = stored.filter(({ id }) => !runs.records.some((record) => record.id === id));
    const found = await Promise.all(
      fresh.map(async (run) => {
        const heard = run.texts !== undefined || answer === undefined ? {} : ({ answer, restored: 'whole' } as const);
        return { record: { ...recordOf(run), ...heard, why: await recorder.whyOf(run) }, prompt: refOf(run) };
      }),
    );
    runs.bringBack(found);
  };
  const showRun = async (run: StoredRun, answer?: string): Promise<void> => {
    await take([run], answer);
    show(refOf(run), run.id);
  };
  const openRun = async (id: string): Promise<void> => {
    const run = await history.find(id);
    if (run !== undefined) await showRun(run);
  };
  const shownView = (): RunsView => (view ??= owned.add(createRunsView(deps, history, (id) => openRun(id))));
  const whyOf = (id: string) => runs.records.find((record) => record.id === id);

  const whyActions: { readonly [A in WhyAction]: (run: RunRecord) => Promise<unknown> } = {
    showDifference: async ({ id, why }) => {
      const against = why?.explanation.against;
      if (against !== undefined) await showDifferences(against, id, actions, ['request']);
    },
    goToLine: (run) => goToBlock(run, runs.promptOf(run.id), deps),
    fix: (run) => applyFix(run, runs.promptOf(run.id), deps),
    keepTexts,
  };

  return {
    record: (record, sent) => {
      turn = turn.then(() => attempt(log, 'Keeping the run', async () => runs.explain(record.id, await recorder.record(record, sent))));
      return turn.then(() => undefined);
    },
    keep: (record, sent) => {
      turn = turn.then(() => attempt(log, 'Keeping a call', () => recorder.write(record, sent)));
      return turn.then(() => undefined);
    },
    async answersOf(batch) {
      await turn;
      const answers = new Map<number, string>();
      for (const { batch: of, texts: kept, state } of await history.ofBatch(batch))
        if (of !== undefined && kept !== undefined && state === 'finished' && !answers.has(of.job)) answers.set(of.job, answerTextOf(kept));
      return answers;
    },
    async showCall(batch, job, answer) {
      await turn;
      const run = (await history.ofBatch(batch)).find((one) => one.batch?.job === job);
      if (run !== undefined) await showRun(run, answer);
      return run !== undefined;
    },
    async warmBefore(prompt, analysis, target) {
      await turn;
      return warmBefore(refKey(prompt), analysis, target, Date.now(), { engine, history, folder });
    },
    async bringBack(prompt) {
      // Calls of batches stand in their table; a thousand of them would hide all others.
      const stored = await history.newest(refKey(prompt), broughtBack, { fits: ({ batch }) => batch === undefined });
      const whole = await Promise.all(stored.map(async (run) => (run.hasTexts === true ? history.find(run.id) : run)));
      await take(whole.filter((run) => run !== undefined));
    },
    async why(id, action) {
      const run = whyOf(id);
      if (run !== undefined) await whyActions[action](run);
    },
    async requestOf(id) {
      const text = await texts.requestOf(id);
      if (text !== undefined) return text;
      const choice = await vscode.window.showInformationMessage(messageText(runsNotes.notKept), runsNotes.keepTexts);
      if (choice === runsNotes.keepTexts) await keepTexts();
      return undefined;
    },
    async moveKeys(move) {
      await turn;
      recorder.moveKeys(move);
      await history.moveKeys(move);
    },
    showView: () => void shownView(),
    filter: () => shownView().askForFilter(),
    compare: (node) => compareRuns(nodesOf(node), actions),
    export: (node) => exportRuns(nodesOf(node), actions),
    remove: (node) => deleteRuns(nodesOf(node), actions),
    dispose: () => owned.dispose(),
  };
};
