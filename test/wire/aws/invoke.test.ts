import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import type { WireCall } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import type { Usage } from '../../../src/core/tokens/usage';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { collect, failureOf, neverAborted, ofType, quickBackOff, targetAt, textOf, typesOf } from './support/calls';
import { chunk, frame, metrics, startRawBedrock, wholeMessage, wholeNova, type RawBedrock } from './support/rawBedrock';

const body = '{ "anthropic_version": "bedrock-2023-05-31",\n  "max_tokens": 9, "messages": [{ "role": "user", "content": "Grüße" }] }';
const messagesCall: WireCall = { api: 'messages', modelId: 'us.anthropic.claude-test-v1:0', body };
const novaCall: WireCall = { api: 'nova', modelId: 'amazon.nova-test', body: '{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}' };

describe('aws: calls of InvokeModel', () => {
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
  const run = (frames: readonly Buffer[], call: WireCall = messagesCall): Promise<readonly RunEvent[]> => {
    server.answer((exchange) => exchange.stream(frames));
    return collect(targetAt(server.url, { maxAttempts: 1 }), { call });
  };
  const usageOf = (events: readonly RunEvent[]): Usage | undefined => ofType(events, 'usage')[0]?.usage;

  it('send the body character for character, as JSON, to the model of the address', async () => {
    const events = await run(wholeMessage());
    assert.deepEqual(typesOf(events), ['started', 'text', 'stopped', 'usage', 'finished']);
    const [exchange] = server.exchanges;
    assert.equal(exchange?.text, body);
    assert.equal(decodeURIComponent(exchange.path), '/model/us.anthropic.claude-test-v1:0/invoke-with-response-stream');
    assert.equal(exchange.headers['content-type'], 'application/json');
    assert.equal(exchange.headers['content-length'], String(Buffer.byteLength(body)));
  });

  it('read texts, reasoning and tool calls of Messages', async () => {
    const delta = (index: number, part: object): Buffer => chunk({ type: 'content_block_delta', index, delta: part });
    const events = await run([
      chunk({ type: 'message_start', message: { usage: { input_tokens: 1 } } }),
      chunk({ type: 'ping' }),
      delta(0, { type: 'thinking_delta', thinking: 'Hm.' }),
      delta(0, { type: 'signature_delta', signature: 'c2ln' }),
      delta(1, { type: 'text_delta', text: 'Let me ' }),
      delta(1, { type: 'text_delta', text: 'look.' }),
      chunk({ type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'find', input: {} } }),
      delta(2, { type: 'input_json_delta', partial_json: '{"a":' }),
      delta(2, { type: 'input_json_delta', partial_json: '1}' }),
      chunk({ type: 'content_block_stop', index: 2 }),
      chunk({ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 7 } }),
      chunk({ type: 'message_stop' }),
    ]);
    assert.equal(textOf(events), 'Let me look.');
    assert.deepEqual(
      ofType(events, 'reasoning').map(({ delta: part }) => part),
      ['Hm.'],
    );
    assert.deepEqual(
      ofType(events, 'toolUse').map(({ name, input }) => ({ name, input })),
      [{ name: 'find', input: { a: 1 } }],
    );
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'tool_use');
    assert.deepEqual(usageOf(events), { input: 1, output: 7, cacheRead: undefined, cacheWrite: undefined, writes: [] });
  });

  it('tell what Messages says was read and written, by lifetime, where the measurement agrees', async () => {
    const usage = {
      input_tokens: 4,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      output_tokens: 1,
    };
    const measured = { inputTokenCount: 4, outputTokenCount: 2, cacheReadInputTokenCount: 20, cacheWriteInputTokenCount: 30 };
    const events = await run(wholeMessage(usage, metrics(measured)));
    const writes = [
      { ttl: '1h', tokens: 20 },
      { ttl: '5m', tokens: 10 },
    ];
    assert.deepEqual(usageOf(events), { input: 4, output: 2, cacheRead: 20, cacheWrite: 30, writes });
    assert.equal(ofType(events, 'usage')[0]?.latencyMs, 12);
  });

  it('believe the measurement where the two disagree, and no lifetimes then', async () => {
    const usage = { input_tokens: 4, cache_creation_input_tokens: 30, cache_creation: { ephemeral_5m_input_tokens: 30 } };
    const measured = { inputTokenCount: 5, outputTokenCount: 6, cacheReadInputTokenCount: 7, cacheWriteInputTokenCount: 8 };
    assert.deepEqual(usageOf(await run(wholeMessage(usage, metrics(measured)))), {
      input: 5,
      output: 6,
      cacheRead: 7,
      cacheWrite: 8,
      writes: [],
    });
  });

  it('read the answer of Nova, whose figures have names of their own', async () => {
    const usage = { inputTokens: 4, outputTokens: 5, cacheReadInputTokenCount: 6, cacheWriteInputTokenCount: 7 };
    const told = { input: 4, output: 5, cacheRead: 6, cacheWrite: 7, writes: [] };
    for (const measured of [
      {},
      metrics({ inputTokenCount: 4, outputTokenCount: 5, cacheReadInputTokenCount: 6, cacheWriteInputTokenCount: 7 }),
    ]) {
      const events = await run(wholeNova(usage, measured), novaCall);
      assert.deepEqual(typesOf(events), ['started', 'text', 'stopped', 'usage', 'finished']);
      assert.deepEqual(usageOf(events), told);
    }
  });

  it('fail with what the model reports in the middle, and keep what came before', async () => {
    const start = wholeMessage().slice(0, 3);
    const overloaded = await run([...start, chunk({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })]);
    assert.equal(textOf(overloaded), 'Hi');
    assert.deepEqual([failureOf(overloaded).code, failureOf(overloaded).detail], ['throttled', 'Overloaded']);
    assert.equal(failureOf(await run([...start, chunk({ type: 'error', error: {} })])).code, 'modelFailed');
    assert.equal(failureOf(await run(start)).code, 'interrupted');
    assert.equal(failureOf(await run([...start, frame('throttlingException', { message: 'slow' }, 'exception')])).code, 'throttled');
  });

  it('do not take other bytes for an answer', async () => {
    assert.equal(failureOf(await run([frame('chunk', { bytes: Buffer.from('<html>').toString('base64') })])).code, 'otherAnswer');
    server.answer((exchange) => exchange.json({ content: [] }));
    assert.equal(failureOf(await collect(targetAt(server.url), { call: messagesCall })).code, 'otherAnswer');
  });

  it('are made again as those of Converse are', async () => {
    server.answer(
      (exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
      (exchange) => exchange.stream(wholeMessage()),
    );
    const events = await collect(targetAt(server.url, { maxAttempts: 3 }), { call: messagesCall });
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'text', 'stopped', 'usage', 'finished']);
    assert.deepEqual(
      server.exchanges.map(({ headers, text }) => [headers['amz-sdk-request'], text]),
      [
        ['attempt=1; max=3', body],
        ['attempt=2; max=3', body],
      ],
    );
  });

  it('are counted by their whole body', async () => {
    server.answer((exchange) => exchange.json({ inputTokens: 7 }));
    assert.deepEqual(await countTokens(messagesCall, targetAt(server.url), neverAborted, 'anthropic.claude-test-v1:0'), { tokens: 7 });
    assert.deepEqual(server.exchanges[0]?.body, { input: { invokeModel: { body: Buffer.from(body).toString('base64') } } });
  });
});

