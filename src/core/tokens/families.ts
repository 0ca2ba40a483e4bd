import type { TokenFamily } from '../models/types';
import * as groups from './groups';
import { hypotenuse, unitsPerToken } from './tally';
import type { Tally } from './tally';
import type { TokenEstimate } from '../figures/band';
import type { VocabularyName } from './tables';

/**
 * The vocabulary whose tallies a family is estimated from: Claude's own, o200k by ratios from the older of them, and cl100k, which is public, for
 * Nova (57 recorded texts say so, 2026-11), for Llama, whose vocabulary grew out of it, and for want of a better one.
 */
export const vocabularyFor = (family: TokenFamily): VocabularyName => {
  if (family === 'claude-4.7' || family === 'claude-5') return 'new';
  return family === 'claude-3' || family === 'openai' ? 'old' : 'public';
};

/** o200k against Claude's older vocabulary on 2,065 documents by group, least squares on relative errors, 2026-11. */
const o200k: readonly number[] = [0.835, 0.654, 0.645, 0.456, 0.443, 0.942, 0.62, 0.363, 0.29, 0.747, 1.055, 0.889, 1, 0.835, 0.835];

/**
 * Tokens of a text for each token of its vocabulary: 26 texts and requests of Nova 2 cost 0.979 of what cl100k counts, once one or two tokens at the end of
 * an answer are left out, recorded 2026.
 */
const textFactor: { readonly [F in TokenFamily]?: number } = { 'nova-2': 0.98 };

/** Nova 1 takes digits one by one. */
const digitByDigit: ReadonlySet<TokenFamily> = new Set(['nova-1']);

/**
 * What words that are not listed cost besides each token of their estimate, alone among others and one after another: those of texts never met are
 * rarer than those that weights were fitted to, and the more so in languages that are not known. Of 64ths these did best on two halves of the sources
 * left out in turn, 2026-11.
 */
const guessedExtra: { readonly [V in VocabularyName]: readonly [alone: number, again: number] } = {
  old: [1 / 64, 3 / 64],
  new: [0, 0],
  public: [1 / 64, 4 / 64],
};

/** Relative half-widths that hold nine in ten texts, by group: the part of the error a whole text shares. */
interface Spread {
  readonly common: readonly number[];
  /** Multiplies the part that uncertain words bring each for itself. */
  readonly doubt: number;
  /** What `quoted` marks add: a text writes them alike from end to end, so that the error of one is that of all. */
  readonly quoted: number;
}

/**
 * Nine in ten texts are held by these, each estimated by weights that have not seen its source: a regression of that quantile of the errors, by kinds of text,
 * said how much of it each group brings (test/tokens/README.md), 2026-11.
 */
const claudeOld: Spread = {
  common: [0.026, 0.125, 0.175, 0.13, 0.13, 0.08, 0.04, 0.04, 0.36, 0.003, 0.012, 0.028, 0.11, 0.04],
  doubt: 1.05,
  quoted: 0.1,
};
const claudeNew: Spread = {
  common: [0.003, 0.12, 0.19, 0.13, 0.13, 0.07, 0.035, 0.035, 0.36, 0.004, 0.011, 0.032, 0.11, 0.034],
  doubt: 0.76,
  quoted: 0.08,
};
/** What `strange` words add, in either: texts full of them were off by 0 to 80 % either way, and a still wider band would say nothing. */
const strangeSpread = 0.35;

/** Tokens that any text may be off by, such as where its first and last run meet the frame. */
const atEnds = 0.5;

/** Half-width of other families: with words in ASCII, and with anything else. */
const others: { readonly [F in TokenFamily]?: readonly [ascii: number, beyond: number] } = {
  'nova-1': [0.085, 0.25],
  'nova-2': [0.055, 0.2],
};

const sumOf = (values: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
  return sum;
};

const likelyOf = (tally: Tally, family: TokenFamily): number => {
  const { units } = tally;
  const [alone, again] = guessedExtra[vocabularyFor(family)];
  const guessed = alone * (units[groups.guessed] ?? 0) + again * (units[groups.guessedAgain] ?? 0);
  if (family === 'openai') return (o200k.reduce((sum, ratio, group) => sum + ratio * (units[group] ?? 0), 0) + guessed) / unitsPerToken;
  const digits = digitByDigit.has(family) ? (units[groups.extraDigits] ?? 0) : 0;
  return ((textFactor[family] ?? 1) * (sumOf(units, 0, groups.extraDigits) + guessed + digits)) / unitsPerToken;
};

const guessedIn = ({ units }: Tally): number => (units[groups.guessed] ?? 0) + (units[groups.guessedAgain] ?? 0);

const commonOf = (tally: Tally, spread: Spread): number => {
  const { units } = tally;
  let sum =
    guessedIn(tally) * (spread.common[groups.guessed] ?? 0) +
    (units[groups.strange] ?? 0) * strangeSpread +
    (units[groups.quoted] ?? 0) * spread.quoted;
  for (let group = 0; group < groups.guessed; group += 1) sum += Math.max(0, units[group] ?? 0) * (spread.common[group] ?? 0);
  return Math.max(0, sum) / unitsPerToken;
};

/** `goesOn`: as wide as it may be when more text, of whatever kind, is added. */
const halfWidth = (tally: Tally, family: TokenFamily, likely: number, goesOn: boolean): number => {
  let squares = 0;
  for (const doubt of tally.doubt) squares += doubt * doubt;
  const doubt = Math.sqrt(squares) / unitsPerToken;
  if (family.startsWith('claude')) {
    const spread = vocabularyFor(family) === 'old' ? claudeOld : claudeNew;
    return hypotenuse(commonOf(tally, spread), doubt * spread.doubt);
  }
  const beyond = sumOf(tally.units, groups.latin, groups.symbol) / Math.max(1, sumOf(tally.units, 0, groups.extraDigits));
  const [ascii, other] = others[family] ?? [0.15, 0.25];
  return hypotenuse(likely * (goesOn || beyond > 0.1 ? other : ascii), doubt);
};

/** The estimate of a text with this tally: its band holds about nine in ten true counts. */
export const estimateTally = (tally: Tally, family: TokenFamily): TokenEstimate => {
  const likely = Math.max(0, likelyOf(tally, family));
  const half = likely > 0 ? halfWidth(tally, family, likely, false) + atEnds : 0;
  return { low: Math.max(0, likely - half), likely, high: likely + half, basis: 'estimated' };
};

/** What `low` and `likely` are at least when more text is added to one with this tally: half-widths add up at most, and more text has its own tokens. */
export const leastOfTally = (tally: Tally, family: TokenFamily): { readonly low: number; readonly likely: number } => {
  const likely = Math.max(0, likelyOf(tally, family));
  return { low: Math.max(0, likely - halfWidth(tally, family, likely, true) - atEnds), likely };
};

/** No text has more tokens for each UTF-16 unit, by `likely`: three bytes at one token each, and what a run's place adds. */
export const mostPerUnit = (family: TokenFamily): number => (family.startsWith('claude') ? 4 : 6);
