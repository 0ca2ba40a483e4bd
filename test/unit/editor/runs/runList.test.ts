import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { RunEvent } from '../../../../src/core/runs/events';
import type { RunPort } from '../../../../src/core/runs/port';
import { defaultSettings } from '../../../../src/core/settings';
import type * as runsModule from '../../../../src/editor/runs/runList';
import type * as warmModule from '../../../../src/editor/runs/warmMemory';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget, scripted, started, wholeRun } from '../../../support/scriptedRun';

const fake = createFakeVscode();
const { RunController, WarmMemory } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/runs/runList') as typeof runsModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof warmModule),
}));

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
${'The desk answers briefly and says what it does not know. '.repeat(200)}
<!-- cachePoint -->
# user:
Hello
`;
const analysis = analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings);
const job = {
  file: 'desk.bedrock.md',
  ref: { uri: fake.vscode.Uri.file('/desk.bedrock.md'), id: 'only' },
  analysis,
  values: {},
  target: localTarget,
  twice: false,
};

const watch = () => {
  const seen: string[] = [];
  return {
    seen,
    observer: {
      changed: () => void seen.push('changed'),
      append: (_run: string, channel: string, delta: string) => void seen.push(`${channel} ${delta}`),
    },
  };
};

describe('the run controller', () => {
  it('folds the events of one run into one record and shows it', async () => {
    const { seen, observer } = watch();
    const controller = new RunController(() => engine, observer);
    const [record] = await controller.run(job, scripted(wholeRun(0)), new AbortController());
    assert.equal(record?.state, 'finished');
    assert.equal(record.answer, 'Hello');
    assert.deepEqual(controller.shown, [record.id]);
    assert.deepEqual(
      seen.filter((entry) => entry.startsWith('answer')),
      ['answer Hel', 'answer lo'],
    );
    assert.equal(controller.busy, false);
  });

  it('knows the values with which a run was made, as long as it knows the run', async () => {
    const controller = new RunController(() => engine, watch().observer);
    const used = [{ name: 'who', text: 'Ann\nBob' }];
    const [record] = await controller.run({ ...job, used }, scripted(wholeRun(0)), new AbortController());
    assert.deepEqual(controller.valuesOf(record?.id ?? ''), used);
    controller.clear();
    assert.deepEqual(controller.valuesOf(record?.id ?? ''), []);
  });

  it('sends the same request twice and predicts a read for the second', async () => {
    const port = scripted(wholeRun(0));
    const controller = new RunController(() => engine, watch().observer);
    const [cold, warm] = await controller.run({ ...job, twice: true }, port, new AbortController());
    assert.deepEqual(port.requests[0], port.requests[1]);
    assert.equal(cold?.prediction?.assumes, 'cold');
    assert.equal(warm?.prediction?.assumes, 'warm');
    assert.equal(warm.prediction.cacheRead.likely, analysis.plan.checkpoints[0]?.prefix.likely);
    assert.deepEqual(controller.shown, [cold?.id, warm.id]);
  });

  it('predicts nothing from the cache for a call that is made cold, nor after an emulator has forgotten all', async () => {
    const port = scripted(wholeRun(0));
    const warm = new WarmMemory(() => engine);
    const controller = new RunController(() => engine, { ...watch().observer, warm });
    const run = async (coldLine?: string) => (await controller.run({ ...job, coldLine }, port, new AbortController()))[0];
    await run();
    assert.equal((await run())?.prediction?.assumes, 'warm');
    const cold = await run('[Cold run 1]');
    assert.deepEqual([cold?.prediction?.assumes, cold?.coldLine], ['cold', '[Cold run 1]']);
    assert.match(JSON.stringify(port.requests.at(-1)), /"\[Cold run 1\]\\nThe desk answers/);
    assert.match(controller.requestOf(cold?.id ?? '') ?? '', /Cold run 1/, 'what is shown as the request is what was sent');
    assert.equal((await run())?.prediction?.assumes, 'warm');
    warm.forget('http://127.0.0.1:2');
    assert.equal((await run())?.prediction?.assumes, 'warm', 'another emulator');
    warm.forget(localTarget.endpoint ?? '');
    assert.equal((await run())?.prediction?.assumes, 'cold');
  });

  it('learns nothing from an answer that is given again, and takes nothing to be cached by it', async () => {
    const told: string[] = [];
    const controller = new RunController(() => engine, {
      ...watch().observer,
      finished: () => void told.push('finished'),
      learn: () => void told.push('learn'),
      over: () => void told.push('over'),
    });
    const replayed = wholeRun(0).toSpliced(1, 0, { type: 'replayed', at: 1, recordedAt: 5 });
    const [record] = await controller.run(job, scripted(replayed), new AbortController());
    assert.deepEqual([record?.replayedFrom, record?.state, told], [5, 'finished', []]);
    const [next] = await controller.run(job, scripted(wholeRun(0)), new AbortController());
    assert.equal(next?.prediction?.assumes, 'cold');
    assert.deepEqual(told, ['finished', 'learn', 'over']);
  });

  it('does not make the warm call when the cold one failed', async () => {
    const failed: RunEvent = {
      type: 'failed',
      at: 3,
      failure: { code: 'throttled', midStream: false, attempts: 3, detail: 'Too many tokens', requestId: undefined },
    };
    const port = scripted([started(), failed]);
    const records = await new RunController(() => engine, watch().observer).run({ ...job, twice: true }, port, new AbortController());
    assert.equal(records.length, 1);
    assert.equal(port.requests.length, 1);
  });

  it('cancels the running job through its controller', async () => {
    const abort = new AbortController();
    const port: RunPort = async function* (_request, _target, signal) {
      yield started();
      if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      yield { type: 'failed', at: 1, failure: { code: 'canceled', detail: '', requestId: undefined } };
    };
    const controller = new RunController(() => engine, watch().observer);
    const running = controller.run(job, port, abort);
    assert.equal(controller.busy, true);
    assert.deepEqual(await controller.run(job, port, new AbortController()), [], 'a second job is refused');
    controller.cancel();
    const [record] = await running;
    assert.equal(record?.failure?.code, 'canceled');
    assert.equal(controller.busy, false);
  });

  it('ends a run that broke by a mistake of ours, and reports the mistake', async () => {
    const openedAt = performance.now();
    const broken: RunPort = async function* () {
      yield { type: 'started', at: openedAt, modelId: 'm', identity: 'none' };
      await Promise.reject(new TypeError('no such thing'));
    };
    const controller = new RunController(() => engine, watch().observer);
    await assert.rejects(controller.run(job, broken, new AbortController()), /no such thing/);
    assert.equal(controller.busy, false);
    assert.equal(controller.records[0]?.state, 'failed');
    assert.equal(controller.records[0].failure?.code, 'unexpected');
    const { totalMs } = controller.records[0];
    assert.ok(totalMs !== undefined && totalMs <= performance.now() - openedAt, 'the end is told by the clock of the other events');
    controller.clear();
    assert.deepEqual(controller.records, []);
  });

  it('keeps at most fifty runs, and their requests as long as they are kept', async () => {
    const controller = new RunController(() => engine, watch().observer);
    for (let count = 0; count < 55; count += 1) await controller.run(job, scripted(wholeRun(0)), new AbortController());
    assert.equal(controller.records.length, 50);
    assert.equal(controller.requestOf('run-1'), undefined);
    assert.match(controller.requestOf('run-55') ?? '', /"cachePoint"/);
    controller.clear();
    assert.deepEqual(controller.records, []);
    assert.equal(controller.requestOf('run-55'), undefined);
  });

  it('shows the last run of a prompt, and none under another prompt', async () => {
    const controller = new RunController(() => engine, watch().observer);
    const other = { uri: fake.vscode.Uri.file('/other.bedrock.md'), id: 'only' };
    const pair = await controller.run({ ...job, row: 'Sample 2', twice: true }, scripted(wholeRun(0)), new AbortController());
    await controller.run({ ...job, ref: other }, scripted(wholeRun(0)), new AbortController());
    controller.showLastOf(job.ref);
    assert.deepEqual(
      controller.shown,
      pair.map(({ id }) => id),
    );
    assert.deepEqual(
      pair.map(({ row }) => row),
      ['Sample 2', 'Sample 2'],
    );
    controller.showLastOf({ ...job.ref, uri: fake.vscode.Uri.file('/third.bedrock.md') });
    assert.deepEqual(controller.shown, []);
    assert.equal(controller.promptOf(pair[0]?.id ?? ''), job.ref);
    const to = fake.vscode.Uri.file('/fourth.bedrock.md').toString();
    controller.moveKeys((key) => (key === fake.vscode.Uri.file('/desk.bedrock.md').toString() ? to : key));
    controller.showLastOf(job.ref);
    assert.deepEqual(controller.shown, []);
    controller.showLastOf({ ...job.ref, uri: fake.vscode.Uri.file('/fourth.bedrock.md') });
    assert.deepEqual(
      controller.shown,
      pair.map(({ id }) => id),
    );
    assert.equal(controller.promptOf(pair[0]?.id ?? '')?.uri.path, '/fourth.bedrock.md');
    assert.equal(controller.promptOf(controller.records.at(-1)?.id ?? ''), other, 'runs of other files stay theirs');
  });

  it('shows both runs of a pair when one is chosen', async () => {
    const controller = new RunController(() => engine, watch().observer);
    const pair = await controller.run({ ...job, twice: true }, scripted(wholeRun(0)), new AbortController());
    const [single] = await controller.run(job, scripted(wholeRun(0)), new AbortController());
    assert.deepEqual(controller.shown, [single?.id]);
    controller.show(pair[1]?.id ?? '');
    assert.deepEqual(
      controller.shown,
      pair.map(({ id }) => id),
    );
  });

  it('logs times, ids, sizes, attempts and names of errors, and no text of prompt, answer, values or service', async () => {
    const lines: string[] = [];
    const controller = new RunController(() => engine, { ...watch().observer, log: (line) => void lines.push(line) });
    const retrying = { type: 'retrying', at: 1, attempt: 2, reason: 'ThrottlingException', waitMs: 400 } as const;
    await controller.run(job, scripted([...wholeRun(0).slice(0, 1), retrying, ...wholeRun(2).slice(1)]), new AbortController());
    assert.equal(lines.length, 3);
    assert.match(
      lines[0] ?? '',
      /^run-1 begins: ConverseStream of us\.anthropic\.claude-sonnet-4-5.* \(emulator; 127\.0\.0\.1:1; none\); 11,\d{3} bytes; predicted: read 0, write [\d,]+ tokens$/,
    );
    assert.equal(lines[1], 'run-1 tries again in 400 ms: attempt 2, after ThrottlingException');
    assert.match(
      lines[2] ?? '',
      /^run-1 finished after .*: stop reason end_turn; first part after .*, 5 characters; input 8, read 0, written 2,000, output 2 tokens; attempts 2; request id r$/,
    );
    const failure = {
      code: 'invalidRequest',
      detail: 'messages.0: The desk answers',
      requestId: 'q',
      error: 'ValidationException, HTTP 400',
    } as const;
    await controller.run(job, scripted([started(), { type: 'failed', at: 9, failure }]), new AbortController());
    assert.equal(
      lines.at(-1),
      'run-2 failed after 9 ms: invalidRequest, ValidationException, HTTP 400; no part of an answer; attempts 1; request id q',
    );
    for (const line of lines) assert.doesNotMatch(line, /desk|Hello|Hel|messages\.0/);
  });
});