const handbook = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(200);

describe('aws: calls of InvokeModel to the emulator', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ delay: () => new Promise((resolve) => setImmediate(resolve)) });
  });
  after(async () => {
    disposeClients();
    await emulator.close();
  });
  const figures = async (call: WireCall): Promise<Usage> => {
    const events = await collect(targetAt(emulator.url), { call });
    const [usage] = ofType(events, 'usage');
    assert.ok(usage, JSON.stringify(events.at(-1)));
    return usage.usage;
  };
  const asMessages: WireCall = {
    api: 'messages',
    modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    body: JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 60,
      system: [{ type: 'text', text: handbook, cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ role: 'user', content: 'May I return a kettle?' }],
    }),
  };
  const asNova: WireCall = {
    api: 'nova',
    modelId: 'us.amazon.nova-lite-v1:0',
    body: JSON.stringify({
      schemaVersion: 'messages-v1',
      system: [{ text: handbook, cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: 'May I return a kettle?' }] }],
      inferenceConfig: { maxTokens: 60 },
    }),
  };

  for (const call of [asMessages, asNova])
    it(`write a prefix of a body of ${call.api} once and read it then`, async () => {
      const [cold, warm] = [await figures(call), await figures(call)];
      assert.ok(cold.cacheRead === 0 && (cold.cacheWrite ?? 0) > 1_024);
      assert.deepEqual(cold.writes, call.api === 'messages' ? [{ ttl: '1h', tokens: cold.cacheWrite }] : []);
      assert.deepEqual([warm.cacheRead, warm.cacheWrite, warm.input], [cold.cacheWrite, 0, cold.input]);
    });

  it('are counted as they are used', async () => {
    const counted = await countTokens(asMessages, targetAt(emulator.url), neverAborted, 'anthropic.claude-sonnet-4-5-20250929-v1:0');
    const used = await figures(asMessages);
    assert.deepEqual(counted, { tokens: used.input + (used.cacheRead ?? 0) + (used.cacheWrite ?? 0) });
  });
});
