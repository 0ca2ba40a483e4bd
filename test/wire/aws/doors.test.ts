import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { callBody } from '../../../src/core/request/json';
import type { WireCall } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import type { Usage } from '../../../src/core/tokens/usage';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { collect, failureOf, ofType, quickBackOff, request, targetAt, textOf, typesOf } from './support/calls';
import { startRawBedrock, type RawBedrock } from './support/rawBedrock';

const converse: WireCall = { api: 'converse', door: 'Converse', modelId: request.modelId, body: request };
const messages: WireCall = {
  api: 'messages',
  door: 'InvokeModel',
  modelId: 'us.anthropic.claude-test-v1:0',
  body: '{ "anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": [{ "role": "user", "content": "Grüße" }] }',
};
const nova: WireCall = {
  api: 'nova',
  door: 'InvokeModel',
  modelId: 'amazon.nova-test',
  body: '{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}',
};

const answers: readonly (readonly [call: WireCall, operation: string, answer: object])[] = [
  [
    converse,
    'converse',
    {
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } },
            { text: 'Let me look.' },
            { toolUse: { toolUseId: 't', name: 'find', input: { a: 1 } } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 4, outputTokens: 5, totalTokens: 59, cacheReadInputTokens: 20, cacheWriteInputTokens: 30 },
      metrics: { latencyMs: 12 },
    },
  ],
  [
    messages,
    'invoke',
    {
      type: 'message',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 't', name: 'find', input: { a: 1 } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 4, output_tokens: 5, cache_read_input_tokens: 20, cache_creation_input_tokens: 30 },
    },
  ],
  [
    nova,
    'invoke',
    {
      output: {
        message: {
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.' } } },
            { text: 'Let me look.' },
            { toolUse: { toolUseId: 't', name: 'find', input: { a: 1 } } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 4, outputTokens: 5, cacheReadInputTokenCount: 20, cacheWriteInputTokenCount: 30 },
    },
  ],
];

describe('aws: answers in one piece', () => {
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

  for (const [call, operation, answer] of answers) {
    const name = `${call.door ?? ''} with a body of ${call.api}`;

    it(`come through ${name} as a stream's would`, async () => {
      server.answer((exchange) => exchange.json(answer));
      const events = await collect(targetAt(server.url), { call });
      assert.deepEqual(typesOf(events), ['started', 'reasoning', 'text', 'toolUse', 'stopped', 'usage', 'finished']);
      assert.equal(textOf(events), 'Let me look.');
      assert.deepEqual(
        ofType(events, 'toolUse').map(({ name: tool, input }) => [tool, input]),
        [['find', { a: 1 }]],
      );
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'tool_use');
      assert.deepEqual(ofType(events, 'usage')[0]?.usage, { input: 4, output: 5, cacheRead: 20, cacheWrite: 30, writes: [] });
      const [exchange] = server.exchanges;
      assert.equal(decodeURIComponent(exchange?.path ?? ''), `/model/${call.modelId}/${operation}`);
      assert.equal(exchange?.text, callBody(call));
    });

    it(`are not taken from ${name} where something else was answered`, async () => {
      server.answer((exchange) => exchange.json({ message: 'hello' }));
      assert.equal(failureOf(await collect(targetAt(server.url), { call })).code, 'otherAnswer');
      server.answer((exchange) => exchange.reply(200, { 'content-type': 'text/html' }, '<p>Please sign in.</p>'));
      assert.equal(failureOf(await collect(targetAt(server.url), { call })).code, 'otherAnswer');
    });

    it(`through ${name} are asked for again only where the service refused for now`, async () => {
      server.answer(
        (exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
        (exchange) => exchange.json(answer),
      );
      const events = await collect(targetAt(server.url), { call });
      assert.deepEqual(typesOf(events).slice(0, 2), ['started', 'retrying']);
      assert.equal(events.at(-1)?.type, 'finished');
      // On a connection of its own: one kept open may have been closed before the call came.
      disposeClients();
      server.answer((exchange) => exchange.reset());
      assert.equal(failureOf(await collect(targetAt(server.url), { call })).code, 'unanswered');
      assert.equal(server.exchanges.length, 1);
    });

    it(`through ${name} stop on the wire when they are canceled`, async () => {
      server.answer(() => undefined);
      const abort = new AbortController();
      const running = collect(targetAt(server.url), { call, signal: abort.signal });
      const exchange = await server.request(1);
      abort.abort();
      await exchange.closed;
      assert.equal(failureOf(await running).code, 'canceled');
    });
  }
});

const handbook = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(200);

describe('aws: answers in one piece of the emulator', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ speed: 0 });
  });
  after(async () => {
    disposeClients();
    await emulator.close();
  });
  const usageOf = async (call: WireCall): Promise<Usage> => {
    const events: readonly RunEvent[] = await collect(targetAt(emulator.url), { call });
    const [usage] = ofType(events, 'usage');
    assert.ok(usage, JSON.stringify(events.at(-1)));
    return usage.usage;
  };

  it('read what a stream wrote', async () => {
    const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
    const body = {
      modelId,
      system: [{ text: handbook }, { cachePoint: { type: 'default' as const } }],
      messages: [{ role: 'user', content: [{ text: 'May I return a kettle?' }] }],
    };
    const cold = await usageOf({ api: 'converse', modelId, body });
    const warm = await usageOf({ api: 'converse', door: 'Converse', modelId, body });
    assert.ok((cold.cacheWrite ?? 0) > 1_024);
    assert.deepEqual([warm.cacheRead, warm.cacheWrite], [cold.cacheWrite, 0]);
  });
});
