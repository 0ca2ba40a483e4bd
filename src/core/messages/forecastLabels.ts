import type { NumberFormats } from '../figures/numbers';
import { describeAmount, describeRate } from './trafficText';
import type { Traffic } from '../prompt/traffic';

/** Names of the forecast's figures. */
export const forecastNames = {
  expected: 'Expected call',
  uncached: 'Without caching',
  saved: 'Saved',
  /** In the place of what is saved, where writing costs more. */
  extra: 'Extra for writing',
  cold: 'Cold call',
  warm: 'Warm call',
  quota: 'Quota tokens',
} as const;

/** What each figure of the forecast is, or how it is calculated. */
export const forecastHints = {
  expected: (when: string): string => `Mean input cost of one call at ${when}, as written.`,
  uncached: 'All input tokens at the input price.',
  saved: '1 − expected call / without caching.',
  cold: 'Input of a call that finds nothing in the cache and writes it.',
  warm: 'Input of a call that finds all it can read.',
  quota: (uncached: string): string =>
    `Input tokens of a call that count against the tokens-per-minute quota on average; without caching ${uncached}. Cache reads do not count.`,
} as const;

/** The title of the axis of money. `calls`: for how many the amounts are. */
export const moneyTitle = (calls: string): string => `USD for ${calls} calls, input only`;

/** What the traffic is counted in. */
export const trafficTitle = (traffic: Traffic, formats: NumberFormats): string =>
  traffic.kind === 'poisson' ? 'Calls an hour' : `Calls within ${describeRate(traffic.minutes, formats)} min`;

export const trafficAxisTitle = (traffic: Traffic, formats: NumberFormats): string => `${trafficTitle(traffic, formats)} (logarithmic)`;

/** At the row of the present traffic. */
export const nowNote = 'now';

/** The chart in words, for whoever does not see it. */
export const chartText = (
  chart: {
    readonly calls: string;
    readonly traffic: Traffic;
    readonly least: number;
    readonly most: number;
    readonly present: number;
    readonly curves: readonly { readonly label: string; readonly usdText: string }[];
    readonly marks: readonly { readonly text: string }[];
  },
  formats: NumberFormats,
): string => {
  const { calls, traffic, least, most, present, curves, marks } = chart;
  const range = `from ${describeAmount(least, traffic, formats)} to ${describeRate(most, formats)}`;
  const now = `At ${describeRate(present, formats)}: ${curves.map(({ label, usdText }) => `${label} ${usdText}`).join('; ')}.`;
  return `Mean cost of the input of ${calls} calls, ${range}. ${now} ${marks.map(({ text }) => text).join(' ')}`.trim();
};
