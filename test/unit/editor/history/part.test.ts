import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as engine from '../../../../src/core/engine';
import type { RunEvent } from '../../../../src/core/runs/events';
import { reduceRun } from '../../../../src/core/runs/record';
import type * as keptModule from '../../../../src/editor/rows/keptCalls';
import type * as partModule from '../../../../src/editor/history/part';
import type * as treeModule from '../../../../src/editor/history/tree';
import type * as historyModule from '../../../../src/editor/history/runHistory';
import type * as runsModule from '../../../../src/editor/runs/runList';
import { defaultSettings, type Settings } from '../../../../src/core/settings';
import { createHistoryFolder } from '../../../../src/machine/historyFolder';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { makeFolder } from '../../../support/folder';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { filesFrom } from '../../../../src/core/prompt/files';
import { localTarget, scripted, started } from '../../../support/scriptedRun';
import { aStoredRun } from '../../../support/storedRuns';

const workspace = createFakeWorkspace();
Object.assign(workspace.fake.vscode.workspace, { registerTextDocumentContentProvider: () => ({ dispose: () => undefined }) });
Object.assign(workspace.fake.vscode, {
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  TreeItem: class {
    constructor(
      readonly label: string,
      readonly collapsibleState = 0,
    ) {}
  },
  TreeItemCollapsibleState: { Collapsed: 1 },
});

const { beginQuietly, createHistoryPart, RunController, RunHistory, createLevels, itemOf, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/history/part') as typeof partModule),
  ...(require('../../../../src/editor/rows/keptCalls') as typeof keptModule),
  ...(require('../../../../src/editor/history/tree') as typeof treeModule),
  ...(require('../../../../src/editor/history/runHistory') as typeof historyModule),
  ...(require('../../../../src/editor/runs/runList') as typeof runsModule),
}));
const textOf = (rules: string): string => `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
${`${rules} The desk answers briefly and says what it does not know. `.repeat(200)}
<!-- cachePoint -->
# user:
Hello
`;
const ref = { uri: workspace.fake.vscode.Uri.file('/desk.bedrock.md'), id: 'only' };
const jobOf = (rules = 'Be kind.') => ({
  file: 'desk.bedrock.md',
  ref,
  analysis: analyzeOnly(textOf(rules), 'bedrock-prompt', filesFrom({}), defaultSettings),
  values: {},
  target: localTarget,
  twice: false,
});
const answered = (read: number, written: number): readonly RunEvent[] => [
  started(),
  { type: 'text', at: 5, delta: 'A private answer' },
  { type: 'usage', at: 7, usage: { input: 8, output: 2, cacheRead: read, cacheWrite: written, writes: [] }, latencyMs: 7 },
  { type: 'finished', at: 8, requestId: 'r', attempts: 1 },
];

const folder = makeFolder();
after(() => folder.remove());
let made = 0;

/** A window with its controller and its history; windows may share a folder. */
const session = (path = folder.at(`history ${(made += 1)}`), settings: Partial<Settings> = {}) => {
  const window = `w${(made += 1)}`;
  const recorded: Promise<void>[] = [];
  const runs = new RunController(
    () => engine,
    {
      changed: () => undefined,
      append: () => undefined,
      over: (record, sent) => void recorded.push(part.record(record, sent)),
    },
    window,
  );
  const read = () => ({ ...defaultSettings, ...settings });
  const part: partModule.HistoryPart = createHistoryPart(
    {
      ...deps,
      settings: Object.assign(Object.create(deps.settings) as typeof deps.settings, { read }),
      runs,
      show: () => undefined,
      window,
    },
    createHistoryFolder(path),
  );
  const run = async (events: readonly RunEvent[], job = jobOf()) => {
    const [record] = await runs.run(job, scripted(events), new AbortController());
    await Promise.all(recorded);
    return runs.records.find(({ id }) => id === record?.id);
  };
  return { path, part, runs, run };
};

const everything = (path: string): string =>
  readdirSync(path)
    .map((name) => (name === 'key' ? '' : readFileSync(`${path}/${name}`, 'utf8')))
    .join('\n');

