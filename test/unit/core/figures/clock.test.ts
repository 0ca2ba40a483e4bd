import assert from 'node:assert/strict';
import { clockText } from '../../../../src/core/figures/clock';

describe('time that runs', () => {
  it('reads as minutes and seconds', () => {
    const cases: readonly (readonly [number, string])[] = [
      [-1, '0:00'],
      [999, '0:00'],
      [7000, '0:07'],
      [252_900, '4:12'],
      [3_660_000, '61:00'],
    ];
    for (const [ms, text] of cases) assert.equal(clockText(ms), text);
  });
});
