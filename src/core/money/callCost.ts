import type { Prices } from '../models/types';
import type { Usage } from '../tokens/usage';
import { countTokensOf } from '../tokens/usage';

/** An amount in US dollars; `high` is above `low` where sources disagree on a price. */
export interface Usd {
  readonly low: number;
  readonly high: number;
}

/** What one call costs by its price list. `undefined`: a price is not known, or the tokens were not reported. */
export interface CallCost {
  readonly read: Usd | undefined;
  readonly written: Usd | undefined;
  readonly input: Usd | undefined;
  readonly output: Usd | undefined;
  readonly total: Usd | undefined;
  /** The same tokens, all of the prompt at the input price. */
  readonly withoutCaching: Usd | undefined;
  /** Without caching minus this call; negative where a write cost more than it gave back. */
  readonly saved: Usd | undefined;
  /** As a share of the cost without caching. */
  readonly savedShare: number | undefined;
  /** Prices that were needed and are not known, as a person would name them. */
  readonly missing: readonly string[];
}

/** Prices are quoted per this many tokens. */
const perMillion = 1_000_000;
/** Lifetime of a checkpoint that names none. Source: Bedrock user guide, prompt caching, read 2026-11. */
const usualTtl = '5m';

interface Price {
  readonly low: number;
  readonly high: number;
}

const listPrice = (low: number | null | undefined, high?: number): Price | undefined =>
  typeof low === 'number' && Number.isFinite(low) ? { low, high: Math.max(low, high ?? low) } : undefined;

const writePrice = (prices: Prices | undefined, ttl: string): Price | undefined => {
  if (ttl === '5m') return listPrice(prices?.cacheWrite5m, prices?.cacheWrite5mHigh);
  if (ttl === '1h') return listPrice(prices?.cacheWrite1h);
  if (ttl === '30m') return listPrice(prices?.cacheWrite30m);
  return undefined;
};

const finite = (usd: Usd): Usd | undefined => (Number.isFinite(usd.low) && Number.isFinite(usd.high) ? usd : undefined);

/** No tokens cost nothing at any price, known or not. */
const times = (tokens: number | undefined, price: Price | undefined): Usd | undefined => {
  if (tokens === undefined) return undefined;
  if (tokens === 0) return { low: 0, high: 0 };
  return price && finite({ low: (tokens * price.low) / perMillion, high: (tokens * price.high) / perMillion });
};

/** Amounts too small to divide by have no share. */
const shareOf = (part: number, whole: number): number | undefined => {
  const share = part / whole;
  return whole > 0 && Number.isFinite(share) ? share : undefined;
};

const plus = (parts: readonly (Usd | undefined)[]): Usd | undefined => {
  let low = 0;
  let high = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    low += part.low;
    high += part.high;
  }
  return finite({ low, high });
};

/** Written tokens by lifetime; what the service did not break down has the default lifetime. */
const writesOf = (usage: Usage, written: number, defaultTtl: string): readonly { readonly ttl: string; readonly tokens: number }[] => {
  const listed = usage.writes.filter(({ tokens }) => Number.isSafeInteger(tokens) && tokens > 0);
  const rest = written - listed.reduce((sum, { tokens }) => sum + tokens, 0);
  if (rest === 0) return listed;
  return rest > 0 ? [...listed, { ttl: defaultTtl, tokens: rest }] : [{ ttl: listed[0]?.ttl ?? defaultTtl, tokens: written }];
};

const missingPrices = (needed: readonly (readonly [string, number, Price | undefined])[]): readonly string[] => [
  ...new Set(needed.flatMap(([name, tokens, price]) => (tokens > 0 && price === undefined ? [name] : []))),
];

/** Prices one call. Tokens of the cache that the reply did not mention count as none. */
export const costOfCall = (usage: Usage, prices: Prices | undefined, defaultTtl: string = usualTtl): CallCost => {
  const counts = countTokensOf(usage);
  const { read = 0, written = 0, input, output, prompt } = counts;
  const inputPrice = listPrice(prices?.input);
  const outputPrice = listPrice(prices?.output);
  const readPrice = listPrice(prices?.cacheRead);
  const writes = writesOf(usage, written, defaultTtl);
  const parts = {
    read: times(read, readPrice),
    written: plus(writes.map(({ ttl, tokens }) => times(tokens, writePrice(prices, ttl)))),
    input: times(input, inputPrice),
    output: times(output, outputPrice),
  };
  const total = plus([parts.read, parts.written, parts.input, parts.output]);
  const withoutCaching = plus([times(prompt, inputPrice), parts.output]);
  const saved = total && withoutCaching && { low: withoutCaching.low - total.high, high: withoutCaching.high - total.low };
  return {
    ...parts,
    read: counts.read === undefined ? undefined : parts.read,
    written: counts.written === undefined ? undefined : parts.written,
    total,
    withoutCaching,
    saved,
    // At the price on the list, which is the lower one where sources disagree.
    savedShare: saved && withoutCaching && shareOf(saved.high, withoutCaching.low),
    missing: missingPrices([
      ['input', prompt ?? 0, inputPrice],
      ['output', output ?? 0, outputPrice],
      ['cache read', read, readPrice],
      ...writes.map(({ ttl, tokens }) => [`cache write (${ttl})`, tokens, writePrice(prices, ttl)] as const),
    ]),
  };
};
