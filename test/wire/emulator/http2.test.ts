import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ClientHttp2Session } from 'node:http2';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';

import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';

import type { Bench } from './bench';
import { cachePoint, openBench, openClient, prose, sonnet, user } from './bench';

const asking = (text: string) => ({ modelId: sonnet, system: [{ text: prose(600) }, cachePoint()], messages: [user({ text })] });

/** One stream of a session: its status and text, or the code of its end. */
const send = async (session: ClientHttp2Session, headers: Readonly<Record<string, string>>, body = '{}'): Promise<string> => {
  const stream = session.request({ ':method': 'POST', authorization: 'Bearer test', ...headers });
  let answer = '';
  stream.on('response', (head) => (answer += `${head[':status'] ?? ''} ${String(head['x-amzn-errortype'] ?? '')} `));
  stream.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  stream.end(body);
  return once(stream, 'close').then(
    () => answer,
    (error: Error & { code?: string }) => `${answer}${error.code ?? ''}`,
  );
};

describe('the emulator over HTTP/2', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  it('answers the SDK’s own default for Bedrock Runtime', async () => {
    const client = new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: bench.emulator.url,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
    assert.equal(client.config.requestHandler.metadata?.handlerProtocol, 'h2');
    const { usage } = await client.send(new ConverseCommand(asking('one')));
    assert.ok((usage?.cacheWriteInputTokens ?? 0) > 1_024);
    client.destroy();
  });

  it('shares one port and one cache with HTTP/1.1, and says the same', async () => {
    const client = openClient(bench.emulator.url, 1, 'HTTP/2');
    const cold = await bench.usage(asking('one'));
    const { stream } = await client.send(new ConverseStreamCommand(asking('one')));
    const events = [];
    for await (const event of stream ?? []) events.push(event);
    const text = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? []).join('');
    const whole = await bench.client.send(new ConverseCommand(asking('one')));
    assert.equal(events.at(-1)?.metadata?.usage?.cacheReadInputTokens, cold.cacheWriteInputTokens);
    assert.equal(text, whole.output?.message?.content?.[0]?.text);
    client.destroy();
  });

  const within = async (use: (session: ClientHttp2Session) => Promise<void>): Promise<void> => {
    const session = connectHttp2(bench.emulator.url);
    session.on('error', () => undefined);
    await use(session);
    session.destroy();
  };
  const hello = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
  const path = `/model/${encodeURIComponent(sonnet)}/converse`;

  it('answers many calls of one connection at once', () =>
    within(async (session) => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(session, { ':path': path }, hello)));
      for (const answer of answers) assert.match(answer, /^200 .*Simulated by/);
    }));

  it('breaks one answer off and leaves the others of its connection alone', () =>
    within(async (session) => {
      const [cut, whole] = await Promise.all([
        send(session, { ':path': path, 'x-cachepoint-fault': 'cut' }, hello),
        send(session, { ':path': path }, hello),
      ]);
      assert.match(cut, /^200 .*ERR_HTTP2_STREAM_ERROR$/s);
      assert.match(whole, /^200 .*\}$/s);
    }));

  it('refuses what HTTP/1.1 refuses: pages, other names, no signature, unknown paths, bodies over 25 MB', () =>
    within(async (session) => {
      assert.match(await send(session, { ':path': path, origin: 'https://example.com' }), /^403 ForbiddenException/);
      assert.match(await send(session, { ':path': path, ':authority': 'rebound.example.com' }), /^403 ForbiddenException/);
      assert.match(await send(session, { ':path': path, authorization: 'none' }), /^403 MissingAuthenticationTokenException/);
      assert.match(await send(session, { ':path': '/' }), /^404 UnknownOperationException/);
      assert.match(await send(session, { ':path': path }, ' '.repeat(25 * 1024 * 1024 + 1)), /^413 ValidationException/);
      assert.match(await send(session, { ':path': path }, hello), /^200 /);
    }));

  it('takes a body of several megabytes', () =>
    within(async (session) => {
      const large = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }], requestMetadata: { a: 'b' } });
      assert.match(await send(session, { ':path': path }, ' '.repeat(4_000_000) + large), /^200 /);
    }));
});

describe('the emulator’s port', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  /** What comes back for bytes that are sent one by one. */
  const dribble = async (text: string): Promise<string> => {
    const socket = connect(bench.emulator.port, '127.0.0.1');
    socket.setNoDelay(true);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    for (const character of text) {
      socket.write(character);
      await new Promise((resolve) => setImmediate(resolve));
    }
    while (answer === '') await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    return answer;
  };

  it('tells the versions apart however their first bytes arrive', async () => {
    const head = 'host: 127.0.0.1\r\nconnection: close\r\n\r\n';
    assert.match(await dribble(`GET /_emulator/state HTTP/1.1\r\n${head}`), /^HTTP\/1\.1 200 OK/);
    assert.match(await dribble(`PROPFIND / HTTP/1.1\r\n${head}`), /^HTTP\/1\.1 404/);
    assert.match(await dribble(`PRIVATE / HTTP/1.1\r\n${head}`), /^HTTP\/1\.1 400/);
    // The frame of SETTINGS, which a server of HTTP/2 sends first, has type 4.
    assert.match(await dribble('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), /^\0..\x04/s);
  });

  it('lets go of connections that say nothing, and closes with some open', async () => {
    const silent = connect(bench.emulator.port, '127.0.0.1');
    const half = connect(bench.emulator.port, '127.0.0.1');
    half.write('PRI * HT');
    half.end();
    half.resume();
    await once(half, 'close');
    const closed = once(silent, 'close');
    silent.on('error', () => undefined);
    silent.resume();
    await bench.emulator.close();
    await closed;
  });
});
