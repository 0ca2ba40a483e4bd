import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import { faultNames } from '../../../src/emulator/faults';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import type { ConverseRequest } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import { reduceRun, startRecord } from '../../../src/core/runs/record';
import { callOf, collect, failureOf, neverAborted, ofType, quickBackOff, targetAt, textOf } from './support/calls';

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const baseModelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const handbook = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(200);
const cached: ConverseRequest = {
  modelId,
  system: [{ text: handbook }, { cachePoint: { type: 'default' } }],
  messages: [{ role: 'user', content: [{ text: 'May I return a kettle?' }] }],
};
const withFault = (fault: string): ConverseRequest => ({
  modelId,
  messages: [{ role: 'user', content: [{ text: 'Hello there, how are you today?' }] }],
  requestMetadata: { 'cachepoint-fault': fault },
});

/** Each fault the emulator plays, and how a call with two tries and a short limit ends. */
const endings: Readonly<Record<string, { readonly code?: string; readonly reason?: string; readonly midStream?: boolean }>> = {
  throttle: { code: 'throttled', midStream: false },
  'throttle-requests': { code: 'throttled', midStream: false },
  'throttle-day': { code: 'throttled', midStream: false },
  'throttle-stream': { code: 'throttled', midStream: true },
  'model-stream-error': { code: 'modelFailed' },
  cut: { code: 'interrupted' },
  stall: { code: 'timeout' },
  // The answer is whole, its figures are missing.
  'no-metadata': {},
  'access-denied': { code: 'accessDenied', reason: 'modelAccess' },
  'marketplace-denied': { code: 'accessDenied', reason: 'marketplace' },
  'iam-denied': { code: 'accessDenied', reason: 'iam' },
  'caching-denied': { code: 'accessDenied', reason: 'caching' },
  'expired-token': { code: 'credentials', reason: 'expired' },
  'invalid-token': { code: 'credentials', reason: 'invalid' },
  'scp-denied': { code: 'accessDenied', reason: 'scp' },
  'region-denied': { code: 'accessDenied', reason: 'scp' },
  'quota-exceeded': { code: 'throttled' },
  'unknown-operation': { code: 'otherAnswer' },
  'model-not-ready': { code: 'modelFailed' },
  'model-timeout': { code: 'modelFailed' },
  'model-error': { code: 'modelFailed' },
  'internal-error': { code: 'unavailable' },
  'service-unavailable': { code: 'unavailable' },
  reset: { code: 'unanswered' },
  hang: { code: 'timeout' },
  'head-only': { code: 'timeout' },
  'bad-frame': { code: 'interrupted' },
  'half-frame': { code: 'interrupted' },
  'reset-stream': { code: 'interrupted' },
  'gateway-timeout': { code: 'unavailable' },
  'proxy-sign-in': { code: 'network' },
  'other-json': { code: 'otherAnswer' },
  'empty-answer': { code: 'otherAnswer' },
  'no-usage': {},
  'stop-max-tokens': {},
  'stop-guardrail': {},
  'stop-filtered': {},
  'stop-context-window': {},
  'stop-malformed-output': {},
  'stop-malformed-tool': {},
  'bad-gateway': { code: 'unavailable' },
  redirect: { code: 'otherAnswer' },
  'wrong-content-type': { code: 'otherAnswer' },
  'internal-stream-error': { code: 'unavailable' },
  'unavailable-stream': { code: 'unavailable' },
  'unknown-stream-error': { code: 'unavailable' },
  'validation-stream': { code: 'invalidRequest' },
  'slow-start': {},
  'clock-skew': {},
};

