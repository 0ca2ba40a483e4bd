import type { CallTokens } from '../money/bill';

/** A cache point that is written: all tokens before it, and its lifetime. */
export interface WrittenPoint {
  readonly tokens: number;
  readonly ttl: string;
}

/**
 * Tokens of a call of `total` tokens that finds its first `read` tokens in the cache and writes the rest of its cache points, in the order of the
 * request. Written tokens are billed by the lifetime of the point that closes their stretch. Source: Anthropic, Prompt caching, 2026-08.
 */
export const tokensOfCall = (points: readonly WrittenPoint[], total: number, read: number): CallTokens => {
  const write: Record<string, number> = {};
  let reached = read;
  for (const { tokens, ttl } of points) {
    if (tokens > reached) write[ttl] = (write[ttl] ?? 0) + tokens - reached;
    reached = Math.max(reached, tokens);
  }
  return { read, write, input: Math.max(0, total - reached) };
};
