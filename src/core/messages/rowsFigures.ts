import type { NumberFormats } from '../figures/numbers';

/** Names of the figures of a batch. */
export const rowsFigureNames = {
  usd: 'Cost so far',
  doubt: 'Perhaps on top',
  hitRate: 'Read from cache',
  read: 'Tokens read',
  written: 'Tokens written',
  cold: 'Sent at once, cold',
  uncached: 'Without caching',
  batch: 'As batch inference',
  met: 'As expected',
} as const;

/** What each figure of a batch is. */
export const rowsFigureHints = {
  /** `perhaps`: what calls whose end is not known may add, where there are such. */
  usd: (perhaps: string | undefined): string =>
    `By list prices and the usage that was reported.${perhaps === undefined ? '' : ` Calls whose end is not known may add ${perhaps}.`}`,
  doubt: 'Calls that may have been billed although their end is not known.',
  hitRate: (read: string): string => `${read} of the tokens sent.`,
  read: 'Read from the cache, over all answered calls.',
  written: 'Written to the cache, over all answered calls.',
  cold: 'Had all calls left together with nothing cached, each would have written what it read.',
  uncached: 'The same tokens, all of the prompt at the input price.',
  batch: 'A job of Bedrock batch inference: half the price, nothing cached, answers within 24 hours.',
  met: 'Answers that meet the row’s expect.',
} as const;

export const unknownAmount = 'not known';

/** What may be added to a sum; `usd` is `undefined` where that is not known. */
export const perhapsText = (usd: number | undefined, formats: NumberFormats): string =>
  usd === undefined ? 'an unknown amount' : `up to ${formats.usd(usd)}`;

/** "3 of 4". */
export const ofText = (some: string, all: string): string => `${some} of ${all}`;

/** "3 of 4 as expected". */
export const metText = (met: string, tested: string): string => `${ofText(met, tested)} as expected`;

/** "75 % read". */
export const shareReadText = (share: string): string => `${share} read`;

/** "first token 1.2 s". */
export const firstTokenText = (duration: string): string => `first token ${duration}`;

/** What a batch does. */
export const batchStates = {
  running: 'Running',
  pausing: 'Pausing: calls under way go on to their end',
  paused: 'Paused',
  over: 'Done',
  canceled: 'Canceled',
} as const;

/** "Support desk · 20 rows of tickets.csv". */
export const batchTitle = (prompt: string, rows: number, source: string, formats: NumberFormats): string =>
  `${prompt} · ${formats.tokens(rows)} ${rows === 1 ? 'row' : 'rows'} of ${source}`;
