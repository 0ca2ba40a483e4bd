import assert from 'node:assert/strict';
import { isRecord } from '../../../../src/core/text/json';

describe('isRecord', () => {
  it('takes objects of members alone', () => {
    for (const value of [{}, { a: 1 }, Object.create(null), JSON.parse('{"__proto__": 1}')]) assert.equal(isRecord(value), true);
    for (const value of [null, undefined, '', 'text', 0, true, [], [{}], Uint8Array.of(1), () => ({})])
      assert.equal(isRecord(value), false);
  });
});
