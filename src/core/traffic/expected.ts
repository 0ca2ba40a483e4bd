import type { Prices } from '../models/types';
import { hitRate, meanTokens, ttlSecondsOf } from './arrivals';
import { costOf, uncachedCostOf, type CallTokens } from '../money/bill';
import type { CachePlan, Checkpoint } from '../cache/plan';

export { hitRate, ttlSecondsOf };

/** A prefix that is written, with its lifetime; `readable`: later calls send the same prefix. */
export interface TrafficPoint {
  readonly tokens: number;
  readonly ttl: string;
  readonly readable: boolean;
}

/**
 * Mean tokens of one call by how they are billed. Every call uses every readable checkpoint, by reading or by writing it, so each one's age
 * is the gap to the call before, and one gap decides them all: with lifetimes T₁ < T₂ < …, a gap below T₁ finds all of them alive, one between
 * T₁ and T₂ those that live T₂ or longer, and so on. The gap is exponential; the call reads the longest living prefix and writes the rest.
 * Points stand in the order of the prompt, `total` is all its input tokens.
 */
export const expectedTokens = (points: readonly TrafficPoint[], total: number, callsPerHour: number): CallTokens =>
  meanTokens(
    points.map(({ tokens, ttl, readable }) => ({ tokens, ttl, share: readable ? hitRate(callsPerHour, ttlSecondsOf(ttl)) : 0 })),
    total,
  );

/** The working checkpoints of a plan as traffic sees them; with `withinSession`, calls of one session count as all traffic. */
export const trafficPoints = (plan: CachePlan, withinSession = false): readonly TrafficPoint[] =>
  plan.checkpoints
    .filter(({ verdict }) => verdict.kind === 'caches')
    .map(({ prefix, ttl, reuse }) => ({
      tokens: prefix.likely,
      ttl,
      readable: reuse.kind === 'shared' || (withinSession && reuse.kind === 'session'),
    }));

/** Mean input cost of a call in USD at this traffic. */
export const expectedUsd = (points: readonly TrafficPoint[], total: number, callsPerHour: number, prices: Prices): number =>
  costOf(expectedTokens(points, total, callsPerHour), prices).likely;

/** Input cost of a call in USD without any caching. */
export const uncachedUsd = (total: number, prices: Prices): number => uncachedCostOf(total, prices).likely;

/** Do all working checkpoints serve every later call? Only then does the prompt's traffic say how often they are read. */
export const allShared = (plan: CachePlan): boolean => written(plan).every(({ reuse }) => reuse.kind === 'shared');

const written = (plan: CachePlan): readonly Checkpoint[] => plan.checkpoints.filter(({ verdict }) => verdict.kind === 'caches');

/** A choice of lifetimes for the working checkpoints, in their order, and what a call costs with it on average. */
export interface TtlChoice {
  readonly ttls: readonly string[];
  readonly usd: number;
}

/**
 * The cheapest lifetimes for a plan's working checkpoints at this traffic, the longer ones first as the service demands; of equals the one
 * nearest to five minutes. `undefined` without a price or a checkpoint.
 */
export const cheapestTtls = (plan: CachePlan, callsPerHour: number): TtlChoice | undefined => {
  const { prices, caching } = plan;
  const points = trafficPoints(plan);
  if (prices === undefined || caching?.kind !== 'explicit' || points.length === 0) return undefined;
  const longer = caching.ttls.includes('1h') && caching.defaultTtl === '5m' && typeof prices.cacheWrite1h === 'number';
  let best: TtlChoice | undefined;
  for (let hours = 0; hours <= (longer ? points.length : 0); hours += 1) {
    const chosen = points.map((point, at) => ({ ...point, ttl: longer ? (at < hours ? '1h' : '5m') : point.ttl }));
    const usd = expectedUsd(chosen, plan.total.likely, callsPerHour, prices);
    if (best === undefined || usd < best.usd * (1 - 1e-9)) best = { ttls: chosen.map(({ ttl }) => ttl), usd };
  }
  return best;
};
