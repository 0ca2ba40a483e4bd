import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import { wireCall } from '../../../src/core/formats/wireCall';
import { callText } from '../../../src/core/request/json';
import type { ConverseRequest, WireCall } from '../../../src/core/request/types';
import { declaredValues } from '../../../src/core/request/values';
import type { Json } from '../../../src/core/text/json';
import { fixtures, parseFixture, samples } from '../../support/fixtures';
import { callOf, collect, failureOf, neverAborted, targetAt } from './support/calls';
import { enterHome } from './support/home';
import type { Home } from './support/home';
import { startRawBedrock, wholeAnswer, wholeMessage, wholeNova } from './support/rawBedrock';
import type { Exchange, RawBedrock } from './support/rawBedrock';
import { anyText } from '../../support/anyText';

/**
 * What the preview shows: of a Converse request all but the model's id, written without white space, members, their order and all values as they
 * stand there; of a body its very characters.
 */
const shownBody = (call: WireCall): string => {
  if (call.api !== 'converse') return callText(call);
  const shown = JSON.parse(callText(call)) as Record<string, Json>;
  delete shown['modelId'];
  return JSON.stringify(shown);
};

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The signature that these bytes must have. Source: AWS Signature Version 4, steps to create a signed request. */
const signatureOf = ({ headers, path, text }: Exchange, secret: string): string => {
  const [, date = '', region = '', signed = ''] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/bedrock\/aws4_request, SignedHeaders=([^,]+)/.exec(String(headers.authorization)) ?? [];
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const escaped = path
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  const canonical = ['POST', escaped, '', lines.join(''), signed, sha256(text)].join('\n');
  const scope = `${date}/${region}/bedrock/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const key = [date, region, 'bedrock', 'aws4_request'].reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
};

const text = anyText({ maxLength: 20 });
const anyJson = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const block = fc.oneof(
  fc.record({ text }),
  fc.record({ cachePoint: fc.record({ type: fc.constantFrom('default', 'ephemeral'), ttl: text, scope: text }, { requiredKeys: [] }) }),
  fc.record({ image: fc.record({ format: text, source: fc.record({ bytes: fc.oneof(text, fc.uint8Array({ maxLength: 9 })) }) }) }),
  fc.record({ toolUse: fc.record({ toolUseId: text, name: text, input: anyJson }) }),
  fc.record({ reasoningContent: fc.record({ redactedContent: text }) }),
  fc.record({ text, cachePoint: anyJson }),
  fc.dictionary(text, anyJson, { maxKeys: 2 }),
);
const blocks = fc.array(block, { maxLength: 3 });
const members = {
  messages: fc.oneof(anyJson, fc.array(fc.record({ content: blocks, role: text, note: anyJson }, { requiredKeys: [] }), { maxLength: 3 })),
  system: fc.oneof(anyJson, blocks),
  toolConfig: fc.record(
    { toolChoice: anyJson, tools: fc.array(fc.record({ toolSpec: fc.record({ name: text, extra: anyJson }) }), { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
  inferenceConfig: fc.dictionary(fc.constantFrom('topK', 'maxTokens', 'temperature'), anyJson),
  outputConfig: anyJson,
  additionalModelRequestFields: anyJson,
  unknown: anyJson,
};
/** Requests with members of any kind in any order, known to the API and not. */
const anyRequest: fc.Arbitrary<ConverseRequest> = fc
  .tuple(fc.record(members, { requiredKeys: [] }), fc.shuffledSubarray(Object.keys(members), { minLength: Object.keys(members).length }))
  .map(([made, order]) => {
    const entries = order.flatMap((name) => (Object.hasOwn(made, name) ? [[name, made[name as keyof typeof made]] as const] : []));
    // Most of them are no ConverseRequest: people write such files too.
    return { modelId: 'anthropic.claude-test-v1:0', ...Object.fromEntries(entries) } as ConverseRequest;
  });

describe('aws: the bytes on the wire', () => {
  let server: RawBedrock;
  let home: Home;
  before(async () => {
    server = await startRawBedrock();
    home = await enterHome();
  });
  after(async () => {
    disposeClients();
    await server.close();
    await home.leave();
  });
  const sent = async (call: WireCall): Promise<Exchange> => {
    const answers = { converse: wholeAnswer, messages: wholeMessage, nova: wholeNova };
    server.answer((exchange) => exchange.stream(answers[call.api]()));
    const events = await collect(targetAt(server.url), { call });
    assert.equal(events.at(-1)?.type, 'finished', JSON.stringify(events.at(-1)));
    return server.request(1);
  };
  const counted = async (request: ConverseRequest): Promise<Exchange> => {
    server.answer((exchange) => exchange.json({ inputTokens: 7 }));
    assert.deepEqual(await countTokens(callOf(request), targetAt(server.url), neverAborted), { tokens: 7 });
    return server.request(1);
  };

  for (const fixture of [...fixtures, ...samples]) {
    it(`are what the preview shows of ${fixture.format} ${fixture.name}`, async () => {
      const prompt = parseFixture(fixture);
      const values = declaredValues(prompt.header.variables, true);
      const call = wireCall(prompt, values, 'm');
      assert.equal((await sent(call)).text, shownBody(call));
    });
  }

  it('are what the preview shows of 300 requests, known members and unknown, and are what is signed', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const exchange = await sent(callOf(request));
        assert.equal(exchange.text, shownBody(callOf(request)));
        assert.equal(exchange.headers['content-length'], String(Buffer.byteLength(exchange.text)));
        assert.match(String(exchange.headers.authorization), new RegExp(`Signature=${signatureOf(exchange, 'placeholder')}$`));
      }),
      { seed: 20261128, numRuns: 300 },
    );
  }).timeout(60_000);

  it('hold, when counted, what the preview shows of the members that count', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const { text: body } = await counted(request);
        const shown = JSON.parse(shownBody(callOf(request))) as Record<string, Json>;
        const names = Object.keys(shown).filter((name) =>
          ['messages', 'system', 'toolConfig', 'additionalModelRequestFields'].includes(name),
        );
        assert.equal(body, JSON.stringify({ input: { converse: Object.fromEntries(names.map((name) => [name, shown[name]])) } }));
      }),
      { seed: 20261128, numRuns: 100 },
    );
  }).timeout(30_000);

  it('are the same with an API key', async () => {
    home.set({ AWS_BEARER_TOKEN_BEDROCK: 'key' });
    const request = { modelId: 'm', unknown: [1], messages: [{ role: 'user', content: [{ text: 'é', note: null }] }], system: [] };
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    await collect(targetAt(server.url, { service: 'aws', region: 'us-east-1' }), { call: callOf(request) });
    const [exchange] = server.exchanges;
    assert.equal(exchange?.headers.authorization, 'Bearer key');
    assert.equal(exchange.text, '{"unknown":[1],"messages":[{"role":"user","content":[{"text":"é","note":null}]}],"system":[]}');
  });

  it('give a sentence where a key cannot stand in a header, and are not sent', async () => {
    home.set({ AWS_BEARER_TOKEN_BEDROCK: 'key\nwith a line break' });
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const failure = failureOf(await collect(targetAt(server.url, { service: 'aws', region: 'us-east-1' })));
    assert.ok(failure.code === 'credentials' && failure.reason === 'malformed');
    assert.equal(server.exchanges.length, 0);
  });

  const nested = (levels: number): ConverseRequest => {
    let input: Json = {};
    for (let level = 0; level < levels; level += 1) input = { a: input };
    return { modelId: 'm', messages: [{ role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'n', input } }] }] };
  };

  it('hold a tool input nested 3,000 deep', async () => {
    assert.ok((await sent(callOf(nested(3_000)))).text.includes('{"a":'.repeat(3_000)));
  });

  it('are not made of what is nested too deeply to be written', async () => {
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const request = nested(100_000);
    assert.equal(failureOf(await collect(targetAt(server.url), { call: callOf(request) })).code, 'tooDeep');
    const count = await countTokens(callOf(request), targetAt(server.url), neverAborted);
    assert.ok('code' in count && count.code === 'tooDeep');
    assert.equal(server.exchanges.length, 0);
  });
});
