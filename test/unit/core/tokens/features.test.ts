import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyOf, latinSlots, otherSlots, punctSlots, slotBits } from '../../../../src/core/tokens/features';
import { codesOf } from '../../../tokens/problem';

const out = new Int32Array(768);
const noClass = (): number => 0;
const latin = (text: string, start = 0, end = text.length): number => latinSlots(codesOf(text), start, end, noClass, out);
const slotsOf = (word: string): Set<number> => new Set(out.slice(0, latin(word)));
const keyOfText = (text: string, kind: number, folded?: boolean): number => keyOf(codesOf(text), 0, text.length, kind, folded);
const shared = (one: string, other: string): number => [...slotsOf(one)].filter((slot) => slotsOf(other).has(slot)).length;

const anyCase = fc.stringMatching(/^[a-zA-Z]{1,60}$/);

describe('the features of a run', () => {
  it('fit into the place that is kept for them, whatever the run', () => {
    const long = fc.oneof(anyCase, fc.constantFrom('A'.repeat(60), 'aB'.repeat(30), 'Ab'.repeat(30), 'ABc'.repeat(20), 'é'.repeat(60)));
    fc.assert(
      fc.property(long, fc.integer({ min: 0, max: 3 }), (word, sides) => {
        for (const count of [
          latin(word),
          otherSlots(codesOf(word), 0, word.length, noClass, out),
          punctSlots(codesOf(word), 0, Math.min(40, word.length), sides, out),
        ]) {
          assert.ok(count > 0 && count <= out.length, String(count));
          assert.ok(out.slice(0, count).every((slot) => slot >= 0 && slot < 1 << slotBits));
        }
      }),
    );
  });

  it('see the same letters however a word is written', () => {
    const letters = slotsOf('request').size - 4;
    assert.ok(shared('request', 'Request') >= letters);
    assert.ok(shared('request', 'REQUEST') >= letters);
    assert.ok(shared('request', 'sequent') < letters);
  });

  it('part a word at its seams, an acronym before the word that follows it', () => {
    assert.ok(shared('parseHTTPRequest', 'loadHTTPRequest') > shared('parseHTTPRequest', 'parseHttprequest'));
  });

  it('depend on the run alone, not on the text it stands in', () => {
    fc.assert(
      fc.property(anyCase, fc.string(), (word, before) => {
        const alone = Array.from(out.slice(0, latin(word)));
        const text = `${before}${word} and more`;
        assert.deepEqual(Array.from(out.slice(0, latin(text, before.length, before.length + word.length))), alone);
      }),
    );
  });
});

describe('the key of a run', () => {
  it('is that of its lower case where it is folded', () => {
    fc.assert(
      fc.property(anyCase, (word) => {
        const lower = word.toLowerCase();
        assert.equal(keyOfText(word, 0, true), keyOfText(lower, 0));
        assert.ok(keyOfText(word, 0) < 1 << 20);
      }),
    );
  });

  it('tells a word from punctuation, and punctuation by the spaces around it', () => {
    assert.equal(new Set([0, 1, 2, 3, 4].map((kind) => keyOfText('=>', kind))).size, 5);
  });
});
