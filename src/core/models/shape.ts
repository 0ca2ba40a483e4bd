import type { ModelEntry, Prices, PriceTable } from './types';

/** Short forms in which the data files write entries; nothing here is a fact about a model. */

/** The day on which all entries of the catalog were last compared with their sources. */
export const catalogChecked = '2026-11-22';

/** The words of a space-separated list. */
export const words = (list: string): readonly string[] => (list === '' ? [] : list.split(' '));

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

/** What the entries of one data file differ in; `profiles` and `sources` are space-separated lists. */
export type Given = Pick<ModelEntry, 'caching' | 'tokens' | 'contextWindow' | 'maxOutputTokens' | 'prices'> &
  Partial<Omit<ModelEntry, 'id' | 'name' | 'provider' | 'profiles' | 'sources' | 'checked'>>;

/** A whole entry: what is given, and the usual for the rest. */
export const shape = (id: string, name: string, provider: string, profiles: string, sources: string, given: Given): ModelEntry => ({
  lifecycle: { kind: 'active' },
  onDemand: undefined,
  countTokens: undefined,
  priceTiers: [],
  outputBurndown: undefined,
  surfaces: ['runtime'],
  certainty: 'high',
  notes: [],
  ...given,
  id,
  name,
  provider,
  profiles: words(profiles),
  sources: words(sources),
  checked: catalogChecked,
});

/** A note given to several models. */
export const refusesMarkers = 'A cache point is refused: the answer is an access or validation error, not a slower call.';
