import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf } from '../../../../src/core/money/bill';
import { callTokens, savingsOf, type Savings } from '../../../../src/core/traffic/savings';
import type { Prices } from '../../../../src/core/models/types';
import { aPlan, claudePrices, novaPrices, type PointSpec } from '../../../support/forecastPlans';

const shared = (tokens: number, ttl = '5m'): PointSpec => ({ tokens, ttl, reuse: 'shared' });
const saved = (points: readonly PointSpec[], prices: Prices = claudePrices, tail = 0): Savings => {
  const savings = savingsOf(aPlan({ points, prices, tail }));
  assert.ok(savings);
  return savings;
};

describe('savings', () => {
  it('bills writes by the lifetime that closes their stretch', () => {
    const plan = aPlan({ points: [shared(2000, '1h'), shared(3000)], tail: 500 });
    assert.deepEqual(callTokens(plan, undefined), { read: 0, write: { '1h': 2000, '5m': 1000 }, input: 500 });
    assert.deepEqual(callTokens(plan, plan.checkpoints[0]), { read: 2000, write: { '5m': 1000 }, input: 500 });
    assert.deepEqual(callTokens(plan, plan.checkpoints[1]), { read: 3000, write: {}, input: 500 });
  });

  it('pays from the second call with five minutes and from the third with an hour', () => {
    assert.equal(saved([shared(4000)]).breakEvenCalls, 2);
    assert.equal(saved([shared(4000, '1h')]).breakEvenCalls, 3);
    assert.equal(saved([shared(4000)], novaPrices).breakEvenCalls, 1);
    assert.equal(saved([{ tokens: 4000, ttl: '5m', reuse: 'never' }]).breakEvenCalls, undefined);
  });

  it('is the first call count whose sum is not above that without caching', () => {
    const points = fc.array(fc.integer({ min: 100, max: 5000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(points, fc.boolean(), fc.nat(3000), (parts, hour, tail) => {
        let tokens = 0;
        const {
          cold,
          warm,
          uncached,
          breakEvenCalls: calls,
        } = saved(
          parts.map((part) => shared((tokens += part), hour ? '1h' : '5m')),
          claudePrices,
          tail,
        );
        assert.ok(calls !== undefined);
        const sum = (count: number) => cold.likely + (count - 1) * warm.likely - count * uncached.likely;
        assert.ok(sum(calls) <= 1e-12);
        assert.ok(sum(calls - 1) > -1e-12);
      }),
    );
  });

  it('says how much a later call saves', () => {
    const { savedShare, readTokens, readShare } = saved([shared(4000)], claudePrices, 1000);
    assert.ok(Math.abs(savedShare - (1 - (0.1 * 4000 + 1000) / 5000)) < 1e-12);
    assert.equal(readTokens, 4000);
    assert.equal(readShare, 0.8);
    assert.ok(saved([{ tokens: 4000, ttl: '5m', reuse: 'never' }]).savedShare < 0);
  });

  it('counts a price that is not known as plain input, and a dearer upper bound as such', () => {
    assert.equal(costOf({ read: 0, write: { '1h': 1_000_000 }, input: 0 }, novaPrices).likely, 0.8);
    const { cold } = saved([shared(4000)], novaPrices);
    assert.equal(cold.likely, 0);
    assert.ok(Math.abs(cold.high - (4000 * 0.8) / 1e6) < 1e-15);
  });

  it('says nothing without a price to count with', () => {
    assert.equal(savingsOf(aPlan({ points: [shared(4000)], prices: undefined })), undefined);
    assert.equal(savingsOf(aPlan({ points: [shared(4000)], prices: { input: NaN, output: 1 } })), undefined);
    assert.equal(saved([], { input: 0, output: 0 }).savedShare, 0);
  });
});
