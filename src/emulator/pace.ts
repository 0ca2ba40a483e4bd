import type { CacheOutcome } from './cachePlan';

/** Milliseconds between words. */
export const wordMs = 12;

const baseMs = 60;
const perUncachedTokenMs = 0.06;
const perReadTokenMs = 0.002;
const longestMs = 2_500;

/**
 * Milliseconds until the first word: it grows with the tokens that must be processed again, so that a warm call is visibly faster.
 * The figures are chosen for the eye and measure nothing.
 */
export const firstWordMs = ({ input, written, read }: CacheOutcome): number =>
  Math.min(longestMs, baseMs + (input + written) * perUncachedTokenMs + read * perReadTokenMs);
