import type { Usd } from '../money/bill';

/** What is likely warm of a prompt's next call. Times are milliseconds since 1970. */
export interface Warmth {
  /** The prefix that it would read: when it ends, and its lifetime; `undefined`: nothing is warm. */
  readonly entry: { readonly until: number; readonly ttl: string } | undefined;
  /** What the input of the next call costs now, and with nothing cached; `undefined` where no price is known. */
  readonly next: Usd | undefined;
  readonly cold: Usd | undefined;
}

/** What is said of it. */
export type WarmClock =
  | {
      readonly kind: 'warm';
      readonly leftMs: number;
      readonly isEnding: boolean;
      readonly next: number | undefined;
      readonly cold: number | undefined;
    }
  | { readonly kind: 'cold'; readonly cold: number | undefined };

/** Differences below this are nobody's concern. US dollars. */
const smallestUsd = 0.001;

/** In its last minute a prefix is said to end. */
const endingMs = 60_000;

/** For how long after its end it is said that a prefix is cold. */
const coldMs = 10 * 60_000;

/**
 * The clock of a prompt. `ended`: when the last prefix that it knew warm came to its end. Nothing is said where a warm call costs hardly less than a
 * cold one, of a prompt that was never warm, and long after it went cold.
 */
export const warmClock = ({ entry, next, cold }: Warmth, now: number, ended: number | undefined): WarmClock | undefined => {
  if (next !== undefined && cold !== undefined && entry !== undefined && cold.likely - next.likely < smallestUsd) return undefined;
  if (entry !== undefined && entry.until > now) {
    const leftMs = entry.until - now;
    return { kind: 'warm', leftMs, isEnding: leftMs <= endingMs, next: next?.likely, cold: cold?.likely };
  }
  return ended !== undefined && ended <= now && now - ended < coldMs ? { kind: 'cold', cold: cold?.likely } : undefined;
};

/** How a prefix is kept warm: the first call after so many milliseconds, then one each interval. */
export interface KeepingPlan {
  readonly firstMs: number;
  readonly everyMs: number;
  readonly calls: number;
}

/** Calls leave so long before the prefix ends. */
const marginMs = 45_000;

/** How many calls keep a prefix warm for so long from now on, and when they leave. */
export const keepingPlan = (until: number, lifetimeMs: number, forMs: number, now: number): KeepingPlan => {
  const everyMs = lifetimeMs - marginMs;
  const firstMs = Math.max(0, until - marginMs - now);
  // The last call keeps it for a whole lifetime.
  const missing = forMs - (until - now);
  return { firstMs, everyMs, calls: missing <= 0 ? 0 : Math.max(1, 1 + Math.ceil((forMs - firstMs - lifetimeMs) / everyMs)) };
};
