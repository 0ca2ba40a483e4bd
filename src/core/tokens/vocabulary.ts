import { keyOf, latinSlots, otherSlots, punctSlots, reservedSlots } from './features';
import * as groups from './groups';
import * as inRun from './inRun';
import { classedEnd, tokensOfClass, type ClassOf } from './letterKinds';
import { listedAlone } from './pack';
import { unmetTokens } from './scripts';
import * as shapes from './shapes';
import type { Runs } from './textRuns';
import { shareKnown, sumOfWeights, type SlotWeights } from './slotWeights';
import { beyondPart, listedPart, openOwn, vocabularyNames, type OwnTables, type VocabularyName } from './tables';
import { doubtBuckets, groupOf, unitsPerStep, unitsPerToken } from './tally';
import type { Tally } from './tally';
import { isShared, styleOf } from './writing';
import * as writings from './writings';

/**
 * Tokens of a character that is not in the table. Symbols cost what cl100k makes of them in 110 of 113 counted ones where that is two or three; emoji that
 * it writes in two tokens, or o200k in one, a little less than others; the rest are averages of the rarest that were counted, 2026-11.
 */
export const unlisted = (code: number, classOf: ClassOf, isCheapEmoji: (code: number) => boolean): number => {
  if (code > 0xffff) return code < 0x1f000 || code >= 0x20000 ? 4 : isCheapEmoji(code) ? 2.2 : 2.7;
  if (code < 0x2000) return code < 0x800 ? 1.75 : 1.375;
  if (code < classedEnd) return Math.max(1.5, tokensOfClass[classOf(code)] ?? 2);
  return code < 0x3000 ? 2.5 : 1.875;
};

/** The fewest tokens of a Latin word that is not listed: of 4,600 counted words of 16 letters and more, 99 in 100 cost at least that, 2026-11. */
export const leastTokens = (name: VocabularyName, letters: number): number => {
  if (letters < 16) return 1;
  if (name === 'new') return letters / 3.4;
  if (name === 'public') return letters / 9;
  return letters / (letters < 30 ? 8 : 5.2);
};

/** What a capital at the start adds to a word of one token in cl100k, where the word with it is not listed: on average over 1,954 words, 2026-11. */
const publicCapital = 0.75;

/**
 * Tokens that capitals add to a word of so many tokens in lower case: on average, in a vocabulary where short and common words have tokens of their own
 * with the capital; undefined where they say nothing. From the 7,500 words of the counted texts that were met both ways, 2026-11: a word of two
 * tokens or more paid exactly one for a capital at its start.
 */
export const capitalTokens = (name: VocabularyName, style: number, tokens: number, letters: number): number | undefined => {
  if (style === writings.capitalised)
    return name === 'new' || tokens > 1 ? 1 : name === 'public' ? publicCapital : letters < 6 ? 0.55 : letters < 9 ? 0.72 : 0.85;
  if (name !== 'old') return undefined;
  if (tokens === 2) return 0.65;
  return letters < 3 ? 0.45 : letters < 6 ? 0.78 : letters < 9 ? 0.88 : 0.95;
};

/** Tokens that a letter of three bytes adds which no counted word holds: of 0 to 1 by script, a half is between, 2026-11. */
const strangerTokens = 0.5;

/** A word of 60 letters at three tokens each, which is as long and costly as one gets, and half as much again. */
const maxCost = 255 * unitsPerToken;

/** How unsure a word is that costs so many units, in units: fitted on held-out words, 2026-11. */
const doubtOf = (cost: number): number => 0.5 * Math.sqrt(cost * unitsPerToken);

/** Groups of shapes, and where those of each begin: words have theirs where they are counted. */
const shapeGroups = [groups.punct, groups.digits, groups.blank];
const shapeEnds = [shapes.punct, shapes.digitsAfter, shapes.digitGroup + 1, shapes.count];

const memoBits = 16;
const memoMask = (1 << memoBits) - 1;
/** Set in a remembered cost that brings no doubt. */
const certain = 1 << 24;
/** Set in one whose doubt is that of all runs like it, too: `strange` words, and marks that are `quoted`. */
const alike = 1 << 25;

/** A word of a script that was met has weights for a third of its letters' sequences, one of a script that was not for 1 in 50: of two halves of the sources, 2026-11. */
const leastKnown = 0.125;

const add = (sums: Float64Array, at: number, amount: number): void => {
  sums[at] = (sums[at] ?? 0) + amount;
};

