import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { RunPort } from '../../../../src/core/runs/port';
import type { RunRecord } from '../../../../src/core/runs/record';
import { defaultSettings } from '../../../../src/core/settings';
import type * as keepWarmModule from '../../../../src/editor/rows/keepWarm';
import type * as memoryModule from '../../../../src/editor/runs/warmMemory';
import type * as targetModule from '../../../../src/editor/runs/target';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget } from '../../../support/scriptedRun';

const fake = createFakeVscode();
const { cachePlace, createKeepWarm, WarmMemory } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/runs/target') as typeof targetModule),
  ...(require('../../../../src/editor/rows/keepWarm') as typeof keepWarmModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof memoryModule),
}));

const text = (rules: string, more = ''): string =>
  `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n${more}---\n# system:\n${rules.repeat(400)}\n<!-- cachePoint -->\n# user:\nHello\n`;
const analysisOf = (all: string) => analyzeOnly(all, 'bedrock-prompt', filesFrom({}), defaultSettings);
const analysis = analysisOf(text('Answer as the house rules say. '));
const ref = { uri: fake.vscode.Uri.file('/desk.bedrock.md'), id: 'only' };

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};

describe('keeping a prompt warm', () => {
  const said: string[] = [];
  const offered: string[] = [];
  let sent: number[] = [];
  let read = 2_000;
  let present = analysis;
  let pick = 0;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    said.splice(0);
    offered.splice(0);
    [sent, read, present, pick] = [[], 2_000, analysis, 0];
    Object.assign(fake.vscode.window, {
      showInformationMessage: (all: string) => Promise.resolve(void said.push(all)),
      showQuickPick: (items: readonly { readonly label: string }[]) => {
        offered.push(...items.map(({ label }) => label));
        return Promise.resolve(items[pick]);
      },
    });
  });
  afterEach(() => mock.timers.reset());

  const port: RunPort = async function* (call) {
    assert.equal(call.api, 'converse');
    assert.equal((call.body as { inferenceConfig: { maxTokens: number } }).inferenceConfig.maxTokens, 1);
    sent.push(Date.now());
    yield { type: 'started', at: 0, modelId: call.modelId, identity: '' };
    yield { type: 'usage', at: 1, usage: { input: 10, output: 1, cacheRead: read, cacheWrite: 0, writes: [] }, latencyMs: 1 };
    yield { type: 'finished', at: 2, requestId: undefined, attempts: 1 };
    await Promise.resolve();
  };

  const make = (agrees = true) => {
    const memory = new WarmMemory(() => engine);
    const settled: (number | undefined)[] = [];
    const kept: RunRecord[] = [];
    const keeping = createKeepWarm(
      {
        engine: () => engine,
        formats: numberFormats('en'),
        store: { of: () => present },
        bedrock: () => Promise.resolve({ run: port }),
        runnable: () => Promise.resolve(analysis),
        readyTarget: () => Promise.resolve(localTarget),
        warm: memory,
        history: () => ({ keep: (record: RunRecord) => Promise.resolve(void kept.push(record)) }),
        agree: () => Promise.resolve(agrees ? { settle: (usd: number | undefined) => Promise.resolve(void settled.push(usd)) } : undefined),
      },
      memory,
    );
    const run = (): void => {
      const { plan, request } = engine.planRequest(analysis, {});
      memory.answered({ request: { ...request, modelId: plan.modelId }, plan, where: cachePlace(localTarget), at: Date.now() }, ref, {});
    };
    return { memory, keeping, run, settled, kept };
  };

  it('offers nothing for what was never warm', async () => {
    const { keeping } = make();
    await keeping.ask(ref);
    assert.match(said[0] ?? '', /^Nothing of this prompt is warm/);
    assert.deepEqual(offered, []);
  });

  it('says calls and price first, sends so many before the prefix ends, and no more', async () => {
    const { keeping, run, memory, settled, kept } = make();
    run();
    const asked = keeping.ask(ref);
    await settle();
    assert.match(offered[0] ?? '', /^For 15 minutes: 3 calls, about \$0\.\d+$/);
    assert.equal(memory.keepingOf('file:/desk.bedrock.md'), 3);
    for (let step = 0; step < 400; step += 1) {
      mock.timers.tick(5_000);
      await settle();
    }
    await asked;
    // 45 seconds before its end, each time.
    assert.deepEqual(
      sent.map((at) => at / 1000),
      [255, 510, 765],
    );
    assert.match(said.at(-1) ?? '', /^The prompt was kept warm by 3 calls for \$0\.\d+\.$/);
    assert.equal(settled.length, 1);
    // Each is remembered as a run of the prompt, with what was predicted of it.
    assert.deepEqual(
      kept.map(({ file, row, subject, state, usage, prediction }) => [file, row, subject, state, usage?.cacheRead, prediction?.assumes]),
      Array.from({ length: 3 }, () => ['desk.bedrock.md', 'to keep it warm', 'file:/desk.bedrock.md', 'finished', 2_000, 'warm']),
    );
    assert.equal(new Set(kept.map(({ id }) => id)).size, 3);
    assert.equal(memory.keepingOf('file:/desk.bedrock.md'), undefined);
  });

  it('sends nothing without agreement', async () => {
    const { keeping, run } = make(false);
    run();
    await keeping.ask(ref);
    mock.timers.tick(3_600_000);
    await settle();
    assert.deepEqual(sent, []);
  });

  it('stops when a call reads nothing, when the prompt changes, and when it is told to', async () => {
    const miss = make();
    miss.run();
    read = 0;
    const missed = miss.keeping.ask(ref);
    await settle();
    mock.timers.tick(256_000);
    await missed;
    assert.match(said.at(-1) ?? '', /read nothing/);
    assert.equal(sent.length, 1);

    read = 2_000;
    const change = make();
    change.run();
    const changed = change.keeping.ask(ref);
    await settle();
    present = analysisOf(text('Answer as you like. '));
    mock.timers.tick(256_000);
    await changed;
    assert.match(said.at(-1) ?? '', /it has changed/);
    assert.equal(sent.length, 1);

    present = analysis;
    const stop = make();
    stop.run();
    const stopped = stop.keeping.ask(ref);
    await settle();
    stop.keeping.stopAll();
    await stopped;
    mock.timers.tick(3_600_000);
    assert.equal(sent.length, 1);
  });

  it('ends with the window', async () => {
    const { keeping, run } = make();
    run();
    const asked = keeping.ask(ref);
    await settle();
    keeping.dispose();
    await asked;
    mock.timers.tick(3_600_000);
    await settle();
    assert.deepEqual(sent, []);
  });
});
