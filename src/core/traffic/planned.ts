import type { CachePlan } from '../cache/plan';
import { isWritten } from '../cache/written';
import type { Prices } from '../models/types';
import { costOf } from '../money/bill';
import { hasPrice, priceOf } from '../money/rates';
import type { PlannedCost } from '../money/spending';
import { tokensOfCall } from './callTokens';

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

/** What so many calls of a planned request may cost at these prices. */
export const plannedCalls = (
  { checkpoints, total }: CachePlan,
  prices: Prices | undefined,
  maxTokens: number | undefined,
  calls: number,
): PlannedCalls => {
  if (!hasPrice(prices)) return { calls, usd: undefined, inputUsd: undefined, answersUsd: undefined, maxTokens, prices: undefined };
  const points = checkpoints.filter(isWritten).map(({ prefix, ttl }) => ({ tokens: prefix.high, ttl }));
  const inputUsd = costOf(tokensOfCall(points, total.high, 0), prices).high * calls;
  const isPriced = maxTokens !== undefined && priceOf(prices, 'output') !== undefined;
  const answersUsd = isPriced ? costOf({ read: 0, write: {}, input: 0, output: maxTokens }, prices).high * calls : undefined;
  return { calls, usd: inputUsd + (answersUsd ?? 0), inputUsd, answersUsd, maxTokens, prices };
};
