import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lifetimeMsOf } from '../../../../src/core/models/lifetimes';
import type { CallTokens } from '../../../../src/core/money/bill';
import { uncachedCostOf } from '../../../../src/core/money/bill';
import { perHour } from '../../../../src/core/prompt/traffic';
import { hitRate } from '../../../../src/core/traffic/arrivals';
import { cheapestTtls, expectedUsd, paysAtAnySize, trafficPoints } from '../../../../src/core/traffic/expected';
import { aliveAt, meanTokens, type TrafficPoint } from '../../../../src/core/traffic/point';
import { aPlan } from '../../../support/forecastPlans';

const expectedTokens = (points: readonly TrafficPoint[], total: number, callsPerHour: number): CallTokens =>
  meanTokens(points, total, aliveAt(perHour(callsPerHour)));

/** A small generator with a seed, so that a failing run can be repeated: mulberry32, public domain. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

interface Totals {
  read: number;
  input: number;
  readonly write: Record<string, number>;
}

/**
 * Call by call: entries with a moment of expiry, looked up, refreshed and written as the service documents it. It knows nothing of rates or
 * probabilities. What varies is unreadable because each call makes an entry of its own.
 */
const simulate = (points: readonly TrafficPoint[], total: number, callsPerHour: number, calls: number, seed: number): Totals => {
  const random = randomFrom(seed);
  const expires = new Map<number, number>();
  const sums: Totals = { read: 0, input: 0, write: {} };
  let now = 0;
  for (let call = 0; call < calls; call += 1) {
    now += (-Math.log(1 - random()) * 3600) / callsPerHour;
    let reached = 0;
    points.forEach((point, at) => {
      if (point.reuse === 'shared' && (expires.get(at) ?? 0) > now) reached = Math.max(reached, point.tokens);
    });
    sums.read += reached;
    for (const [at, { tokens, ttl }] of points.entries()) {
      expires.set(at, now + lifetimeMsOf(ttl) / 1000);
      if (tokens <= reached) continue;
      sums.write[ttl] = (sums.write[ttl] ?? 0) + tokens - reached;
      reached = tokens;
    }
    sums.input += total - reached;
  }
  return sums;
};

/** Prefixes that grow, with the longer lifetimes first, and behind the first one that varies nothing readable. */
const plans = fc
  .record({
    parts: fc.array(fc.integer({ min: 200, max: 20_000 }), { minLength: 1, maxLength: 4 }),
    hours: fc.nat({ max: 4 }),
    readable: fc.nat({ max: 4 }),
    tail: fc.nat({ max: 5000 }),
    callsPerHour: fc.double({ min: 0.2, max: 200, noNaN: true }),
    seed: fc.integer(),
  })
  .map(({ parts, hours, readable, tail, ...rest }) => {
    let tokens = 0;
    const points = parts.map((part, at): TrafficPoint => ({
      tokens: (tokens += part),
      ttl: at < hours ? '1h' : '5m',
      reuse: at < readable ? 'shared' : 'never',
    }));
    return { points, total: tokens + tail, ...rest };
  });

const calls = 6000;

describe('traffic', () => {
  it('finds an entry alive as often as the call before was within its lifetime', () => {
    assert.equal(hitRate(0, 300), 0);
    assert.ok(Math.abs(hitRate(12, 300) - (1 - Math.exp(-1))) < 1e-12);
    assert.ok(hitRate(1e7, 300) > 1 - 1e-9);
  });

  it('agrees with a simulation call by call, within its error', () => {
    fc.assert(
      fc.property(plans, ({ points, total, callsPerHour, seed }) => {
        const expected = expectedTokens(points, total, callsPerHour);
        const seen = simulate(points, total, callsPerHour, calls, seed);
        // Each figure is a mean of independent calls between 0 and `total`: five standard errors, and the cold first call.
        const near = (mean: number, sum: number, name: string) => {
          const error = 5 * total * 0.5 * Math.sqrt(1 / calls) + total / calls;
          assert.ok(Math.abs(mean - sum / calls) <= error, `${name}: predicted ${mean}, seen ${sum / calls}, error ${error}`);
        };
        near(expected.read, seen.read, 'read');
        near(expected.input, seen.input, 'input');
        for (const ttl of ['5m', '1h']) near(expected.write[ttl] ?? 0, seen.write[ttl] ?? 0, `written for ${ttl}`);
      }),
      { numRuns: 60 },
    );
  });

  it('loses and invents no token', () => {
    fc.assert(
      fc.property(plans, ({ points, total, callsPerHour }) => {
        const { read, write, input } = expectedTokens(points, total, callsPerHour);
        const sum = read + input + Object.values(write).reduce((all, tokens) => all + tokens, 0);
        assert.ok(Math.abs(sum - total) < 1e-6 * total);
        for (const part of [read, input, ...Object.values(write)]) assert.ok(part >= 0 && Number.isFinite(part));
      }),
    );
  });

  it('reads more the more calls there are', () => {
    fc.assert(
      fc.property(plans, fc.double({ min: 1, max: 50, noNaN: true }), ({ points, total, callsPerHour }, factor) => {
        const less = expectedTokens(points, total, callsPerHour).read;
        assert.ok(expectedTokens(points, total, callsPerHour * factor).read >= less - 1e-6);
      }),
    );
  });

  it('reads the hour-long prefix in gaps in which the five-minute one has gone', () => {
    const points: readonly TrafficPoint[] = [
      { tokens: 1000, ttl: '1h', reuse: 'shared' },
      { tokens: 3000, ttl: '5m', reuse: 'shared' },
    ];
    const { read, write } = expectedTokens(points, 3000, 6);
    const [short, long] = [hitRate(6, 300), hitRate(6, 3600)];
    assert.ok(Math.abs(read - (3000 * short + 1000 * (long - short))) < 1e-9);
    assert.ok(Math.abs((write['5m'] ?? 0) - 2000 * (1 - short)) < 1e-9);
    assert.ok(Math.abs((write['1h'] ?? 0) - 1000 * (1 - long)) < 1e-9);
  });
});

describe('what pays at any size', () => {
  const tokens = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 4 });
  const ttls = fc.array(fc.constantFrom('5m' as const, '1h' as const), { minLength: 4, maxLength: 4 });

  it('pays at this one, and no other lifetimes save more', () => {
    const answers = new Set<boolean>();
    fc.assert(
      fc.property(
        fc.constantFrom(0.01, 0.1),
        tokens,
        ttls,
        fc.constantFrom(1, 3, 8, 12, 20, 60, 3000),
        fc.nat(20_000),
        (worth, sizes, lives, callsPerHour, tail) => {
          const sorted = sizes.toSorted((a, b) => a - b);
          const plan = aPlan({ points: sorted.map((size, at) => ({ tokens: size, ttl: lives[at] ?? '5m', reuse: 'shared' })), tail });
          const traffic = perHour(callsPerHour);
          const pays = paysAtAnySize(plan, traffic, worth);
          answers.add(pays);
          if (!pays || plan.prices === undefined) return;
          const usd = expectedUsd(trafficPoints(plan), plan.total.likely, traffic, plan.prices);
          const uncached = uncachedCostOf(plan.total.likely, plan.prices).likely;
          assert.ok(usd <= uncached * (1 + 1e-9));
          assert.ok(usd - (cheapestTtls(plan, traffic)?.usd ?? 0) <= uncached * worth * (1 + 1e-9));
        },
      ),
    );
    assert.equal(answers.size, 2);
  });
});
