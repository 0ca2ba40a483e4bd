import { costOf, uncachedCostOf, type CallTokens, type Usd } from '../money/bill';
import { doubtsOf, isWithheld } from '../models/doubts';
import { hasPrice } from '../money/rates';
import type { CachePlan, Checkpoint } from '../cache/plan';
import { isWritten, readAgain } from '../cache/written';
import { tokensOfCall } from './callTokens';
import { conversationOf, type Conversation } from './conversation';

/** Of input tokens only: what comes out is not known before a call and costs the same with and without caching. */
export interface Savings {
  readonly uncached: Usd;
  /** The first call, with nothing cached. */
  readonly cold: Usd;
  /** A later call within the lifetime, with other values for what varies; in a conversation the call of the newest turn. */
  readonly warm: Usd;
  /** 1 - warm / uncached; 0 when nothing is saved, negative when writes cost more than they bring. */
  readonly savedShare: number;
  /** Tokens that a later call reads, and their share of all input tokens. */
  readonly readTokens: number;
  readonly readShare: number;
  /** Is the point up to which it reads written at every size that the prefix may have, by a service that is known to keep to it? */
  readonly sure: boolean;
  /** Calls after which caching has cost less than not caching; `undefined` when it never does. */
  readonly breakEvenCalls: number | undefined;
  /** All calls of a request that grows from call to call; `undefined` where it does not. */
  readonly conversation: Conversation | undefined;
}

/** Tokens of a call that finds in the cache what can be read again of a checkpoint, and writes the rest of its checkpoints. */
export const callTokens = ({ checkpoints, total }: CachePlan, read: Checkpoint | undefined): CallTokens => {
  const points = checkpoints.filter(isWritten).map(({ prefix, ttl }) => ({ tokens: prefix.likely, ttl }));
  return tokensOfCall(points, total.likely, read === undefined ? 0 : readAgain(read).likely);
};

/** The checkpoint that brings a later call, of the same session where something varies with it, most. */
const mostRead = ({ checkpoints }: CachePlan): Checkpoint | undefined =>
  checkpoints
    .filter((point) => isWritten(point) && point.reuse.kind !== 'never' && readAgain(point).likely > 0)
    .reduce<Checkpoint | undefined>(
      (best, point) => (best === undefined || readAgain(point).likely >= readAgain(best).likely ? point : best),
      undefined,
    );

const breakEven = (cold: number, warm: number, uncached: number): number | undefined => {
  if (warm >= uncached) return undefined;
  const extra = cold - uncached;
  const calls = extra <= 0 ? 1 : 1 + Math.ceil(extra / (uncached - warm) - 1e-9);
  return Number.isSafeInteger(calls) ? calls : undefined;
};

/** What caching saves per call for this plan, or `undefined` where no price is known. */
export const savingsOf = (plan: CachePlan): Savings | undefined => {
  const { prices } = plan;
  if (!hasPrice(prices)) return undefined;
  const all = plan.total.likely;
  const uncached = uncachedCostOf(all, prices);
  const cold = costOf(callTokens(plan, undefined), prices);
  const read = mostRead(plan);
  const warm = costOf(callTokens(plan, read), prices);
  const readTokens = read === undefined ? 0 : readAgain(read).likely;
  return {
    uncached,
    cold,
    warm,
    savedShare: uncached.likely > 0 ? 1 - warm.likely / uncached.likely : 0,
    readTokens,
    readShare: all > 0 ? Math.min(1, readTokens / all) : 0,
    sure: read?.verdict.kind === 'caches' && read.verdict.sure && !isWithheld(doubtsOf(plan.resolution)),
    breakEvenCalls: breakEven(cold.likely, warm.likely, uncached.likely),
    conversation: conversationOf(plan, prices),
  };
};
