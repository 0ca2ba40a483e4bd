import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTail } from '../../../src/machine/tail';

describe('the tail of a text', () => {
  it('is its end, however it came', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 20 }), (parts, limit) => {
        const tail = createTail(limit);
        for (const part of parts) {
          tail.add(part);
          assert.ok(tail.text.length <= limit);
        }
        assert.equal(tail.text, parts.join('').slice(-limit));
      }),
    );
  });
});
