import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commonEnd, commonStart } from '../../../../src/core/text/common';

describe('what two texts have in common', () => {
  it('parts no surrogate pair at the beginning', () => {
    assert.equal(commonStart('a\u{1F600}', 'a\u{1F601}'), 1);
    assert.equal(commonStart('a\u{1F600}b', 'a\u{1F600}c'), 3);
  });

  it('is as long as a plain comparison finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\u{1F600}', '\u{1F601}'), maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 4085, max: 4097 }), text, text, (length, a, b) => {
        const base = 'x'.repeat(length);
        const [left, right] = [
          [...base, ...a],
          [...base, ...b],
        ];
        let count = 0;
        while (count < left.length && left[count] === right[count]) count += 1;
        assert.equal(commonStart(base + a, base + b), left.slice(0, count).join('').length);
      }),
    );
  });

  it('at the end is as long as a plain comparison finds, and leaves the beginning alone', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 4085, max: 4097 }), text, text, fc.nat({ max: 9 }), (length, a, b, from) => {
        const [left, right] = [a + 'x'.repeat(length), b + 'x'.repeat(length)];
        let count = 0;
        while (count < Math.min(left.length, right.length) - from && left.at(-count - 1) === right.at(-count - 1)) count += 1;
        assert.equal(commonEnd(left, right, from), count);
      }),
    );
  });
});
