import assert from 'node:assert/strict';
import { disposeClients, leaseClient } from '../../../src/aws/clients';
import { run } from '../../../src/aws/run';
import { call, callOf, collect, neverAborted, request, targetAt, textOf } from './support/calls';
import { messageStart, messageStop, metadata, startRawBedrock, textDelta, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('aws: clients', () => {
  let server: RawBedrock;
  beforeEach(async () => {
    server = await startRawBedrock();
    server.answer((exchange) => exchange.stream(wholeAnswer()));
  });
  afterEach(async () => {
    disposeClients();
    await server.close();
  });

  it('uses one client and one connection for calls to the same target', async () => {
    const first = await leaseClient(targetAt(server.url));
    const second = await leaseClient(targetAt(server.url));
    assert.equal(first?.client, second?.client);
    first?.release();
    second?.release();
    for (let call = 0; call < 3; call += 1) await collect(targetAt(server.url));
    assert.deepEqual(
      server.exchanges.map(({ connection }) => connection),
      [1, 1, 1],
    );
  });

  it('takes a new client when any part of the target changes, and closes the old connection', async () => {
    await collect(targetAt(server.url));
    const target = targetAt(server.url);
    for (const changed of [{ region: 'eu-west-1' }, { timeoutMs: 1_000 }, { maxAttempts: 1 }]) await collect({ ...target, ...changed });
    assert.deepEqual(
      server.exchanges.map(({ connection }) => connection),
      [1, 2, 3, 4],
    );
    await settled();
    assert.equal(server.connections, 1);
  });

  it('lets a call end before its client is closed', async () => {
    let finish = (): void => undefined;
    server.answer(
      (exchange) => {
        exchange.head();
        exchange.write(messageStart);
        exchange.write(textDelta('slow '));
        finish = () => {
          for (const bytes of [textDelta('end'), messageStop, metadata()]) exchange.write(bytes);
          exchange.end();
        };
      },
      (exchange) => exchange.stream(wholeAnswer('other')),
    );
    const slow = collect(targetAt(server.url), { watch: ({ type }) => void (type === 'text' && began()) });
    let began = (): void => undefined;
    await new Promise<void>((resolve) => (began = resolve));
    assert.equal(textOf(await collect(targetAt(server.url, { region: 'eu-west-1' }))), 'other');
    disposeClients();
    finish();
    const events = await slow;
    assert.equal(textOf(events), 'slow end');
    assert.equal(events.at(-1)?.type, 'finished');
    await settled();
    assert.equal(server.connections, 0);
  });

  it('closes its connections on dispose and works again afterwards', async () => {
    await collect(targetAt(server.url));
    assert.equal(server.connections, 1);
    disposeClients();
    disposeClients();
    await settled();
    assert.equal(server.connections, 0);
    assert.equal((await collect(targetAt(server.url))).at(-1)?.type, 'finished');
  });

  it('keeps parallel calls apart', async () => {
    server.answer((exchange) => {
      const said = JSON.stringify(exchange.body).includes('second') ? 'B' : 'A';
      exchange.stream([messageStart, ...Array.from({ length: 50 }, () => textDelta(said)), messageStop, metadata()]);
    });
    const ask = (text: string) => ({ ...request, messages: [{ role: 'user', content: [{ text }] }] });
    const texts = ['first', 'second', 'first', 'second'];
    const answers = await Promise.all(texts.map((text) => collect(targetAt(server.url), { call: callOf(ask(text)) })));
    assert.deepEqual(
      answers.map(textOf),
      ['A', 'B', 'A', 'B'].map((said) => said.repeat(50)),
    );
  });

  it('does nothing until the first event is taken', async () => {
    run(call, targetAt(server.url), neverAborted);
    await settled();
    assert.equal(server.exchanges.length, 0);
  });

  it('gives a client back after every ending', async () => {
    server.answer((exchange) => exchange.refuse(400, 'ValidationException', 'no'));
    await collect(targetAt(server.url));
    server.answer((exchange) => exchange.cut());
    await collect(targetAt(server.url, { maxAttempts: 1 }));
    disposeClients();
    await settled();
    assert.equal(server.connections, 0);
  });
});
