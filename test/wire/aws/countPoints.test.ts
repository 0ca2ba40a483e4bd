import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import { planRequest } from '../../../src/core/analysis';
import { pointCalls } from '../../../src/core/cache/countCalls';
import { convertPrompt } from '../../../src/core/conversion';
import { wireCall } from '../../../src/core/formats/wireCall';
import { noFiles } from '../../../src/core/prompt/files';
import type { WireCall } from '../../../src/core/request/types';
import { runValues } from '../../../src/core/request/values';
import { defaultSettings } from '../../../src/core/settings';
import { noCalibration } from '../../../src/core/tokens/calibrate';
import { addCounted, pointCountsOf, type CountedPrefix } from '../../../src/core/tokens/calibration/pointCounts';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { analyzeOnly } from '../../support/onlyPrompt';
import { collect, neverAborted, ofType, quickBackOff, targetAt } from './support/calls';
import { startRawBedrock, type RawBedrock } from './support/rawBedrock';

const policy = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(150);
const tool = '{ toolSpec: { name: find, description: Finds an order., inputSchema: { json: { type: object, properties: {} } } } }';
const fileFor = (modelId: string): string =>
  `---\nmodelId: ${modelId}\ntoolConfig: { tools: [${tool}] }\n---\n# system:\n${policy}\n<!-- cachePoint -->\n\n# user:\n${policy}\n<!-- cachePoint -->\nMay I return a kettle?\n`;

/** Tokens by which a count of a prefix may differ: the frame of its first turn. */
const frame = 12;

describe('aws: counting up to cache points', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ speed: 0 });
  });
  after(async () => {
    disposeClients();
    await emulator.close();
  });
  const count = async (call: WireCall, modelId: string): Promise<number> => {
    const answer = await countTokens(call, targetAt(emulator.url, { timeoutMs: 10_000 }), neverAborted, modelId);
    assert.ok('tokens' in answer, JSON.stringify(answer));
    return answer.tokens;
  };

  const ways: readonly (readonly [name: string, modelId: string, base: string])[] = [
    ['CountTokens', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['count_tokens of bedrock-mantle', 'us.anthropic.claude-opus-5', 'anthropic.claude-opus-5'],
  ];
  for (const [name, modelId, base] of ways)
    it(`by ${name} gives what the cache then writes, and the figures stand in the plan`, async () => {
      const analysis = analyzeOnly(fileFor(modelId), 'bedrock-prompt', noFiles, defaultSettings);
      const { request, plan } = planRequest(analysis, {});
      assert.ok(plan.model);
      const converted = convertPrompt(analysis.prompt, 'messages', { modelId: base, model: plan.model });
      assert.equal(converted.kind, 'converted');
      const call: WireCall =
        name === 'CountTokens'
          ? wireCall(analysis.prompt, runValues([], {}), base)
          : { api: 'messages', door: 'Messages', modelId: base, body: converted.text, betas: [] };
      const { end, points, left } = pointCalls(request, plan, call);
      assert.ok(end && points.length === 2 && left === 0);
      const alone = await count(end, base);
      const counted: CountedPrefix[] = [];
      for (const point of points) counted.push([base, point.hash, (await count(point.call, base)) - alone, 1]);
      const events = await collect(targetAt(emulator.url, { timeoutMs: 10_000 }), {
        call: wireCall(analysis.prompt, runValues([], {}), modelId),
      });
      const [usage] = ofType(events, 'usage');
      const last = counted.at(-1)?.[2] ?? 0;
      const written = (usage?.usage.cacheWrite ?? 0) + (usage?.usage.cacheRead ?? 0);
      assert.ok(Math.abs(written - last) <= frame, `${written} written, ${last} counted`);
      const known = { calibration: noCalibration, file: 'f', now: 2, points: pointCountsOf(addCounted([], counted), 2) };
      const told = analyzeOnly(fileFor(modelId), 'bedrock-prompt', noFiles, defaultSettings, known);
      assert.deepEqual(
        told.plan.checkpoints.map(({ prefix }) => [prefix.low, prefix.likely, prefix.high, prefix.basis]),
        counted.map(([, , tokens]) => [tokens, tokens, tokens, 'counted']),
      );
    });

  it('has what bedrock-mantle says where it counts nothing', async () => {
    const call: WireCall = {
      api: 'messages',
      door: 'Messages',
      modelId: 'us.anthropic.claude-opus-5',
      body: '{"messages":[{"role":"user","content":"Hi"}]}',
      betas: [],
    };
    const answer = await countTokens(call, targetAt(emulator.url), neverAborted, 'x');
    assert.equal('code' in answer && answer.code, 'modelNotFound');
  });
});

describe('aws: counting on bedrock-mantle', () => {
  let server: RawBedrock;
  let restore: () => void;
  before(async () => {
    restore = quickBackOff();
    server = await startRawBedrock();
  });
  after(async () => {
    restore();
    disposeClients();
    await server.close();
  });
  const call: WireCall = {
    api: 'messages',
    door: 'Messages',
    modelId: 'anthropic.claude-opus-5',
    betas: ['b-1'],
    body: '{"model":"anthropic.claude-opus-5","stream":true,"max_tokens":9,"temperature":1,"system":"S","messages":[{"role":"user","content":"Hi"}]}',
  };

  it('sends what counts, with version and beta values, and is asked again when it is throttled', async () => {
    server.answer(
      (exchange) =>
        exchange.reply(
          429,
          { 'content-type': 'application/json' },
          '{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}',
        ),
      (exchange) => exchange.json({ input_tokens: 7 }),
    );
    const retries: number[] = [];
    const answer = await countTokens(call, targetAt(server.url), neverAborted, 'x', ({ attempt }) => retries.push(attempt));
    assert.deepEqual([answer, retries], [{ tokens: 7 }, [2]]);
    const [, exchange] = server.exchanges;
    assert.equal(exchange?.path, '/anthropic/v1/messages/count_tokens');
    assert.equal(exchange.text, '{"model":"anthropic.claude-opus-5","system":"S","messages":[{"role":"user","content":"Hi"}]}');
    assert.equal(exchange.headers['anthropic-version'], '2023-06-01');
    assert.equal(exchange.headers['anthropic-beta'], 'b-1');
  });

  it('takes nothing else for a count', async () => {
    server.answer((exchange) => exchange.json({ inputTokens: 7 }));
    const other = await countTokens(call, targetAt(server.url), neverAborted, 'x');
    assert.equal('code' in other && other.code, 'otherAnswer');
    const abort = new AbortController();
    server.answer(() => abort.abort());
    const canceled = await countTokens(call, targetAt(server.url), abort.signal, 'x');
    assert.equal('code' in canceled && canceled.code, 'canceled');
  });
});
