import { costOf, uncachedCostOf, type CallTokens, type Usd } from '../money/bill';
import { hasPrice } from '../money/rates';
import { isWritten, lastReadable, lastWritten, type CachePlan, type Checkpoint } from '../cache/plan';

/** Of input tokens only: what comes out is not known before a call and costs the same with and without caching. */
export interface Savings {
  readonly uncached: Usd;
  /** The first call, with nothing cached. */
  readonly cold: Usd;
  /** A later call within the lifetime, with other values for what varies. */
  readonly warm: Usd;
  /** 1 - warm / uncached; 0 when nothing is saved, negative when writes cost more than they bring. */
  readonly savedShare: number;
  /** Tokens that a later call reads, and their share of all input tokens. */
  readonly readTokens: number;
  readonly readShare: number;
  /** Calls after which caching has cost less than not caching; `undefined` when it never does. */
  readonly breakEvenCalls: number | undefined;
}

/** Written tokens are billed by the lifetime of the checkpoint that closes their segment. Source: Anthropic, Prompt caching, 2026-08. */
const segments = (checkpoints: readonly Checkpoint[], from: number): Record<string, number> => {
  const write: Record<string, number> = {};
  let at = from;
  for (const { ttl, prefix } of checkpoints) {
    const more = Math.max(0, prefix.likely - at);
    if (more > 0) write[ttl] = (write[ttl] ?? 0) + more;
    at = Math.max(at, prefix.likely);
  }
  return write;
};

const written = (plan: CachePlan): readonly Checkpoint[] => plan.checkpoints.filter(isWritten);

const sum = (write: Readonly<Record<string, number>>): number => Object.values(write).reduce((total, tokens) => total + tokens, 0);

/** Tokens of a call that finds `read` tokens in the cache and writes the rest of its checkpoints. */
export const callTokens = (plan: CachePlan, read: Checkpoint | undefined): CallTokens => {
  const from = read?.prefix.likely ?? 0;
  const write = segments(written(plan), from);
  return { read: from, write, input: Math.max(0, plan.total.likely - from - sum(write)) };
};

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
  const readable = lastReadable(plan);
  const warm = costOf(callTokens(plan, readable), prices);
  const readTokens = readable?.prefix.likely ?? 0;
  return {
    uncached,
    cold,
    warm,
    savedShare: uncached.likely > 0 ? 1 - warm.likely / uncached.likely : 0,
    readTokens,
    readShare: all > 0 ? Math.min(1, readTokens / all) : 0,
    breakEvenCalls: breakEven(cold.likely, warm.likely, uncached.likely),
  };
};

export { lastWritten };
