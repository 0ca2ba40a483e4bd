import type { CachePlan } from '../cache/plan';
import { isWritten } from '../cache/written';
import type { Prices } from '../models/types';
import { costOf } from '../money/bill';
import { hasPrice, priceOf } from '../money/rates';
import type { PlannedCost } from '../money/spending';
import { tokensOfCall } from './callTokens';

const kinds = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWrite30m',
  'cacheWrite5mHigh',
] as const satisfies readonly (keyof Prices)[];

/** Of each kind of token the higher of two prices. */
const dearerOf = (a: Prices, b: Prices): Prices =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const known = [a[kind], b[kind]].filter((price) => price !== undefined);
      return known.length === 0
        ? []
        : [[kind, known.reduce((most, price) => (price === null || (most !== null && most >= price) ? most : price))]];
    }),
  ) as unknown as Prices; // each kind has a price of one of them

/** What calls may cost before they are made, in US dollars; nothing is taken to be in the cache. */
export interface PlannedCalls extends PlannedCost {
  /** Of all calls at the high end of the estimate; `undefined`: no price is known. */
  readonly inputUsd: number | undefined;
  /** Of all answers, each as long as `maxTokens`; `undefined` where the request sets no limit, or no price is known. */
  readonly answersUsd: number | undefined;
  readonly maxTokens: number | undefined;
  /** By which these sums were made. */
  readonly prices: Prices | undefined;
}

/**
 * What so many calls of a planned request may cost, by the dearer of two prices of each kind of token: `shown` by the editor, and the plan's own.
 * Without prices of the plan's own none is known.
 */
export const plannedCalls = (
  { checkpoints, total, prices: own }: CachePlan,
  shown: Prices | undefined,
  maxTokens: number | undefined,
  calls: number,
): PlannedCalls => {
  const prices = own && shown ? dearerOf(own, shown) : own;
  if (!hasPrice(prices)) return { calls, usd: undefined, inputUsd: undefined, answersUsd: undefined, maxTokens, prices: undefined };
  const points = checkpoints.filter(isWritten).map(({ prefix, ttl }) => ({ tokens: prefix.high, ttl }));
  const inputUsd = costOf(tokensOfCall(points, total.high, 0), prices).high * calls;
  const isPriced = maxTokens !== undefined && priceOf(prices, 'output') !== undefined;
  const answersUsd = isPriced ? costOf({ read: 0, write: {}, input: 0, output: maxTokens }, prices).high * calls : undefined;
  return { calls, usd: inputUsd + (answersUsd ?? 0), inputUsd, answersUsd, maxTokens, prices };
};
