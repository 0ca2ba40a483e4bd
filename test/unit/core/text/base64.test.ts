import assert from 'node:assert/strict';
import fc from 'fast-check';
import { base64 } from '../../../../src/core/text/base64';

describe('base64', () => {
  it('is what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        assert.equal(base64(bytes), Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  it('goes on over stretches', () => {
    for (const length of [5_999, 6_000, 6_001, 100_000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
      assert.equal(base64(bytes), Buffer.from(bytes).toString('base64'));
    }
  });
});
