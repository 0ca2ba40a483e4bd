import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recent } from '../../../../src/core/text/recent';

describe('a map of what is recent', () => {
  it('keeps what was set last', () => {
    const map = recent<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);
    assert.deepEqual([map.get('a'), map.get('b'), map.get('c')], [3, undefined, 4]);
    map.delete('a');
    assert.equal(map.get('a'), undefined);
    map.clear();
    assert.equal(map.get('c'), undefined);
  });

  it('holds the last values of as many keys as it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 })), fc.integer({ min: 1, max: 5 }), (keys, capacity) => {
        const map = recent<number, number>(capacity);
        for (const [index, key] of keys.entries()) map.set(key, index);
        const latest = [...new Set([...keys].reverse())].slice(0, capacity);
        for (let key = 0; key <= 8; key += 1) assert.equal(map.get(key), latest.includes(key) ? keys.lastIndexOf(key) : undefined);
      }),
    );
  });
});
