import assert from 'node:assert/strict';
import fc from 'fast-check';
import { billOf, costOf, uncachedCostOf, usdOf } from '../../../../src/core/money/bill';
import { costOfCall } from '../../../../src/core/money/callCost';
import { pricesOfCall, type ServiceTier } from '../../../../src/core/money/rates';
import { catalog } from '../../../../src/core/models/catalog';

const tokens = fc.nat(200_000);
const tiers: readonly ServiceTier[] = ['standard', 'flex', 'priority', 'reserved', 'batch'];
const calls = fc.record({
  entry: fc.constantFrom(...catalog),
  kind: fc.constantFrom('global', 'us', 'eu', 'inRegion'),
  tier: fc.constantFrom(...tiers),
  read: tokens,
  write: fc.dictionary(fc.constantFrom('5m', '30m', '1h'), tokens, { noNullPrototype: true }),
  input: tokens,
  output: tokens,
});

describe('the bill of a call', () => {
  it('is the same for planned and for measured tokens, for every model, lifetime and tier', () => {
    fc.assert(
      fc.property(calls, ({ entry, kind, tier, read, write, input, output }) => {
        const writes = Object.entries(write).map(([ttl, written]) => ({ ttl, tokens: written }));
        const cacheWrite = writes.reduce((sum, { tokens: written }) => sum + written, 0);
        const prices = pricesOfCall({ entry, kind, tier, inputTokens: input + read + cacheWrite });
        const planned = billOf({ read, write, input, output }, prices);
        const measured = costOfCall({ input, output, cacheRead: read, cacheWrite, writes }, prices);
        for (const part of ['read', 'written', 'input', 'output', 'total'] as const) assert.deepEqual(measured[part], planned[part], part);
        if (prices === undefined) return;
        assert.deepEqual(measured.total, usdOf({ read, write, input, output }, prices));
        assert.deepEqual(
          measured.withoutCaching?.likely,
          uncachedCostOf(input + read + cacheWrite, prices).likely + (planned.output?.likely ?? 0),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('names the prices that it lacks, and is whole where it lacks none', () => {
    fc.assert(
      fc.property(calls, ({ entry, kind, tier, read, write, input, output }) => {
        const prices = pricesOfCall({ entry, kind, tier, inputTokens: input });
        const { total, missing } = billOf({ read, write, input, output }, prices);
        assert.equal(total === undefined, missing.length > 0);
        if (prices !== undefined && total !== undefined) assert.deepEqual(costOf({ read, write, input, output }, prices), total);
      }),
      { numRuns: 500 },
    );
  });

  it('grows with the tokens of each kind', () => {
    fc.assert(
      fc.property(calls, tokens, ({ entry, kind, read, write, input }, more) => {
        const prices = pricesOfCall({ entry, kind, inputTokens: input });
        if (prices === undefined) return;
        const { likely } = costOf({ read, write, input }, prices);
        assert.ok(costOf({ read: read + more, write, input }, prices).likely >= likely);
        assert.ok(costOf({ read, write, input: input + more }, prices).likely >= likely);
      }),
    );
  });
});
