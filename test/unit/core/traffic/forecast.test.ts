import assert from 'node:assert/strict';
import fc from 'fast-check';
import { burstHitRate, readShare, usualSessions, type Sessions } from '../../../../src/core/traffic/arrivals';
import type { Traffic } from '../../../../src/core/prompt/traffic';
import { forecastOf, switchesOf, usdAt, type Choice, type ChoiceId, type Forecast } from '../../../../src/core/traffic/forecast';
import { usdOf } from '../../../../src/core/money/bill';
import { savingsOf } from '../../../../src/core/traffic/savings';
import type { Prices } from '../../../../src/core/models/types';
import { simulate, type SeenCall } from '../../../support/callByCall';
import { aPlan, claudePrices, novaPrices, type PointSpec } from '../../../support/forecastPlans';
import { shippedSamples } from '../cache/prompts';

const at = (callsPerHour: number): Traffic => ({ kind: 'poisson', callsPerHour });
const shared = (tokens: number, ttl = '5m'): PointSpec => ({ tokens, ttl, reuse: 'shared' });
const made = (points: readonly PointSpec[], traffic: Traffic, prices = claudePrices, tail = 0): Forecast => {
  const forecast = forecastOf(aPlan({ points, tail, prices }), traffic);
  assert.ok(forecast);
  return forecast;
};
const choice = (forecast: Forecast, id: ChoiceId): Choice => {
  const found = forecast.choices.find((one) => one.id === id);
  assert.ok(found, `no choice ${id}`);
  return found;
};
const near = (seen: number, expected: number, share = 1e-6) =>
  assert.ok(Math.abs(seen - expected) <= Math.abs(expected) * share, `${seen} instead of ${expected}`);

