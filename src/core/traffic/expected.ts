import type { CachePlan } from '../cache/plan';
import { isWritten } from '../cache/written';
import { costOf, uncachedCostOf } from '../money/bill';
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

/** The lifetimes that written checkpoints may have, the longer ones first as the service demands; `undefined` without a price or a checkpoint. */
const choicesOf = (plan: CachePlan, prices: Prices): readonly (readonly string[])[] => {
  const { caching } = plan;
  const points = plan.checkpoints.filter(isWritten);
  if (caching?.kind !== 'explicit' || points.length === 0) return [];
  const longer = caching.ttls.includes('1h') && caching.defaultTtl === '5m' && typeof prices.cacheWrite1h === 'number';
  if (!longer) return [points.map(({ ttl }) => ttl)];
  return Array.from({ length: points.length + 1 }, (_, hours) => points.map((_point, at) => (at < hours ? '1h' : '5m')));
};

/** The cheapest lifetimes for a plan's written checkpoints at this traffic; of equals the one nearest to five minutes. */
export const cheapestTtls = (plan: CachePlan, traffic: Traffic): TtlChoice | undefined => {
  const { prices } = plan;
  if (prices === undefined) return undefined;
  const points = trafficPoints(plan);
  let best: TtlChoice | undefined;
  for (const ttls of choicesOf(plan, prices)) {
    const usd = expectedUsd(withTtls(points, ttls), plan.total.likely, traffic, prices);
    if (best === undefined || usd < best.usd * (1 - 1e-9)) best = { ttls, usd };
  }
  return best;
};

const withTtls = (points: readonly TrafficPoint[], ttls: readonly string[]): readonly TrafficPoint[] =>
  points.map((point, at) => ({ ...point, ttl: ttls[at] ?? point.ttl }));

/**
 * Do the written checkpoints pay, and do no other lifetimes save `worth` of the uncached cost, however long their prefixes are? What a call costs is a
 * sum over the stretches between them, so it is enough that each stretch alone says so; nothing has to be counted for it.
 */
export const paysAtAnySize = (plan: CachePlan, traffic: Traffic, worth: number): boolean => {
  const { prices } = plan;
  if (prices === undefined) return false;
  const written = plan.checkpoints.filter(isWritten);
  const choices = choicesOf(plan, prices);
  const uncached = uncachedCostOf(1, prices).likely;
  return written.every((_, stretch) => {
    const points = written.map(({ ttl, reuse }, at): TrafficPoint => ({ tokens: at < stretch ? 0 : 1, ttl, reuse: reuse.kind }));
    const usd = expectedUsd(points, 1, traffic, prices);
    const saves = (ttls: readonly string[]): number => usd - expectedUsd(withTtls(points, ttls), 1, traffic, prices);
    return usd <= uncached && choices.every((ttls) => saves(ttls) < uncached * worth);
  });
};
