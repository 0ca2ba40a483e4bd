import type { NumberFormats } from '../figures/numbers';
import type { PriceName } from '../money/bill';

/** Names of the figures of runs, the same wherever they stand. */
export const figureNames = {
  runs: 'Runs',
  hitRate: 'Cache hit rate',
  read: 'Cache read',
  written: 'Cache write',
  uncached: 'Uncached',
  output: 'Output',
  cost: 'Cost',
  costOfCall: 'Cost of this call',
  withoutCaching: 'Without caching',
  saved: 'Saved',
  /** In the place of what was saved, where writing cost more. */
  extra: 'Extra for writing',
  firstToken: 'First token',
  totalTime: 'Total time',
  attempts: 'Attempts',
  stopReason: 'Stop reason',
} as const;

/** In the place of a sum that does not exist. */
export const notApplicable = 'not applicable';

/** Said of a model in Provisioned Throughput. */
export const paidByTheHour = 'Provisioned Throughput is paid by the hour, so no sum belongs to one call; nor has it a prompt cache.';

const noPrices = 'no price of this model is known';
const priceText = (name: PriceName): string =>
  name === 'cacheRead' ? 'cache read' : name.startsWith('cacheWrite ') ? `cache write (${name.slice('cacheWrite '.length)})` : name;

const noPriceFor = (missing: readonly PriceName[]): string => `no price is known for ${missing.map(priceText).join(', ')}`;

/** Why no sum of money is known: prices that are not, or none at all. */
export const unknownSum = (missing: readonly PriceName[] | undefined): string =>
  `Not known: ${missing === undefined ? noPrices : noPriceFor(missing)}.`;

/** What a sum of money rests on. */
export const sumBasis = (of: {
  readonly checked: string | undefined;
  readonly factor: number | undefined;
  readonly disputed: boolean;
  readonly emulated: boolean;
}): string => {
  const checked = of.checked === undefined ? '' : `, checked ${of.checked}`;
  const contract = of.factor === undefined ? '' : ` times ${of.factor} by your contract (setting cachepoint.priceFactors)`;
  const disputed = of.disputed ? ' Sources disagree on the write price, so both ends are given.' : '';
  const emulated = of.emulated ? ' The emulator charges nothing: this is what Bedrock would list for these tokens.' : '';
  return `An estimate from list prices per million tokens${checked}${contract}.${disputed}${emulated}`;
};

/** What each figure of a run is, or how it is calculated. */
export const figureHints = {
  hitRate: (silent: boolean): string =>
    `cache read / (uncached input + cache read + cache write).${silent ? ' Not known: the service reported nothing of the cache.' : ''}`,
  cost: (basis: string): string => `Each kind of token at its own price, writes by lifetime. ${basis}`,
  withoutCaching: (basis: string): string => `(uncached input + cache read + cache write) × input price + output × output price. ${basis}`,
  extra: 'Cost of this call minus the cost without caching: writing costs more than plain input, and the next read gives it back.',
  saved: 'Cost without caching minus the cost of this call.',
  firstToken: 'From the start of the call to the first piece of the answer, on this machine’s clock. A cache read shortens this part only.',
  totalTime: (latency: string | undefined): string =>
    `From the start of the call to its end, on this machine’s clock.${latency === undefined ? '' : ` The service measured ${latency}.`}`,
  attempts: (tries: string): string => `Only an attempt that was surely not processed is made again; only the last one is billed.${tries}`,
  stopReason: 'Why the model stopped, in the words of the API.',
  later: 'Known when the run has finished.',
} as const;

/** What became of an attempt, and how long was waited after it. */
export const attemptText = (number: string, reason: string, wait: string | undefined): string =>
  ` Attempt ${number} ended with ${reason}${wait === undefined ? '' : `, then ${wait} were waited`}.`;

/** What the rows of the table of tokens count. */
export const usageHints = {
  read: 'Found in the cache and billed at the read price.',
  written: 'Put into the cache and billed at the write price of their lifetime.',
  input: 'Input that was neither read nor written, billed at the input price.',
  output: 'What the model wrote, billed at the output price.',
} as const;

/** "By lifetime: 1,204 for 5m." */
export const writesText = (writes: readonly { readonly ttl: string; readonly tokens: number }[], formats: NumberFormats): string =>
  writes.length === 0 ? '' : ` By lifetime: ${writes.map(({ ttl, tokens }) => `${formats.tokens(tokens)} for ${ttl}`).join(', ')}.`;

/** Why a row has no cost. */
export const noCostHints = {
  hourly: ' Paid by the hour, so no cost belongs to it.',
  noPrices: ` Cost not known: ${noPrices}.`,
  notReported: ' Cost not known: the tokens were not reported.',
  missing: (missing: readonly PriceName[]): string => ` Cost not known: ${noPriceFor(missing)}.`,
} as const;

/** Which runs are listed: once some of earlier sessions were brought back, not those of this one alone. */
export const runsTitle = (withEarlier: boolean): string => (withEarlier ? 'Runs of this session and earlier ones' : 'Runs of this session');

/** What the sums of listed runs are. */
export const sumHints = {
  runs: (title: string): string => `${title}, as far as they are listed here, of all prompts.`,
  hitRate: 'Tokens read from the cache / all tokens of the prompts.',
  read: 'Tokens that all runs read from the cache.',
  written: 'Tokens that all runs put into the cache.',
  input: 'Input that was neither read nor written.',
  output: 'Tokens that the models wrote.',
  saved: (basis: string): string => `What the same runs would have cost without caching, minus their cost. ${basis}`,
} as const;

/** What the sums of listed runs leave out, where they do. */
export const sumsBasis = (
  { unpriced, priced, simulated, all }: Readonly<Record<'unpriced' | 'priced' | 'simulated' | 'all', number>>,
  formats: NumberFormats,
): string =>
  [
    'List prices.',
    ...(unpriced === 0 ? [] : [`${formats.tokens(unpriced)} of ${formats.tokens(priced)} runs are left out: a price is not known.`]),
    ...(simulated === 0
      ? []
      : [`${simulated === all ? 'All' : formats.tokens(simulated)} of these runs were answered by the emulator, which charges nothing.`]),
  ].join(' ');
