import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { JsonObject } from '../../../src/core/text/json';
import type { CacheOutcome, MinimumChoice } from '../../../src/emulator/cachePlan';
import { planCache, settle } from '../../../src/emulator/cachePlan';
import type { CacheStore } from '../../../src/emulator/cacheStore';
import { createCacheStore } from '../../../src/emulator/cacheStore';
import type { Target } from '../../../src/emulator/target';
import { countTokens } from '../../../src/emulator/tokens';
import { claude, nova, read, targetOf, userMessage } from './support';

/** Plans with given prefix sizes, and lets the response begin. */
const call = (
  store: CacheStore,
  converse: JsonObject,
  prefixes: readonly number[],
  now = 0,
  target: Target = claude,
  minimum: MinimumChoice = 'likely',
): CacheOutcome => {
  const counts = { prefixes, total: (prefixes.at(-1) ?? 0) + 3 };
  const outcome = planCache(read(converse), target, counts, store, now, minimum);
  settle(outcome, store, now);
  return outcome;
};
const messages = (...parts: readonly string[]): JsonObject => ({ messages: [userMessage(...parts)] });
const figures = ({ read: tokens, writes, input }: CacheOutcome) => [
  tokens,
  writes.map(({ ttl, tokens: wrote }) => `${ttl} ${wrote}`).join(', '),
  input,
];

describe('planCache', () => {
  it('writes at exactly the minimum and not one token below', () => {
    assert.deepEqual(figures(call(createCacheStore(9), messages('a', '|'), [1_024])), [0, '5m 1024', 3]);
    assert.deepEqual(figures(call(createCacheStore(9), messages('a', '|'), [1_023])), [0, '', 1_026]);
  });

  it('takes the end of an uncertain minimum that it is told to', () => {
    const opus = targetOf('us.anthropic.claude-opus-4-7');
    const written = (minimum: MinimumChoice) => call(createCacheStore(9), messages('a', '|'), [3_000], 0, opus, minimum).written;
    assert.deepEqual([written('low'), written('likely')], [3_000, 0]);
  });

  it('reads what stands before, and writes only what is new', () => {
    const store = createCacheStore(9);
    call(store, messages('a', '|'), [1_712]);
    assert.deepEqual(figures(call(store, messages('a', 'b', '|'), [1_712, 1_948])), [1_712, '5m 236', 3]);
  });

  it('bills an hour up to its last point and five minutes for the rest', () => {
    const store = createCacheStore(9);
    const request = messages('a', 'H', 'b', 'H', 'c', '|', 'd');
    const prefixes = [1_500, 2_000, 2_600, 2_700];
    assert.deepEqual(figures(call(store, request, prefixes)), [0, '1h 2000, 5m 600', 103]);
    assert.deepEqual(figures(call(store, request, prefixes, 400_000)), [2_000, '5m 600', 103]);
  });

  it('skips points below the minimum and charges their tokens to the next', () => {
    assert.deepEqual(figures(call(createCacheStore(9), messages('a', '|', 'b', '|'), [500, 1_500])), [0, '5m 1500', 3]);
  });

  it('takes the longest match of all windows', () => {
    const store = createCacheStore(9);
    const names = Array.from({ length: 60 }, (_, index) => `block ${index}`);
    const prefixes = names.map((_, index) => 2_000 + index * 10);
    const upTo = (count: number, ...points: readonly number[]) =>
      messages(...names.slice(0, count).flatMap((name, index) => (points.includes(index) ? [name, '|'] : [name])));
    call(store, upTo(11, 10), prefixes.slice(0, 11));
    assert.equal(call(store, upTo(31, 30), prefixes.slice(0, 31)).read, 0);
    assert.equal(call(store, upTo(60, 29, 59), prefixes).read, prefixes[10], 'each point opens its own window: 29 sees 10');
    assert.equal(call(store, upTo(60, 20, 49, 59), prefixes).read, prefixes[59]);
  });

  it('looks back 20 places on Claude, the point’s own the first, and none on Nova', () => {
    for (const [target, distance, hit] of [
      [claude, 19, true],
      [claude, 20, false],
      [nova, 0, true],
      [nova, 1, false],
    ] as const) {
      const store = createCacheStore(9);
      const more = Array.from({ length: distance }, (_, index) => `more ${index}`);
      call(store, messages('a', '|'), [2_000], 0, target);
      const later = call(store, messages('a', ...more, '|'), [2_000, ...more.map((_, index) => 2_001 + index)], 0, target);
      assert.equal(later.read > 0, hit, `${target.dialect} ${distance}`);
    }
  });

  it('keeps a point alive that a longer hit passes over', () => {
    const store = createCacheStore(9);
    const both = messages('a', '|', 'b', '|');
    call(store, both, [2_000, 3_000]);
    call(store, both, [2_000, 3_000], 200_000);
    assert.equal(call(store, messages('a', '|', 'other'), [2_000, 2_900], 400_000).read, 2_000);
  });

  it('writes nothing past Nova’s maximum', () => {
    assert.equal(call(createCacheStore(9), messages('a', '|'), [20_000], 0, nova).written, 20_000);
    assert.equal(call(createCacheStore(9), messages('a', '|'), [20_001], 0, nova).written, 0);
  });

  it('caches nothing on Provisioned Throughput', () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc';
    assert.equal(call(createCacheStore(9), messages('a', '|'), [5_000], 0, targetOf(arn)).written, 0);
  });
});

describe('planCache, whatever the request', () => {
  const parts = fc.array(fc.constantFrom('alpha '.repeat(400), 'beta '.repeat(300), 'gamma', 'delta '.repeat(900), '|', 'H'), {
    minLength: 1,
    maxLength: 40,
  });
  const requests = fc.record({
    parts,
    system: fc.boolean(),
    at: fc.integer({ min: 0, max: 7_200_000 }),
    model: fc.constantFrom(claude, nova),
  });
  const build = (wanted: { readonly parts: readonly string[]; readonly system: boolean }): JsonObject => ({
    ...messages(...wanted.parts),
    ...(wanted.system ? { system: [{ text: 'rules '.repeat(700) }, { cachePoint: { type: 'default' } }] } : {}),
  });
  const plan = (store: CacheStore, converse: JsonObject, target: Target, now: number): CacheOutcome => {
    const { prefixes, total } = countTokens(read(converse), target.entry);
    const outcome = planCache(read(converse), target, { prefixes, total }, store, now, 'likely');
    settle(outcome, store, now);
    return outcome;
  };

  it('reads, writes and the rest are the whole input at any state of the cache', () => {
    fc.assert(
      fc.property(fc.array(requests, { maxLength: 6 }), requests, (history, last) => {
        const store = createCacheStore(100);
        for (const { at, model, ...wanted } of history.toSorted((a, b) => a.at - b.at)) plan(store, build(wanted), model, at);
        const { read: tokens, written, input, writes } = plan(store, build(last), last.model, 7_200_000);
        assert.equal(tokens + written + input, countTokens(read(build(last)), last.model.entry).total);
        assert.ok(tokens >= 0 && written >= 0 && input >= 0);
        assert.equal(
          writes.reduce((sum, write) => sum + write.tokens, 0),
          written,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('an identical second call reads at least what the first wrote, and writes nothing', () => {
    fc.assert(
      fc.property(requests, ({ at, model, ...wanted }) => {
        const store = createCacheStore(100);
        const cold = plan(store, build(wanted), model, at);
        const warm = plan(store, build(wanted), model, at + 1_000);
        assert.ok(warm.read >= cold.written);
        assert.equal(warm.written, 0);
      }),
      { numRuns: 150 },
    );
  });
});
