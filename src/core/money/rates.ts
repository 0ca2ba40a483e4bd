import type { Band } from '../figures/band';
import { pricesFor } from '../models/prices';
import type { ModelEntry, Prices, ProfileKind } from '../models/types';

/** What a token costs, by model, profile, length and service tier, and what counts against a quota. `bill` multiplies. */

/**
 * Service tiers of Converse, and batch jobs. Flex costs half and keeps caching (measured on Nova 2 Lite, 2026-08-27), priority 1.75 times as
 * much (AWS user guide, Service tiers, 2026-10), batch half without caching (AWS user guide, Prompt caching, 2026-10).
 */
export type ServiceTier = 'standard' | 'flex' | 'priority' | 'reserved' | 'batch';

/** Share of the list price; `undefined`: bought as capacity, so that a token has no price of its own. */
const factors: Readonly<Record<ServiceTier, number | undefined>> = {
  standard: 1,
  flex: 0.5,
  priority: 1.75,
  reserved: undefined,
  batch: 0.5,
};

const tiers: readonly ServiceTier[] = ['flex', 'priority', 'reserved'];

/** The tier that a request's `serviceTier` member names; a name that the service does not know counts as standard. */
export const serviceTierOf = (serviceTier: unknown): ServiceTier => {
  const type: unknown = typeof serviceTier === 'object' && serviceTier !== null && 'type' in serviceTier ? serviceTier.type : undefined;
  return tiers.find((tier) => tier === type) ?? 'standard';
};

const timesPrice = (price: number | null | undefined, factor: number): number | null | undefined =>
  typeof price === 'number' ? price * factor : price;

/** Leaves out what is not known, so that an absent price stays absent. */
const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T; // the same fields, less those that say nothing

/** Prices on a service tier; in batch jobs nothing is cached. `undefined` where tokens have no price. */
export const pricesOnTier = (prices: Prices, tier: ServiceTier): Prices | undefined => {
  const factor = factors[tier];
  if (factor === undefined) return undefined;
  if (tier === 'standard') return prices;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite30m, cacheWrite5mHigh } = prices;
  const plain = { input: input * factor, output: output * factor };
  if (tier === 'batch') return { ...plain, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, cacheWrite30m: null };
  return withoutUndefined({
    ...plain,
    cacheRead: timesPrice(cacheRead, factor),
    cacheWrite5m: timesPrice(cacheWrite5m, factor),
    cacheWrite1h: timesPrice(cacheWrite1h, factor),
    cacheWrite30m: timesPrice(cacheWrite30m, factor),
    cacheWrite5mHigh: timesPrice(cacheWrite5mHigh, factor),
  }) as Prices; // prices that were numbers, null or absent still are
};

/** What decides a call's prices besides its tokens. */
export interface PriceQuestion {
  readonly entry: ModelEntry;
  readonly kind: ProfileKind;
  readonly region?: string | undefined;
  readonly tier?: ServiceTier;
  /** All input tokens, cached ones included: long requests may be billed at other prices as a whole. */
  readonly inputTokens: number;
}

/** Prices in USD per million tokens of such a call; `undefined` when none is known. */
export const pricesOfCall = ({ entry, kind, region, tier = 'standard', inputTokens }: PriceQuestion): Prices | undefined => {
  const listed = pricesFor(entry, kind, inputTokens, region);
  return listed && pricesOnTier(listed, tier);
};

/** A thousand dollars for one token: beyond this a price is a slip of the pen, and sums might overflow. */
const dearest = 1e9;

const usable = (price: number | null | undefined): price is number =>
  typeof price === 'number' && Number.isFinite(price) && price >= 0 && price <= dearest;

/** USD per million tokens; `high` is above `likely` where sources disagree. */
export type Price = Band;

const priced = (likely: number | null | undefined, high?: number): Price | undefined =>
  usable(likely) ? { low: likely, likely, high: usable(high) ? Math.max(likely, high) : likely } : undefined;

/** The price of a kind of token that has one price only; `undefined`: not offered or not known. */
export const priceOf = (prices: Prices | undefined, kind: 'input' | 'output' | 'cacheRead'): Price | undefined => priced(prices?.[kind]);

/** The price of a write by lifetime, with its upper bound where sources disagree; `undefined`: not offered or not known. */
export const writePriceOf = (prices: Prices | undefined, ttl: string): Price | undefined => {
  switch (ttl) {
    case '5m':
      return priced(prices?.cacheWrite5m, prices?.cacheWrite5mHigh);
    case '1h':
      return priced(prices?.cacheWrite1h);
    case '30m':
      return priced(prices?.cacheWrite30m);
    default:
      return undefined;
  }
};

/** Is there a price to go by at all? */
export const hasPrice = (prices: Prices | undefined): prices is Prices => priceOf(prices, 'input') !== undefined;
