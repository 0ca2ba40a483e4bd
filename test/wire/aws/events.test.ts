import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { callOf, collect, failureOf, ofType, request, targetAt, textOf, typesOf } from './support/calls';
import { frame, messageStart, messageStop, metadata, startRawBedrock, textDelta, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

describe('aws: the events of a call', () => {
  let server: RawBedrock;
  before(async () => (server = await startRawBedrock()));
  after(async () => {
    disposeClients();
    await server.close();
  });
  const run = (frames: readonly Buffer[]) => {
    server.answer((exchange) => exchange.stream(frames));
    return collect(targetAt(server.url));
  };

  it('gives started, text, stopped, usage and finished for a plain answer', async () => {
    const events = await run([messageStart, textDelta('Hel'), textDelta('lo'), messageStop, metadata()]);
    assert.deepEqual(typesOf(events), ['started', 'text', 'text', 'stopped', 'usage', 'finished']);
    assert.equal(textOf(events), 'Hello');
    assert.deepEqual(
      { ...ofType(events, 'started')[0], at: 0 },
      { type: 'started', at: 0, modelId: request.modelId, identity: 'no AWS identity' },
    );
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'end_turn');
    assert.deepEqual({ ...ofType(events, 'finished')[0], at: 0 }, { type: 'finished', at: 0, requestId: 'request-1', attempts: 1 });
  });

  it('keeps absent cache figures undefined and present zeros zero', async () => {
    const absent = ofType(await run(wholeAnswer()), 'usage')[0];
    assert.deepEqual(absent?.usage, { input: 3, output: 2, cacheRead: undefined, cacheWrite: undefined, writes: [] });
    assert.equal(absent.latencyMs, 12);
    const zero = { inputTokens: 3, outputTokens: 2, totalTokens: 5, cacheReadInputTokens: 0, cacheWriteInputTokens: 0, cacheDetails: [] };
    const usage = ofType(await run([messageStart, textDelta('a'), messageStop, metadata(zero)]), 'usage')[0]?.usage;
    assert.deepEqual(usage, { input: 3, output: 2, cacheRead: 0, cacheWrite: 0, writes: [] });
  });

  it('gives the written tokens of each lifetime', async () => {
    const cacheDetails = [
      { ttl: '1h', inputTokens: 1712 },
      { ttl: '5m', inputTokens: 236 },
    ];
    const figures = {
      inputTokens: 3,
      outputTokens: 2,
      totalTokens: 5,
      cacheReadInputTokens: 40,
      cacheWriteInputTokens: 1948,
      cacheDetails,
    };
    const usage = ofType(await run([messageStart, textDelta('a'), messageStop, metadata(figures)]), 'usage')[0]?.usage;
    assert.equal(usage?.cacheRead, 40);
    assert.equal(usage.cacheWrite, 1948);
    assert.deepEqual(usage.writes, [
      { ttl: '1h', tokens: 1712 },
      { ttl: '5m', tokens: 236 },
    ]);
  });

  it('tells reasoning from text and skips signatures and empty deltas', async () => {
    const reasoning = (part: object) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: part } });
    const events = await run([
      messageStart,
      reasoning({ text: 'Hmm' }),
      reasoning({ signature: 'x' }),
      textDelta(''),
      textDelta('Yes', 1),
      messageStop,
      metadata(),
    ]);
    assert.deepEqual(typesOf(events), ['started', 'reasoning', 'text', 'stopped', 'usage', 'finished']);
    assert.equal(ofType(events, 'reasoning')[0]?.delta, 'Hmm');
  });

  const toolStart = (contentBlockIndex: number, name: string) =>
    frame('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId: `t${contentBlockIndex}`, name } } });
  const toolDelta = (contentBlockIndex: number, input: string) =>
    frame('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input } } });
  const blockStop = (contentBlockIndex: number) => frame('contentBlockStop', { contentBlockIndex });

  it('assembles the deltas of a tool call, also of two that interleave', async () => {
    const events = await run([
      messageStart,
      toolStart(0, 'weather'),
      toolStart(1, 'now'),
      toolDelta(0, '{"city":"Par'),
      toolDelta(1, ''),
      toolDelta(0, 'is","days":[1,2]}'),
      blockStop(1),
      blockStop(0),
      frame('messageStop', { stopReason: 'tool_use' }),
      metadata(),
    ]);
    assert.deepEqual(
      ofType(events, 'toolUse').map(({ name, input }) => ({ name, input })),
      [
        { name: 'now', input: {} },
        { name: 'weather', input: { city: 'Paris', days: [1, 2] } },
      ],
    );
  });

  it('keeps tool input that is not JSON as text, and what a cut left of it', async () => {
    const whole = await run([messageStart, toolStart(0, 'a'), toolDelta(0, '{"x": nope}'), blockStop(0), messageStop, metadata()]);
    assert.equal(ofType(whole, 'toolUse')[0]?.input, '{"x": nope}');
    const cut = await run([messageStart, toolStart(0, 'a'), toolDelta(0, '{"x": 1')]);
    assert.equal(ofType(cut, 'toolUse')[0]?.input, '{"x": 1');
    assert.equal(failureOf(cut).code, 'interrupted');
  });

  it('skips events it does not know', async () => {
    const events = await run([messageStart, frame('somethingNew', { a: 1 }), textDelta('a'), messageStop, metadata()]);
    assert.equal(events.at(-1)?.type, 'finished');
  });

  it('reads characters split over packets', async () => {
    const text = 'naïve – 日本語 😀 '.repeat(20);
    const bytes = Buffer.concat(wholeAnswer(text));
    server.answer((exchange) => {
      exchange.head();
      // One byte at a time around the text, each as its own chunk of the transfer.
      for (let start = 0; start < bytes.length; start += 1) exchange.write(bytes.subarray(start, start + 1));
      exchange.end();
    });
    assert.equal(textOf(await collect(targetAt(server.url))), text);
  });

  it('reads a long stream whole', async () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `word${index} `);
    const events = await run([messageStart, ...words.map((word) => textDelta(word)), messageStop, metadata()]);
    assert.equal(ofType(events, 'text').length, 5_000);
    assert.equal(textOf(events), words.join(''));
  });

  it('reads one delta of a megabyte', async () => {
    const text = 'x'.repeat(1_000_000);
    assert.equal(textOf(await run(wholeAnswer(text))).length, text.length);
  });

  it('ends with the answer although the service keeps the connection open', async () => {
    server.answer((exchange) => {
      exchange.head();
      for (const bytes of wholeAnswer()) exchange.write(bytes);
    });
    const events = await collect(targetAt(server.url));
    assert.equal(events.at(-1)?.type, 'finished');
    await (
      await server.request(1)
    ).closed;
  });

  it('sends the request as it stands, blobs decoded and encoded once', async () => {
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const bytes = Buffer.from('pixels').toString('base64');
    await collect(targetAt(server.url), {
      call: callOf({
        modelId: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-test-v1:0',
        system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
        messages: [
          {
            role: 'user',
            content: [{ image: { format: 'png', source: { bytes } } }, { image: { format: 'png', source: { bytes: Buffer.from('raw') } } }],
          },
          { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'n', input: { source: { bytes: 'not base64!' } } } }] },
        ],
        toolConfig: { tools: [{ toolSpec: { name: 'n', inputSchema: { json: { z: 1, a: 2 } } } }, { cachePoint: { type: 'default' } }] },
        inferenceConfig: { maxTokens: 10 },
        additionalModelRequestFields: { top_k: 5 },
      }),
    });
    const [seen] = server.exchanges;
    assert.equal(
      decodeURIComponent(seen?.path ?? ''),
      '/model/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-test-v1:0/converse-stream',
    );
    assert.deepEqual(seen?.body, {
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
      messages: [
        {
          role: 'user',
          content: [
            { image: { format: 'png', source: { bytes } } },
            { image: { format: 'png', source: { bytes: Buffer.from('raw').toString('base64') } } },
          ],
        },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'n', input: { source: { bytes: 'not base64!' } } } }] },
      ],
      toolConfig: { tools: [{ toolSpec: { name: 'n', inputSchema: { json: { z: 1, a: 2 } } } }, { cachePoint: { type: 'default' } }] },
      inferenceConfig: { maxTokens: 10 },
      additionalModelRequestFields: { top_k: 5 },
    });
    assert.match(String(seen.headers['user-agent']), /app\/cachepoint/);
  });
});
