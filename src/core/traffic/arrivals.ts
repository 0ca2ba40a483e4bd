import type { Reuse } from '../cache/plan';
import type { CallTokens } from '../money/bill';

/** How calls arrive, and how often each of them finds a prefix alive; the formulas are derived in `docs/forecast.md`. */

/** How often a prompt is called: at random at a steady mean rate, or a number of calls spread at random over some minutes, once. */
export type Traffic =
  | { readonly kind: 'poisson'; readonly callsPerHour: number }
  | { readonly kind: 'burst'; readonly calls: number; readonly minutes: number };

/** Sessions that calls belong to, where a prefix changes with the session. */
export interface Sessions {
  /** Calls that one session makes before it ends; the first of them finds nothing of its own session. */
  readonly calls: number;
  /** Mean calls an hour within one session, never more than all calls together. */
  readonly callsPerHour: number;
}

/** Assumed for want of a figure: a session of five calls, two minutes apart on average. */
export const usualSessions: Sessions = { calls: 5, callsPerHour: 30 };

/** Lifetimes in seconds by their names. Source: AWS user guide, Prompt caching, 2026-10. */
const lifetimeSeconds: Readonly<Record<string, number>> = { '5m': 300, '30m': 1800, '1h': 3600 };

/** Seconds that an entry of this lifetime lives after its last use; an unknown name counts as the default, five minutes. */
export const ttlSecondsOf = (ttl: string): number => lifetimeSeconds[ttl] ?? 300;

/** Larger figures make no difference to any share and would only risk an overflow. */
const largest = 1e9;
const within = (value: number, least: number): number => (Number.isNaN(value) ? least : Math.min(Math.max(value, least), largest));

/**
 * Share of calls that find an entry alive, when calls arrive at random (Poisson) and each use starts the lifetime anew: the call finds it
 * when the one before came less than a lifetime ago, which has probability 1 − e^(−rate × lifetime).
 */
export const hitRate = (callsPerHour: number, ttlSeconds: number): number => -Math.expm1((-within(callsPerHour, 0) * ttlSeconds) / 3600);

/**
 * Share of the calls of a burst that find an entry alive: never the first one; each other one when the gap before it is shorter than the
 * lifetime, which for n calls at random moments of a time t has probability 1 − (1 − lifetime / t)^n.
 */
export const burstHitRate = (calls: number, minutes: number, ttlSeconds: number): number => {
  const count = within(calls, 1);
  const seconds = within(minutes, 0) * 60;
  const found = seconds <= ttlSeconds ? 1 : -Math.expm1(count * Math.log1p(-ttlSeconds / seconds));
  return ((count - 1) / count) * found;
};

const sessionShare = (ttlSeconds: number, traffic: Traffic, sessions: Sessions): number => {
  const calls = within(sessions.calls, 1);
  if (traffic.kind === 'burst') return burstHitRate(Math.min(calls, within(traffic.calls, 1)), traffic.minutes, ttlSeconds);
  const rate = Math.min(within(traffic.callsPerHour, 0), within(sessions.callsPerHour, 0));
  return (1 - 1 / calls) * hitRate(rate, ttlSeconds);
};

const sharedShare = (ttlSeconds: number, traffic: Traffic): number =>
  traffic.kind === 'burst' ? burstHitRate(traffic.calls, traffic.minutes, ttlSeconds) : hitRate(traffic.callsPerHour, ttlSeconds);

/** Share of calls, 0 … 1, that find a prefix of this reuse and lifetime alive. */
export const readShare = (reuse: Reuse['kind'], ttl: string, traffic: Traffic, sessions: Sessions = usualSessions): number => {
  switch (reuse) {
    case 'shared':
      return sharedShare(ttlSecondsOf(ttl), traffic);
    case 'session':
      return sessionShare(ttlSecondsOf(ttl), traffic, sessions);
    case 'never':
      return 0;
  }
};

/** A written prefix: its tokens, its lifetime, and the share of calls that find it alive. */
export interface SharedPoint {
  readonly tokens: number;
  readonly ttl: string;
  readonly share: number;
}

/** Shares of calls that read each prefix: its own entry or that of a longer prefix is alive. */
export const readsOf = (points: readonly SharedPoint[]): readonly number[] => {
  let longer = 0;
  return points
    .map(({ share }) => share)
    .reduceRight<readonly number[]>((reads, share) => [(longer = Math.max(longer, share)), ...reads], []);
};

/**
 * Mean tokens of one call by how they are billed. Where a longer prefix is alive the shorter ones are too, so each stretch between two points
 * is read as often as the prefix that it ends, and written otherwise, at the lifetime of the point that closes it (Anthropic, Prompt caching,
 * 2026-08). Points stand in the order of the prompt; `total` is all its input tokens.
 */
export const meanTokens = (points: readonly SharedPoint[], total: number): CallTokens => {
  const write: Record<string, number> = {};
  const reads = readsOf(points);
  let read = 0;
  let reached = 0;
  points.forEach(({ tokens, ttl }, at) => {
    const stretch = Math.max(0, tokens - reached);
    const share = reads[at] ?? 0;
    read += stretch * share;
    if (stretch > 0) write[ttl] = (write[ttl] ?? 0) + stretch * (1 - share);
    reached = Math.max(reached, tokens);
  });
  return { read, write, input: Math.max(0, total - reached) };
};
