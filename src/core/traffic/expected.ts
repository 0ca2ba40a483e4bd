import { isWritten, type CachePlan } from '../cache/plan';
import { costOf } from '../money/bill';
import type { Prices } from '../models/types';
import type { Traffic } from '../prompt/traffic';
import { aliveAt, meanTokens, pointOf, type TrafficPoint } from './point';

/** The checkpoints of a plan that are written, as traffic sees them. */
export const trafficPoints = (plan: CachePlan): readonly TrafficPoint[] =>
  plan.checkpoints.filter(isWritten).map((point) => pointOf(point));

/** Mean input cost of a call in USD at this traffic. */
export const expectedUsd = (points: readonly TrafficPoint[], total: number, traffic: Traffic, prices: Prices): number =>
  costOf(meanTokens(points, total, aliveAt(traffic)), prices).likely;

/** Do all written checkpoints serve every later call? Only then does the prompt's traffic say how often they are read. */
export const allShared = (plan: CachePlan): boolean => plan.checkpoints.filter(isWritten).every(({ reuse }) => reuse.kind === 'shared');

/** A choice of lifetimes for the written checkpoints, in their order, and what a call costs with it on average. */
export interface TtlChoice {
  readonly ttls: readonly string[];
  readonly usd: number;
}

/**
 * The cheapest lifetimes for a plan's written checkpoints at this traffic, the longer ones first as the service demands; of equals the one
 * nearest to five minutes. `undefined` without a price or a checkpoint.
 */
export const cheapestTtls = (plan: CachePlan, traffic: Traffic): TtlChoice | undefined => {
  const { prices, caching } = plan;
  const points = trafficPoints(plan);
  if (prices === undefined || caching?.kind !== 'explicit' || points.length === 0) return undefined;
  const longer = caching.ttls.includes('1h') && caching.defaultTtl === '5m' && typeof prices.cacheWrite1h === 'number';
  let best: TtlChoice | undefined;
  for (let hours = 0; hours <= (longer ? points.length : 0); hours += 1) {
    const chosen = points.map((point, at) => ({ ...point, ttl: longer ? (at < hours ? '1h' : '5m') : point.ttl }));
    const usd = expectedUsd(chosen, plan.total.likely, traffic, prices);
    if (best === undefined || usd < best.usd * (1 - 1e-9)) best = { ttls: chosen.map(({ ttl }) => ttl), usd };
  }
  return best;
};
