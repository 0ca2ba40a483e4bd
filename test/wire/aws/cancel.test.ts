import assert from 'node:assert/strict';
import { run } from '../../../src/aws/run';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import type { CancelSignal } from '../../../src/core/runs/cancel';
import { call, collect, failureOf, quickBackOff, targetAt, textOf, typesOf, within } from './support/calls';
import { enterHome } from './support/home';
import { frame, messageStart, messageStop, metadata, startRawBedrock, textDelta, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

describe('aws: cancelling a call', () => {
  let server: RawBedrock;
  before(async () => (server = await startRawBedrock()));
  after(async () => {
    disposeClients();
    await server.close();
  });

  it('sends nothing when it is canceled before it begins', async () => {
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const events = await collect(targetAt(server.url), { signal: AbortSignal.abort() });
    assert.equal(failureOf(events).code, 'canceled');
    assert.equal(server.exchanges.length, 0);
  });

  it('ends at once and closes the connection while it waits for the reply', async () => {
    server.answer(() => undefined);
    const controller = new AbortController();
    const running = collect(targetAt(server.url), { signal: controller.signal });
    const exchange = await server.request(1);
    controller.abort();
    assert.equal(failureOf(await within(500, running)).code, 'canceled');
    await within(500, exchange.closed);
    assert.equal(server.exchanges.length, 1);
  });

  it('ends at once in mid-stream, keeps the text and closes the connection', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      exchange.write(textDelta('so far'));
    });
    const controller = new AbortController();
    const watch = ({ type }: { readonly type: string }): void => void (type === 'text' && setImmediate(() => controller.abort()));
    const events = await within(500, collect(targetAt(server.url), { signal: controller.signal, watch }));
    assert.equal(textOf(events), 'so far');
    assert.deepEqual(failureOf(events), { code: 'canceled', detail: 'The call was canceled.', requestId: 'request-1' });
    await within(500, (await server.request(1)).closed);
  });

  it('is canceled even if more of the answer is already here', async () => {
    server.answer((exchange) => exchange.stream([messageStart, textDelta('one'), textDelta('two'), messageStop, metadata()]));
    const controller = new AbortController();
    const events = await collect(targetAt(server.url), {
      signal: controller.signal,
      watch: ({ type }) => void (type === 'stopped' && controller.abort()),
    });
    assert.equal(textOf(events), 'onetwo');
    assert.equal(failureOf(events).code, 'canceled');
  });

  it('is finished if the whole answer came before', async () => {
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const controller = new AbortController();
    const events = await collect(targetAt(server.url), {
      signal: controller.signal,
      watch: ({ type }) => void (type === 'usage' && controller.abort()),
    });
    assert.equal(events.at(-1)?.type, 'finished');
  });

  const slowly = (work: () => Promise<void>) => async () => {
    const { random } = Math;
    Math.random = () => 0.999;
    try {
      await work();
    } finally {
      Math.random = random;
    }
  };

  it(
    'ends at once while the SDK waits before another try',
    slowly(async () => {
      server.answer((exchange) => exchange.refuse(429, 'ThrottlingException', 'Too many requests'));
      const controller = new AbortController();
      const watch = ({ type }: { readonly type: string }): void => void (type === 'retrying' && setTimeout(() => controller.abort(), 10));
      const events = await within(300, collect(targetAt(server.url), { signal: controller.signal, watch }));
      assert.deepEqual(typesOf(events), ['started', 'retrying', 'failed']);
      assert.equal(failureOf(events).code, 'canceled');
      assert.equal(server.exchanges.length, 1);
    }),
  );

  it(
    'ends at once while it waits to repeat a stream that was throttled before any text',
    slowly(async () => {
      server.answer((exchange) => exchange.stream([messageStart, frame('throttlingException', { message: 'slow' }, 'exception')]));
      const controller = new AbortController();
      const watch = ({ type }: { readonly type: string }): void => void (type === 'retrying' && setTimeout(() => controller.abort(), 10));
      const events = await within(300, collect(targetAt(server.url), { signal: controller.signal, watch }));
      assert.deepEqual(typesOf(events), ['started', 'retrying', 'failed']);
      assert.equal(failureOf(events).code, 'canceled');
    }),
  );

  it('ends at once while it signs in', async () => {
    const home = await enterHome();
    try {
      home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/credentials` });
      server.answer(() => undefined);
      const controller = new AbortController();
      const target = targetAt(server.url, { service: 'aws', region: 'us-east-1' });
      const running = collect(target, { signal: controller.signal });
      const exchange = await server.request(1);
      assert.equal(exchange.path, '/credentials');
      controller.abort();
      assert.equal(failureOf(await within(300, running)).code, 'canceled');
      // An answer after all: the SDK would otherwise ask again for seconds.
      exchange.json({ AccessKeyId: 'KEY', SecretAccessKey: 's', Token: 't', Expiration: new Date(Date.now() + 3_600_000).toISOString() });
    } finally {
      await home.leave();
    }
  });

  it('closes the connection when its reader leaves', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      exchange.write(textDelta('a'));
    });
    for await (const event of run(call, targetAt(server.url), new AbortController().signal)) if (event.type === 'text') break;
    await within(500, (await server.request(1)).closed);
  });

  it('lets go of the signal when the call has ended', async () => {
    const listeners = new Set<() => void>();
    const signal: CancelSignal = {
      aborted: false,
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    };
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    let most = 0;
    for await (const event of run(call, targetAt(server.url), signal)) most = Math.max(most, event.type === 'text' ? listeners.size : 0);
    assert.equal(most, 1);
    assert.equal(listeners.size, 0);
  });

  it('does not touch the other of two parallel calls', async () => {
    server.answer((exchange) => {
      exchange.head();
      exchange.write(messageStart);
      exchange.write(textDelta('a'));
      setTimeout(() => {
        for (const bytes of [messageStop, metadata()]) exchange.write(bytes);
        exchange.end();
      }, 50);
    });
    const controller = new AbortController();
    const watch = ({ type }: { readonly type: string }): void => void (type === 'text' && controller.abort());
    const [canceled, other] = await Promise.all([
      collect(targetAt(server.url), { signal: controller.signal, watch }),
      collect(targetAt(server.url)),
    ]);
    assert.equal(failureOf(canceled).code, 'canceled');
    assert.equal(other.at(-1)?.type, 'finished');
  });

  it('cancels counting tokens', async () => {
    server.answer(() => undefined);
    const controller = new AbortController();
    const counting = countTokens(call, targetAt(server.url), controller.signal);
    const exchange = await server.request(1);
    controller.abort();
    const answer = await within(500, counting);
    assert.ok('code' in answer && answer.code === 'canceled');
    await within(500, exchange.closed);
  });

  it('leaves no promise rejected unseen', async () => {
    const unseen: unknown[] = [];
    const note = (reason: unknown): void => void unseen.push(reason);
    process.on('unhandledRejection', note);
    const restore = quickBackOff();
    try {
      for (const delayMs of [0, 1, 2, 4, 8]) {
        server.answer((exchange) =>
          exchange.stream([messageStart, ...Array.from({ length: 200 }, () => textDelta('x')), messageStop, metadata()]),
        );
        const controller = new AbortController();
        setTimeout(() => controller.abort(), delayMs);
        const events = await within(1_000, collect(targetAt(server.url), { signal: controller.signal }));
        if (events.at(-1)?.type === 'failed') assert.equal(failureOf(events).code, 'canceled');
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(unseen, []);
    } finally {
      restore();
      process.off('unhandledRejection', note);
    }
  });
});
