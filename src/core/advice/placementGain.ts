import { costOf, type CallTokens } from '../money/bill';
import type { Prices } from '../models/types';
import type { Traffic } from '../prompt/traffic';
import { usualSessions } from '../traffic/arrivals';
import { aliveAt, meanTokens, type Alive, type ReuseKind, type TrafficPoint } from '../traffic/point';

/** How often a prompt is called, and by whom. */
export interface PlacementTraffic {
  readonly traffic: Traffic;
  /** Calls that one session makes before it ends; 5 unless said. The first of them finds nothing of its own session. */
  readonly callsPerSession?: number;
  /** The prompt is a growing conversation: what varies per request stays as it is in the session's later calls. */
  readonly conversation?: boolean;
}

/** Share of calls that find a point alive: of all calls for shared text, of the later calls of a session for a session's own. */
export const aliveIn = ({ traffic, callsPerSession }: PlacementTraffic): Alive =>
  aliveAt(traffic, { ...usualSessions, calls: callsPerSession ?? usualSessions.calls });

/** Mean tokens of one call by how they are billed. Points stand in the order of the prompt. */
export const placementTokens = (points: readonly TrafficPoint[], total: number, traffic: PlacementTraffic): CallTokens =>
  meanTokens(points, total, aliveIn(traffic));

/**
 * Mean input cost of one call in USD. Where sources disagree on the price of a write it is the higher figure: with a free write, marking text
 * that nobody reads again would look like a saving.
 */
export const placementUsd = (points: readonly TrafficPoint[], total: number, traffic: PlacementTraffic, prices: Prices): number =>
  costOf(placementTokens(points, total, traffic), prices).high;

/**
 * What a token of a stretch saves against plain input, in USD per million, when a point of this kind closes the stretch. Stretches may be
 * judged one by one, because among legal points a later one is never alive when an earlier one is not.
 */
export const gainPerToken = (reuse: ReuseKind, ttl: string, traffic: PlacementTraffic, prices: Prices): number => {
  const million = 1_000_000;
  const share = aliveIn(traffic)({ tokens: million, ttl, reuse });
  return prices.input - costOf({ read: share * million, write: { [ttl]: (1 - share) * million }, input: 0 }, prices).high;
};
