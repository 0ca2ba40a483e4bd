import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { disposeClients } from '../../../src/aws/clients';
import type { OtherAnswer } from '../../../src/core/runs/failure';
import { collect, failureOf, ofType, targetAt, textOf, typesOf } from './support/calls';
import { useQuickService } from './support/quickService';
import { frame, messageStart, messageStop, metadata, textDelta, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const throttledInStream = frame('throttlingException', { message: 'Too many tokens, please wait before trying again.' }, 'exception');

describe('aws: limits, retries and broken streams', () => {
  let server: RawBedrock;
  useQuickService((started) => (server = started));

  it('gives up waiting for the reply after the limit', async () => {
    server.answer(() => undefined);
    const failure = failureOf(await collect(targetAt(server.url, { timeoutMs: 80, maxAttempts: 1 })));
    assert.equal(failure.code === 'timeout' && failure.afterMs, 80);
  });

  const silences: readonly { readonly what: string; readonly script: Parameters<RawBedrock['answer']>[0] }[] = [
    { what: 'nothing comes', script: () => undefined },
    { what: 'only the head of an answer comes', script: (exchange) => exchange.head() },
    {
      what: 'the answer begins and says nothing',
      script: (exchange) => {
        exchange.head();
        exchange.write(messageStart);
      },
    },
  ];
  for (const { what, script } of silences) {
    it(`sends a call once when ${what} within the limit, however many attempts are allowed`, async () => {
      server.answer(script);
      const events = await collect(targetAt(server.url, { timeoutMs: 80, maxAttempts: 10 }));
      assert.deepEqual(typesOf(events), ['started', 'failed']);
      assert.equal(failureOf(events).code, 'timeout');
      assert.equal(server.exchanges.length, 1);
    });

    it(`sends a call once on a connection kept open when ${what} within the limit`, async () => {
      server.answer((exchange) => exchange.stream(wholeAnswer()), script);
      const target = targetAt(server.url, { timeoutMs: 200, maxAttempts: 10 });
      await collect(target);
      assert.equal(failureOf(await collect(target)).code, 'timeout');
      assert.equal(server.exchanges.length, 2);
    });
  }

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

  it('waits as long as the service asks for, in seconds or until a time, and says how long', async () => {
    const asks = (after: string) => (exchange: Parameters<Parameters<RawBedrock['answer']>[0]>[0]) =>
      exchange.refuse(429, 'ThrottlingException', 'wait', { 'retry-after': after });
    server.answer(asks('0.3'), asks(new Date(Date.now() + 1_500).toUTCString()), (exchange) => exchange.stream(wholeAnswer()));
    const since = performance.now();
    const events = await collect(targetAt(server.url));
    const [first = 0, second = 0] = ofType(events, 'retrying').map(({ waitMs }) => waitMs);
    assert.equal(first, 300);
    assert.ok(second <= 1_500, `${second}`);
    assert.ok(performance.now() - since >= first + second);
    assert.equal(events.at(-1)?.type, 'finished');
  });

  it('waits a third of a minute at most', async () => {
    server.answer((exchange) => exchange.refuse(429, 'ThrottlingException', 'wait', { 'retry-after': '3600' }));
    const controller = new AbortController();
    const events = await collect(targetAt(server.url), {
      signal: controller.signal,
      watch: ({ type }) => {
        if (type === 'retrying') controller.abort();
      },
    });
    assert.deepEqual(
      ofType(events, 'retrying').map(({ waitMs }) => waitMs),
      [20_000],
    );
    assert.equal(failureOf(events).code, 'canceled');
  });

  it('says the status of an answer that is a page, which its reader knows nothing of', async () => {
    for (const status of [502, 504]) {
      server.answer(
        (exchange) => exchange.reply(status, { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>'),
        (exchange) => exchange.stream(wholeAnswer()),
      );
      const events = await collect(targetAt(server.url));
      assert.deepEqual(
        ofType(events, 'retrying').map(({ reason }) => reason),
        [`HTTP ${status}`],
      );
    }
  });

  it('sends a call once whose first byte comes after the limit', async () => {
    let late: NodeJS.Timeout | undefined;
    server.answer((exchange) => {
      late = setTimeout(() => exchange.stream(wholeAnswer()), 300);
    });
    const events = await collect(targetAt(server.url, { timeoutMs: 80, maxAttempts: 10 }));
    clearTimeout(late);
    assert.deepEqual(typesOf(events), ['started', 'failed']);
    assert.equal(failureOf(events).code, 'timeout');
    assert.equal(server.exchanges.length, 1);
  });

  it('does not announce a try after the last one', async () => {
    server.answer((exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many requests'));
    const events = await collect(targetAt(server.url, { maxAttempts: 2 }));
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'failed']);
    const failure = failureOf(events);
    assert.deepEqual(failure, {
      code: 'throttled',
      midStream: false,
      attempts: 2,
      quota: 'minute',
      detail: 'Too many requests',
      requestId: 'request-1',
      error: 'ThrottlingException, HTTP 429',
    });
    assert.equal(server.exchanges.length, 2);
  });

  for (const how of ['cut', 'reset'] as const) {
    it(`never sends a call again whose new connection is ${how} before the reply`, async () => {
      disposeClients();
      server.answer((exchange) => exchange[how]());
      const events = await collect(targetAt(server.url, { maxAttempts: 10 }));
      assert.deepEqual(typesOf(events), ['started', 'failed']);
      const failure = failureOf(events);
      assert.ok(failure.code === 'unanswered');
      assert.deepEqual([failure.endpoint, failure.cause], [server.url, 'ECONNRESET']);
      assert.equal(server.exchanges.length, 1);
    });

    it(`sends a call once more when a connection kept open from an earlier call is ${how} before the reply`, async () => {
      const answered: Parameters<RawBedrock['answer']>[0] = (exchange) => exchange.stream(wholeAnswer());
      server.answer(answered, (exchange) => exchange[how](), answered);
      await collect(targetAt(server.url));
      const events = await collect(targetAt(server.url));
      assert.deepEqual(
        ofType(events, 'retrying').map(({ attempt, reason }) => [attempt, reason]),
        [[2, 'ECONNRESET']],
      );
      assert.equal(ofType(events, 'finished')[0]?.attempts, 2);
      const [first, second, third] = server.exchanges.map(({ connection }) => connection);
      assert.equal(first, second);
      assert.notEqual(second, third);
    });
  }

  it('sends a call once more only, and not at all once a byte of a reply has come', async () => {
    const answered: Parameters<RawBedrock['answer']>[0] = (exchange) => exchange.stream(wholeAnswer());
    server.answer(answered, (exchange) => exchange.cut());
    await collect(targetAt(server.url));
    assert.equal(failureOf(await collect(targetAt(server.url, { maxAttempts: 10 }))).code, 'unanswered');
    assert.equal(server.exchanges.length, 3);
    server.answer(answered, (exchange) => exchange.raw('HTTP/1.1 2'));
    await collect(targetAt(server.url));
    const events = await collect(targetAt(server.url, { maxAttempts: 10 }));
    assert.deepEqual(typesOf(events), ['started', 'failed']);
    assert.equal(server.exchanges.length, 2);
  });

  it('tries again to reach an endpoint where nothing listens, and says each attempt', async () => {
    const events = await collect(targetAt('http://127.0.0.1:1', { maxAttempts: 3 }));
    assert.deepEqual(typesOf(events), ['started', 'retrying', 'retrying', 'failed']);
    assert.equal(failureOf(events).code, 'network');
  });

  it('does not wait for seconds where a quota is per day', async () => {
    server.answer((exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'));
    const events = await collect(targetAt(server.url));
    assert.deepEqual(typesOf(events), ['started', 'failed']);
  });

  it('tells the service which attempt it is', async () => {
    server.answer(
      (exchange) => exchange.refuse(429, 'ThrottlingException', 'wait'),
      (exchange) => exchange.stream(wholeAnswer()),
    );
    await collect(targetAt(server.url));
    assert.deepEqual(
      server.exchanges.map(({ headers }) => headers['amz-sdk-request']),
      ['attempt=1; max=3', 'attempt=2; max=3'],
    );
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
      quota: 'minute',
      detail: 'Too many tokens, please wait before trying again.',
      requestId: 'request-1',
      error: 'ThrottlingException',
    });
    assert.equal(server.exchanges.length, 1);
  });

  const broken: readonly { readonly what: string; readonly frames: readonly Buffer[]; readonly text: string }[] = [
    { what: 'without messageStop', frames: [messageStart, textDelta('all'), metadata()], text: 'all' },
    { what: 'that ends after the first text', frames: [messageStart, textDelta('some')], text: 'some' },
    { what: 'without any event', frames: [], text: '' },
    { what: 'that ends inside a frame', frames: [messageStart, textDelta('some'), textDelta('more').subarray(0, 20)], text: 'some' },
    { what: 'that ends inside its first frame', frames: [messageStart.subarray(0, 30)], text: '' },
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

  it('tells a model that fails in its answer from a stream that was cut', async () => {
    server.answer((exchange) =>
      exchange.stream([messageStart, textDelta('some'), frame('modelStreamErrorException', { message: 'x' }, 'exception')]),
    );
    const events = await collect(targetAt(server.url));
    assert.equal(textOf(events), 'some');
    const failure = failureOf(events);
    assert.ok(failure.code === 'modelFailed' && failure.why === 'stream' && failure.requestId === 'request-1');
  });

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
      {
        code: 'network',
        endpoint: 'http://127.0.0.1:1',
        cause: 'ECONNREFUSED',
        trouble: 'refused',
        detail: '',
        requestId: undefined,
        error: 'Error, ECONNREFUSED',
      },
    );
  });

  it('names the endpoint when it does not speak TLS', async () => {
    const failure = failureOf(await collect(targetAt(server.url.replace('http:', 'https:'), { maxAttempts: 1 })));
    assert.equal(failure.code, 'network');
  });

  it('calls an answer that came to its end whole, also when its figures never come', async () => {
    const whole = [messageStart, textDelta('all'), messageStop];
    const endings: readonly Parameters<RawBedrock['answer']>[0][] = [
      (exchange) => exchange.stream(whole),
      (exchange) => exchange.stream([...whole, metadata().subarray(0, 20)]),
      (exchange) => {
        exchange.head();
        for (const bytes of whole) exchange.write(bytes);
        setTimeout(() => exchange.cut(), 10);
      },
      (exchange) => {
        exchange.head();
        for (const bytes of whole) exchange.write(bytes);
      },
    ];
    for (const ending of endings) {
      server.answer(ending);
      const events = await collect(targetAt(server.url, { timeoutMs: 200 }));
      assert.deepEqual(typesOf(events), ['started', 'text', 'stopped', 'finished']);
      assert.equal(server.exchanges.length, 1);
    }
  });

  const others: readonly { readonly answer: OtherAnswer; readonly type: string; readonly body: string }[] = [
    { answer: 'otherType', type: 'text/html', body: '<!DOCTYPE html><p>Please sign in to the network' },
    { answer: 'json', type: 'application/json', body: '{"output": {}}' },
    { answer: 'json', type: 'application/problem+json; charset=utf-8', body: '{}' },
    { answer: 'empty', type: '', body: '' },
    { answer: 'empty', type: 'application/json', body: '' },
  ];
  for (const { answer, type, body } of others) {
    it(`says what came where an event stream should be: ${type === '' ? 'nothing' : type}, ${body.length} bytes`, async () => {
      server.answer((exchange) => exchange.reply(200, type === '' ? {} : { 'content-type': type }, body));
      const events = await collect(targetAt(server.url));
      const failure = failureOf(events);
      assert.ok(failure.code === 'otherAnswer', failure.code);
      assert.deepEqual([failure.answer, failure.endpoint], [answer, server.url]);
      assert.equal(server.exchanges.length, 1);
    });
  }

  it('says where a redirect leads, and does not follow it', async () => {
    server.answer((exchange) => exchange.reply(307, { location: 'https://elsewhere.invalid/model' }, ''));
    const failure = failureOf(await collect(targetAt(server.url)));
    assert.ok(failure.code === 'otherAnswer');
    assert.deepEqual([failure.answer, failure.said], ['redirect', 'https://elsewhere.invalid/model']);
    assert.equal(server.exchanges.length, 1);
  });

  it('survives an endpoint that does not speak HTTP', async () => {
    const babbler = createServer((socket) => void socket.end('hello\r\n\r\n'));
    await new Promise<void>((resolve) => babbler.listen(0, '127.0.0.1', resolve));
    const { port } = babbler.address() as AddressInfo;
    const failure = failureOf(await collect(targetAt(`http://127.0.0.1:${port}`)));
    assert.equal(failure.code === 'otherAnswer' && failure.answer, 'notHttp');
    babbler.close();
  });

  for (const endpoint of ['not an address', 'http://', 'ftp://127.0.0.1/']) {
    it(`fails as a value for the endpoint "${endpoint}"`, async () => {
      assert.ok(failureOf(await collect(targetAt(endpoint, { maxAttempts: 1 }))).detail.length > 0);
    });
  }
});
