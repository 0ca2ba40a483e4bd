import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findKey, openBits, openPages, readKeyed, readKeys, readWeights, takeBits } from '../../../../src/core/tokens/pack';
import { BitWriter, putKeyed, putKeys, putPages, putWeights } from '../../../tokens/pack';

const keys = fc.uniqueArray(fc.integer({ min: 0, max: (1 << 20) - 1 }), { maxLength: 400 }).map((list) => list.sort((a, b) => a - b));
const weights = fc.array(fc.integer({ min: -2048, max: 2047 }), { minLength: 1, maxLength: 400 });

describe('packed tables', () => {
  it('come back as they were written, one after the other', () => {
    fc.assert(
      fc.property(keys, weights, keys, (first, second, third) => {
        const entries = new Map(third.map((key) => [key, key % 256]));
        const writer = new BitWriter();
        putKeys(writer, first);
        putWeights(writer, second);
        putKeyed(writer, entries, 256);
        writer.put(5, 3);
        const text = writer.text();
        assert.doesNotMatch(text, /["'`\\]/);
        const reader = openBits(text);
        assert.deepEqual(Array.from(readKeys(reader)), first);
        assert.deepEqual(Array.from(readWeights(reader, second.length)), second);
        const read = readKeyed(reader, 256);
        assert.deepEqual(Array.from(read.keys), third);
        assert.deepEqual(Array.from(read.symbols), [...entries.values()]);
        assert.equal(takeBits(reader, 3), 5);
      }),
    );
  });

  it('keep keys that lie far apart or side by side', () => {
    for (const list of [[], [0], [(1 << 20) - 1], [0, 1, 2, 3, 4], [0, 1, (1 << 20) - 2, (1 << 20) - 1]]) {
      const writer = new BitWriter();
      putKeys(writer, list);
      assert.deepEqual(Array.from(readKeys(openBits(writer.text()))), list);
    }
  });

  it('answer for each key from its page, and for what stands behind the pages', () => {
    fc.assert(
      fc.property(keys, keys, (listed, asked) => {
        const entries = new Map(listed.map((key) => [key, key % 251]));
        const writer = new BitWriter();
        writer.put(3, 2);
        putPages(writer, entries, 256);
        putKeys(writer, asked);
        const reader = openBits(writer.text());
        assert.equal(takeBits(reader, 2), 3);
        const symbolOf = openPages(reader, 256);
        assert.deepEqual(Array.from(readKeys(reader)), asked);
        for (const key of [...asked, ...listed]) assert.equal(symbolOf(key), entries.get(key) ?? -1);
      }),
    );
  });

  it('say where a key stands, and -1 for one that is not there', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 0, max: (1 << 20) - 1 }), (list, key) => {
        assert.equal(findKey(Int32Array.from(list), key), list.indexOf(key));
      }),
    );
  });
});
