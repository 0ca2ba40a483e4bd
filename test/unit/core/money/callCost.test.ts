import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOfCall } from '../../../../src/core/money/callCost';
import type { Prices } from '../../../../src/core/models/types';
import { aUsage, somePrices } from '../../../support/runRecords';

const million = 1_000_000;
const close = (actual: number | undefined, expected: number): void => {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
};

describe('cost of a call', () => {
  it('bills each kind of token at its own price', () => {
    const cost = costOfCall(aUsage({ input: million, output: million, cacheRead: million, cacheWrite: million }), somePrices);
    close(cost.input?.low, 3);
    close(cost.output?.low, 15);
    close(cost.read?.low, 0.3);
    close(cost.written?.low, 3.75);
    close(cost.total?.low, 22.05);
    close(cost.withoutCaching?.low, 24);
    close(cost.saved?.low, 1.95);
    close(cost.savedShare, 1.95 / 24);
  });

  it('bills writes by lifetime, and the rest of them at the default one', () => {
    const writes = [{ ttl: '1h', tokens: million }];
    close(costOfCall(aUsage({ cacheWrite: 2 * million, writes }), somePrices).written?.low, 6 + 3.75);
    close(costOfCall(aUsage({ cacheWrite: million, writes }), somePrices).written?.low, 6);
    close(costOfCall(aUsage({ cacheWrite: million }), { ...somePrices, cacheWrite30m: 9 }, '30m').written?.low, 9);
  });

  it('believes the sum where the lifetimes claim more than it', () => {
    close(costOfCall(aUsage({ cacheWrite: million, writes: [{ ttl: '1h', tokens: 5 * million }] }), somePrices).written?.low, 6);
  });

  it('is negative in savings when a write was not read yet', () => {
    const { saved, savedShare } = costOfCall(aUsage({ input: 0, output: 0, cacheWrite: million }), somePrices);
    close(saved?.low, -0.75);
    close(savedShare, -0.25);
  });

  it('gives both ends where sources disagree on the write price', () => {
    const { written, total, saved } = costOfCall(aUsage({ input: 0, output: 0, cacheWrite: million }), {
      input: 1,
      output: 4,
      cacheRead: 0.25,
      cacheWrite5m: 0,
      cacheWrite5mHigh: 1,
    });
    assert.deepEqual(written, { low: 0, likely: 0, high: 1 });
    assert.deepEqual(total, { low: 0, likely: 0, high: 1 });
    assert.deepEqual(saved, { low: 0, likely: 1, high: 1 });
  });

  it('does not guess a price, and names the missing one', () => {
    const { cacheRead: _, ...rest } = somePrices;
    const cost = costOfCall(aUsage({ cacheRead: 10 }), rest);
    assert.equal(cost.read, undefined);
    assert.equal(cost.total, undefined);
    assert.equal(cost.saved, undefined);
    assert.ok(cost.withoutCaching);
    assert.deepEqual(cost.missing, ['cacheRead']);
    assert.deepEqual(
      costOfCall(aUsage({ cacheWrite: 10, writes: [{ ttl: '1h', tokens: 10 }] }), { ...somePrices, cacheWrite1h: null }).missing,
      ['cacheWrite 1h'],
    );
    assert.deepEqual(costOfCall(aUsage(), undefined).missing, ['input', 'output']);
  });

  it('needs no price for tokens that were not used', () => {
    assert.deepEqual(costOfCall(aUsage({ cacheRead: undefined, cacheWrite: undefined }), { input: 3, output: 15 }).missing, []);
  });

  it('has no share of a cost too small to divide by', () => {
    assert.equal(costOfCall(aUsage({ cacheWrite: 1 }), { input: 0, output: 5e-324, cacheWrite5m: 8 }).savedShare, undefined);
  });

  it('is never anything but a finite amount or unknown', () => {
    const price = fc.option(fc.double(), { nil: undefined });
    const prices = fc.record({
      input: fc.double(),
      output: fc.double(),
      cacheRead: price,
      cacheWrite5m: price,
      cacheWrite1h: price,
      cacheWrite5mHigh: price,
    });
    const tokens = fc.oneof(fc.nat(), fc.double(), fc.constant(Number.MAX_SAFE_INTEGER));
    const usage = fc.record({
      input: tokens,
      output: tokens,
      cacheRead: fc.option(tokens, { nil: undefined }),
      cacheWrite: fc.option(tokens, { nil: undefined }),
      writes: fc.array(fc.record({ ttl: fc.constantFrom('5m', '1h', '30m', 'x'), tokens })),
    });
    fc.assert(
      fc.property(usage, prices, (used, list) => {
        // Absent members come as `undefined` here, which the type forbids and a store of old runs may still hold.
        const { savedShare, missing: _, ...amounts } = costOfCall(used, list as Prices);
        for (const amount of Object.values(amounts))
          if (amount) assert.ok(Number.isFinite(amount.low) && Number.isFinite(amount.high) && amount.low <= amount.high);
        assert.ok(savedShare === undefined || Number.isFinite(savedShare));
      }),
    );
  });
});
