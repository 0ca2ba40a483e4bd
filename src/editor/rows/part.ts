import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { rowsDialogs } from '../../core/messages/editor/rows';
import { keptRowsText, rowsNotes, unfinishedNotice } from '../../core/messages/rowsText';
import type { BatchRecord } from '../../core/rows/journal';
import { labelText, messageText } from '../../core/text/visible';
import { attempt } from '../commands';
import { DisposableStore } from '../dispose';
import type { PromptRef } from '../promptRef';
import { batchFor, resumeBatch } from './flow';
import { isUnfinished, knownBatches, type FlowDeps } from './known';
import { once } from '../../core/text/once';
import { registerWarmClock } from '../language/warmClock';
import { shownTarget } from '../runs/target';
import { continueRun, type ContinuedRun } from './continueRun';
import { createKeepWarm } from './keepWarm';
import { movedBatch, moveJournals } from './moved';
import type { KeepsKeys } from '../movedKeys';
import type { OpenBatch } from './openBatch';
import { createRowsPanel } from './panel';
import { openRowsKey, type RowsDeps, type RowsMachine } from './ports';
import { openSimulator } from './simulator';
import { createRowTests, type RowTests } from './testView';
import { whenWarmBefore } from './warmAgain';

/** What the extension asks of the rows' bundle. */
export interface RowsPart extends vscode.Disposable, KeepsKeys {
  /** Runs rows of a prompt, on its own model or on several; gives what came of them, or nothing where the person turned back. */
  run(ref: PromptRef, onModels: boolean): Promise<BatchRecord | undefined>;
  /** Shows rows of earlier. */
  show(): Promise<void>;
  /** Says so where rows of an earlier window are not finished. */
  tellUnfinished(): Promise<void>;
  /** Goes on from a run with a further turn; gives the document that holds it. */
  continueRun(ref: PromptRef, run: ContinuedRun | undefined): Promise<vscode.Uri | undefined>;
  /** Opens the simulator of conversations for a prompt. */
  simulate(ref: PromptRef): Promise<void>;
  /** Shows how long the prompt in front is likely warm, from now on. */
  showClock(): void;
  /** Asks for how long a prompt is to be kept warm, and does it. */
  keepWarm(ref: PromptRef): Promise<void>;
  stopKeepingWarm(): void;
  /** The tests of the prompt files that are open. */
  readonly tests: RowTests;
}

