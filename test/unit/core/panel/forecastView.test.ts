import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forecastOf } from '../../../../src/core/traffic/forecast';
import type { Traffic } from '../../../../src/core/prompt/traffic';
import { describeForecast, describePointForecast } from '../../../../src/core/messages/forecastText';
import { describeAmount, describeRate } from '../../../../src/core/messages/trafficText';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { forecastView, type ForecastChart, type ForecastView } from '../../../../src/core/panel/forecastView';
import type { Prices } from '../../../../src/core/models/types';
import { aPlan, claudePrices, novaPrices, type PointSpec } from '../../../support/forecastPlans';
import { shippedSamples } from '../cache/prompts';

const formats = numberFormats('en');
const at = (callsPerHour: number): Traffic => ({ kind: 'poisson', callsPerHour });
const plain: readonly PointSpec[] = [{ tokens: 3168, ttl: '5m', reuse: 'shared' }];
const mixed: readonly PointSpec[] = [
  { tokens: 2500, ttl: '1h', reuse: 'shared' },
  { tokens: 3130, ttl: '5m', reuse: 'session' },
];
const view = (points: readonly PointSpec[], traffic: Traffic, prices: Prices | undefined = claudePrices): ForecastView =>
  forecastView(forecastOf(aPlan({ points, tail: 240, prices }), traffic), formats);
const chart = (points: readonly PointSpec[], traffic: Traffic, prices?: Prices): ForecastChart => {
  const { chart: found } = view(points, traffic, prices);
  assert.ok(found);
  return found;
};
const sentences = (points: readonly PointSpec[], traffic: Traffic, prices = claudePrices): readonly string[] => {
  const forecast = forecastOf(aPlan({ points, prices }), traffic);
  assert.ok(forecast);
  return describeForecast(forecast, formats);
};

describe('forecast sentences', () => {
  it('say how many calls read, what a thousand cost, and from which traffic caching pays', () => {
    assert.deepEqual(sentences(plain, at(60)), [
      'At 60 calls an hour 99% of calls read the cached prefix.',
      '1,000 calls cost $1.02 of input as written (5m), $0.950 with 1h, $9.50 without caching.',
      'With 1h they cost least: $0.0736 less.',
      'Caching as written (5m) pays from 2.9 calls an hour, with 1h from 0.75.',
    ]);
  });

  it('name the cache points where they differ, and what is assumed of sessions', () => {
    const [first, , , last] = sentences(mixed, at(60));
    assert.equal(first, 'At 60 calls an hour 100% of calls read cache point 1, 73% read cache point 2.');
    assert.equal(last, 'Assumed for what changes with the session: 5 calls a session, 30 an hour within it.');
  });

  it('speak of a burst as a burst', () => {
    const lines = sentences(plain, { kind: 'burst', calls: 10, minutes: 5 });
    assert.deepEqual(
      [lines[0], lines.at(-1)],
      [
        'For 10 calls within 5 minutes 90% of calls read the cached prefix.',
        'Caching as written (5m) pays from 2 calls within 5 minutes, with 1h from 3.',
      ],
    );
    assert.equal(describeAmount(1, { kind: 'burst', calls: 1, minutes: 1 }, formats), '1 call within 1 minute');
  });

  it('give both ends of a disputed price, and say that nothing pays where nothing is read', () => {
    assert.equal(
      sentences(plain, at(6), novaPrices)[1],
      '1,000 calls cost $0.249 – $1.79 of input as written (5m), $2.53 without caching.',
    );
    const never = sentences([{ tokens: 4000, ttl: '5m', reuse: 'never' }], at(60));
    assert.deepEqual(never.slice(2), [
      'Without caching they cost least: $3.00 less.',
      'Caching as written (5m) never pays, with 1h it never pays.',
    ]);
  });

  it('say first that the call is refused', () => {
    const wrong = aPlan({ points: [...plain, { tokens: 5000, ttl: '1h', reuse: 'shared' }] });
    const forecast = forecastOf(wrong, at(60));
    assert.ok(forecast);
    assert.match(describeForecast(forecast, formats)[0] ?? '', /^As it is written the call fails/);
  });

  it('speak of one cache point by its number', () => {
    const forecast = forecastOf(aPlan({ points: mixed }), at(60));
    assert.ok(forecast);
    assert.equal(describePointForecast(forecast, 2, formats), 'At 60 calls an hour 73% of calls read this prefix.');
    assert.equal(describePointForecast(forecast, 3, formats), undefined);
  });

  it('write rates with as many digits as are useful', () => {
    assert.deepEqual(
      [0, 0.1, 0.7472, 1, 2.94, 9.96, 60, 12_345, NaN].map((rate) => describeRate(rate, formats)),
      ['0', '0.1', '0.75', '1', '2.9', '10', '60', '12,345', '–'],
    );
  });
});

