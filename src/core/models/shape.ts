import type { ModelEntry, Prices, PriceTable } from './types';

/** Short forms in which the data files write entries; nothing here is a fact about a model. */

/** The day on which the whole catalog was last compared with its sources; an entry compared alone since then has a day of its own. */
export const catalogChecked = '2026-11-22';

const round = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** The ten percent that AWS adds on geographic profiles and in one Region, for models since Claude 4.5 (Anthropic pricing page, 2026-08-21). */
const geographic = (usd: number): number => round(usd * 1.1);

/** Prices of a model whose geographic endpoints cost ten percent more than its global profile. */
export const withGeography = (global: Prices): PriceTable => ({
  global,
  geo: Object.fromEntries(
    Object.entries(global).map(([field, usd]: [string, number | null]) => [field, usd === null ? null : geographic(usd)]),
  ) as unknown as Prices, // the same fields, all numbers or null
});

/** Prices of Claude: input, output, cache read, cache write of 5 minutes and of an hour. */
export const claudePrices = (
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite5m: number,
  cacheWrite1h: number | null,
): Prices => ({
  input,
  output,
  cacheRead,
  cacheWrite5m,
  cacheWrite1h,
});

/** Prices of a model that has no prompt caching. */
export const uncachedPrices = (input: number, output: number): Prices => ({
  input,
  output,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
});

type Needed = 'id' | 'name' | 'provider' | 'sources' | 'caching' | 'tokens' | 'contextWindow' | 'maxOutputTokens' | 'prices';
/** What every entry says of itself, and where it differs from the usual. */
export type Given = Pick<ModelEntry, Needed> & Partial<ModelEntry>;
/** The same in a file whose entries share the fields `Shared`: each may still say otherwise. */
export type GivenBeside<Shared extends keyof ModelEntry> = Omit<Given, Shared> & Partial<Pick<ModelEntry, Shared>>;

/** A whole entry: what is given, and the usual for the rest. */
export const shape = (given: Given): ModelEntry => ({
  lifecycle: { kind: 'active' },
  profiles: [],
  onDemand: undefined,
  countTokens: undefined,
  priceTiers: [],
  outputBurndown: undefined,
  surfaces: ['runtime'],
  certainty: 'high',
  notes: [],
  checked: catalogChecked,
  ...given,
});

/** A note given to several models. */
export const refusesMarkers = 'A cache point is refused: the answer is an access or validation error, not a slower call.';
