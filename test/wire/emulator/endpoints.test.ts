import assert from 'node:assert/strict';

import {
  ConverseCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';

import type { Bench } from './bench';
import { cachePoint, nova, openBench, prose, sonnet, tool, user } from './bench';

const decode = (bytes: Uint8Array | undefined): Record<string, unknown> => JSON.parse(new TextDecoder().decode(bytes));

describe('the emulated endpoints', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const hello = { modelId: sonnet, messages: [user({ text: 'Hello there' })] };
  const textOf = async (input: ConstructorParameters<typeof ConverseCommand>[0]) => {
    const { output, stopReason } = await bench.client.send(new ConverseCommand(input));
    return {
      text: output?.message?.content?.map(({ text }) => text ?? '').join('') ?? '',
      stopReason,
      content: output?.message?.content ?? [],
    };
  };

  it('answers Converse, saying that it is simulated', async () => {
    const { text, stopReason } = await textOf(hello);
    assert.match(text, /^Simulated by the Cachepoint emulator: No model was called\./);
    assert.match(text, /Hello there/);
    assert.equal(stopReason, 'end_turn');
  });

  it('gives the same answer to the same request', async () => {
    assert.deepEqual(await textOf(hello), await textOf(hello));
  });

  it('streams the words of the same answer and ends with messageStop and metadata', async () => {
    const events = await bench.events(hello);
    const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? []);
    assert.ok(deltas.length > 10);
    assert.equal(deltas.join(''), (await textOf(hello)).text);
    assert.deepEqual(Object.keys(events[0] ?? {}), ['messageStart']);
    assert.deepEqual(
      events.slice(-3).map((event) => Object.keys(event)[0]),
      ['contentBlockStop', 'messageStop', 'metadata'],
    );
    assert.ok((events.at(-1)?.metadata?.metrics?.latencyMs ?? 0) > 0);
  });

  it('respects maxTokens and stop sequences', async () => {
    const short = await textOf({ ...hello, inferenceConfig: { maxTokens: 6 } });
    assert.equal(short.stopReason, 'max_tokens');
    assert.ok(short.text.length < 60);
    const stopped = await textOf({ ...hello, inferenceConfig: { stopSequences: ['called'] } });
    assert.equal(stopped.stopReason, 'stop_sequence');
    assert.ok(stopped.text.endsWith('No model was '));
  });

  it('says something within the smallest maxTokens', async () => {
    for (const maxTokens of [1, 2, 3, 4]) {
      const { output, stopReason, usage } = await bench.client.send(new ConverseCommand({ ...hello, inferenceConfig: { maxTokens } }));
      assert.match(output?.message?.content?.[0]?.text ?? '', /^S/);
      assert.equal(stopReason, 'max_tokens');
      const outputTokens = usage?.outputTokens ?? 0;
      assert.ok(outputTokens >= 1 && outputTokens <= maxTokens, `${outputTokens} of ${maxTokens}`);
    }
  });

  it('calls a tool on the cue, whole and streamed', async () => {
    const input = { modelId: sonnet, toolConfig: { tools: [tool('lookup')] }, messages: [user({ text: 'Please call tool lookup now.' })] };
    const { content, stopReason } = await textOf(input);
    assert.equal(stopReason, 'tool_use');
    assert.deepEqual(content.at(-1)?.toolUse?.input, { id: 'simulated' });
    const events = await bench.events(input);
    const pieces = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? []);
    assert.deepEqual(JSON.parse(pieces.join('')), { id: 'simulated' });
    assert.equal(events.find(({ contentBlockStart }) => contentBlockStart)?.contentBlockStart?.start?.toolUse?.name, 'lookup');
  });

  it('calls the tool that toolChoice forces', async () => {
    const { stopReason } = await textOf({ ...hello, toolConfig: { tools: [tool('lookup')], toolChoice: { any: {} } } });
    assert.equal(stopReason, 'tool_use');
  });

  it('streams reasoning when thinking is enabled', async () => {
    const events = await bench.events({ ...hello, additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } });
    const reasoning = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.reasoningContent?.text ?? []).join('');
    assert.match(reasoning, /^Simulated/);
  });

  it('takes an inference-profile ARN as model id', async () => {
    const arn = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${sonnet}`;
    assert.match((await textOf({ ...hello, modelId: arn })).text, /Sonnet 4\.5/);
  });

  it('lets another model stand in for an opaque ARN, unless it is mapped', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123';
    assert.match((await textOf({ ...hello, modelId: arn })).text, /Sonnet 4\.6/);
    const mapped = await openBench({ profileModels: { [arn]: nova } });
    const { output } = await mapped.client.send(new ConverseCommand({ ...hello, modelId: arn }));
    assert.match(output?.message?.content?.[0]?.text ?? '', /Nova Lite/);
    await mapped.close();
  });

  it('uses the scenario’s replies in turn, still marked', async () => {
    const scripted = await openBench({ scenario: { replies: ['First.', 'Second.'] } });
    const ask = async () => (await scripted.client.send(new ConverseCommand(hello))).output?.message?.content?.[0]?.text;
    assert.deepEqual(
      [await ask(), await ask(), await ask()],
      ['First.', 'Second.', 'First.'].map((text) => `Simulated by the Cachepoint emulator: ${text}`),
    );
    await scripted.close();
  });

  const messagesBody = (ttl?: '1h') => ({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 200,
    system: [{ type: 'text', text: prose(600), cache_control: { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) } }],
    messages: [{ role: 'user', content: 'Hello' }],
  });

  it('answers InvokeModel for Claude with cache_control, in body and headers', async () => {
    const call = () => bench.post(`/model/${encodeURIComponent(sonnet)}/invoke`, messagesBody('1h'));
    const cold = (await call()).body['usage'] as Record<string, number>;
    assert.ok((cold['cache_creation_input_tokens'] ?? 0) > 1_024);
    assert.deepEqual(cold['cache_creation'], {
      ephemeral_5m_input_tokens: 0,
      ephemeral_1h_input_tokens: cold['cache_creation_input_tokens'],
    });
    const warm = await call();
    assert.equal(warm.headers.get('x-amzn-bedrock-cache-read-input-token-count'), String(cold['cache_creation_input_tokens']));
    assert.equal(warm.headers.get('x-amzn-bedrock-cache-write-input-token-count'), '0');
    assert.equal(warm.headers.get('x-amzn-bedrock-input-token-count'), String(cold['input_tokens']));
  });

  it('takes InvokeModel bodies as JSON only, whether the type is said or left out', async () => {
    const status = async (type: string) =>
      (await bench.post(`/model/${encodeURIComponent(sonnet)}/invoke`, messagesBody(), { 'content-type': type })).status;
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/octet-stream', ''])
      assert.equal(await status(type), 200, type);
    for (const type of ['binary/octet-stream', 'text/plain', 'application/jsonlines']) assert.equal(await status(type), 400, type);
  });

  it('streams InvokeModel for Claude and closes with the invocation metrics', async () => {
    const { body } = await bench.client.send(
      new InvokeModelWithResponseStreamCommand({ modelId: sonnet, body: JSON.stringify(messagesBody()) }),
    );
    const events: Record<string, unknown>[] = [];
    for await (const { chunk } of body ?? []) events.push(decode(chunk?.bytes));
    assert.deepEqual(
      [...new Set(events.map(({ type }) => type))],
      ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
    );
    const metrics = events.at(-1)?.['amazon-bedrock-invocationMetrics'] as Record<string, number>;
    assert.ok((metrics['cacheWriteInputTokenCount'] ?? 0) > 1_024);
    assert.ok((metrics['firstByteLatency'] ?? 0) <= (metrics['invocationLatency'] ?? 0));
  });

  it('answers InvokeModel for Nova with cachePoint as a key of a block', async () => {
    const body = JSON.stringify({
      schemaVersion: 'messages-v1',
      system: [{ text: prose(600), cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      inferenceConfig: { max_new_tokens: 100 },
    });
    const call = async () =>
      decode((await bench.client.send(new InvokeModelCommand({ modelId: nova, body }))).body)['usage'] as Record<string, number>;
    const cold = await call();
    assert.ok((cold['cacheWriteInputTokenCount'] ?? 0) > 1_024);
    assert.equal((await call())['cacheReadInputTokenCount'], cold['cacheWriteInputTokenCount']);
    const stream = await bench.client.send(new InvokeModelWithResponseStreamCommand({ modelId: nova, body }));
    const keys: string[] = [];
    for await (const { chunk } of stream.body ?? []) keys.push(...Object.keys(decode(chunk?.bytes)));
    assert.equal(keys[0], 'messageStart');
    assert.deepEqual(keys.slice(-3), ['messageStop', 'metadata', 'amazon-bedrock-invocationMetrics']);
  });

  it('counts what it would charge, markers or not, for Converse and Messages bodies', async () => {
    const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
    const converse = { system: [{ text: prose(100) }, cachePoint()], messages: [user({ text: 'Hello' })] };
    const { inputTokens } = await bench.client.send(new CountTokensCommand({ modelId, input: { converse } }));
    const usage = await bench.usage({ modelId: sonnet, ...converse });
    assert.equal(inputTokens, (usage.inputTokens ?? 0) + usage.cacheReadInputTokens + usage.cacheWriteInputTokens);
    const invokeModel = { body: new TextEncoder().encode(JSON.stringify(messagesBody())) };
    assert.ok(((await bench.client.send(new CountTokensCommand({ modelId, input: { invokeModel } }))).inputTokens ?? 0) > 1_024);
  });
});
