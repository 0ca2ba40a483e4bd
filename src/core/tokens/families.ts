import type { TokenFamily } from '../models/types';
import { groups, unitsPerToken } from './tally';
import type { Tally } from './tally';
import type { TokenEstimate } from '../figures/band';
import type { VocabularyName } from './vocabulary';

/** The vocabulary whose tallies a family is estimated from. */
export const vocabularyFor = (family: TokenFamily): VocabularyName => (family === 'claude-4.7' || family === 'claude-5' ? 'new' : 'old');

/** Tokens of another vocabulary for one of Claude's older one, by group; the last is per extra digit. */
type Ratios = readonly number[];

/** cl100k and o200k against Claude's older vocabulary on 2,065 documents, least squares on relative errors, 2026-11. */
const cl100k: Ratios = [0.879, 1.031, 1.047, 1.063, 1.403, 1.277, 0.937, 0.789, 0.793, 0.715, 1.074, 0.789, 0];
const o200k: Ratios = [0.835, 0.654, 0.645, 0.456, 0.443, 0.942, 0.62, 0.363, 0.29, 0.747, 1.055, 0.889, 0];

const scaled = (ratios: Ratios, factor: number, extraDigits = 0): Ratios => [...ratios.slice(0, -1).map((v) => v * factor), extraDigits];

/** Nova against cl100k on 57 recorded texts, nearly all English, 2026-11; Nova 1 takes digits one by one. */
const ratios: { readonly [F in TokenFamily]?: Ratios } = {
  'nova-1': scaled(cl100k, 1.08, 1),
  'nova-2': scaled(cl100k, 1.03),
  llama: cl100k,
  openai: o200k,
  qwen: cl100k,
  deepseek: cl100k,
  mistral: cl100k,
  other: cl100k,
};

/** Relative half-widths that hold nine in ten texts, by group: the part of the error a whole text shares. */
interface Spread {
  readonly common: readonly number[];
  /** Multiplies the part that uncertain words bring each for itself. */
  readonly doubt: number;
  /** Relative half-width of Latin words in a text that is plainly not English. */
  readonly otherLatin: number;
}

/** From five-fold held-out errors by script (docs/tokens.md), 2026-11. */
const claudeOld: Spread = {
  common: [0.026, 0.11, 0.22, 0.16, 0.18, 0.09, 0.06, 0.06, 0.58, 0.026, 0.026, 0.026],
  doubt: 1.2,
  otherLatin: 0.115,
};
const claudeNew: Spread = {
  common: [0.018, 0.08, 0.27, 0.16, 0.18, 0.08, 0.045, 0.045, 0.58, 0.018, 0.018, 0.018],
  doubt: 0.95,
  otherLatin: 0.085,
};

/** Tokens that any text may be off by, such as where its first and last run meet the frame. */
const atEnds = 0.5;

/** Half-width of other families: with words in ASCII, and with anything else. */
const others: { readonly [F in TokenFamily]?: readonly [ascii: number, beyond: number] } = {
  'nova-1': [0.1, 0.25],
  'nova-2': [0.08, 0.25],
};

const sumOf = (values: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
  return sum;
};

const likelyOf = (tally: Tally, family: TokenFamily): number => {
  const own = ratios[family];
  if (own === undefined) return sumOf(tally.units, 0, groups.extraDigits) / unitsPerToken;
  let sum = 0;
  for (let group = 0; group < groups.count; group += 1) sum += (tally.units[group] ?? 0) * (own[group] ?? 1);
  return sum / unitsPerToken;
};

/** How far words are from plain English: 0 … 1. */
const foreignIn = (tally: Tally): number => {
  const words = (tally.units[groups.word] ?? 0) + (tally.units[groups.latin] ?? 0);
  return words > 0 ? Math.min(1, (tally.units[groups.latin] ?? 0) / words / 0.15) : 0;
};

const commonOf = (tally: Tally, spread: Spread, foreign: number): number => {
  const ascii = (spread.common[0] ?? 0) * (1 - foreign) + spread.otherLatin * foreign;
  let sum = (tally.units[groups.word] ?? 0) * ascii;
  for (let group = 1; group < groups.extraDigits; group += 1) sum += Math.max(0, tally.units[group] ?? 0) * (spread.common[group] ?? 0);
  return Math.max(0, sum) / unitsPerToken;
};

/** `goesOn`: as wide as it may be when more text, of whatever kind, is added. */
const halfWidth = (tally: Tally, family: TokenFamily, likely: number, goesOn: boolean): number => {
  let squares = 0;
  for (const doubt of tally.doubt) squares += doubt * doubt;
  const doubt = Math.sqrt(squares) / unitsPerToken;
  if (family.startsWith('claude')) {
    const spread = vocabularyFor(family) === 'old' ? claudeOld : claudeNew;
    return Math.hypot(commonOf(tally, spread, goesOn ? 1 : foreignIn(tally)), doubt * spread.doubt);
  }
  const beyond = sumOf(tally.units, groups.latin, groups.symbol) / Math.max(1, sumOf(tally.units, 0, groups.extraDigits));
  const [ascii, other] = others[family] ?? [0.15, 0.25];
  return Math.hypot(likely * (goesOn || beyond > 0.1 ? other : ascii), doubt);
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