/** Plans that the service accepts: growing prefixes, longer lifetimes first, what varies behind what does not. */
const points = fc
  .array(fc.record({ part: fc.integer({ min: 200, max: 20_000 }), hour: fc.boolean(), reuse: fc.nat({ max: 2 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts): readonly PointSpec[] => {
    let tokens = 0;
    const reuses = parts.map(({ reuse }) => reuse).sort();
    const hours = parts.filter(({ hour }) => hour).length;
    return parts.map(({ part }, index) => ({
      tokens: (tokens += part),
      ttl: index < hours ? '1h' : '5m',
      reuse: (['shared', 'session', 'never'] as const)[reuses[index] ?? 0] ?? 'shared',
    }));
  });

/** Whole numbers of sessions side by side and per burst, which is what the formula means. */
const flow = fc
  .record({
    calls: fc.integer({ min: 1, max: 8 }),
    pace: fc.integer({ min: 4, max: 60 }),
    slots: fc.integer({ min: 1, max: 8 }),
    slow: fc.double({ min: 0.02, max: 1, noNaN: true }),
    minutes: fc.double({ min: 1, max: 240, noNaN: true }),
    steady: fc.boolean(),
  })
  .map(({ calls, pace, slots, slow, minutes, steady }): { readonly traffic: Traffic; readonly sessions: Sessions } => ({
    sessions: { calls, callsPerHour: pace },
    traffic: steady ? at(slots === 1 ? pace * slow : pace * slots) : { kind: 'burst', calls: calls * slots, minutes },
  }));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of calls, with the share of them that found each point. A bill is a sum of products, so its bill is the mean of their bills. */
const meanCall = (group: readonly SeenCall[]) => {
  const meanOf = (of: (call: SeenCall) => number): number => mean(group.map(of));
  return {
    read: meanOf(({ read }) => read),
    written: Object.fromEntries(['5m', '1h'].map((ttl) => [ttl, meanOf(({ written }) => written[ttl] ?? 0)])),
    input: meanOf(({ input }) => input),
    found: (group[0]?.found ?? []).map((_, index) => meanOf(({ found }) => (found[index] === true ? 1 : 0))),
  };
};
type MeanCall = ReturnType<typeof meanCall>;

/** Five standard errors of the mean of groups, and what a few calls of the start or of a rare event may weigh. */
const errorOf = (groups: readonly number[], largest: number, calls: number): number => {
  const middle = mean(groups);
  const spread = mean(groups.map((value) => (value - middle) ** 2));
  return 5 * Math.sqrt(spread / (groups.length - 1)) + (12 * largest) / calls;
};

describe('forecast', () => {
  const calls = 4800;

  it('agrees with a simulation call by call, within its error', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(points, flow, fc.nat({ max: 3000 }), fc.integer(), (specs, { traffic, sessions }, tail, seed) => {
        const plan = aPlan({ points: specs, tail });
        const forecast = forecastOf(plan, traffic, sessions);
        assert.ok(forecast);
        const total = plan.total.likely;
        const groups = simulate({ points: specs, total, traffic, sessions, seed }, calls);
        const seen = groups.map(meanCall);
        const check = (name: string, predicted: number, of: (call: MeanCall) => number, largest: number) => {
          const means = seen.map(of);
          const error = errorOf(means, largest, calls);
          assert.ok(Math.abs(predicted - mean(means)) <= error, `${name}: predicted ${predicted}, seen ${mean(means)}, error ${error}`);
        };
        const { tokens, usd, reads } = forecast.written;
        const bill = ({ read, written, input }: MeanCall) => usdOf({ read, write: written, input }, claudePrices)?.likely ?? 0;
        check('USD', usd.likely, bill, (total * 6) / 1e6);
        check('read', tokens.read, ({ read }) => read, total);
        check('input', tokens.input, ({ input }) => input, total);
        for (const ttl of ['5m', '1h']) check(`written for ${ttl}`, tokens.write[ttl] ?? 0, ({ written }) => written[ttl] ?? 0, total);
        reads.forEach((share, index) => check(`share of point ${index}`, share, ({ found }) => found[index] ?? 0, 1));
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  it('loses and invents no token, and is never NaN or negative, whatever the traffic', () => {
    const anything = fc.oneof(fc.double(), fc.constantFrom(0, -1, NaN, Infinity));
    const traffics = fc.oneof(
      anything.map((callsPerHour): Traffic => ({ kind: 'poisson', callsPerHour })),
      fc.tuple(anything, anything).map(([count, minutes]): Traffic => ({ kind: 'burst', calls: count, minutes })),
    );
    const sessions = fc.tuple(anything, anything).map(([count, callsPerHour]): Sessions => ({ calls: count, callsPerHour }));
    fc.assert(
      fc.property(points, traffics, sessions, (specs, traffic, session) => {
        const forecast = forecastOf(aPlan({ points: specs, tail: 10 }), traffic, session);
        assert.ok(forecast);
        for (const { tokens, usd, reads, quotaTokens } of forecast.choices) {
          const all = tokens.read + tokens.input + Object.values(tokens.write).reduce((sum, more) => sum + more, 0);
          near(all, forecast.plan.total.likely);
          for (const figure of [usd.low, usd.likely, usd.high, quotaTokens]) assert.ok(figure >= 0 && Number.isFinite(figure));
          assert.ok(usd.low <= usd.likely && usd.likely <= usd.high);
          for (const share of reads) assert.ok(share >= 0 && share <= 1);
        }
      }),
    );
  });

  it('stays finite with absurd prices, and says nothing without a usable one', () => {
    const price = fc.oneof(fc.double(), fc.constantFrom(0, -1, NaN, Infinity, 1e308, null, undefined));
    const lists = fc.record({
      input: price,
      output: price,
      cacheRead: price,
      cacheWrite5m: price,
      cacheWrite1h: price,
      cacheWrite5mHigh: price,
    });
    fc.assert(
      fc.property(points, lists, (specs, prices) => {
        const plan = aPlan({ points: specs, prices: prices as Prices }); // what a setting might hold if nobody checked it
        const forecast = forecastOf(plan, at(60));
        for (const { usd, breakEven } of forecast?.choices ?? []) {
          for (const figure of [usd.low, usd.likely, usd.high]) assert.ok(figure >= 0 && Number.isFinite(figure));
          if (breakEven.kind === 'from') assert.ok(breakEven.traffic > 0 && Number.isFinite(breakEven.traffic));
        }
        const savings = savingsOf(plan);
        assert.equal(savings === undefined, forecast === undefined);
        if (savings) for (const figure of [savings.warm.likely, savings.cold.high, savings.savedShare]) assert.ok(Number.isFinite(figure));
      }),
    );
    assert.equal(forecastOf(aPlan({ points: [shared(2000)], prices: undefined }), at(60)), undefined);
  });

  it('costs less, or the same, the more calls there are, where reads are cheaper than writes', () => {
    fc.assert(
      fc.property(points, flow, fc.double({ min: 1, max: 50, noNaN: true }), (specs, { traffic, sessions }, factor) => {
        const forecast = forecastOf(aPlan({ points: specs }), traffic, sessions);
        assert.ok(forecast);
        const amount = traffic.kind === 'poisson' ? traffic.callsPerHour : traffic.calls;
        for (const one of forecast.choices)
          assert.ok(usdAt(forecast, one, amount * factor).likely <= usdAt(forecast, one, amount).likely * (1 + 1e-9));
      }),
    );
  });

  it('meets the cost without caching at its break-even point', () => {
    fc.assert(
      fc.property(points, flow, (specs, { traffic, sessions }) => {
        const forecast = forecastOf(aPlan({ points: specs, tail: 50 }), traffic, sessions);
        assert.ok(forecast);
        const none = forecast.none.usd.likely;
        for (const one of forecast.choices) {
          if (one.breakEven.kind !== 'from') continue;
          const amount = one.breakEven.traffic;
          if (traffic.kind === 'poisson') near(usdAt(forecast, one, amount).likely, none, 1e-4);
          else assert.ok(usdAt(forecast, one, amount).likely <= none && usdAt(forecast, one, amount - 1).likely > none);
        }
      }),
    );
  });

  it('knows the break-even points of a Claude prefix by heart', () => {
    // 1.25 (1 − h) + 0.1 h = 1 gives h = 5/23, reached at −12 ln(18/23) calls an hour; 2 (1 − h) + 0.1 h = 1 gives h = 10/19, at −ln(9/19).
    const forecast = made([shared(4000)], at(60));
    const breakEvens = ['5m', '1h'].map((id) => choice(forecast, id as ChoiceId).breakEven);
    near((breakEvens[0] as { traffic: number }).traffic, -12 * Math.log(18 / 23));
    near((breakEvens[1] as { traffic: number }).traffic, -Math.log(9 / 19));
  });

  it('knows the second call of a short burst to pay for five minutes, the third for an hour', () => {
    const forecast = made([shared(4000)], { kind: 'burst', calls: 10, minutes: 5 });
    assert.deepEqual(choice(forecast, '5m').breakEven, { kind: 'from', traffic: 2 });
    assert.deepEqual(choice(forecast, '1h').breakEven, { kind: 'from', traffic: 3 });
    assert.equal(forecast.cheapest.id, '5m');
    near(forecast.written.reads[0] ?? 0, 0.9);
  });

  it('keeps what is written among equals, and otherwise names the cheapest', () => {
    assert.equal(made([shared(4000)], at(1000)).cheapest.id, '5m');
    assert.equal(made([shared(4000)], at(6)).cheapest.id, '1h');
    assert.equal(made([shared(4000)], at(0.2)).cheapest.id, 'none');
    assert.equal(made([shared(4000), { tokens: 5000, ttl: '5m', reuse: 'never' }], at(1000)).written.id, '5m');
  });

  it('lists mixed lifetimes as a choice of their own, and equal ones once', () => {
    const ids = (specs: readonly PointSpec[]) => made(specs, at(60)).choices.map(({ id, asWritten }) => (asWritten ? `${id}!` : id));
    assert.deepEqual(ids([shared(2000, '1h'), shared(3000)]), ['written!', '5m', '1h', 'none']);
    assert.deepEqual(ids([shared(2000, '1h'), shared(3000, '1h')]), ['5m', '1h!', 'none']);
    assert.deepEqual(ids([]), ['none!']);
    const half = forecastOf(
      aPlan({ points: [shared(2000, '30m')], ttls: ['30m'], prices: { ...claudePrices, cacheWrite30m: 3.75 } }),
      at(10),
    );
    assert.deepEqual(
      half?.choices.map(({ id }) => id),
      ['30m', 'none'],
    );
  });

  it('says from which traffic on another choice is the cheapest', () => {
    const forecast = made([{ tokens: 4000, ttl: '5m', reuse: 'session' }], at(60));
    const turns = switchesOf(forecast);
    assert.deepEqual(
      turns.map(({ from, to }) => `${from} ${to}`),
      ['none 1h', '1h 5m'],
    );
    for (const { traffic, from, to } of turns)
      near(usdAt(forecast, choice(forecast, from), traffic).likely, usdAt(forecast, choice(forecast, to), traffic).likely, 1e-3);
  });

  it('shows the range of a disputed price, and that a free write always pays', () => {
    const { written, cold } = made([shared(4000)], at(1), novaPrices);
    assert.deepEqual(written.breakEven, { kind: 'always' });
    assert.ok(written.usd.high > written.usd.likely * 2);
    assert.equal(cold.likely, 0);
  });

  it('never pays for a prefix that no call reads again', () => {
    const forecast = made([{ tokens: 4000, ttl: '5m', reuse: 'never' }], at(10_000));
    assert.deepEqual(forecast.written.breakEven, { kind: 'never' });
    assert.equal(forecast.cheapest.id, 'none');
    assert.deepEqual(forecast.written.reads, [0]);
  });

  it('counts neither reads nor the prefix that is read against the quota', () => {
    const { written, none } = made([shared(4000)], at(1e6), claudePrices, 500);
    near(written.quotaTokens, 500);
    near(none.quotaTokens, 4500);
  });

  it('lets a session find nothing on its first call, nor be faster than all calls together', () => {
    near(readShare('session', '1h', at(1e6)), 1 - 1 / usualSessions.calls, 1e-9);
    near(readShare('session', '5m', at(6)), 0.8 * readShare('shared', '5m', at(6)), 1e-9);
    assert.equal(readShare('session', '5m', at(60), { calls: 1, callsPerHour: 30 }), 0);
    assert.equal(burstHitRate(1, 0, 300), 0);
    near(burstHitRate(4, 10, 300), 0.75 * (1 - 0.5 ** 4), 1e-12);
  });

  it('agrees with the savings about cold and warm calls of every sample', () => {
    for (const { plan } of shippedSamples()) {
      const savings = savingsOf(plan);
      const forecast = forecastOf(plan, at(60));
      assert.equal(forecast === undefined, savings === undefined);
      if (forecast === undefined || savings === undefined) continue;
      near(forecast.cold.likely, savings.cold.likely, 1e-9);
      near(forecast.warm.likely, savings.warm.likely, 1e-9);
      near(forecast.none.usd.likely, savings.uncached.likely, 1e-9);
    }
  });
});