describe('runs that are remembered', () => {
  it('say why they missed, with the first character where the texts are at hand', async () => {
    const { run } = session();
    await run(answered(0, 3000));
    const missed = await run(answered(0, 3000), jobOf('Be short.'));
    assert.deepEqual(
      missed?.why?.explanation.causes.map(({ kind }) => kind),
      ['system_changed'],
    );
    assert.equal(missed.why.explanation.lost, 3000);
    assert.equal(missed.why.hasTexts, true);
    assert.equal(missed.why.text?.at, 3);
    assert.match(missed.why.text.is, /^Be short\./);
  });

  it('come back in another session, without any text, and are compared with the runs of that', async () => {
    const first = session();
    await first.run(answered(0, 3000));
    assert.doesNotMatch(everything(first.path), /private answer|answers briefly|Be kind/);
    const second = session(first.path);
    await second.part.bringBack(ref);
    const [back] = second.runs.records;
    assert.equal(back?.restored, 'figures');
    assert.equal(back.usage?.cacheWrite, 3000);
    second.runs.showLastOf(ref);
    assert.deepEqual(second.runs.shown, [back.id]);
    assert.equal(second.runs.promptOf(back.id)?.id, 'only');
    const missed = await second.run(answered(0, 3000), jobOf('Be short.'));
    assert.deepEqual(
      missed?.why?.explanation.causes.map(({ kind }) => kind),
      ['system_changed'],
    );
    assert.equal(missed.why.hasTexts, false);
    assert.equal(missed.why.text, undefined);
  });

  it('come back with their texts where a person let them be kept, and without a secret', async () => {
    const first = session(undefined, { keepTexts: true });
    await first.run(answered(0, 3000), jobOf('AKIA2E4GHJ7QWZXPLM3N'));
    assert.doesNotMatch(everything(first.path), /AKIA2/);
    const second = session(first.path, { keepTexts: true });
    await second.part.bringBack(ref);
    assert.equal(second.runs.records[0]?.answer, 'A private answer');
    assert.equal(second.runs.records[0].restored, 'whole');
    assert.match((await second.part.requestOf(second.runs.records[0].id)) ?? '', /answers briefly/);
  });

  it('say that a request was not kept, and keep the next ones when they are asked to', async () => {
    const first = session();
    await first.run(answered(0, 3000));
    const second = session(first.path);
    await second.part.bringBack(ref);
    workspace.shown.splice(0);
    workspace.answers.push('Keep Texts from Now On');
    assert.equal(await second.part.requestOf(second.runs.records[0]?.id ?? ''), undefined);
    assert.match(workspace.shown[0]?.text ?? '', /were not kept/);
    assert.match(workspace.shown[1]?.text ?? '', /From now on/);
  });

  it('are deleted only when the person says so, and leave the panel then', async () => {
    const { part, run, runs, path } = session();
    const record = await run(answered(0, 3000));
    const node = { kind: 'run', run: { ...aStoredRun(), id: record?.id, subject: record?.subject } };
    workspace.answers.push(undefined);
    await part.remove(node);
    assert.equal(runs.records.length, 1);
    workspace.answers.push('Delete');
    Object.assign(workspace.fake.vscode.window, { setStatusBarMessage: () => undefined });
    await part.remove(node);
    assert.equal(runs.records.length, 0);
    assert.doesNotMatch(everything(path), /desk\.bedrock\.md/);
  });

  it('are named by the question that is asked before they are deleted', async () => {
    const { part, run, path } = session();
    const first = await run(answered(0, 3000));
    await run(answered(3000, 0));
    const prompt = { kind: 'prompt', totals: { subject: first?.subject, file: 'desk.bedrock.md', runs: 2 } };
    const single = { kind: 'run', run: { ...aStoredRun(), id: first?.id, subject: first?.subject } };
    workspace.shown.splice(0);
    for (const node of [single, prompt]) {
      workspace.answers.push(undefined);
      await part.remove(node);
    }
    Object.assign(workspace.fake.vscode.window, { showQuickPick: ([all]: readonly unknown[]) => Promise.resolve(all) });
    workspace.answers.push(undefined);
    await part.remove(undefined);
    assert.match(workspace.shown[0]?.text ?? '', /^Delete the run of .+\?$/);
    assert.deepEqual(
      workspace.shown.slice(1).map(({ text }) => text),
      ['Delete 2 runs of desk.bedrock.md?', 'Delete all runs of all prompts (2 runs)?'],
    );
    assert.match(everything(path), /desk\.bedrock\.md/);
  });

  /** Calls of a batch, as it hands them on. */
  const rows = async (one: ReturnType<typeof session>, jobs: readonly number[], batch = '20261129-a', rules = 'Be kind.') => {
    const job = jobOf(rules);
    for (const at of jobs) {
      const sent = engine.wireCall(job.analysis.prompt, engine.runValues([], {}), job.analysis.plan.modelId);
      const deps = {
        engine: () => engine,
        warm: { prefixes: new Map() },
        history: () => ({ keep: (...given: Parameters<typeof one.part.keep>) => (keeping = one.part.keep(...given)) }),
      };
      let keeping: Promise<void> = Promise.resolve();
      const begun = beginQuietly(
        {
          ...{ id: `row-${batch}-${at}`, file: job.file, ref, analysis: job.analysis, values: {}, row: `Row ${at + 1}` },
          ...{ batch: { id: batch, job: at }, target: localTarget, startedAt: Date.now() + at },
        },
        sent,
        deps,
      );
      begun.keep(answered(at === 0 ? 0 : 3000, at === 0 ? 3000 : 0).reduce(reduceRun, begun.record));
      await keeping;
    }
  };

  it('hold calls of batches with their rows, which have no card until one is looked at', async () => {
    const first = session();
    await rows(first, [0, 1]);
    assert.equal(first.runs.records.length, 0);
    assert.doesNotMatch(everything(first.path), /private answer|answers briefly/);
    const second = session(first.path);
    await second.part.bringBack(ref);
    assert.equal(second.runs.records.length, 0, 'they stand in their table');
    assert.deepEqual([...(await second.part.answersOf('20261129-a'))], [], 'without consent there is no answer');
    assert.equal(await second.part.showCall('20261129-a', 1), true);
    const [shown] = second.runs.records;
    assert.deepEqual([shown?.row, shown?.usage?.cacheRead, shown?.why?.explanation.outcome], ['Row 2', 3000, 'hit']);
    assert.equal(await second.part.showCall('20261129-a', 7), false);
    assert.equal(await second.part.showCall('20261129', 0), false);
  });

  it('say of a call of a batch why it missed, by what had been sent before it, however much was sent since', async () => {
    const one = session();
    await rows(one, [0, 1], 'before');
    await rows(one, [0], 'changed', 'Be short.');
    await rows(
      one,
      Array.from({ length: 230 }, (_, at) => at),
      'later',
    );
    const second = session(one.path);
    await second.part.showCall('changed', 0);
    assert.deepEqual(
      second.runs.records[0]?.why?.explanation.causes.map(({ kind }) => kind),
      ['system_changed'],
    );
  }).timeout(30_000);

  it('give answers of a batch back where texts are kept, and only so many of its requests', async () => {
    const settings = { keepTexts: true, historyMegabytes: 0.2 };
    const first = session(undefined, settings);
    await rows(first, [0, 1, 2]);
    const second = session(first.path, settings);
    assert.deepEqual(
      [...(await second.part.answersOf('20261129-a'))].sort(([a], [b]) => a - b),
      [0, 1, 2].map((job) => [job, 'A private answer']),
    );
    const requests = everything(first.path).match(/"request":"[^"]/g) ?? [];
    assert.equal(requests.length, 1, 'an eighth of 200 kB holds one request of 13 kB');
  });

  it('are kept one at a time, so that the second of a pair sees the first', async () => {
    const { runs, run } = session();
    await run(answered(0, 3000));
    const second = await run(answered(0, 3000));
    assert.equal(second?.why?.explanation.against, runs.records[0]?.id);
  });
});

