import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { disposeClients } from '../../../src/aws/clients';
import { mantleAddress } from '../../../src/aws/mantle';
import { wireCall } from '../../../src/core/formats/wireCall';
import { noFiles } from '../../../src/core/prompt/files';
import type { WireCall } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import type { RunFailure } from '../../../src/core/runs/failure';
import { defaultSettings } from '../../../src/core/settings';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { analyzeOnly } from '../../support/onlyPrompt';
import { collect, failureOf, ofType, quickBackOff, targetAt, textOf, typesOf } from './support/calls';
import { enterHome, type Home } from './support/home';
import { startRawBedrock, type Exchange, type RawBedrock } from './support/rawBedrock';

const body =
  '{"model":"anthropic.claude-test-v1:0","stream":true, "max_tokens": 9.0, "messages": [{ "role": "user", "content": "Grüße" }]}';
const call: WireCall = { api: 'messages', door: 'Messages', modelId: 'anthropic.claude-test-v1:0', body, betas: ['one-2026', 'two-2026'] };

const event = (members: { readonly type: string; readonly [name: string]: unknown }): Buffer =>
  Buffer.from(`event: ${members.type}\ndata: ${JSON.stringify(members)}\n\n`);

const usage = {
  input_tokens: 4,
  cache_read_input_tokens: 20,
  cache_creation_input_tokens: 30,
  cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
  output_tokens: 1,
};
const start = [
  event({ type: 'message_start', message: { usage } }),
  event({ type: 'ping' }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }),
];
const end = [
  event({ type: 'content_block_stop', index: 0 }),
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }),
  event({ type: 'message_stop' }),
];

