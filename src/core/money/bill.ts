import { exactly, plus, times, type Band } from '../figures/band';
import type { Prices } from '../models/types';
import { priceOf, writePriceOf, type Price } from './rates';

/** From tokens to US dollars, for planned and for measured calls alike. Nothing else in the project multiplies tokens by a price. */

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
export type Usd = Band;

/** A kind of price; of writes with their lifetime. */
export type PriceName = 'input' | 'output' | 'cacheRead' | `cacheWrite ${string}`;

/** What each kind of token of a call costs; `undefined` where a price that it needs is not known. */
export interface Bill {
  readonly read: Usd | undefined;
  readonly written: Usd | undefined;
  readonly input: Usd | undefined;
  readonly output: Usd | undefined;
  readonly total: Usd | undefined;
  /** Prices that were needed and are not known. */
  readonly missing: readonly PriceName[];
}

/** Prices are quoted per this many tokens. */
const million = 1_000_000;

const amount = (tokens: number): number => (Number.isFinite(tokens) ? Math.max(0, tokens) : 0);

/** No tokens cost nothing at any price, known or not. */
const costs = (tokens: number, price: Price | undefined): Usd | undefined =>
  amount(tokens) === 0 ? exactly(0) : price && times(price, amount(tokens) / million);

const sum = (parts: readonly (Usd | undefined)[]): Usd | undefined =>
  parts.reduce((total, part) => total && part && plus(total, part), exactly(0));

/**
 * Bills one call. `unknown: 'asInput'` prices unknown reads and writes as plain input. Read prices come from the table: models differ in their
 * discount. Never NaN, infinite or negative.
 */
export const billOf = (tokens: CallTokens, prices: Prices | undefined, unknown: 'undefined' | 'asInput' = 'undefined'): Bill => {
  const plain = priceOf(prices, 'input');
  const known = (price: Price | undefined): Price | undefined => price ?? (unknown === 'asInput' ? plain : undefined);
  const missing: PriceName[] = [];
  const line = (name: PriceName, count: number, price: Price | undefined): Usd | undefined => {
    if (amount(count) > 0 && price === undefined) missing.push(name);
    return costs(count, price);
  };
  const input = line('input', tokens.input, plain);
  const output = line('output', tokens.output ?? 0, priceOf(prices, 'output'));
  const read = line('cacheRead', tokens.read, known(priceOf(prices, 'cacheRead')));
  const written = sum(
    Object.entries(tokens.write).map(([ttl, count]) => line(`cacheWrite ${ttl}`, count, known(writePriceOf(prices, ttl)))),
  );
  return { read, written, input, output, total: sum([input, read, output, written]), missing };
};

/** What a call costs in all; `undefined` when a price that it needs is not known. */
export const usdOf = (tokens: CallTokens, prices: Prices): Usd | undefined => billOf(tokens, prices).total;

/**
 * What a call costs in all, with a figure in any case: a read or write whose price is not known counts as plain input. Without a usable input
 * price everything is 0, which `hasPrice` rules out beforehand.
 */
export const costOf = (tokens: CallTokens, prices: Prices): Usd => billOf(tokens, prices, 'asInput').total ?? exactly(0);

/** What the same tokens cost in all as plain input. */
export const uncachedCostOf = (tokens: number, prices: Prices): Usd => costOf({ read: 0, write: {}, input: tokens }, prices);

/**
 * Tokens of a call that count against the tokens-per-minute quota: plain input, writes, and output times the model's burndown; reads do not
 * count (AWS user guide, Token burndown of quotas, 2026-10). `undefined` where there is output and its burndown is not known.
 */
export const quotaTokensOf = ({ input, write, output = 0 }: CallTokens, outputBurndown: number | undefined): number | undefined => {
  const sent = amount(input) + Object.values(write).reduce((total, tokens) => total + amount(tokens), 0);
  if (amount(output) === 0) return sent;
  return outputBurndown === undefined ? undefined : sent + amount(output) * amount(outputBurndown);
};
