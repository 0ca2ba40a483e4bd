import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { disposeClients } from '../../../src/aws/clients';
import { callOf, collect, request, targetAt } from './support/calls';
import { startRawBedrock, wholeAnswer } from './support/rawBedrock';

/** A call whose body is this many times a word, which no other call has. */
const callWith = (word: string, times: number) => callOf({ ...request, system: [{ text: word.repeat(times) }] });
const sentText = (body: string): string | undefined =>
  (JSON.parse(body) as { readonly system?: readonly { readonly text: string }[] }).system?.[0]?.text;

describe('aws: memory of bodies', () => {
  after(() => disposeClients());

  it('gives each call its own bytes, one after the other and at once', async () => {
    const server = await startRawBedrock();
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    const words = ['first ', 'ä second ', 'third – ', '4th'];
    for (const times of [200_000, 10, 90_000]) {
      for (const word of words) await collect(targetAt(server.url), { call: callWith(word, times) });
      await Promise.all(words.map((word) => collect(targetAt(server.url), { call: callWith(word, times + 1) })));
    }
    const seen = server.exchanges.map(({ text }) => sentText(text));
    const expected = [200_000, 10, 90_000].flatMap((times) => [
      ...words.map((word) => word.repeat(times)),
      ...words.map((word) => word.repeat(times + 1)),
    ]);
    assert.deepEqual(new Set(seen), new Set(expected));
    assert.equal(seen.length, expected.length);
    await server.close();
  });

  it('is not used again while a request that was answered early is still being sent', async () => {
    const bodies: Promise<string>[] = [];
    const [start, ...rest] = wholeAnswer();
    const server = createServer((incoming, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(start);
      bodies.push(
        (async () => {
          // The answer has begun before the body is read.
          await delay(150);
          const parts: Buffer[] = [];
          for await (const part of incoming) parts.push(part as Buffer);
          response.end(Buffer.concat(rest));
          return Buffer.concat(parts).toString('utf8');
        })(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const calls = [collect(target, { call: callWith('early ', 1_200_000) })];
    await delay(70);
    calls.push(collect(target, { call: callWith('LATER ', 1_200_000) }));
    for (const events of await Promise.all(calls)) assert.equal(events.at(-1)?.type, 'finished');
    const [early = '', later = ''] = await Promise.all(bodies);
    assert.ok(sentText(early) === 'early '.repeat(1_200_000) && sentText(later) === 'LATER '.repeat(1_200_000));
    server.closeAllConnections();
    server.close();
  });
});
