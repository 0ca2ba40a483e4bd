import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import { failureName } from '../../core/messages/rowsText';
import { rowsOf, sampleTable, type GivenRow } from '../../core/rows/table';
import { onlyPrompt } from '../../core/prompt/model';
import { visibleLine } from '../../core/text/visible';
import { attempt } from '../commands';
import { DisposableStore } from '../dispose';
import { placeOf } from '../documents/convert';
import { refKey, type PromptRef } from '../promptRef';
import { newBatch } from './flow';
import type { FlowDeps } from './known';
import type { OpenBatch } from './openBatch';
import { samples } from './source';

/** Rows of prompts that say what their answers should be, as VS Code's own tests. */
export interface RowTests extends vscode.Disposable {
  /** A document was read: its rows with an `expect` stand in the Test view. */
  follow(document: vscode.TextDocument): void;
}

/** What running tests needs of the rest of the rows. */
export interface TestStage {
  display(batch: OpenBatch): void;
  start(batch: OpenBatch): Promise<void>;
}

/** A row among the tests. */
interface RowTest {
  readonly ref: PromptRef;
  readonly row: GivenRow;
}

const labelOf = ({ number, values }: GivenRow): string =>
  visibleLine(rowsDialogs.testRow(number, Object.values(values).join(' · '))).slice(0, 120);

export const createRowTests = (deps: FlowDeps, stage: TestStage): RowTests => {
  const owned = new DisposableStore();
  const controller = owned.add(vscode.tests.createTestController('cachepoint.rows', rowsDialogs.testView));
  const rows = new WeakMap<vscode.TestItem, RowTest>();

  const follow = (document: vscode.TextDocument): void => {
    const analysis = deps.store.get(document);
    const prompts = analysis?.reading.prompts ?? [];
    const file = controller.items.get(document.uri.toString());
    const found = prompts.flatMap(({ id, title }) => {
      const prompt = analysis?.of(id)?.prompt;
      if (prompt === undefined || prompt.header.samples.length === 0) return [];
      const read = rowsOf(sampleTable(prompt), prompt);
      const expecting = 'rows' in read ? read.rows.filter(({ expect }) => expect !== undefined) : [];
      return expecting.length === 0 ? [] : [{ ref: { uri: document.uri, id }, title, prompt, expecting }];
    });
    if (found.length === 0) {
      if (file !== undefined) controller.items.delete(file.id);
      return;
    }
    const item =
      file ?? controller.createTestItem(document.uri.toString(), visibleLine(vscode.workspace.asRelativePath(document.uri)), document.uri);
    const children = found.flatMap(({ ref, title, prompt, expecting }) =>
      expecting.map((row) => {
        const label = ref.id === onlyPrompt ? labelOf(row) : `${visibleLine(title)}, ${labelOf(row)}`;
        const child = controller.createTestItem(`${refKey(ref)} ${row.number}`, label, document.uri);
        const at = prompt.header.samples[row.number - 1]?.span;
        if (at !== undefined) child.range = placeOf(document, at).range;
        rows.set(child, { ref, row });
        return child;
      }),
    );
    item.children.replace(children);
    if (file === undefined) controller.items.add(item);
  };

  const meant = (request: vscode.TestRunRequest): readonly vscode.TestItem[] => {
    const leaves = (item: vscode.TestItem): readonly vscode.TestItem[] => {
      const inside: vscode.TestItem[] = [];
      item.children.forEach((child) => inside.push(...leaves(child)));
      return inside.length > 0 ? inside : [item];
    };
    const all: vscode.TestItem[] = [];
    if (request.include === undefined) controller.items.forEach((item) => all.push(item));
    const excluded = new Set((request.exclude ?? []).flatMap(leaves));
    return [...(request.include ?? []), ...all].flatMap(leaves).filter((item) => rows.has(item) && !excluded.has(item));
  };

  /** What a row's job came to, told to the test view once. */
  const report = (run: vscode.TestRun, items: ReadonlyMap<number, vscode.TestItem>, batch: OpenBatch, reported: Set<number>): void => {
    for (const [row, item] of items) {
      const state = batch.record.jobs[row];
      if (state === undefined || reported.has(row) || state.kind === 'waiting' || state.kind === 'sent') continue;
      reported.add(row);
      if (state.kind === 'failed') run.errored(item, new vscode.TestMessage(failureName(state.code)));
      else if (state.kind !== 'done') run.skipped(item);
      else if (state.result.met === true) run.passed(item, state.result.ms);
      else {
        const expected = rows.get(item)?.row.expect ?? '';
        const why = state.result.met === undefined ? rowsDialogs.badPattern : rowsDialogs.notAsExpected;
        const message = vscode.TestMessage.diff(why, expected, batch.answerOf(row) ?? '');
        if (item.uri !== undefined && item.range !== undefined) message.location = new vscode.Location(item.uri, item.range);
        run.failed(item, message, state.result.ms);
      }
    }
  };

  const runRows = async (ref: PromptRef, items: readonly vscode.TestItem[], run: vscode.TestRun): Promise<void> => {
    const numbers = new Set(items.flatMap((item) => rows.get(item)?.row.number ?? []));
    const analysis = await deps.runnable(ref);
    const batch =
      analysis &&
      (await newBatch(
        ref,
        analysis,
        { source: samples, models: [analysis.plan.modelId], only: ({ number }) => numbers.has(number) },
        deps,
      ));
    if (batch === undefined) return items.forEach((item) => run.skipped(item));
    const byRow = new Map(
      batch.record.batch.rows.flatMap(({ number }, row) => {
        const item = items.find((one) => rows.get(one)?.row.number === number);
        return item === undefined ? [] : [[row, item] as const];
      }),
    );
    for (const item of items) run.started(item);
    const reported = new Set<number>();
    const forget = batch.onChange(() => report(run, byRow, batch, reported));
    const canceled = run.token.onCancellationRequested(() => void batch.cancel());
    try {
      stage.display(batch);
      await stage.start(batch);
    } finally {
      forget();
      canceled.dispose();
    }
    report(run, byRow, batch, reported);
    for (const [row, item] of byRow) if (!reported.has(row)) run.skipped(item);
  };

  owned.add(
    controller.createRunProfile(
      rowsDialogs.runRows,
      vscode.TestRunProfileKind.Run,
      (request) =>
        void attempt(deps.log, 'Tests of rows', async () => {
          const run = controller.createTestRun(request);
          try {
            const byPrompt = new Map<string, { readonly ref: PromptRef; readonly items: vscode.TestItem[] }>();
            for (const item of meant(request)) {
              const ref = rows.get(item)?.ref;
              if (ref === undefined) continue;
              const group = byPrompt.get(refKey(ref)) ?? { ref, items: [] };
              group.items.push(item);
              byPrompt.set(refKey(ref), group);
            }
            for (const { ref, items } of byPrompt.values()) if (!run.token.isCancellationRequested) await runRows(ref, items, run);
          } finally {
            run.end();
          }
        }),
      true,
    ),
  );
  owned.add(
    deps.store.onDidChange((document) => {
      if (controller.items.get(document.uri.toString()) !== undefined) follow(document);
    }),
  );
  return { follow, dispose: () => owned.dispose() };
};
