import { fits } from '../cache/fit';
import { foundAt, lookBackOf } from '../cache/lookBack';
import { carrierOf } from '../cache/markerPlaces';
import type { CachePlan, Checkpoint } from '../cache/plan';
import { isWritten } from '../cache/written';
import { isConversation } from '../cache/turns';
import { exactly, plus, type Band } from '../figures/band';
import { costOf, uncachedCostOf, type CallTokens, type Usd } from '../money/bill';
import type { Prices } from '../models/types';
import { tokensOfCall } from './callTokens';

/** The calls of a conversation up to its newest turn, each made within the lifetime of the one before. */
export interface Conversation {
  /** One call for each user turn: what it read, wrote and paid in full. */
  readonly calls: readonly CallTokens[];
  readonly cached: Usd;
  readonly uncached: Usd;
  /** 1 - cached / uncached. */
  readonly savedShare: number;
}

/** A cache point of a call: the number of blocks with content before the one that it closes, and the tokens up to there. */
interface Point {
  readonly place: number;
  readonly tokens: number;
  readonly ttl: string;
}

/** How many of the newest turns are closed by a cache point: with each turn these move along. */
const movingPoints = ({ blocks, turns }: CachePlan, written: readonly Checkpoint[]): readonly Checkpoint[] => {
  const moving: Checkpoint[] = [];
  for (const end of turns.toReversed()) {
    const point = written.find(({ index }) => carrierOf(blocks, index) === end);
    if (point === undefined) break;
    moving.push(point);
  }
  return moving;
};

/** What each turn's request held: the fixed points before its end, and those that moved along. */
const pointsOf = (plan: CachePlan, placeOf: readonly number[]) => {
  const { blocks, turns, caching, checkpoints } = plan;
  const written = checkpoints.filter(isWritten);
  const moving = movingPoints(plan, written);
  const at = (index: number, ttl: string): Point => ({ place: placeOf[index] ?? 0, tokens: blocks[index]?.prefix.likely ?? 0, ttl });
  const fixed = written.filter((point) => !moving.includes(point)).map(({ index, ttl }) => ({ index, ttl }));
  const isCached = (index: number): boolean => {
    const wire = blocks[index];
    return wire !== undefined && caching?.kind === 'explicit' && fits(wire.upTo, caching) !== 'no';
  };
  return (turn: number): readonly Point[] => {
    const end = turns[turn] ?? 0;
    const moved = moving.flatMap(({ ttl }, back) => {
      const index = turns[turn - back];
      return index !== undefined && isCached(index) ? [at(index, ttl)] : [];
    });
    const stayed = fixed.flatMap(({ index, ttl }) => {
      const carrier = carrierOf(blocks, index);
      return carrier === undefined || carrier > end ? [] : [at(carrier, ttl)];
    });
    return [...stayed, ...moved].sort((a, b) => a.place - b.place);
  };
};

const callsOf = (plan: CachePlan): readonly CallTokens[] => {
  const { blocks, turns, total, caching } = plan;
  let content = -1;
  const placeOf = blocks.map(({ block }) => (block.kind === 'cachePoint' ? content : (content += 1)));
  const tokensAt = new Map(blocks.map(({ prefix }, index) => [placeOf[index] ?? 0, prefix.likely]));
  const pointsAt = pointsOf(plan, placeOf);
  const written = new Set<number>();
  return turns.map((end, turn) => {
    const points = pointsAt(turn);
    const found = foundAt(
      points.map(({ place }) => place),
      lookBackOf(caching),
      (place) => written.has(place),
    );
    const all = turn === turns.length - 1 ? total.likely : (blocks[end]?.prefix.likely ?? 0);
    for (const { place } of points) written.add(place);
    return tokensOfCall(points, all, found === undefined ? 0 : (tokensAt.get(found) ?? 0));
  });
};

const sum = (costs: readonly Usd[]): Usd => costs.reduce<Band>(plus, exactly(0));

/**
 * The calls that led to a growing request, worked out from its last one: each earlier call ended with its user turn, and had the cache points that move
 * along with the turns where they stood then. All at the price of the last call. `undefined` where no conversation is seen.
 */
export const conversationOf = (plan: CachePlan, prices: Prices): Conversation | undefined => {
  if (!isConversation(plan)) return undefined;
  const calls = callsOf(plan);
  const cached = sum(calls.map((call) => costOf(call, prices)));
  const uncached = sum(
    calls.map(({ read, write, input }) =>
      uncachedCostOf(read + input + Object.values(write).reduce((all, tokens) => all + tokens, 0), prices),
    ),
  );
  return { calls, cached, uncached, savedShare: uncached.likely > 0 ? 1 - cached.likely / uncached.likely : 0 };
};
