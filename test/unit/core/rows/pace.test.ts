import assert from 'node:assert/strict';
import { afterAnswer, afterThrottle, startPace } from '../../../../src/core/rows/pace';

describe('the pace of a batch', () => {
  it('falls by half, waits twice as long each time, and never stands still', () => {
    let pace = startPace(8);
    const seen: (readonly [number, number])[] = [];
    for (let now = 0, turn = 0; turn < 9; turn += 1) {
      pace = afterThrottle(pace, now);
      seen.push([pace.limit, pace.notBefore - now]);
      now = pace.notBefore;
    }
    assert.deepEqual(
      seen.map(([limit]) => limit),
      [4, 2, 1, 1, 1, 1, 1, 1, 1],
    );
    assert.deepEqual(
      seen.map(([, wait]) => wait),
      [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000),
    );
  });

  it('grows by one after as many answers as there are calls, up to where it began', () => {
    let pace = { ...startPace(3), limit: 1 };
    const limits: number[] = [];
    for (let now = 1; now < 9; now += 1) {
      pace = afterAnswer(pace, now, now);
      limits.push(pace.limit);
    }
    assert.deepEqual(limits, [2, 2, 3, 3, 3, 3, 3, 3]);
  });

  it('learns nothing from answers to calls that left before it fell', () => {
    const fallen = afterThrottle({ ...startPace(4), limit: 2 }, 100);
    assert.equal(afterAnswer(fallen, 50, 200), fallen);
  });
});
