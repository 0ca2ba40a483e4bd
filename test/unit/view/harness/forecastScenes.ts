import { forecastOf } from '../../../../src/core/traffic/forecast';
import type { Traffic } from '../../../../src/core/prompt/traffic';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { forecastView, type ForecastView } from '../../../../src/core/panel/forecastView';
import { aPlan, claudePrices, novaPrices, type PointSpec } from '../../../support/forecastPlans';

/** Forecasts worth looking at, by name. */

const at = (callsPerHour: number): Traffic => ({ kind: 'poisson', callsPerHour });
const mixed: readonly PointSpec[] = [
  { tokens: 2500, ttl: '1h', reuse: 'shared' },
  { tokens: 3130, ttl: '5m', reuse: 'session' },
];
const plain: readonly PointSpec[] = [{ tokens: 4310, ttl: '5m', reuse: 'shared' }];

const scene = (points: readonly PointSpec[], traffic: Traffic, locale = 'en', prices = claudePrices): ForecastView =>
  forecastView(forecastOf(aPlan({ points, tail: 240, prices }), traffic), numberFormats(locale));

export const forecastScenes: { readonly [name: string]: ForecastView } = {
  forecastMixed: scene(mixed, at(60)),
  forecastPlain: scene(plain, at(2.5)),
  forecastNova: scene(plain, at(60), 'en', novaPrices),
  forecastBurst: scene(mixed, { kind: 'burst', calls: 20, minutes: 30 }),
  forecastBusyGerman: scene(mixed, at(250_000), 'de'),
  forecastNever: scene([{ tokens: 4310, ttl: '5m', reuse: 'never' }], at(60)),
  forecastNothing: scene([], at(60)),
};
