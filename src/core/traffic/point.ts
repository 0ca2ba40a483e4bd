import type { Checkpoint, Reuse } from '../cache/plan';
import type { Band } from '../figures/band';
import type { CallTokens } from '../money/bill';
import type { Traffic } from '../prompt/traffic';
import { readShare, usualSessions, type Sessions } from './arrivals';

/** Who can read a prefix, or nobody. */
export type ReuseKind = Reuse['kind'];

/** A cache point that is written, as traffic sees it: tokens of the prefix before it, its lifetime, who can read it. */
export interface TrafficPoint {
  readonly tokens: number;
  readonly ttl: string;
  readonly reuse: ReuseKind;
  /** Of a point that moves along with a conversation: tokens at the end of its prefix that each call brings for the first time. */
  readonly fresh?: number;
}

/** A checkpoint as traffic sees it, at one end of what its prefix may hold or at the likeliest size. */
export const pointOf = ({ prefix, ttl, reuse, known }: Checkpoint, size: keyof Band = 'likely'): TrafficPoint => ({
  tokens: prefix[size],
  ttl,
  reuse: reuse.kind,
  ...(known === undefined ? {} : { fresh: Math.max(0, prefix[size] - known[size]) }),
});

/** Share of calls, 0 … 1, that find a point's own entry alive. */
export type Alive = (point: TrafficPoint) => number;

/** At a traffic, and with sessions where a prefix changes with the session. */
export const aliveAt =
  (traffic: Traffic, sessions: Sessions = usualSessions): Alive =>
  ({ reuse, ttl }) =>
    readShare(reuse, ttl, traffic, sessions);

/** Shares of calls that read each prefix: its own entry or that of a longer prefix is alive. */
export const readsOf = (points: readonly TrafficPoint[], alive: Alive): readonly number[] => {
  let longer = 0;
  return points.map(alive).reduceRight<readonly number[]>((reads, share) => [(longer = Math.max(longer, share)), ...reads], []);
};

/**
 * Mean tokens of one call by how they are billed. Every call uses every point that it can read, by reading or by writing it, so that one gap
 * decides which are alive, and where a longer prefix is alive the shorter ones are too: each stretch between two points is read as often as
 * the prefix that it ends, and written otherwise, at the lifetime of the point that closes it (Anthropic, Prompt caching, 2026-08); what a call
 * brings for the first time is always written. Points stand in the order of the prompt; `total` is all its input tokens.
 */
export const meanTokens = (points: readonly TrafficPoint[], total: number, alive: Alive): CallTokens => {
  const write: Record<string, number> = {};
  const reads = readsOf(points, alive);
  let read = 0;
  let reached = 0;
  points.forEach(({ tokens, ttl, fresh = 0 }, at) => {
    const stretch = Math.max(0, tokens - reached);
    const found = Math.max(0, stretch - fresh) * (reads[at] ?? 0);
    read += found;
    if (stretch > 0) write[ttl] = (write[ttl] ?? 0) + stretch - found;
    reached = Math.max(reached, tokens);
  });
  return { read, write, input: Math.max(0, total - reached) };
};
