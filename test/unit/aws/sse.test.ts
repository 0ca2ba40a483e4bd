import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serverEvents } from '../../../src/aws/sse';

async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

const read = async (text: string, cuts: readonly number[] = []): Promise<readonly (readonly [string, string])[]> => {
  const events: (readonly [string, string])[] = [];
  for await (const { type, data } of serverEvents(pieces(Buffer.from(text), cuts))) events.push([type, data]);
  return events;
};

describe('server-sent events', () => {
  it('are read with their types, several lines of data, comments and lines of no field', async () => {
    const text = ': hello\n\nevent: a\ndata: {"x":\ndata:1}\n\ndata:  two\nid: 7\n\nevent: none\n\n';
    assert.deepEqual(await read(text), [
      ['a', '{"x":\n1}'],
      ['message', ' two'],
    ]);
  });

  it('end with the empty line behind them: what is cut is none', async () => {
    assert.deepEqual(await read('data: one\n\ndata: two\n'), [['message', 'one']]);
  });

  it('are the same however the bytes are cut and lines are broken', async () => {
    const data = fc.stringMatching(/^[^\r\n]{0,20}$/u).filter((text) => !/\p{Surrogate}/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(data, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(400), { maxLength: 12 }),
        async (events, end, cuts) => {
          const text = events
            .map((lines, at) => `event: e${at}${end}${lines.map((line) => `data: ${line}${end}`).join('')}${end}`)
            .join('');
          // A last carriage return may be the half of a longer break, which only the next byte can tell.
          const whole = end === '\r' ? `${text}: end\n` : text;
          assert.deepEqual(
            await read(whole, cuts),
            events.map((lines, at) => [`e${at}`, lines.join('\n')]),
          );
        },
      ),
    );
  });
});
