import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { disposeClients } from '../../../src/aws/clients';
import { collect, failureOf, ofType, quickBackOff, targetAt, textOf, typesOf } from './support/calls';
import { frame, messageStart, messageStop, metadata, startRawBedrock, textDelta, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const throttledInStream = frame('throttlingException', { message: 'Too many tokens, please wait before trying again.' }, 'exception');

describe('aws: limits, retries and broken streams', () => {
  let server: RawBedrock;
  let restore: () => void;
  before(async () => {
    server = await startRawBedrock();
    restore = quickBackOff();
  });
  after(async () => {
    restore();
    disposeClients();
    await server.close();
  });

  it('gives up waiting for the reply after the limit', async () => {
    server.answer(() => undefined);
    const failure = failureOf(await collect(targetAt(server.url, { timeoutMs: 80, maxAttempts: 1 })));
    assert.equal(failure.code === 'timeout' && failure.afterMs, 80);
  });

  it('tries again after the limit and says so', async () => {
    server.answer(
      () => undefined,
      (exchange) => exchange.stream(wholeAnswer()),
    );
    const events = await collect(targetAt(server.url, { timeoutMs: 80, maxAttempts: 2 }));
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'text', 'stopped', 'usage', 'finished']);
    assert.equal(ofType(events, 'finished')[0]?.attempts, 2);
  });

  it('gives up on a stream that falls silent, and keeps the text', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      exchange.write(textDelta('so far'));
    });
    const events = await collect(targetAt(server.url, { timeoutMs: 80 }));
    assert.equal(textOf(events), 'so far');
    const failure = failureOf(events);
    assert.equal(failure.code === 'timeout' && failure.afterMs, 80);
    assert.equal(server.exchanges.length, 1);
  });

  it('lets a steady stream last longer than the limit', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      let left = 8;
      const timer = setInterval(() => {
        left -= 1;
        if (left > 0) return exchange.write(textDelta('.'));
        clearInterval(timer);
        for (const bytes of [messageStop, metadata()]) exchange.write(bytes);
        exchange.end();
      }, 40);
    });
    assert.equal((await collect(targetAt(server.url, { timeoutMs: 200 }))).at(-1)?.type, 'finished');
  });

  for (const [status, type] of [
    [429, 'ThrottlingException'],
    [503, 'ServiceUnavailableException'],
    [500, 'InternalServerException'],
    [429, 'ModelNotReadyException'],
  ] as const) {
    it(`repeats ${type} and reports each try`, async () => {
      const refuse = (exchange: Parameters<Parameters<RawBedrock['answer']>[0]>[0]): void => exchange.refuse(status, type, 'wait');
      server.answer(refuse, refuse, (exchange) => exchange.stream(wholeAnswer()));
      const events = await collect(targetAt(server.url));
      const retries = ofType(events, 'retrying').map(({ attempt, reason }) => ({ attempt, reason }));
      assert.deepEqual(retries, [
        { attempt: 2, reason: type },
        { attempt: 3, reason: type },
      ]);
      assert.equal(ofType(events, 'finished')[0]?.attempts, 3);
    });
  }

  it('does not announce a try after the last one', async () => {
    server.answer((exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many requests'));
    const events = await collect(targetAt(server.url, { maxAttempts: 2 }));
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'failed']);
    const failure = failureOf(events);
    assert.deepEqual(failure, { code: 'throttled', midStream: false, attempts: 2, detail: 'Too many requests', requestId: 'request-1' });
    assert.equal(server.exchanges.length, 2);
  });

  it('repeats a connection that is reset before the reply', async () => {
    server.answer(
      (exchange) => exchange.cut(),
      (exchange) => exchange.stream(wholeAnswer()),
    );
    const events = await collect(targetAt(server.url));
    assert.deepEqual(
      ofType(events, 'retrying').map(({ reason }) => reason),
      ['ECONNRESET'],
    );
    assert.equal(events.at(-1)?.type, 'finished');
  });

  it('signs again with the corrected clock when the service refuses the time', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const skewed = (exchange: Parameters<Parameters<RawBedrock['answer']>[0]>[0]): void =>
      exchange.refuse(403, 'InvalidSignatureException', 'Signature expired: too old', { date });
    server.answer(skewed, (exchange) => exchange.stream(wholeAnswer()));
    const events = await collect(targetAt(server.url, { region: 'eu-west-1' }));
    assert.equal(events.at(-1)?.type, 'finished');
    const [first, second] = server.exchanges.map(({ headers }) => String(headers['x-amz-date']));
    assert.notEqual(first?.slice(0, 11), second?.slice(0, 11));
  });

  it('repeats a stream that is throttled before any text', async () => {
    server.answer(
      (exchange) => exchange.stream([messageStart, throttledInStream]),
      (exchange) => exchange.stream(wholeAnswer()),
    );
    const events = await collect(targetAt(server.url));
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'text', 'stopped', 'usage', 'finished']);
    assert.equal(ofType(events, 'finished')[0]?.attempts, 2);
  });

  it('stops repeating a throttled stream at the limit of tries', async () => {
    server.answer((exchange) => exchange.stream([messageStart, throttledInStream]));
    const events = await collect(targetAt(server.url, { maxAttempts: 3 }));
    const failure = failureOf(events);
    assert.ok(failure.code === 'throttled' && failure.midStream);
    assert.equal(failure.attempts, 3);
    assert.equal(server.exchanges.length, 3);
    assert.deepEqual(
      ofType(events, 'retrying').map(({ attempt }) => attempt),
      [2, 3],
    );
  });

  it('does not repeat a stream that is throttled after text', async () => {
    server.answer((exchange) => exchange.stream([messageStart, textDelta('so far'), throttledInStream]));
    const events = await collect(targetAt(server.url));
    assert.equal(textOf(events), 'so far');
    const failure = failureOf(events);
    assert.deepEqual(failure, {
      code: 'throttled',
      midStream: true,
      attempts: 1,
      detail: 'Too many tokens, please wait before trying again.',
      requestId: 'request-1',
    });
    assert.equal(server.exchanges.length, 1);
  });

  const broken: readonly { readonly what: string; readonly frames: readonly Buffer[]; readonly text: string }[] = [
    { what: 'without metadata', frames: [messageStart, textDelta('all'), messageStop], text: 'all' },
    { what: 'without messageStop', frames: [messageStart, textDelta('all'), metadata()], text: 'all' },
    { what: 'that ends after the first text', frames: [messageStart, textDelta('some')], text: 'some' },
    { what: 'without any event', frames: [], text: '' },
    { what: 'that ends inside a frame', frames: [messageStart, textDelta('some'), textDelta('more').subarray(0, 20)], text: 'some' },
    { what: 'that ends inside its first frame', frames: [messageStart.subarray(0, 30)], text: '' },
    {
      what: 'with a model error',
      frames: [messageStart, textDelta('some'), frame('modelStreamErrorException', { message: 'x' }, 'exception')],
      text: 'some',
    },
  ];
  for (const { what, frames, text } of broken) {
    it(`calls a stream ${what} interrupted`, async () => {
      server.answer((exchange) => exchange.stream(frames));
      const events = await collect(targetAt(server.url));
      assert.equal(textOf(events), text);
      assert.equal(failureOf(events).code, 'interrupted');
      assert.equal(failureOf(events).requestId, 'request-1');
    });
  }

  it('calls a damaged frame interrupted', async () => {
    const damaged = Buffer.from(textDelta('damaged'));
    damaged.writeUInt8(damaged.readUInt8(60) ^ 0xff, 60);
    server.answer((exchange) => exchange.stream([messageStart, textDelta('ok'), damaged, messageStop, metadata()]));
    const events = await collect(targetAt(server.url));
    assert.equal(textOf(events), 'ok');
    assert.equal(failureOf(events).code, 'interrupted');
  });

  it('calls a connection cut in mid-stream interrupted', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      exchange.write(textDelta('some'));
      setTimeout(() => exchange.cut(), 10);
    });
    const events = await collect(targetAt(server.url));
    assert.equal(textOf(events), 'some');
    assert.equal(failureOf(events).code, 'interrupted');
    assert.equal(server.exchanges.length, 1);
  });

  it('tells a service error in mid-stream', async () => {
    server.answer((exchange) =>
      exchange.stream([messageStart, textDelta('some'), frame('internalServerException', { message: 'x' }, 'exception')]),
    );
    assert.equal(failureOf(await collect(targetAt(server.url))).code, 'unavailable');
  });

  it('names the endpoint when nothing listens there', async () => {
    const failure = failureOf(await collect(targetAt('http://127.0.0.1:1', { maxAttempts: 1 })));
    assert.deepEqual(
      { ...failure, detail: '' },
      { code: 'network', endpoint: 'http://127.0.0.1:1', cause: 'ECONNREFUSED', detail: '', requestId: undefined },
    );
  });

  it('names the endpoint when it does not speak TLS', async () => {
    const failure = failureOf(await collect(targetAt(server.url.replace('http:', 'https:'), { maxAttempts: 1 })));
    assert.equal(failure.code, 'network');
  });

  it('names the endpoint when the connection is reset at every try', async () => {
    server.answer((exchange) => exchange.cut());
    const failure = failureOf(await collect(targetAt(server.url, { maxAttempts: 2 })));
    assert.equal(failure.code === 'network' && failure.cause, 'ECONNRESET');
  });

  it('refuses a page where an event stream should be', async () => {
    server.answer((exchange) => {
      exchange.head({ 'content-type': 'text/html' });
      exchange.write(Buffer.from('<!DOCTYPE html><p>Please sign in to the network'));
      exchange.end();
    });
    const failure = failureOf(await collect(targetAt(server.url)));
    assert.equal(failure.code, 'network');
    assert.match(failure.detail, /text\/html/);
  });

  it('survives an endpoint that does not speak HTTP', async () => {
    const babbler = createServer((socket) => void socket.end('hello\r\n\r\n'));
    await new Promise<void>((resolve) => babbler.listen(0, '127.0.0.1', resolve));
    const { port } = babbler.address() as AddressInfo;
    const failure = failureOf(await collect(targetAt(`http://127.0.0.1:${port}`, { maxAttempts: 1 })));
    assert.equal(failure.code, 'network');
    babbler.close();
  });

  for (const endpoint of ['not an address', 'http://', 'ftp://127.0.0.1/']) {
    it(`fails as a value for the endpoint "${endpoint}"`, async () => {
      assert.ok(failureOf(await collect(targetAt(endpoint, { maxAttempts: 1 }))).detail.length > 0);
    });
  }
});