/** Does a quote stand in these marks, and a colon or a comma behind it? */
const isQuoted = (codes: Uint16Array, start: number, end: number): boolean => {
  for (let at = start + 1; at < end; at += 1) if (codes[at - 1] === 0x22 && (codes[at] === 0x3a || codes[at] === 0x2c)) return true;
  return false;
};

/** Costs runs by one vocabulary and adds them to the tally in hand. */
export class Vocabulary {
  readonly #name: VocabularyName;
  readonly #number: number;
  readonly #listed = listedPart();
  readonly #own: OwnTables;
  readonly #slots = new Int32Array(768);
  /** By fours, so that a look touches one line of the cache: both hashes of a run; its cost, then (<< 16) writing style, (<< 20) group, (<< 24) whether certain, (<< 25) whether its doubt is that of all like it. */
  readonly #memo = new Int32Array(4 << memoBits);

  constructor(name: VocabularyName) {
    this.#name = name;
    this.#number = vocabularyNames.indexOf(name);
    this.#own = openOwn(name);
  }

  /** Adds what these runs and shapes cost. */
  addTo(tally: Tally, runs: Runs): void {
    this.#addRuns(tally, runs);
    for (let i = 0; i < shapeGroups.length; i += 1)
      add(tally.units, shapeGroups[i] ?? 0, this.#ofShapes(runs, shapeEnds[i] ?? 0, shapeEnds[i + 1] ?? 0));
    add(tally.units, groups.extraDigits, runs.extraDigits * unitsPerToken);
  }

  /** Units of the shapes in [from, to). */
  #ofShapes({ shapes: counts }: Runs, from: number, to: number): number {
    const costs = this.#own.shapes;
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += (counts[at] ?? 0) * (costs[at] ?? 0);
    return sum;
  }

