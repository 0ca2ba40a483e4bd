import type { Traffic } from '../prompt/traffic';
import type { Usd } from '../money/bill';
import { moneyTitle, trafficAxisTitle } from '../messages/forecastLabels';
import { describeRate } from '../messages/trafficText';
import type { NumberFormats } from '../figures/numbers';
import type { Axis } from './forecastTypes';

/** The scales of the forecast's chart. */

/** Amounts are given for so many calls: one costs too little to read. */
export const thousand = 1000;
const perDecade = 12;

/** The least traffic on the axis: calls an hour, or calls of a burst. */
export const least = ({ kind }: Traffic): number => (kind === 'poisson' ? 0.1 : 1);
/** The most traffic on the axis. */
export const most = 10_000;

/** Round figures of traffic, for ticks and rows. */
export const decades = (traffic: Traffic): readonly number[] => [0.1, 1, 10, 100, 1000, most].filter((at) => at >= least(traffic));

/** Traffic at which a curve is drawn, evenly spread on a logarithmic axis. */
export const samples = (traffic: Traffic): readonly number[] => {
  const steps = Math.round(Math.log10(most / least(traffic))) * perDecade;
  return Array.from({ length: steps + 1 }, (_, step) => least(traffic) * 10 ** (step / perDecade));
};

/** A round step of 1, 2 or 5 by which an axis up to `max` gets four to ten ticks. */
const niceStep = (max: number): number => {
  const rough = max / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((step) => step * power >= rough) ?? 10;
  return factor * power;
};

/** USD from 0 to a round figure not below `highest`. */
export const moneyAxis = (highest: number, formats: NumberFormats): Axis => {
  const step = highest > 0 ? niceStep(highest) : 1;
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => ({ at: at * step, text: formats.usd(at * step) }));
  return { title: moneyTitle(formats.tokens(thousand)), scale: 'linear', min: 0, max: count * step, ticks };
};

/** The axis of the traffic. */
export const trafficAxis = (traffic: Traffic, formats: NumberFormats): Axis => ({
  title: trafficAxisTitle(traffic, formats),
  scale: 'log',
  min: least(traffic),
  max: most,
  ticks: decades(traffic).map((at) => ({ at, text: describeRate(at, formats) })),
});

/** An amount as text, for so many calls; a range where its ends differ. */
export const band = ({ low, high }: Usd, times: number, formats: NumberFormats): string => formats.usdBand(low * times, high * times);