describe('aws: calls to the emulator', () => {
  let emulator: Emulator;
  let restore: () => void;
  let clock = Date.parse('2026-11-22T12:00:00Z');
  before(async () => {
    restore = quickBackOff();
    // Waits last one turn of the event loop, so that what was written is sent before a connection is cut.
    emulator = await createEmulator({ delay: () => new Promise((resolve) => setImmediate(resolve)), now: () => clock });
  });
  after(async () => {
    restore();
    disposeClients();
    await emulator.close();
  });
  const run = (request: ConverseRequest, changes: Parameters<typeof targetAt>[1] = {}): Promise<readonly RunEvent[]> =>
    collect(targetAt(emulator.url, changes), { call: callOf(request) });

  it('knows every fault of the emulator', () => {
    assert.deepEqual(Object.keys(endings).sort(), [...faultNames].sort());
  });

  for (const [fault, expected] of Object.entries(endings)) {
    it(`ends ${expected.code ?? 'well'} ${expected.reason ?? ''} when the emulator plays ${fault}`.replace('  ', ' '), async () => {
      const events = await run(withFault(fault), { maxAttempts: 2, timeoutMs: 400 });
      if (expected.code === undefined) return assert.equal(events.at(-1)?.type, 'finished', JSON.stringify(events.at(-1)));
      const failure = failureOf(events);
      assert.deepEqual({ ...failure, ...expected }, failure);
    });
  }

  it('gets through when a throttled service relents', async () => {
    const events = await run(withFault('throttle:1'));
    assert.deepEqual(
      ofType(events, 'retrying').map(({ attempt }) => attempt),
      [2],
    );
    assert.equal(ofType(events, 'finished')[0]?.attempts, 2);
  });

  it('measures a cold call, a warm call, and a cold one again after the lifetime', async () => {
    const usages = [];
    for (const laterMs of [0, 60_000, 600_000]) {
      clock += laterMs;
      usages.push(ofType(await run(cached), 'usage')[0]?.usage);
    }
    const [cold, warm, again] = usages;
    assert.ok(cold && warm && again && (cold.cacheWrite ?? 0) > 1_024);
    assert.deepEqual(cold.writes, [{ ttl: '5m', tokens: cold.cacheWrite }]);
    assert.equal(cold.cacheRead, 0);
    assert.deepEqual([warm.cacheRead, warm.cacheWrite, warm.writes], [cold.cacheWrite, 0, []]);
    assert.equal(warm.input, cold.input);
    assert.deepEqual([again.cacheRead, again.cacheWrite], [0, cold.cacheWrite]);
  });

  it('folds into a whole record', async () => {
    const start = {
      id: 'r',
      subject: 'f',
      pair: undefined,
      file: 'f',
      modelId,
      modelName: 'm',
      service: 'emulator',
      endpoint: emulator.url,
    } as const;
    const blank = startRecord({ ...start, startedAt: 0, prediction: undefined, prices: undefined });
    const events = await run(cached);
    const record = events.reduce(reduceRun, blank);
    assert.equal(record.state, 'finished');
    assert.equal(record.answer, textOf(events));
    assert.ok(record.answer.length > 0 && record.firstDeltaMs !== undefined && record.totalMs !== undefined);
    assert.ok(record.firstDeltaMs <= record.totalMs);
    assert.equal(record.attempts, 1);
    assert.ok(record.requestId !== undefined && record.stopReason !== undefined);
  });

  it('gives a tool call as one event', async () => {
    const tool = { toolSpec: { name: 'lookup', inputSchema: { json: { type: 'object', properties: { id: { type: 'string' } } } } } };
    const events = await run({
      modelId,
      toolConfig: { tools: [tool] },
      messages: [{ role: 'user', content: [{ text: 'call tool lookup' }] }],
    });
    assert.equal(ofType(events, 'toolUse')[0]?.name, 'lookup');
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'tool_use');
  });

  it('gives reasoning apart from the answer', async () => {
    const additionalModelRequestFields = { thinking: { type: 'enabled', budget_tokens: 1_024 } };
    const events = await run({ ...cached, inferenceConfig: { maxTokens: 4_096 }, additionalModelRequestFields });
    assert.ok(ofType(events, 'reasoning').length > 0);
    assert.ok(textOf(events).length > 0);
  });

  it('passes on what the service says of a wrong request', async () => {
    const point = { cachePoint: { type: 'default' } } as const;
    const system = Array.from({ length: 5 }, (_, index) => [{ text: `${index} ${handbook}` }, point]).flat();
    const failure = failureOf(await run({ ...cached, system }));
    assert.equal(failure.code, 'invalidRequest');
    assert.match(failure.detail, /maximum of 4 blocks/);
  });

  it('tells an unknown model from a wrong request', async () => {
    const failure = failureOf(await run({ ...cached, modelId: 'no such model' }));
    assert.deepEqual(
      { ...failure, detail: '', requestId: '' },
      {
        code: 'modelNotFound',
        modelId: 'no such model',
        region: 'us-east-1',
        why: 'unknown',
        detail: '',
        requestId: '',
        error: 'ValidationException, HTTP 400',
      },
    );
  });

  it('counts tokens by the base id, and says why a profile id is refused', async () => {
    const counted = await countTokens(callOf(cached), targetAt(emulator.url), neverAborted, baseModelId);
    assert.ok('tokens' in counted && counted.tokens > 1_024, JSON.stringify(counted));
    const refused = await countTokens(callOf(cached), targetAt(emulator.url), neverAborted);
    assert.ok('code' in refused && refused.code === 'invalidRequest', JSON.stringify(refused));
    assert.match(refused.detail, /support counting tokens/);
  });

  it('counts what a call is then charged for', async () => {
    const counted = await countTokens(callOf(cached), targetAt(emulator.url), neverAborted, baseModelId);
    const usage = ofType(await run(cached), 'usage')[0]?.usage;
    assert.ok('tokens' in counted && usage);
    assert.equal(counted.tokens, usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0));
  });
});