describe('forecast view', () => {
  it('draws one curve for each choice over the same traffic', () => {
    const { curves, x, y } = chart(mixed, at(60));
    assert.deepEqual(
      curves.map(({ label, asWritten }) => [label, asWritten]),
      [
        ['As written (1h, 5m)', true],
        ['All 5m', false],
        ['All 1h', false],
        ['No caching', false],
      ],
    );
    for (const { points } of curves) {
      assert.deepEqual([points.length, points[0]?.x, Math.round(points.at(-1)?.x ?? 0)], [61, 0.1, 10_000]);
      for (const point of points) assert.ok(point.y >= y.min && point.high <= y.max * (1 + 1e-9));
    }
    assert.deepEqual(
      x.ticks.map(({ text }) => text),
      ['0.1', '1', '10', '100', '1,000', '10,000'],
    );
  });

  it('names the break-even points in the order of their traffic, near ones together', () => {
    assert.deepEqual(
      chart(mixed, at(60)).marks.map(({ letter, text }) => `${letter} ${text}`),
      [
        'A All 1h: costs less than no caching from 0.79 calls an hour. As written (1h, 5m): costs less than no caching from 0.8 calls an hour.',
        'B All 5m: costs less than no caching from 3.1 calls an hour.',
        'C As written (1h, 5m): costs less than all 1h from 22 calls an hour.',
      ],
    );
  });

  it('has the same numbers in its table, with the present traffic and the break-even points', () => {
    const { rows, curves, marks } = chart(mixed, at(60));
    assert.deepEqual(
      rows.map(({ amount, note }) => `${amount}${note === '' ? '' : ` ${note}`}`),
      ['0.1', '0.79 A', '1', '3.1 B', '10', '22 C', '60 now', '100', '1,000', '10,000'],
    );
    const first = rows[0]?.cells.map(({ text }) => text);
    assert.deepEqual(
      first,
      curves.map(({ points }) => formats.usd(points[0]?.y)),
    );
    assert.deepEqual(
      rows.find(({ now }) => now)?.cells.map(({ text }) => text),
      curves.map(({ usdText }) => usdText),
    );
    assert.equal(formats.usd(marks[0]?.y), rows[1]?.cells.at(-1)?.text);
    for (const { cells } of rows) assert.ok(cells.some(({ cheapest }) => cheapest));
  });

  it('calls lowest what costs least, and says where what is written costs hardly more', () => {
    const ranks = (callsPerHour: number) => chart(plain, at(callsPerHour)).curves.map(({ id, rank }) => [id, rank]);
    assert.deepEqual(ranks(60), [
      ['5m', 'other'],
      ['1h', 'lowest'],
      ['none', 'other'],
    ]);
    assert.deepEqual(ranks(120), [
      ['5m', 'close'],
      ['1h', 'other'],
      ['none', 'other'],
    ]);
  });

  it('shows a burst over its calls, and asks for no calls an hour', () => {
    const found = view(plain, { kind: 'burst', calls: 20, minutes: 30 });
    assert.equal(found.callsPerHour, undefined);
    assert.equal(found.chart?.x.title, 'Calls within 30 min (logarithmic)');
    assert.equal(found.chart?.x.min, 1);
    assert.equal(found.chart?.now.text, '20');
  });

  it('marks the area of a disputed price', () => {
    const nova = chart(plain, at(60), novaPrices);
    assert.match(nova.bandText, /^Shaded/);
    assert.ok(nova.curves[0]?.points.some(({ y, high }) => high > y));
    assert.equal(chart(plain, at(60)).bandText, '');
  });

  it('says so where there is nothing to draw', () => {
    assert.deepEqual(view([], at(60)), {
      callsPerHour: 60,
      mostCalls: '10,000,000',
      sentences: ['No cache point of this prompt works: each call costs $0.00069 – $0.00075 of input at any traffic.'],
      chart: undefined,
    });
    assert.equal(forecastView(undefined, formats).chart, undefined);
    assert.match(forecastView(undefined, formats).sentences[0] ?? '', /^No price/);
  });

  it('has a figure for everything and NaN for nothing, whatever the traffic and the prices', () => {
    const amount = fc.oneof(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.constantFrom(0, 1e-9, 1e7));
    const price = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(0, 1e308));
    const prices = fc.record({ input: price, output: price, cacheRead: price, cacheWrite5m: price, cacheWrite1h: price });
    const traffic = fc.oneof(
      amount.map(at),
      fc.tuple(amount, amount).map(([calls, minutes]): Traffic => ({ kind: 'burst', calls: 1 + calls, minutes })),
    );
    fc.assert(
      fc.property(fc.constantFrom(plain, mixed), traffic, prices, (points, flow, list) => {
        const { chart: drawn } = view(points, flow, list);
        if (drawn === undefined) return;
        for (const { y, high } of drawn.curves.flatMap((curve) => curve.points)) assert.ok(Number.isFinite(y) && high >= y && y >= 0);
        assert.ok(drawn.y.max > 0 && Number.isFinite(drawn.y.max) && drawn.y.ticks.length < 15);
        assert.doesNotMatch(JSON.stringify(drawn), /NaN|Infinity|null/);
      }),
      { numRuns: 60 },
    );
  });

  it('makes a chart of every sample with a working cache point', () => {
    for (const { name, plan } of shippedSamples()) {
      const found = forecastView(forecastOf(plan, at(60)), formats);
      assert.equal(found.chart === undefined, !plan.checkpoints.some(({ verdict }) => verdict.kind === 'caches'), name);
      assert.ok(found.sentences.length > 0);
    }
  });
});
