import assert from 'node:assert/strict';
import { request } from 'node:http';

import fc from 'fast-check';

import type { Bench } from './bench';
import { openBench, sonnet } from './bench';

interface Plain {
  readonly status: number | undefined;
  readonly error: string | string[] | undefined;
  readonly body: string;
}

/** A request with any headers at all; `fetch` would set Host and Origin itself. */
const send = (bench: Bench, path: string, headers: Record<string, string>, body: string | Buffer = '{}', method = 'POST'): Promise<Plain> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: bench.emulator.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, error: response.headers['x-amzn-errortype'], body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.on('error', reject);
    if (method === 'GET') outgoing.end();
    else outgoing.end(body);
  });

const signed = { authorization: 'Bearer test' };
const path = `/model/${encodeURIComponent(sonnet)}/converse`;
const hello = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

describe('the emulator’s door', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());

  it('listens on the loopback interface only', () => {
    assert.match(bench.emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('takes SigV4 and bearer tokens of any value, and refuses a request with neither', async () => {
    assert.equal((await send(bench, path, signed, hello)).status, 200);
    assert.equal((await send(bench, path, { authorization: 'AWS4-HMAC-SHA256 Credential=x' }, hello)).status, 200);
    const { status, error } = await send(bench, path, {}, hello);
    assert.deepEqual([status, error], [403, 'MissingAuthenticationTokenException']);
  });

  it('refuses a web page: a foreign Origin, an opaque one, or a rebound Host', async () => {
    const own = `http://localhost:${bench.emulator.port}`;
    for (const headers of [
      { origin: 'https://example.com' },
      { origin: 'null' },
      { origin: 'file://' },
      { origin: 'http://localhost:1' },
      { origin: 'http://127.0.0.1' },
      { origin: own.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: own },
      { host: 'rebound.example.com' },
      { host: 'rebound.example.com@127.0.0.1' },
      { host: '127.0.0.1.example.com' },
    ]) {
      assert.equal((await send(bench, path, { ...signed, ...headers }, hello)).status, 403);
      assert.equal((await send(bench, '/_emulator/reset', headers)).status, 403);
    }
    for (const headers of [
      { origin: own },
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { host: `[::1]:${bench.emulator.port}`, origin: own },
    ])
      assert.equal((await send(bench, path, { ...signed, ...headers }, hello)).status, 200);
  });

  it('answers unknown paths and methods as unknown operations', async () => {
    for (const [method, where] of [
      ['GET', path],
      ['POST', '/model/x/dance'],
      ['POST', '/'],
      ['POST', '/model/%E0%A4%A/converse'],
      ['POST', '/model/arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6/converse'],
    ] as const)
      assert.equal((await send(bench, where, signed, '{}', method)).error, 'UnknownOperationException', `${method} ${where}`);
    assert.equal((await send(bench, '/_emulator/other', {})).status, 404);
  });

  it('refuses a body over 25 MB', async () => {
    const { status, error } = await send(bench, path, signed, Buffer.alloc(25 * 1024 * 1024 + 1, 32));
    assert.deepEqual([status, error], [413, 'ValidationException']);
  });

  it('refuses a body that is no JSON in proper UTF-8, and one that cannot be written down again', async () => {
    const text = (inner: string | Buffer) =>
      Buffer.concat([Buffer.from('{"messages": [{"role": "user", "content": [{"text": "'), Buffer.from(inner), Buffer.from('"}]}]}')]);
    const wrong: Readonly<Record<string, string | Buffer>> = {
      'a byte of Latin-1': text(Buffer.from('café', 'latin1')),
      'an overlong slash': text(Buffer.from([0xc0, 0xaf])),
      'half a pair in UTF-8': text(Buffer.from([0xed, 0xa0, 0xbd])),
      'a pair in halves': text(Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])),
      'half a pair by escape': text('\\ud83d'),
      'halves in the wrong order': text('\\ude00\\ud83d'),
      'half a pair in a name': hello.replace('"role"', '"\\ud83d": 1, "role"'),
      'a number beyond all': hello.replace(/}$/, ', "inferenceConfig": {"maxTokens": 1e400}}'),
      'a number below all': hello.replace(/}$/, ', "additionalModelRequestFields": {"a": [-1e400]}}'),
      'a byte-order mark': `\ufeff${hello}`,
      NaN: hello.replace(/}$/, ', "inferenceConfig": {"temperature": NaN}}'),
    };
    for (const [what, body] of Object.entries(wrong)) {
      const { status, error } = await send(bench, path, signed, body);
      assert.deepEqual([status, error], [400, 'SerializationException'], what);
    }
  });

  it('takes a whole pair by escape, and a member that stands twice', async () => {
    for (const body of [
      hello.replace('Hello', '\\ud83d\\ude00'),
      hello.replace('"role"', '"role": "assistant", "role"'),
      hello.replace('"role"', '"\\u0072ole": "user", "role"'),
    ])
      assert.equal((await send(bench, path, signed, body)).status, 200, body);
  });

  it('logs what a request says on one line, without control characters', async () => {
    const lines: string[] = [];
    const logging = await openBench({ log: (line) => lines.push(line) });
    await send(logging, `/model/${encodeURIComponent('x\nforged\r\x1b[31m\u2028\u202eevil')}/converse`, signed, hello);
    assert.deepEqual(lines, ['converse x\\u{a}forged\\u{d}\\u{1b}[31m\\u{2028}\\u{202e}evil: ValidationException']);
    await logging.close();
  });

  it('refuses nesting of ten thousand levels', async () => {
    const deep = `{"messages": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    assert.equal((await send(bench, path, signed, deep)).error, 'SerializationException');
  });

  it('says a request id with every answer', async () => {
    const { headers } = await bench.post(path, hello);
    assert.match(headers.get('x-amzn-requestid') ?? '', /^id-\d+$/);
  });

  /** JSON that looks like a request here and there, so that the deeper checks are reached. */
  const wild = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>('user', 'assistant', 'system', 'text', 'default', '5m', '1h', 'ephemeral', 0, 1, true, null, ''),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          ...['messages', 'system', 'toolConfig', 'tools', 'toolChoice', 'role', 'content', 'text', 'cachePoint', 'type', 'ttl', 'toolUse'],
          ...['toolResult', 'toolUseId', 'input', 'name', 'document', 'source', 'cache_control', 'max_tokens', 'anthropic_version', 'auto'],
          ...[
            'inferenceConfig',
            'maxTokens',
            'additionalModelRequestFields',
            'thinking',
            'input_schema',
            'toolSpec',
            'inputSchema',
            'json',
          ],
        ),
        tie('value'),
        { maxKeys: 5 },
      ),
    ),
  })).value;

  it('answers any JSON and any text with 200 or a refusal, never a failure of its own', async function () {
    this.timeout(20_000);
    const operations = ['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream', 'count-tokens'];
    const models = [sonnet, 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'amazon.nova-lite-v1:0', 'meta.llama3-1-8b-instruct-v1:0'];
    const body = fc.oneof(
      fc
        .record(
          {
            messages: fc.array(
              fc.record({ role: fc.constantFrom('user', 'assistant'), content: fc.oneof(fc.array(wild, { maxLength: 3 }), wild) }),
              { maxLength: 3 },
            ),
            system: wild,
            toolConfig: wild,
            max_tokens: wild,
            anthropic_version: wild,
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      wild.map((value) => JSON.stringify(value) ?? ''),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.constantFrom(...models), body, async (operation, model, text) => {
        const { status, error } = await send(bench, `/model/${encodeURIComponent(model)}/${operation}`, signed, text);
        assert.ok(status === 200 || (status !== undefined && status >= 400 && status < 500 && error !== undefined), `${status}: ${text}`);
      }),
      { numRuns: 400 },
    );
  });
});
