import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as engine from '../../../../src/core/engine';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { RunEvent } from '../../../../src/core/runs/events';
import type { Target } from '../../../../src/core/runs/port';
import { defaultSettings } from '../../../../src/core/settings';
import type * as historyModule from '../../../../src/editor/history/runHistory';
import type * as recorderModule from '../../../../src/editor/history/recorder';
import type * as warmModule from '../../../../src/editor/history/warmBefore';
import type { SentRun } from '../../../../src/editor/runs/runJob';
import type * as memoryModule from '../../../../src/editor/runs/warmMemory';
import type * as runsModule from '../../../../src/editor/runs/runList';
import type * as targetModule from '../../../../src/editor/runs/target';
import type * as clockModule from '../../../../src/editor/language/warmClock';
import type { RunRecord } from '../../../../src/core/runs/record';
import { createHistoryFolder } from '../../../../src/machine/historyFolder';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { makeFolder } from '../../../support/folder';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { scripted } from '../../../support/scriptedRun';

const fake = createFakeVscode();
const { RunHistory, RunController, WarmMemory, createRecorder, warmBefore, warmthOf, cachePlace } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/runs/target') as typeof targetModule),
  ...(require('../../../../src/editor/history/runHistory') as typeof historyModule),
  ...(require('../../../../src/editor/history/recorder') as typeof recorderModule),
  ...(require('../../../../src/editor/history/warmBefore') as typeof warmModule),
  ...(require('../../../../src/editor/runs/runList') as typeof runsModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof memoryModule),
  ...(require('../../../../src/editor/language/warmClock') as typeof clockModule),
}));

const folder = makeFolder();
after(() => folder.remove());

const textOf = (rules: string, question = 'Hello'): string => `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
variables:
  name: {}
samples:
  - name: Arya
  - name: Jon
---
# system:
${`${rules} The desk answers briefly and says what it does not know. `.repeat(300)}
<!-- cachePoint -->
# user:
${question}, {{name}}
`;
const analysisOf = (text: string) => analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings);
const analysis = analysisOf(textOf('Be kind.'));
const written = Math.round(analysis.plan.checkpoints[0]?.prefix.likely ?? 0);
const ref = { uri: fake.vscode.Uri.file('/desk.bedrock.md'), id: 'only' };
const subject = 'file:/desk.bedrock.md';
const aws: Target = { service: 'aws', endpoint: undefined, region: 'us-east-1', profile: 'dev', timeoutMs: 1, maxAttempts: 1 };

describe('what was warm before a reload', () => {
  let made = 0;
  const minute = 60_000;
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 29, 12) }));
  afterEach(() => mock.timers.reset());

  /** One run in a session of its own; gives what another session finds. */
  const afterRun = async (target = aws, signer = 'profile dev', row: string | undefined = 'Sample 2') => {
    const path = folder.at(`history ${(made += 1)}`);
    const port = createHistoryFolder(path);
    const notices = { setAside: assert.fail, notWritten: assert.fail };
    const history = new RunHistory(port, `w${made}`, () => 1e7, notices);
    const recorder = createRecorder({ engine: () => engine, history, folder: port, keepsTexts: () => false, mostOfBatch: () => 0 });
    const over: [RunRecord, SentRun][] = [];
    const runs = new RunController(() => engine, {
      changed: () => undefined,
      append: () => undefined,
      over: (...run) => void over.push(run),
    });
    const events: readonly RunEvent[] = [
      { type: 'started', at: 0, modelId: 'm', identity: signer },
      { type: 'signedIn', at: 0, identity: `${signer}, account 1`, accountId: '1' },
      { type: 'usage', at: 7, usage: { input: 8, output: 2, cacheRead: 0, cacheWrite: written, writes: [] }, latencyMs: 7 },
      { type: 'finished', at: 8, requestId: 'r', attempts: 1 },
    ];
    const job = { file: 'desk.bedrock.md', ref, analysis, values: { name: 'Jon' }, row, target, twice: false };
    await runs.run(job, scripted(events), new AbortController());
    for (const run of over) await recorder.write(...run);
    mock.timers.tick(minute);
    const again = new RunHistory(createHistoryFolder(path), `v${made}`, () => 1e7, notices);
    return (text = textOf('Be kind.'), to = target) =>
      warmBefore(subject, analysisOf(text), to, Date.now(), { engine: () => engine, history: again, folder: createHistoryFolder(path) });
  };

  it('is found with the values of its sample, and the clock goes on from it', async () => {
    const find = await afterRun();
    mock.timers.tick(minute);
    const found = await find();
    assert.deepEqual({ ...found?.values }, { name: 'Jon' });
    const memory = new WarmMemory(() => engine);
    for (const { prefix, at } of found?.entries ?? []) memory.wrote([prefix], at, ref, found?.values ?? {});
    const warmth = warmthOf(analysis, found?.values ?? {}, cachePlace(aws), memory.prefixes, Date.now(), { engine: () => engine });
    assert.equal((warmth.entry?.until ?? 0) - Date.now(), 3 * minute);
    assert.ok((warmth.next?.likely ?? 1) < (warmth.cold?.likely ?? 0) / 2);
  });

  it('is the prefix, whatever follows on it', async () => {
    const find = await afterRun();
    assert.equal((await find(textOf('Be kind.', 'Farewell')))?.entries.length, 1);
    assert.equal(await find(textOf('Be short.')), undefined);
  });

  it('is nothing once it has ended', async () => {
    const find = await afterRun();
    mock.timers.tick(4 * minute);
    assert.equal(await find(), undefined);
  });

  it('is nothing for another Region, service or identity', async () => {
    const find = await afterRun();
    assert.equal(await find(undefined, { ...aws, region: 'eu-west-1' }), undefined);
    assert.equal(await find(undefined, { ...aws, profile: 'other' }), undefined);
    assert.equal(await find(undefined, { ...aws, service: 'custom', endpoint: 'https://bedrock.example' }), undefined);
  });

  it('lives on in an emulator behind an address, and ended with that of the editor', async () => {
    const emulator: Target = { ...aws, service: 'emulator', endpoint: 'http://127.0.0.1:9310' };
    const find = await afterRun(emulator, 'no AWS identity');
    assert.equal((await find(undefined, { ...emulator, service: 'custom' }))?.entries.length, 1);
    assert.equal(await find(), undefined);
  });

  it('is asked for with a sample where the values were a person’s own', async () => {
    const find = await afterRun(aws, 'profile dev', 'Values of your own');
    assert.deepEqual({ ...(await find())?.values }, { name: 'Arya' });
  });
});
