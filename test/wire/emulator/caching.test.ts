import assert from 'node:assert/strict';

import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

import type { Bench } from './bench';
import { assistant, cachePoint, nova, openBench, openClient, prose, sonnet, tool, user } from './bench';

const minute = 60_000;
const system = (words = 600, ttl?: '5m' | '1h') => [{ text: prose(words) }, cachePoint(ttl)];
const asking = (text: string): ConverseCommandInput => ({ modelId: sonnet, system: system(), messages: [user({ text })] });

describe('the emulated prompt cache', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const figures = async (input: ConverseCommandInput) => {
    const {
      cacheReadInputTokens: read,
      cacheWriteInputTokens: written,
      cacheDetails: details,
      inputTokens: uncached = 0,
    } = await bench.usage(input);
    return { read, written, details, uncached };
  };

  it('writes a prefix at the first call and reads it at the second', async () => {
    const cold = await figures(asking('one'));
    const warm = await figures(asking('two'));
    assert.equal(cold.read, 0);
    assert.ok(cold.written > 1_024);
    assert.deepEqual(cold.details, [{ ttl: '5m', inputTokens: cold.written }]);
    assert.deepEqual({ read: warm.read, written: warm.written, details: warm.details }, { read: cold.written, written: 0, details: [] });
  });

  it('sums input, read, written and output to the total', async () => {
    const usage = await bench.usage(asking('one'));
    const parts = [usage.inputTokens, usage.cacheReadInputTokens, usage.cacheWriteInputTokens, usage.outputTokens];
    assert.equal(
      usage.totalTokens,
      parts.reduce<number>((sum, part) => sum + (part ?? 0), 0),
    );
  });

  it('forgets a 5-minute entry after five minutes and keeps an hour entry', async () => {
    const hour = { ...asking('one'), system: [{ text: prose(600, 'hourly') }, cachePoint('1h')] };
    await figures(asking('one'));
    await figures(hour);
    bench.pass(6 * minute + 43_000);
    assert.equal((await figures(asking('one'))).read, 0);
    assert.ok((await figures(hour)).read > 0);
    bench.pass(61 * minute);
    assert.equal((await figures(hour)).read, 0);
  });

  it('starts the lifetime again at every hit', async () => {
    await figures(asking('one'));
    for (let call = 0; call < 3; call += 1) {
      bench.pass(4 * minute);
      assert.ok((await figures(asking('again'))).read > 0, `call ${call}`);
    }
    bench.pass(5 * minute + 3_000);
    assert.equal((await figures(asking('late'))).read, 0);
  });

  it('counts an entry’s lifetime from the start of the request that wrote it', async () => {
    const startedAt = bench.now();
    await figures(asking('one'));
    bench.pass(startedAt + 5 * minute - bench.now());
    assert.equal((await figures(asking('one'))).read, 0);
  });

  it('reports writes per lifetime, an hour before five minutes', async () => {
    const mixed: ConverseCommandInput = {
      modelId: sonnet,
      system: system(600, '1h'),
      messages: [user({ text: prose(500, 'case') }, cachePoint('5m'), { text: 'go on' })],
    };
    const cold = await figures(mixed);
    assert.deepEqual(
      cold.details?.map(({ ttl }) => ttl),
      ['1h', '5m'],
    );
    assert.equal(
      cold.details?.reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0),
      cold.written,
    );
    bench.pass(10 * minute);
    const later = await figures(mixed);
    assert.equal(later.read, cold.details?.[0]?.inputTokens);
    assert.deepEqual(later.details, [{ ttl: '5m', inputTokens: cold.details?.[1]?.inputTokens }]);
  });

  it('reads what a marker wrote that has since moved on, and writes the rest', async () => {
    const first = user({ text: prose(600, 'question') }, cachePoint());
    const cold = await figures({ modelId: sonnet, messages: [first] });
    const moved: ConverseCommandInput = {
      modelId: sonnet,
      messages: [user({ text: prose(600, 'question') }), assistant('An answer.'), user({ text: prose(60, 'next') }, cachePoint())],
    };
    const warm = await figures(moved);
    assert.equal(warm.read, cold.written);
    assert.ok(warm.written > 0 && warm.written < cold.written);
    assert.ok(warm.uncached < 20);
  });

  const agentTurn = (blocks: number): ConverseCommandInput => ({
    modelId: sonnet,
    messages: [
      user({ text: prose(600, 'task') }, ...(blocks === 0 ? [cachePoint()] : [])),
      ...(blocks === 0
        ? []
        : [assistant('Working.'), user(...Array.from({ length: blocks - 1 }, (_, index) => ({ text: `result ${index}` })), cachePoint())]),
    ],
  });

  it('looks back over 20 blocks, the marked one included', async () => {
    const cold = await figures(agentTurn(0));
    assert.equal((await figures(agentTurn(19))).read, cold.written);
  });

  it('does not see an entry 21 blocks back', async () => {
    await figures(agentTurn(0));
    const missed = await figures(agentTurn(20));
    assert.equal(missed.read, 0);
    assert.ok(missed.written > 1_024);
  });

  it('does nothing for a prefix below the minimum, and says so with zeros', async () => {
    const short = await figures({ modelId: sonnet, system: [{ text: 'Be brief.' }, cachePoint()], messages: [user({ text: 'Hello' })] });
    assert.deepEqual({ read: short.read, written: short.written, details: short.details }, { read: 0, written: 0, details: [] });
  });

  it('counts tools towards the minimum of a later point', async () => {
    const tools = Array.from({ length: 12 }, (_, index) => tool(`lookup_${index}`, prose(12, 'tool')));
    const short = { modelId: sonnet, system: [{ text: prose(60) }, cachePoint()], messages: [user({ text: 'Hello' })] };
    assert.equal((await figures(short)).written, 0);
    assert.ok((await figures({ ...short, toolConfig: { tools } })).written > 1_024);
  });

  it('accepts four points and writes for each', async () => {
    const four: ConverseCommandInput = {
      modelId: sonnet,
      toolConfig: { tools: [tool('lookup', prose(400, 'tool')), cachePoint()] },
      system: system(400),
      messages: [user({ text: prose(100, 'a') }, cachePoint(), { text: prose(100, 'b') }, cachePoint())],
    };
    const cold = await figures(four);
    const { toolConfig: _tools, ...rest } = four;
    assert.ok(cold.written > 0);
    const otherEnd = await figures({
      ...four,
      messages: [user({ text: prose(100, 'a') }, cachePoint(), { text: prose(100, 'other') }, cachePoint())],
    });
    assert.ok(otherEnd.read > 0 && otherEnd.read < cold.written);
    assert.equal((await figures(rest)).read, 0);
  });

  it('keeps tools and system when toolChoice changes, and loses the messages', async () => {
    const withChoice = (toolChoice: NonNullable<ConverseCommandInput['toolConfig']>['toolChoice']): ConverseCommandInput => ({
      modelId: sonnet,
      toolConfig: { tools: [tool('lookup')], toolChoice },
      system: system(),
      messages: [user({ text: prose(300, 'm') }, cachePoint())],
    });
    const cold = await figures(withChoice({ any: {} }));
    const changed = await figures(withChoice({ auto: {} }));
    assert.ok(changed.read > 1_024 && changed.read < cold.written);
    assert.ok(changed.written > 0);
  });

  it('loses the messages when an image comes in, and keeps the system prompt', async () => {
    const image = { image: { format: 'png' as const, source: { bytes: new Uint8Array([137, 80, 78, 71]) } } };
    const messages = (...more: (typeof image)[]) => [user({ text: prose(300, 'm') }, cachePoint(), ...more, { text: 'What now?' })];
    const cold = await figures({ modelId: sonnet, system: system(), messages: messages() });
    const changed = await figures({ modelId: sonnet, system: system(), messages: messages(image) });
    assert.ok(changed.read > 0 && changed.read < cold.written);
  });

  it('loses the messages when thinking is switched on, and keeps nothing of another model', async () => {
    const input = { modelId: sonnet, system: system(), messages: [user({ text: prose(300, 'm') }, cachePoint())] };
    const cold = await figures(input);
    const thinking = await figures({ ...input, additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } });
    assert.ok(thinking.read > 0 && thinking.read < cold.written);
    assert.equal((await figures({ ...input, modelId: 'us.anthropic.claude-sonnet-4-6' })).read, 0);
    assert.equal((await figures({ ...input, modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' })).read, cold.written);
  });

  it('is not disturbed by inference settings', async () => {
    const cold = await figures(asking('one'));
    assert.equal((await figures({ ...asking('one'), inferenceConfig: { maxTokens: 50, temperature: 0.1 } })).read, cold.written);
  });

  it('misses when a single character before the point changes', async () => {
    await figures(asking('one'));
    assert.equal((await figures({ ...asking('one'), system: [{ text: `${prose(600)}!` }, cachePoint()] })).read, 0);
  });

  it('on Nova reads at marked places only and caches at most 20,000 tokens', async () => {
    const first = user({ text: prose(600, 'question') }, cachePoint());
    const cold = await figures({ modelId: nova, messages: [first] });
    assert.ok(cold.written > 0);
    assert.equal((await figures({ modelId: nova, messages: [first] })).read, cold.written);
    const moved = [user({ text: prose(600, 'question') }), assistant('Yes.'), user({ text: 'next' }, cachePoint())];
    assert.equal((await figures({ modelId: nova, messages: moved })).read, 0);
    const huge = await figures({ modelId: nova, messages: [user({ text: prose(12_000) }, cachePoint(), { text: 'so?' })] });
    assert.deepEqual([huge.read, huge.written], [0, 0]);
  });

  it('has no cache figures for a model without caching', async () => {
    const { usage } = await bench.client.send(
      new ConverseCommand({ modelId: 'meta.llama3-1-8b-instruct-v1:0', messages: [user({ text: 'Hi' })] }),
    );
    assert.ok((usage?.inputTokens ?? 0) > 0);
    assert.equal(usage?.cacheReadInputTokens, undefined);
    assert.equal(usage?.cacheDetails, undefined);
  });

  it('answers a warm call sooner than a cold one', async () => {
    const latency = async (): Promise<number> => (await bench.client.send(new ConverseCommand(asking('same')))).metrics?.latencyMs ?? 0;
    const cold = await latency();
    assert.ok((await latency()) < cold);
  });
});

describe('parallel first calls', () => {
  it('all write, since an entry is readable only once a response has begun', async () => {
    const gates: (() => void)[] = [];
    const bench = await openBench({ delay: () => new Promise((resolve) => void gates.push(resolve)), speed: 1 });
    const client = openClient(bench.emulator.url);
    const open = (): void => gates.splice(0).forEach((gate) => gate());
    const calls = ['a', 'b'].map((text) => client.send(new ConverseCommand(asking(text))));
    while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const timer = setInterval(open, 1);
    const usages = (await Promise.all(calls)).map(({ usage }) => usage);
    assert.deepEqual(
      usages.map((usage) => usage?.cacheReadInputTokens),
      [0, 0],
    );
    assert.equal(usages[0]?.cacheWriteInputTokens, usages[1]?.cacheWriteInputTokens);
    const third = await client.send(new ConverseCommand(asking('c')));
    clearInterval(timer);
    assert.equal(third.usage?.cacheReadInputTokens, usages[0]?.cacheWriteInputTokens);
    client.destroy();
    await bench.close();
  });
});
