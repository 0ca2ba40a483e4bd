import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exactly, minus, noTokens, plus, times, widen, type Band } from '../../../../src/core/figures/band';

const figure = fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true });
const bands = fc.tuple(figure, figure, figure).map(([a, b, c]): Band => {
  const [low = 0, likely = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
  return { low, likely, high };
});

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

const assertNear = (a: Band, b: Band): void => {
  assert.ok(near(a.low, b.low) && near(a.likely, b.likely) && near(a.high, b.high), `${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
};

const assertInOrder = ({ low, likely, high }: Band): void => {
  assert.ok(low >= 0 && low <= likely + 1e-6 && likely <= high + 1e-6, `${low} ${likely} ${high}`);
};

describe('bands', () => {
  it('stay in order and never become negative', () => {
    fc.assert(
      fc.property(bands, bands, figure, (a, b, by) => {
        for (const band of [plus(a, b), minus(a, b), minus(plus(a, b), a), widen(a, by), times(a, by / 1e6), exactly(by)])
          assertInOrder(band);
      }),
    );
  });

  it('add up in any order', () => {
    fc.assert(
      fc.property(bands, bands, bands, (a, b, c) => {
        assertNear(plus(a, b), plus(b, a));
        assertNear(plus(plus(a, b), c), plus(a, plus(b, c)));
        assertNear(plus(a, exactly(0)), a);
      }),
    );
  });

  it('lose nothing when a whole is parted', () => {
    fc.assert(
      fc.property(bands, bands, (a, b) => {
        const whole = plus(a, b);
        assert.ok(near(minus(whole, a).likely, b.likely));
        assertNear(minus(whole, undefined), whole);
        assertNear(minus(whole, exactly(0)), whole);
        assert.equal(minus(whole, whole).likely, 0);
        assert.equal(minus(whole, whole).high, 0);
      }),
    );
  });

  it('are as sure of a part as of the whole, by size', () => {
    const whole: Band = { low: 900, likely: 1000, high: 1200 };
    assertNear(minus(whole, exactly(750)), { low: 225, likely: 250, high: 300 });
    fc.assert(
      fc.property(bands, bands, (a, b) => {
        const [all, rest] = [plus(a, b), minus(plus(a, b), a)];
        assert.ok(rest.high - rest.low <= (all.high - all.low) * (1 + 1e-9) + 1e-6);
      }),
    );
  });

  it('are multiplied like sums of themselves', () => {
    fc.assert(fc.property(bands, (a) => assertNear(times(a, 3), plus(a, plus(a, a)))));
  });

  it('keep what else is known of a figure', () => {
    const counted = { ...exactly(10), basis: 'counted' } as const;
    assert.deepEqual(plus(counted, exactly(5)), { ...exactly(15), basis: 'counted' });
    assert.deepEqual(minus(counted, noTokens('estimated')), counted);
    assert.deepEqual(widen(counted, 20), { low: 0, likely: 10, high: 30, basis: 'counted' });
  });
});
