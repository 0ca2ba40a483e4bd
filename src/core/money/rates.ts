import { pricesFor } from '../models/prices';
import type { ModelEntry, Prices, ProfileKind } from '../models/types';

/** From tokens to US dollars, and to the tokens that a quota counts. Nothing else in core multiplies tokens by a price. */

/** Tokens of one call by how they are billed, each in exactly one place. Means of many calls need not be whole. */
export interface CallTokens {
  readonly read: number;
  /** Written tokens by lifetime: `5m`, `1h`. */
  readonly write: Readonly<Record<string, number>>;
  /** Neither read nor written. */
  readonly input: number;
  readonly output?: number;
}

/** US dollars: `likely` by the price list, `low` and `high` where sources disagree on a price or the tokens are a band. */
export interface Usd {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

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

const million = 1_000_000;
/** A thousand dollars for one token: beyond this a price is a slip of the pen, and sums might overflow. */
const dearest = 1e9;

const usable = (price: number | null | undefined): price is number =>
  typeof price === 'number' && Number.isFinite(price) && price >= 0 && price <= dearest;

/** USD per million tokens. */
interface Price {
  readonly likely: number;
  readonly high: number;
}

const priced = (likely: number | null | undefined, high: number | undefined = undefined): Price | undefined =>
  usable(likely) ? { likely, high: usable(high) ? Math.max(likely, high) : likely } : undefined;

/** The price of a write by lifetime, with its upper bound where sources disagree; `undefined`: not offered or not known. */
export const writePriceOf = (prices: Prices, ttl: string): Price | undefined => {
  switch (ttl) {
    case '5m':
      return priced(prices.cacheWrite5m, prices.cacheWrite5mHigh);
    case '1h':
      return priced(prices.cacheWrite1h);
    case '30m':
      return priced(prices.cacheWrite30m);
    default:
      return undefined;
  }
};

/** Is there a price to reckon with at all? */
export const hasPrice = (prices: Prices | undefined): prices is Prices => prices !== undefined && usable(prices.input);

const amount = (tokens: number): number => (Number.isFinite(tokens) ? Math.max(0, tokens) : 0);

/**
 * What a call costs in USD; `undefined` when a price that it needs is not known. `unknown: 'asInput'` prices unknown reads and writes as plain
 * input. Read prices come from the table: models differ in their discount. Never NaN, infinite or negative for a finite number of tokens.
 */
export const usdOf = (tokens: CallTokens, prices: Prices, unknown: 'undefined' | 'asInput' = 'undefined'): Usd | undefined => {
  const input = priced(prices.input);
  const known = (price: Price | undefined): Price | undefined => price ?? (unknown === 'asInput' ? input : undefined);
  const parts: readonly (readonly [number, Price | undefined])[] = [
    [tokens.input, input],
    [tokens.read, known(priced(prices.cacheRead))],
    [tokens.output ?? 0, priced(prices.output)],
    ...Object.entries(tokens.write).map(([ttl, written]) => [written, known(writePriceOf(prices, ttl))] as const),
  ];
  let likely = 0;
  let high = 0;
  for (const [count, price] of parts) {
    // No tokens cost nothing at any price, known or not.
    if (amount(count) === 0) continue;
    if (price === undefined) return undefined;
    likely += (amount(count) * price.likely) / million;
    high += (amount(count) * price.high) / million;
  }
  return { low: likely, likely, high };
};

/**
 * Tokens of a call that count against the tokens-per-minute quota: plain input, writes, and output times the model's burndown; reads do not
 * count (AWS user guide, Token burndown of quotas, 2026-10). `undefined` where there is output and its burndown is not known.
 */
export const quotaTokensOf = ({ input, write, output = 0 }: CallTokens, outputBurndown: number | undefined): number | undefined => {
  const sent = amount(input) + Object.values(write).reduce((sum, tokens) => sum + amount(tokens), 0);
  if (amount(output) === 0) return sent;
  return outputBurndown === undefined ? undefined : sent + amount(output) * amount(outputBurndown);
};
