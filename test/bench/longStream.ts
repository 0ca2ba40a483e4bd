import { monitorEventLoopDelay } from 'node:perf_hooks';
import { disposeClients } from '../../src/aws/clients';
import { run } from '../../src/aws/run';
import * as engine from '../../src/core/engine';
import { filesFrom } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import type * as runsModule from '../../src/editor/runs/runList';
import { createFakeVscode, loadEditor } from '../support/fakeVscode';
import { analyzeOnly } from '../support/onlyPrompt';
import { collectGarbage } from './garbage';
import { startLocalService } from './localService';

const deltas = 100_000;
/** No longer may the extension host be deaf to the panel, in milliseconds, and no more may such an answer leave in memory. */
const limits = { deafMs: 50, memoryMb: 40 };

const fake = createFakeVscode();
const { RunController } = loadEditor(fake, () => require('../../src/editor/runs/runList') as typeof runsModule);

const heldMb = (): number => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

/**
 * One answer of 100,000 deltas, from the socket to the record and the messages of the panel, as the extension host does it: how long it takes, how long
 * the event loop is deaf at most, and what is left in memory. What the page makes of it is measured by `--only page`.
 */
export const benchLongStream = async (): Promise<void> => {
  const text = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello\n';
  const analysis = analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings);
  const service = await startLocalService(deltas);
  let waiting = '';
  let posted = 0;
  // As the panel does: what has come is posted once a frame.
  const frames = setInterval(() => {
    posted += waiting === '' ? 0 : 1;
    waiting = '';
  }, 40);
  const controller = new RunController(() => engine, {
    changed: () => undefined,
    append: (_run, _channel, delta) => void (waiting += delta),
  });
  const target = {
    service: 'emulator',
    endpoint: service.url,
    region: undefined,
    profile: undefined,
    timeoutMs: 60_000,
    maxAttempts: 1,
  } as const;
  const ref = { uri: fake.vscode.Uri.file('/desk.bedrock.md'), id: 'only' };
  const job = { file: 'desk.bedrock.md', ref, analysis, values: {}, target, twice: false };
  try {
    const before = heldMb();
    const deaf = monitorEventLoopDelay({ resolution: 1 });
    deaf.enable();
    const began = performance.now();
    const [record] = await controller.run(job, run, new AbortController());
    const took = performance.now() - began;
    deaf.disable();
    const more = heldMb() - before;
    const longest = deaf.max / 1e6;
    const verdict = longest <= limits.deafMs && more <= limits.memoryMb ? 'ok' : 'over the limit';
    console.log(`${record?.state}, ${record?.answer.length} characters, ${posted} messages of the panel`);
    console.log(`${took.toFixed(0)} ms, ${((took / deltas) * 1000).toFixed(0)} µs a delta`);
    console.log(
      `deaf at most ${longest.toFixed(0)} ms (limit ${limits.deafMs}), ${more.toFixed(1)} MB more (limit ${limits.memoryMb})  ${verdict}`,
    );
  } finally {
    clearInterval(frames);
    disposeClients();
    await service.close();
  }
};
