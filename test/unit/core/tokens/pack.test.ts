import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findKey,
  listedAlone,
  mostWeight,
  openPack,
  openPages,
  openSection,
  readKeyed,
  readKeys,
  readNumber,
  readPlain,
  readSlotWeights,
  readWeights,
  unlisted,
} from '../../../../src/core/tokens/pack';
import { PackWriter, putKeyed, putKeys, putPages, putSection, putSlotWeights, putWeights } from '../../../tokens/pack';

const keys = fc.uniqueArray(fc.integer({ min: 0, max: (1 << 20) - 1 }), { maxLength: 400 }).map((list) => list.sort((a, b) => a - b));
const weights = fc.array(fc.integer({ min: -2048, max: 2047 }), { minLength: 1, maxLength: 400 });

describe('packed tables', () => {
  it('come back as they were written, one after the other', () => {
    fc.assert(
      fc.property(keys, weights, keys, (first, second, third) => {
        const entries = new Map(third.map((key) => [key, key % 256]));
        const writer = new PackWriter();
        putKeys(writer, first);
        putWeights(writer, second);
        putKeyed(writer, entries);
        for (const number of [5, 64, 100_000]) writer.put(number);
        assert.doesNotMatch(writer.text, /["'`\\]/);
        const reader = openPack(writer.text);
        assert.deepEqual(Array.from(readKeys(reader)), first);
        assert.deepEqual(Array.from(readWeights(reader, second.length)), second);
        const read = readKeyed(reader);
        assert.deepEqual(Array.from(read.keys), third);
        assert.deepEqual(Array.from(read.symbols), [...entries.values()]);
        assert.equal(readNumber(reader), 5);
        assert.deepEqual(Array.from(readPlain(reader, 2)), [64, 100_000]);
        assert.equal(reader.next, writer.text.length);
      }),
    );
  });

  it('have one character for each small number', () => {
    const writer = new PackWriter();
    putWeights(writer, [0, -32, 31, 1, -1]);
    assert.equal(writer.text.length, 5);
  });

  it('keep keys that lie far apart or side by side', () => {
    for (const list of [[], [0], [(1 << 20) - 1], [0, 1, 2, 3, 4], [0, 1, (1 << 20) - 2, (1 << 20) - 1], [63, 127, 2493, 4923, 7353]]) {
      const writer = new PackWriter();
      putKeys(writer, list);
      assert.deepEqual(Array.from(readKeys(openPack(writer.text))), list);
    }
  });

  it('answer for each key from its page, and for what stands behind the pages', () => {
    fc.assert(
      fc.property(keys, keys, keys, (known, asked, listed) => {
        const entries = new Map(known.map((key) => [key, key % 251]));
        const writer = new PackWriter();
        writer.put(3);
        putPages(writer, entries, listed);
        putKeys(writer, asked);
        const reader = openPack(writer.text);
        assert.equal(readNumber(reader), 3);
        const find = openPages(reader);
        assert.deepEqual(Array.from(readKeys(reader)), asked);
        for (const key of [...listed, ...asked, ...known]) {
          assert.equal(find(key, false), entries.get(key) ?? unlisted);
          assert.equal(find(key, true), entries.get(key) ?? (listed.includes(key) ? listedAlone : unlisted));
        }
      }),
    );
  });

  it('are passed over by sections, which may be read later', () => {
    fc.assert(
      fc.property(keys, weights, (list, others) => {
        const writer = new PackWriter();
        putSection(writer, (section) => putKeys(section, list));
        putWeights(writer, others);
        const reader = openPack(writer.text);
        const section = openSection(reader);
        assert.deepEqual(Array.from(readWeights(reader, others.length)), others);
        assert.deepEqual(Array.from(readKeys(section)), list);
      }),
    );
  });

  it('have the weights of slots two by two, in a text of their own', () => {
    const slots = keys.map((list) => list.filter((key) => key < 1 << 18));
    fc.assert(
      fc.property(
        slots,
        fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -200, max: 200 })), { minLength: 400, maxLength: 400 }),
        (list, all) => {
          const within = list.map((_, at) => Math.max(-mostWeight, Math.min(mostWeight, all[at]!)));
          const ofSlots = new PackWriter();
          putKeys(ofSlots, list);
          const ofWeights = new PackWriter();
          putSlotWeights(ofWeights, all.slice(0, list.length));
          const table = readSlotWeights(openPack(ofSlots.text), `x${ofWeights.text}`, 1, 1 << 18);
          for (const [at, slot] of list.entries()) assert.equal(table[slot], within[at]);
          assert.equal(table.filter((weight) => weight !== 0).length, within.filter((weight) => weight !== 0).length);
        },
      ),
      { numRuns: 20 },
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