export const createRowsPart = (host: RowsDeps, machine: RowsMachine, state: vscode.Memento): RowsPart => {
  const deps: FlowDeps = { ...host, rows: machine };
  const owned = new DisposableStore();
  const shown = new Map<string, { readonly batch: OpenBatch; readonly panel: ReturnType<typeof createRowsPanel> }>();

  const guard = (work: () => unknown): void => void attempt(deps.log, 'Rows', async () => work());

  const save = async (batch: OpenBatch, form: 'csv' | 'jsonLines'): Promise<void> => {
    const ending = form === 'csv' ? 'csv' : 'jsonl';
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const name = `${batch.name.replace(/[^\w.-]+/g, '-')}.rows.${ending}`;
    const uri = await vscode.window.showSaveDialog({
      title: rowsDialogs.exportTitle,
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
      filters: { [form === 'csv' ? 'CSV' : sharedText.jsonLines]: [ending] },
    });
    if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(batch.exported(form)));
  };

  const openAnswer = async (batch: OpenBatch, row: number, model: number): Promise<void> => {
    const content = batch.answerOf(row * batch.record.batch.models.length + model);
    if (content === undefined) return;
    const isJson = /^\s*[{[]/.test(content);
    const document = await vscode.workspace.openTextDocument({ content, language: isJson ? 'json' : 'markdown' });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  };

  const showDetails = async (batch: OpenBatch, row: number, model: number): Promise<void> => {
    const job = row * batch.record.batch.models.length + model;
    if (await deps.history().showCall(batch.id, job, batch.answerOf(job))) return;
    void vscode.window.showInformationMessage(messageText(rowsNotes.notKept));
  };

  /** Lets a batch go, with its money so far where the table cannot be seen. */
  const start = async (batch: OpenBatch, work: () => Promise<void> = () => batch.start()): Promise<void> => {
    await state.update(openRowsKey, true);
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: messageText(rowsDialogs.rowsOf(batch.name)) },
        async (progress) => {
          const forget = batch.onChange(() =>
            progress.report({
              message: rowsDialogs.progress(
                deps.formats.tokens(batch.totals.done),
                deps.formats.tokens(batch.totals.jobs),
                deps.formats.usd(batch.totals.usd),
              ),
            }),
          );
          try {
            await work();
          } finally {
            forget();
          }
        },
      );
    } finally {
      const isOpen = [...shown.values()].some((one) => isUnfinished(one.batch.record));
      await state.update(openRowsKey, isOpen);
    }
  };

  const display = (batch: OpenBatch): void => {
    const panel = createRowsPanel(batch, {
      extension: deps.extension,
      receive: (message) =>
        guard(() => {
          switch (message.type) {
            case 'pause':
              return batch.pause();
            case 'resume':
              return start(batch);
            case 'cancel':
              return batch.cancel();
            case 'retry':
              return start(batch, () => batch.retryFailed());
            case 'decide':
              return start(batch, () => batch.decide(message.send));
            case 'export':
              return save(batch, message.form);
            case 'open':
              return openAnswer(batch, message.row, message.model);
            case 'details':
              return showDetails(batch, message.row, message.model);
          }
        }),
      closed: () => {
        shown.delete(batch.id);
        guard(() => batch.close());
      },
    });
    shown.set(batch.id, { batch, panel });
  };

  const clock = once(() => {
    owned.add(registerWarmClock(deps, deps.warm, () => shownTarget(deps)));
    return owned.add(whenWarmBefore(deps, state));
  });
  const keeping = owned.add(createKeepWarm(deps, deps.warm));
  const tests = owned.add(createRowTests(deps, { display, start: (batch) => start(batch) }));

  return {
    tests,
    continueRun: (ref, run) => continueRun(ref, run, deps),
    async simulate(ref) {
      const analysis = await deps.store.settled(ref);
      if (analysis !== undefined) owned.add(openSimulator(ref, analysis, deps));
    },
    showClock: () => void clock(),
    keepWarm: (ref) => keeping.ask(ref),
    stopKeepingWarm: () => keeping.stopAll(),
    async run(ref, onModels) {
      const batch = await batchFor(ref, onModels, deps);
      if (batch === undefined) return undefined;
      display(batch);
      await start(batch);
      return batch.record;
    },
    async show() {
      const known = await knownBatches(deps);
      if (known.length === 0) {
        void vscode.window.showInformationMessage(rowsDialogs.noRows);
        return;
      }
      const items = known.map((one) => ({
        label: labelText(one.record.batch.prompt.name),
        description: deps.formats.moment(one.record.at, Date.now()),
        detail: labelText(`${keptRowsText(one.record, deps.formats)} · ${one.record.batch.models.map(({ name }) => name).join(', ')}`),
        known: one,
      }));
      const picked = await vscode.window.showQuickPick(items, {
        title: rowsDialogs.earlier,
        matchOnDescription: true,
        matchOnDetail: true,
      });
      const id = picked?.known.record.batch.id;
      const open = id === undefined ? undefined : shown.get(id);
      if (open !== undefined) return open.panel.reveal();
      const batch = picked && (await resumeBatch(picked.known, deps));
      if (batch !== undefined) display(batch);
    },
    async tellUnfinished() {
      const unfinished = (await knownBatches(deps)).find(({ record }) => isUnfinished(record));
      await state.update(openRowsKey, undefined);
      if (unfinished === undefined) return;
      const show = rowsDialogs.showRows;
      const choice = await vscode.window.showInformationMessage(messageText(unfinishedNotice(unfinished.record, deps.formats)), show);
      const batch = choice === show ? await resumeBatch(unfinished, deps) : undefined;
      if (batch !== undefined) display(batch);
    },
    async moveKeys(move) {
      for (const { batch } of shown.values()) {
        const to = movedBatch(batch.record.batch, move);
        if (to !== undefined) await batch.moved(to);
      }
      await moveJournals(move, (batch) => shown.has(batch), deps);
    },
    dispose() {
      for (const { panel } of shown.values()) panel.dispose();
      owned.dispose();
    },
  };
};