describe('the tree of runs', () => {
  const treeOf = async (count: number) => {
    const history = new RunHistory(createHistoryFolder(folder.at(`tree ${(made += 1)}`)), 'w', () => 50_000_000, {
      setAside: () => undefined,
      notWritten: () => undefined,
    });
    for (let at = 0; at < count; at += 1) await history.write(aStoredRun({ id: `${at}`, startedAt: at, row: `Sample ${at % 2}` }));
    return createLevels(history);
  };

  it('has prompts with their totals, and 200 runs of each at first, the newest before others', async () => {
    const levels = await treeOf(203);
    const [prompt, ...others] = await levels.prompts('');
    assert.deepEqual(others, []);
    assert.ok(prompt?.kind === 'prompt');
    assert.match(String(itemOf(prompt, deps).description), /^203 runs · 0% read · \$/);
    const runs = await levels.runs(prompt.totals, '');
    assert.equal(runs.length, 201);
    assert.ok(runs[0]?.kind === 'run' && runs[0].run.id === '202');
    const more = runs.at(-1);
    assert.ok(more?.kind === 'more');
    assert.equal(itemOf(more, deps).description, '200 of 203 shown');
    levels.more(more.level);
    assert.equal((await levels.runs(prompt.totals, '')).length, 203);
  });

  it('holds with a filter what fits all of its words', async () => {
    const levels = await treeOf(7);
    const [prompt] = await levels.prompts('sample 1');
    assert.ok(prompt?.kind === 'prompt');
    assert.equal(prompt.totals.runs, 3);
    assert.equal((await levels.runs(prompt.totals, 'SAMPLE 1')).length, 3);
    assert.deepEqual(await levels.prompts('sample 1 nova'), []);
  });
});