  #addRuns({ units, doubt }: Tally, { codes, list, length }: Runs): void {
    const memo = this.#memo;
    const costs = this.#own.shapes;
    /** Was the word before in this line guessed, and nothing but blanks and digits met since? */
    let isAfterGuess = false;
    for (let at = 0; at < length; at += inRun.size) {
      const about = list[at + inRun.about] ?? 0;
      const hash = list[at + inRun.hash] ?? 0;
      const check = list[at + inRun.check] ?? 0;
      const place = 4 * ((hash ^ check) & memoMask);
      let packed = memo[place + 2] ?? 0;
      if (packed === 0 || memo[place] !== hash || memo[place + 1] !== check) {
        memo[place] = hash;
        memo[place + 1] = check;
        memo[place + 2] = packed = this.#costOf(codes, list, at);
      }
      const cost = packed & 0xffff;
      const group = (packed >> 20) & 15;
      const isGuess = group === groups.guessed;
      const isAgain = isGuess && isAfterGuess && list[at + inRun.goesOn] === 1;
      isAfterGuess = isGuess;
      const placed = list[at + inRun.kind] === inRun.word ? (costs[shapes.word + about * 5 + ((packed >> 16) & 15)] ?? 0) : 0;
      add(units, isAgain ? groups.guessedAgain : group, cost + placed);
      if ((packed & certain) === 0) add(doubt, (hash >>> 7) & (doubtBuckets - 1), (hash & 0x40) === 0 ? doubtOf(cost) : -doubtOf(cost));
      if (packed >= alike) add(units, group === groups.punct ? groups.quoted : groups.strange, cost);
    }
  }

  /** What is remembered of a run. */
  #costOf(codes: Uint16Array, list: Int32Array, at: number): number {
    const kind = list[at];
    const about = list[at + inRun.about] ?? 0;
    const start = list[at + inRun.start] ?? 0;
    const end = list[at + inRun.end] ?? 0;
    if (kind === inRun.word) return this.#costOfWord(codes, start, end);
    return kind === inRun.punct ? this.#costOfPunct(codes, start, end, about) : this.#costOfSingle(about);
  }

  #costOfSingle(code: number): number {
    const { single, classOf, isCheapEmoji } = beyondPart();
    const listed = single(code, this.#number);
    const tokens = listed < 0 ? unlisted(code, classOf, isCheapEmoji) : listed;
    return Math.round(tokens * unitsPerToken) | ((code < 0x80 ? groups.symbol : groupOf(code)) << 20) | certain;
  }

  #costOfWord(codes: Uint16Array, start: number, end: number): number {
    const first = codes[start] ?? 0;
    const style = styleOf(codes, start, end);
    const isMarked = style === writings.beyondAscii;
    const group = isMarked && first < 0x80 ? groups.latin : groupOf(first);
    const place = (style << 16) | (group << 20);
    const known = this.#exactWord(codes, start, end, style);
    if (known >= 0) return known | place | certain;
    if (isMarked) return this.#costOfMarked(codes, start, end, place);
    return this.#latinCost(start, end, latinSlots(codes, start, end, undefined, this.#slots)) | (style << 16) | (groups.guessed << 20);
  }

  /** The same for words with letters beyond ASCII. */
  #costOfMarked(codes: Uint16Array, start: number, end: number, place: number): number {
    const { classOf } = beyondPart();
    const slots = this.#slots;
    if (!isShared(codes[start] ?? 0)) return this.#latinCost(start, end, latinSlots(codes, start, end, classOf, slots)) | place;
    const unmet = unmetTokens(codes, start, end);
    if (unmet !== undefined) {
      const cost = Math.min(maxCost, Math.round(unmet.tokens * unitsPerToken));
      return cost | (place & 0xfffff) | ((unmet.bare ? groups.bare : groups.symbol) << 20);
    }
    const count = otherSlots(codes, start, end, classOf, slots);
    const weights = this.#own.words();
    const isStrange = shareKnown(weights, slots, count, reservedSlots) < leastKnown;
    return Math.min(maxCost, this.#sum(weights, count, end - start) + this.#strangers(codes, start, end)) | place | (isStrange ? alike : 0);
  }

  #latinCost(start: number, end: number, count: number): number {
    const sum = this.#sum(this.#own.runs(), count, end - start);
    return Math.max(sum, Math.round(leastTokens(this.#name, end - start) * unitsPerToken));
  }

  /** Units of a word whose cost is listed, or follows from that of its lower case; or -1. */
  #exactWord(codes: Uint16Array, start: number, end: number, style: number): number {
    const key = keyOf(codes, start, end, 0);
    const isLower = style === writings.lower;
    const known = this.#exact(key, isLower || style === writings.capitalised);
    if (known >= 0 || isLower || style > writings.capitals) return known;
    if (this.#own.isOneToken(key)) return unitsPerToken;
    const lower = this.#exact(keyOf(codes, start, end, 0, true), true);
    const added = lower < 0 ? undefined : capitalTokens(this.#name, style, lower / unitsPerToken, end - start);
    return added === undefined ? -1 : lower + Math.round(added * unitsPerToken);
  }

  /** Units of the letters of three bytes that no counted word holds. */
  #strangers(codes: Uint16Array, start: number, end: number): number {
    const { isMet, classOf } = beyondPart();
    let tokens = 0;
    for (let at = start; at < end; at += 1) {
      const code = codes[at] ?? 0;
      if (code < 0x900 || isMet(code)) continue;
      tokens += code >= 0x1f00 && code < 0x2000 ? (tokensOfClass[classOf(code)] ?? 2) - 1 : strangerTokens;
    }
    return Math.round(tokens * unitsPerToken);
  }

  /** One mark alone brings no doubt. */
  #costOfPunct(codes: Uint16Array, start: number, end: number, sides: number): number {
    const place = (groups.punct << 20) | (end - start > 1 ? 0 : certain);
    const known = this.#exact(keyOf(codes, start, end, 1 + sides), false);
    if (known >= 0) return known | place | certain | (isQuoted(codes, start, end) ? alike : 0);
    return this.#sum(this.#own.runs(), punctSlots(codes, start, end, sides, this.#slots), end - start) | place;
  }

  /** Units of a run whose cost is known exactly, or -1; a word in lower case, or with a capital at its start, may be one that is only listed. */
  #exact(key: number, mayBeListed: boolean): number {
    const found = this.#listed.find(key, mayBeListed && this.#name !== 'new');
    if (found >= 0) return this.#listed.exact(found, this.#number) * unitsPerToken;
    return found === listedAlone || (mayBeListed && this.#own.isOneToken(key)) ? unitsPerToken : -1;
  }

  /** A run costs at least one token, and at most one for each byte of its UTF-8 form. */
  #sum(weights: SlotWeights, count: number, length: number): number {
    const sum = sumOfWeights(weights, this.#slots, count) * unitsPerStep;
    return Math.min(Math.max(sum, unitsPerToken), 3 * unitsPerToken * length, maxCost);
  }
}

const made = new Map<VocabularyName, Vocabulary>();

/** The vocabulary of that name; its tables are unpacked when it is first asked for. */
export const vocabularyOf = (name: VocabularyName): Vocabulary => {
  const known = made.get(name);
  if (known !== undefined) return known;
  const vocabulary = new Vocabulary(name);
  made.set(name, vocabulary);
  return vocabulary;
};