const stream =
  (frames: readonly Buffer[]) =>
  (exchange: Exchange): void => {
    exchange.head({ 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_1' });
    for (const bytes of frames) exchange.write(bytes);
    exchange.end();
  };

const refuse =
  (status: number, type: string, message: string, headers: Record<string, string> = {}) =>
  (exchange: Exchange): void =>
    exchange.reply(
      status,
      { 'content-type': 'application/json', ...headers },
      JSON.stringify({ type: 'error', request_id: 'req_2', error: { type, message } }),
    );

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The signature that this request must have. Source: AWS Signature Version 4, steps to create a signed request. */
const signatureOf = ({ headers, path, text }: Exchange, secret: string): string => {
  const [, date = '', region = '', signed = ''] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/bedrock-mantle\/aws4_request, SignedHeaders=([^,]+)/.exec(String(headers.authorization)) ?? [];
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = ['POST', path, '', lines.join(''), signed, sha256(text)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), `${date}/${region}/bedrock-mantle/aws4_request`, sha256(canonical)];
  const key = [date, region, 'bedrock-mantle', 'aws4_request'].reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${secret}`);
  return hmac(key, toSign.join('\n')).toString('hex');
};

describe('aws: Messages on bedrock-mantle', () => {
  let server: RawBedrock;
  let home: Home;
  let restore: () => void;
  before(async () => {
    restore = quickBackOff();
    server = await startRawBedrock();
  });
  after(async () => {
    restore();
    await server.close();
  });
  beforeEach(async () => {
    home = await enterHome();
  });
  afterEach(async () => {
    disposeClients();
    await home.leave();
  });
  const run = (script: (exchange: Exchange) => void, changes: Parameters<typeof targetAt>[1] = {}): Promise<readonly RunEvent[]> => {
    server.answer(script);
    return collect(targetAt(server.url, { maxAttempts: 1, ...changes }), { call });
  };
  const failed = async (script: (exchange: Exchange) => void): Promise<RunFailure> => failureOf(await run(script));

  it('has an address for each Region, or the endpoint that was set', () => {
    assert.equal(
      mantleAddress({ ...targetAt(''), endpoint: undefined }, 'eusc-de-east-1'),
      'https://bedrock-mantle.eusc-de-east-1.api.aws',
    );
    assert.equal(mantleAddress(targetAt('http://127.0.0.1:1/'), 'us-east-1'), 'http://127.0.0.1:1');
  });

  it('sends the body as it is, with version and beta values in headers, and reads the answer', async () => {
    const events = await run(stream([...start, ...end]));
    assert.deepEqual(typesOf(events), ['started', 'text', 'stopped', 'usage', 'finished']);
    assert.equal(textOf(events), 'Hi');
    const writes = [
      { ttl: '1h', tokens: 20 },
      { ttl: '5m', tokens: 10 },
    ];
    assert.deepEqual(ofType(events, 'usage')[0]?.usage, { input: 4, output: 2, cacheRead: 20, cacheWrite: 30, writes });
    assert.equal(ofType(events, 'finished')[0]?.requestId, 'req_1');
    const [exchange] = server.exchanges;
    assert.equal(exchange?.path, '/anthropic/v1/messages');
    assert.equal(exchange.text, body);
    assert.equal(exchange.headers['anthropic-version'], '2023-06-01');
    assert.equal(exchange.headers['anthropic-beta'], 'one-2026,two-2026');
    assert.equal(exchange.headers['content-length'], String(Buffer.byteLength(body)));
  });

  it('is signed for the service bedrock-mantle by whoever was chosen', async () => {
    await home.write('config', '[profile dev]\nregion = eu-central-1\naws_access_key_id = DEVKEY\naws_secret_access_key = secret\n');
    await run(stream([...start, ...end]), { service: 'aws', profile: 'dev' });
    const [exchange] = server.exchanges;
    const authorization = String(exchange?.headers.authorization);
    assert.match(authorization, /^AWS4-HMAC-SHA256 Credential=DEVKEY\/\d{8}\/eu-central-1\/bedrock-mantle\/aws4_request, /);
    assert.ok(exchange);
    assert.equal(/Signature=(\w+)/.exec(authorization)?.[1], signatureOf(exchange, 'secret'));
  });

  it('goes with the API key alone where that is the identity', async () => {
    home.set({ AWS_BEARER_TOKEN_BEDROCK: 'bearer-secret', AWS_REGION: 'us-east-1' });
    const events = await run(stream([...start, ...end]), { service: 'aws' });
    assert.equal(events.at(-1)?.type, 'finished');
    const { headers } = server.exchanges[0] as Exchange;
    assert.equal(headers['x-api-key'], 'bearer-secret');
    assert.equal(headers.authorization, undefined);
    assert.ok(!JSON.stringify(events).includes('bearer-secret'));
  });

  const refusals: readonly (readonly [status: number, type: string, message: string, code: RunFailure['code']])[] = [
    [400, 'invalid_request_error', 'messages: Field required', 'invalidRequest'],
    [401, 'authentication_error', 'invalid x-api-key', 'credentials'],
    [403, 'permission_error', 'User is not authorized to perform: bedrock-mantle:CreateInference', 'accessDenied'],
    [404, 'not_found_error', 'model: us.anthropic.claude-test', 'modelNotFound'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'invalidRequest'],
    [429, 'rate_limit_error', 'Too many tokens per day, please wait before trying again.', 'throttled'],
    [500, 'api_error', 'Internal server error', 'unavailable'],
    [529, 'overloaded_error', 'Overloaded', 'unavailable'],
  ];
  for (const [status, type, message, code] of refusals)
    it(`tells of ${type} what it tells of its twin on Bedrock Runtime`, async () => {
      const failure = await failed(refuse(status, type, message));
      assert.deepEqual([failure.code, failure.detail, failure.requestId], [code, message, 'req_2']);
    });

  it('takes what AWS says before it, and pages of others, for what they are', async () => {
    const aws = await failed((exchange) => exchange.refuse(403, 'UnrecognizedClientException', 'The security token is invalid.'));
    assert.equal(aws.code, 'credentials');
    assert.equal((await failed((exchange) => exchange.reply(502, { 'content-type': 'text/html' }, '<p>Bad</p>'))).code, 'unavailable');
    assert.equal((await failed((exchange) => exchange.reply(200, { 'content-type': 'text/html' }, '<p>Hi</p>'))).code, 'otherAnswer');
    assert.equal((await failed((exchange) => exchange.json({ type: 'message' }))).code, 'otherAnswer');
    const moved = await failed((exchange) => exchange.reply(307, { location: 'http://127.0.0.1:9/moved' }, ''));
    assert.deepEqual([moved.code, moved.code === 'otherAnswer' && moved.said], ['otherAnswer', 'http://127.0.0.1:9/moved']);
  });

  it('is asked for again where the service refused for now, and says which attempt it is', async () => {
    server.answer(
      refuse(429, 'rate_limit_error', 'Too many requests'),
      refuse(529, 'overloaded_error', 'Overloaded'),
      stream([...start, ...end]),
    );
    const events = await collect(targetAt(server.url, { maxAttempts: 3 }), { call });
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'retrying', 'text', 'stopped', 'usage', 'finished']);
    assert.deepEqual(
      server.exchanges.map(({ headers, text }) => [headers['amz-sdk-request'], text]),
      [1, 2, 3].map((attempt) => [`attempt=${attempt}; max=3`, body]),
    );
  });

  it('is not asked for again once it may have been worked on', async () => {
    server.answer((exchange) => exchange.reset());
    assert.equal(failureOf(await collect(targetAt(server.url, { maxAttempts: 3 }), { call })).code, 'unanswered');
    assert.equal(server.exchanges.length, 1);
    server.answer(refuse(500, 'api_error', 'Internal server error'));
    await collect(targetAt(server.url, { maxAttempts: 3 }), { call });
    assert.equal(server.exchanges.length, 3, 'it said itself that it failed');
  });

  it('keeps what came before a stream broke, and never calls it whole', async () => {
    const overloaded = await run(stream([...start, event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })]));
    assert.deepEqual([textOf(overloaded), failureOf(overloaded).code], ['Hi', 'throttled']);
    const short = await run(stream(start));
    assert.deepEqual([textOf(short), failureOf(short).code], ['Hi', 'interrupted']);
    const cut = await run((exchange) => {
      exchange.head({ 'content-type': 'text/event-stream' });
      for (const bytes of start) exchange.write(bytes);
      setTimeout(() => exchange.cut(), 20);
    });
    assert.equal(failureOf(cut).code, 'interrupted');
  });

  it('ends when nothing comes, before the first byte and in the middle', async () => {
    const silent = await run(() => undefined, { timeoutMs: 200 });
    assert.equal(failureOf(silent).code, 'timeout');
    const stalled = await run(
      (exchange) => {
        exchange.head({ 'content-type': 'text/event-stream' });
        for (const bytes of start) exchange.write(bytes);
      },
      { timeoutMs: 200 },
    );
    assert.equal(failureOf(stalled).code, 'timeout');
  });

  it('stops on the wire when it is canceled, before and in the middle of the answer', async () => {
    for (const begun of [false, true]) {
      server.answer((exchange) => {
        if (begun) exchange.head({ 'content-type': 'text/event-stream' });
        if (begun) for (const bytes of start) exchange.write(bytes);
      });
      const abort = new AbortController();
      const running = collect(targetAt(server.url), {
        call,
        signal: abort.signal,
        watch: ({ type }) => type === 'text' && abort.abort(),
      });
      const exchange = await server.request(1);
      if (!begun) abort.abort();
      await exchange.closed;
      assert.equal(failureOf(await running).code, 'canceled');
    }
  });
});

const handbook = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(200);

describe('aws: Messages on bedrock-mantle of the emulator', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ speed: 0 });
  });
  after(async () => {
    disposeClients();
    await emulator.close();
  });
  const bodyOf = (over: object = {}): WireCall => ({
    api: 'messages',
    door: 'Messages',
    modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    betas: [],
    body: JSON.stringify({
      model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      stream: true,
      max_tokens: 60,
      system: handbook,
      cache_control: { type: 'ephemeral', ttl: '1h' },
      messages: [{ role: 'user', content: 'May I return a kettle?' }],
      ...over,
    }),
  });
  const events = (of: WireCall): Promise<readonly RunEvent[]> => collect(targetAt(emulator.url), { call: of });

  it('writes and reads by a cache_control of the whole request', async () => {
    const [cold, warm] = [ofType(await events(bodyOf()), 'usage')[0]?.usage, ofType(await events(bodyOf()), 'usage')[0]?.usage];
    assert.ok(cold && warm && (cold.cacheWrite ?? 0) > 1_024);
    assert.deepEqual(cold.writes, [{ ttl: '1h', tokens: cold.cacheWrite }]);
    assert.deepEqual([warm.cacheRead, warm.cacheWrite], [cold.cacheWrite, 0]);
  });

  it('writes what the plan says of such a request', async () => {
    const text = JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 60,
      system: `${handbook} Of the plan.`,
      cache_control: { type: 'ephemeral' },
      messages: [{ role: 'user', content: 'May I return a kettle?' }],
    });
    const settings = { ...defaultSettings, defaultModelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', door: 'mantle' as const };
    const { prompt, plan } = analyzeOnly(text, 'messages', noFiles, settings);
    const sent = wireCall(prompt, () => undefined, plan.modelId, plan.door);
    const [usage] = ofType(await events(sent), 'usage');
    assert.equal(usage?.usage.cacheWrite, Math.round(plan.checkpoints[0]?.prefix.likely ?? 0));
  });

  it('meets a clock that is an hour ahead, and gets through at the second attempt', async () => {
    await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: '{"faults":["clock-skew","clock-skew"]}' });
    const all = await events(bodyOf());
    assert.deepEqual(typesOf(all).slice(0, 2), ['started', 'retrying']);
    assert.equal(all.at(-1)?.type, 'finished');
    disposeClients();
  });

  it('fails with each refusal as Bedrock Runtime would', async () => {
    const order = ['throttle-day', 'access-denied', 'expired-token', 'validation-stream', 'no-metadata'];
    const codes: string[] = [];
    for (const fault of order) {
      await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify({ faults: [fault] }) });
      const last = (await events(bodyOf())).at(-1);
      codes.push(last?.type === 'failed' ? last.failure.code : (last?.type ?? ''));
    }
    assert.deepEqual(codes, ['throttled', 'accessDenied', 'credentials', 'modelFailed', 'interrupted']);
  });
});
