import type { Prices } from '../models/types';
import { meanTokens, readShare, usualSessions } from '../traffic/arrivals';
import { costOf, type CallTokens } from '../money/bill';
import type { Reuse } from '../cache/plan';

/** How often a prompt is called, and by whom. */
export interface PlacementTraffic {
  readonly callsPerHour: number;
  /** Calls that one session makes before it ends; 5 unless said. The first of them finds nothing of its own session. */
  readonly callsPerSession?: number;
  /** The prompt is a growing conversation: what varies per request stays as it is in the session's later calls. */
  readonly conversation?: boolean;
}

/** Who can read a prefix, or nobody. */
export type ReuseKind = Reuse['kind'];

/** Share of calls that find a checkpoint alive: of all calls for shared text, of the later calls of a session for a session's own. */
export const shareOf = (reuse: ReuseKind, ttl: string, { callsPerHour, callsPerSession }: PlacementTraffic): number =>
  readShare(reuse, ttl, { kind: 'poisson', callsPerHour }, { ...usualSessions, calls: callsPerSession ?? usualSessions.calls });

/** A cache point as costs see it: tokens of the prefix before it, its lifetime, who can read it. */
export interface CostPoint {
  readonly tokens: number;
  readonly ttl: string;
  readonly reuse: ReuseKind;
}

/** Mean tokens of one call by how they are billed. Points stand in the order of the prompt. */
export const placementTokens = (points: readonly CostPoint[], total: number, traffic: PlacementTraffic): CallTokens =>
  meanTokens(
    points.map(({ tokens, ttl, reuse }) => ({ tokens, ttl, share: shareOf(reuse, ttl, traffic) })),
    total,
  );

/**
 * Mean input cost of one call in USD. Where sources disagree on the price of a write it is the higher figure: with a free write, marking text
 * that nobody reads again would look like a saving.
 */
export const placementUsd = (points: readonly CostPoint[], total: number, traffic: PlacementTraffic, prices: Prices): number =>
  costOf(placementTokens(points, total, traffic), prices).high;

/**
 * What a token of a stretch saves against plain input, in USD per million, when a point of this kind closes the stretch. Stretches may be
 * judged one by one, because among legal points a later one is never alive when an earlier one is not.
 */
export const gainPerToken = (reuse: ReuseKind, ttl: string, traffic: PlacementTraffic, prices: Prices): number => {
  const million = 1_000_000;
  const share = shareOf(reuse, ttl, traffic);
  return prices.input - costOf({ read: share * million, write: { [ttl]: (1 - share) * million }, input: 0 }, prices).high;
};
