import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf, quotaTokensOf, usdOf } from '../../../../src/core/money/bill';
import { pricesOfCall, pricesOnTier, serviceTierOf, writePriceOf } from '../../../../src/core/money/rates';
import { findEntry } from '../../../../src/core/models/catalog';
import { parseModelOverrides } from '../../../../src/core/models/overrides';
import type { ModelEntry, Prices } from '../../../../src/core/models/types';
import { claudePrices, novaPrices } from '../../../support/forecastPlans';

const entry = (id: string): ModelEntry => {
  const found = findEntry(id, []);
  assert.ok(found, id);
  return found;
};

describe('money', () => {
  it('bills each kind of token at its own price', () => {
    const usd = usdOf({ read: 1_000_000, write: { '5m': 2_000_000, '1h': 1_000_000 }, input: 1_000_000, output: 1_000_000 }, claudePrices);
    assert.equal(usd?.likely, 0.3 + 2 * 3.75 + 6 + 3 + 15);
    assert.equal(usd?.high, usd?.likely);
  });

  it('reads prices from the table and not from a multiplier', () => {
    const opus = entry('anthropic.claude-opus-5-5');
    const prices = pricesOfCall({ entry: opus, kind: 'global', inputTokens: 1000 });
    const listed = opus.prices['global'];
    assert.equal(usdOf({ read: 1_000_000, write: {}, input: 0 }, prices ?? claudePrices)?.likely, listed?.cacheRead);
    assert.equal((listed?.cacheRead ?? 0) / (listed?.input ?? 1), 0.05);
  });

  it('gives both ends where sources disagree', () => {
    assert.deepEqual(usdOf({ read: 0, write: { '5m': 1_000_000 }, input: 0 }, novaPrices), { low: 0, likely: 0, high: 0.8 });
    assert.deepEqual(writePriceOf(novaPrices, '5m'), { low: 0, likely: 0, high: 0.8 });
    assert.equal(writePriceOf(novaPrices, '1h'), undefined);
  });

  it('does not guess a price that it needs, unless asked to take the input price', () => {
    const tokens = { read: 0, write: { '1h': 1_000_000 }, input: 0 };
    assert.equal(usdOf(tokens, novaPrices), undefined);
    assert.equal(costOf(tokens, novaPrices).likely, 0.8);
    assert.equal(usdOf({ ...tokens, write: { '1h': 0 } }, novaPrices)?.likely, 0);
  });

  it('bills a long request as a whole at the prices of its length, and by profile', () => {
    const haiku = entry('anthropic.claude-haiku-5-5');
    const input = (inputTokens: number, kind = 'global') => pricesOfCall({ entry: haiku, kind, inputTokens })?.input ?? NaN;
    assert.equal(input(100_001) / input(100_000), 5);
    assert.ok(Math.abs(input(1, 'us') / input(1) - 1.1) < 1e-9);
  });

  it('takes prices that a person set', () => {
    const prices = { input: 2, output: 4, cacheRead: 0.1, cacheWrite5m: 2.5 };
    const { entries } = parseModelOverrides({ 'anthropic.claude-sonnet-4-6': { prices } });
    const [own] = entries;
    assert.ok(own);
    assert.deepEqual(pricesOfCall({ entry: own, kind: 'us', inputTokens: 10 }), prices);
  });

  it('knows the service tiers, and batch without caching', () => {
    assert.equal(pricesOnTier(claudePrices, 'standard'), claudePrices);
    assert.deepEqual(pricesOnTier(claudePrices, 'flex'), {
      input: 1.5,
      output: 7.5,
      cacheRead: 0.15,
      cacheWrite5m: 1.875,
      cacheWrite1h: 3,
    });
    assert.equal(pricesOnTier(claudePrices, 'priority')?.input, 5.25);
    assert.deepEqual(pricesOnTier(novaPrices, 'flex'), {
      input: 0.4,
      output: 1.6,
      cacheRead: 0.1,
      cacheWrite5m: 0,
      cacheWrite1h: null,
      cacheWrite5mHigh: 0.4,
    });
    assert.equal(pricesOnTier(claudePrices, 'batch')?.cacheRead, null);
    assert.equal(pricesOnTier(claudePrices, 'reserved'), undefined);
  });

  it('reads the tier of a request, and anything else as standard', () => {
    assert.equal(serviceTierOf({ type: 'flex' }), 'flex');
    assert.equal(serviceTierOf({ type: 'priority' }), 'priority');
    for (const other of [undefined, null, 'flex', {}, { type: 'default' }, { type: 'batch' }, { type: 3 }, []])
      assert.equal(serviceTierOf(other), 'standard');
  });

  it('counts against the quota what is not read, and output by its burndown', () => {
    assert.equal(quotaTokensOf({ read: 900, write: { '5m': 50, '1h': 30 }, input: 20, output: 10 }, 5), 150);
    assert.equal(quotaTokensOf({ read: 900, write: {}, input: 20 }, undefined), 20);
    assert.equal(quotaTokensOf({ read: 900, write: {}, input: 20, output: 10 }, undefined), undefined);
  });

  it('is never NaN, infinite or negative for prices that make no sense', () => {
    const price = fc.oneof(fc.double(), fc.constantFrom(0, -1, NaN, Infinity, 1e308, null, undefined));
    const lists = fc.record({
      input: price,
      output: price,
      cacheRead: price,
      cacheWrite5m: price,
      cacheWrite1h: price,
      cacheWrite5mHigh: price,
    });
    const count = fc.oneof(fc.nat(1e9), fc.constantFrom(-5, NaN, Infinity));
    fc.assert(
      fc.property(lists, count, count, count, (prices, read, write, input) => {
        const usd = costOf({ read, write: { '5m': write }, input, output: input }, prices as Prices); // unchecked on purpose
        for (const figure of [usd.low, usd.likely, usd.high]) assert.ok(figure >= 0 && Number.isFinite(figure));
        assert.ok(usd.low <= usd.likely && usd.likely <= usd.high);
      }),
    );
  });
});
