import { amountOf, type Traffic } from '../prompt/traffic';
import { usdAt, type BreakEven, type Choice, type Forecast, type Switch } from '../traffic/forecast';
import { doubtsOf } from '../models/doubts';
import { describeDoubt } from './doubts';
import type { NumberFormats } from '../figures/numbers';
import { describeAmount, describeRate, describeTraffic, plural } from './trafficText';

const lifetimes = ({ ttls }: Choice): string => [...new Set(ttls)].join(', ');

/** Name of a choice in a legend or at the head of a column: "All 5m, as written". */
export const choiceLabel = (choice: Choice): string => {
  if (choice.id === 'none') return 'No caching';
  if (choice.id === 'written') return `As written (${choice.ttls.join(', ')})`;
  const name = choice.ttls.length === 1 ? choice.id : `All ${choice.id}`;
  return choice.asWritten ? `${name}, as written` : name;
};

const within = (choice: Choice): string =>
  choice.id === 'none' ? 'without caching' : choice.asWritten ? `as written (${lifetimes(choice)})` : `with ${choice.id}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const readSentence = ({ written, points, traffic }: Forecast, formats: NumberFormats): string => {
  const when = capital(describeTraffic(traffic, formats));
  const shares = written.reads.map((share) => formats.percent(share));
  const [first] = shares;
  if (first === undefined) return `${when} nothing is read from the cache: no cache point works.`;
  if (shares.every((share) => share === first)) return `${when} ${first} of calls read the cached prefix.`;
  const parts = shares.map((share, at) => `${share}${at === 0 ? ' of calls' : ''} read cache point ${points[at]?.number ?? at + 1}`);
  return `${when} ${parts.join(', ')}.`;
};

const thousand = 1000;

const costSentence = (forecast: Forecast, formats: NumberFormats): string => {
  const { choices, written, traffic } = forecast;
  const others = choices.filter((choice) => choice !== written);
  const parts = [written, ...others].map((choice, at) => {
    const { low, high } = usdAt(forecast, choice, amountOf(traffic));
    const usd = formats.usdBand(low * thousand, high * thousand);
    return at === 0 ? `${formats.tokens(thousand)} calls cost ${usd} of input ${within(choice)}` : `${usd} ${within(choice)}`;
  });
  return `${parts.join(', ')}.`;
};

/** "pays from 4 calls an hour". */
const describeBreakEven = (breakEven: BreakEven, traffic: Traffic, formats: NumberFormats): string => {
  switch (breakEven.kind) {
    case 'always':
      return 'pays at any traffic';
    case 'never':
      return 'never pays';
    case 'from':
      return `pays from ${describeAmount(breakEven.traffic, traffic, formats)}`;
  }
};

const breakEvenSentence = ({ choices, traffic, written }: Forecast, formats: NumberFormats): readonly string[] => {
  const caching = choices.filter(({ id }) => id !== 'none');
  const [first, ...rest] = caching.includes(written) ? [written, ...caching.filter((choice) => choice !== written)] : caching;
  if (first === undefined) return [];
  const parts = rest.map((choice) => {
    const { breakEven } = choice;
    const short = first.breakEven.kind === 'from' && breakEven.kind === 'from';
    const what = short ? `from ${describeRate(breakEven.traffic, formats)}` : `it ${describeBreakEven(breakEven, traffic, formats)}`;
    return `${within(choice)} ${what}`;
  });
  return [`${[`Caching ${within(first)} ${describeBreakEven(first.breakEven, traffic, formats)}`, ...parts].join(', ')}.`];
};

const adviceSentence = ({ cheapest, written }: Forecast, formats: NumberFormats): readonly string[] => {
  if (cheapest === written) return [];
  const saved = formats.usd((written.usd.likely - cheapest.usd.likely) * thousand);
  return [`${capital(within(cheapest))} they cost least: ${saved} less.`];
};

const sessionSentence = ({ points, sessions, traffic }: Forecast, formats: NumberFormats): readonly string[] => {
  if (!points.some(({ reuse }) => reuse.kind === 'session')) return [];
  const calls = plural(describeRate(sessions.calls, formats), 'call', 'calls');
  const pace = traffic.kind === 'poisson' ? `, ${describeRate(sessions.callsPerHour, formats)} an hour within it` : '';
  return [`Assumed for what changes with the session: ${calls} a session${pace}.`];
};

const doubtSentences = ({ plan, points }: Forecast): readonly string[] =>
  points.length === 0 ? [] : doubtsOf(plan.resolution).map(describeDoubt);

const refusedSentence = ({ refused }: Forecast): readonly string[] =>
  refused ? ['As it is written the call fails: these figures hold once that is fixed.'] : [];

/** Said where no price is known. */
export const noPrice = 'No price of this model is known, so there is nothing to forecast.';

/** Said where traffic makes no difference. */
export const noWorkingPoint = ({ none }: Forecast, formats: NumberFormats): string =>
  `No cache point of this prompt works: each call costs ${formats.usdBand(none.usd.low, none.usd.high)} of input at any traffic.`;

/** The key of a chart's shaded area. */
export const disputedPrice =
  'Shaded: sources disagree on the price of a write; the line takes the price list, the area reaches the highest price found.';

/** What the traffic means for the cost of the prompt's input, a sentence each: for tooltips, hovers and the panel. */
export const describeForecast = (forecast: Forecast, formats: NumberFormats): readonly string[] => [
  ...refusedSentence(forecast),
  readSentence(forecast, formats),
  costSentence(forecast, formats),
  ...adviceSentence(forecast, formats),
  ...breakEvenSentence(forecast, formats),
  ...sessionSentence(forecast, formats),
  ...doubtSentences(forecast),
];

/** How often calls read the prefix of one cache point, by its number in the plan; `undefined` where it does not work. */
export const describePointForecast = (
  { points, written, traffic }: Forecast,
  number: number,
  formats: NumberFormats,
): string | undefined => {
  const at = points.findIndex((point) => point.number === number);
  const share = written.reads[at];
  return share === undefined
    ? undefined
    : `${capital(describeTraffic(traffic, formats))} ${formats.percent(share)} of calls read this prefix.`;
};

/** Where a choice starts to cost less than no caching. */
export const breakEvenText = (choice: Choice, amount: number, traffic: Traffic, formats: NumberFormats): string =>
  `${choiceLabel(choice)}: costs less than no caching from ${describeAmount(amount, traffic, formats)}.`;

/** Where one choice becomes cheaper than the one that was cheapest below. */
export const switchText = (from: Choice, to: Choice, { traffic: amount }: Switch, traffic: Traffic, formats: NumberFormats): string =>
  `${choiceLabel(to)}: costs less than ${choiceLabel(from).toLowerCase()} from ${describeAmount(amount, traffic, formats)}.`;
