import { keyOf, latinSlots, otherSlots, punctSlots } from './features';
import { classedEnd, tokensOfClass, type ClassOf } from './letterKinds';
import { findKey } from './pack';
import { unmetTokens } from './scripts';
import { shapes } from './textRuns';
import type { Runs } from './textRuns';
import { sumOfWeights, type SlotWeights } from './slotWeights';
import { beyondPart, listedPart, openOwn, vocabularyNames, type OwnTables, type VocabularyName } from './tables';
import { doubtBuckets, groupOf, groups, unitsPerStep, unitsPerToken } from './tally';
import type { Tally } from './tally';
import { isShared, styleOf, writings } from './writing';

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

const noClass: ClassOf = () => 0;

/** A word of 60 letters at three tokens each, which is as long and costly as one gets, and half as much again. */
const maxCost = 255 * unitsPerToken;

/** How unsure a word is that costs so many units, in units: fitted on held-out words, 2026-11. */
const doubtOf = (cost: number): number => 0.5 * Math.sqrt(cost * unitsPerToken);

/** By shape: shapes of punctuation come first, then those of digits. */
const groupOfShape = new Uint8Array(shapes.count).fill(groups.blank);
groupOfShape.fill(groups.punct, 0, shapes.digitsAfter);
groupOfShape.fill(groups.digits, shapes.digitsAfter, shapes.digitGroup + 1);

const memoBits = 16;
const memoMask = (1 << memoBits) - 1;
/** Set in a remembered cost that is known exactly. */
const exactly = 1 << 24;

/** Costs runs by one vocabulary and adds them to the tally in hand. */
export class Vocabulary implements Runs {
  readonly #name: VocabularyName;
  readonly #number: number;
  readonly #listed = listedPart();
  readonly #own: OwnTables;
  readonly #shape: Int16Array;
  readonly #slots = new Int32Array(768);
  /** By fours, so that a look touches one line of the cache: both hashes of a run; its cost, then (<< 16) writing style, (<< 20) group, (<< 24) whether exact. */
  readonly #memo = new Int32Array(4 << memoBits);
  readonly #singles = new Map<number, number>();
  #units: Float64Array = new Float64Array(groups.count);
  #doubts: Float64Array = new Float64Array(doubtBuckets);
  /** Was the word before in this line guessed, and nothing but blanks and digits met since? */
  #isAfterGuess = false;

  constructor(name: VocabularyName) {
    this.#name = name;
    this.#number = vocabularyNames.indexOf(name);
    this.#own = openOwn(name);
    this.#shape = this.#own.shapes;
  }

  /** Sends what follows to `tally`. */
  into(tally: Tally): this {
    this.#units = tally.units;
    this.#doubts = tally.doubt;
    this.#isAfterGuess = false;
    return this;
  }

  word(text: string, start: number, end: number, hash: number, check: number, before: number): void {
    const at = 4 * ((hash ^ check) & memoMask);
    let packed = this.#memo[at + 2] ?? 0;
    if (packed === 0 || this.#memo[at] !== hash || this.#memo[at + 1] !== check)
      packed = this.#remember(at, hash, check, this.#costOfWord(text, start, end));
    const cost = packed & 0xffff;
    const style = (packed >> 16) & 15;
    const group = (packed >> 20) & 15;
    const isGuess = group === groups.guessed;
    const isAgain = isGuess && this.#isAfterGuess;
    this.#isAfterGuess = isGuess;
    this.#add(isAgain ? groups.guessedAgain : group, cost + (this.#shape[shapes.word + before * 5 + style] ?? 0));
    if (packed < exactly) this.#doubt(hash, cost);
  }

  punct(text: string, start: number, end: number, sides: number, hash: number, check: number): void {
    const at = 4 * ((hash ^ check) & memoMask);
    let packed = this.#memo[at + 2] ?? 0;
    if (packed === 0 || this.#memo[at] !== hash || this.#memo[at + 1] !== check)
      packed = this.#remember(at, hash, check, this.#costOfPunct(text, start, end, sides));
    const cost = packed & 0xffff;
    this.#isAfterGuess = false;
    this.#add(groups.punct, cost);
    if (packed < exactly && end - start > 1) this.#doubt(hash, cost);
  }

  single(code: number): void {
    let cost = this.#singles.get(code);
    if (cost === undefined) {
      const { single, classOf, isCheapEmoji } = beyondPart();
      const known = single(code, this.#number);
      cost = known < 0 ? unlisted(code, classOf, isCheapEmoji) : known;
      if (this.#singles.size < 4096) this.#singles.set(code, cost);
    }
    this.#add(code < 0x80 ? groups.symbol : groupOf(code), Math.round(cost * unitsPerToken));
  }

  shape(feature: number, amount: number): void {
    const sums = this.#units;
    const group = groupOfShape[feature] ?? 0;
    if (feature >= shapes.newlines) this.#isAfterGuess = false;
    sums[group] = (sums[group] ?? 0) + (this.#shape[feature] ?? 0) * amount;
  }

  extraDigits(amount: number): void {
    this.#add(groups.extraDigits, amount * unitsPerToken);
  }

  #add(group: number, units: number): void {
    const sums = this.#units;
    sums[group] = (sums[group] ?? 0) + units;
  }

  #remember(at: number, hash: number, check: number, packed: number): number {
    this.#memo[at] = hash;
    this.#memo[at + 1] = check;
    this.#memo[at + 2] = packed;
    return packed;
  }

  #doubt(hash: number, cost: number): void {
    const units = doubtOf(cost);
    const sums = this.#doubts;
    const bucket = (hash >>> 7) & (doubtBuckets - 1);
    sums[bucket] = (sums[bucket] ?? 0) + ((hash & 0x40) === 0 ? units : -units);
  }

  #costOfWord(text: string, start: number, end: number): number {
    const first = text.charCodeAt(start);
    const style = styleOf(text, start, end);
    const isMarked = style === writings.beyondAscii;
    const group = isMarked && first < 0x80 ? groups.latin : groupOf(first);
    const place = (style << 16) | (group << 20);
    const known = this.#exactWord(text, start, end, style);
    if (known >= 0) return known | place | exactly;
    if (!isShared(first)) return this.#latinCost(text, start, end, isMarked) | (isMarked ? place : (style << 16) | (groups.guessed << 20));
    const unmet = unmetTokens(text, start, end);
    if (unmet !== undefined)
      return (
        Math.min(maxCost, Math.round(unmet.tokens * unitsPerToken)) | (place & 0xfffff) | ((unmet.bare ? groups.bare : groups.symbol) << 20)
      );
    const { classOf } = beyondPart();
    const sum = this.#sum(this.#own.words(), otherSlots(text, start, end, classOf, this.#slots), end - start);
    return Math.min(maxCost, sum + this.#strangers(text, start, end)) | place;
  }

  #latinCost(text: string, start: number, end: number, isMarked: boolean): number {
    const sum = this.#sum(
      this.#own.runs(),
      latinSlots(text, start, end, isMarked ? beyondPart().classOf : noClass, this.#slots),
      end - start,
    );
    return Math.max(sum, Math.round(leastTokens(this.#name, end - start) * unitsPerToken));
  }

  /** Units of a word whose cost is listed, or follows from that of its lower case; or -1. */
  #exactWord(text: string, start: number, end: number, style: number): number {
    const key = keyOf(text, start, end, 0);
    const known = this.#exact(key);
    if (known >= 0 || style > writings.capitals) return known;
    if (style === writings.lower) return this.#isOneToken(key) ? unitsPerToken : -1;
    if (this.#name === 'public' && findKey(this.#own.oneToken(), key) >= 0) return unitsPerToken;
    const folded = keyOf(text, start, end, 0, true);
    const listed = this.#exact(folded);
    const lower = listed < 0 && this.#isOneToken(folded) ? unitsPerToken : listed;
    const added = lower < 0 ? undefined : capitalTokens(this.#name, style, lower / unitsPerToken, end - start);
    return added === undefined ? -1 : lower + Math.round(added * unitsPerToken);
  }

  #isOneToken(key: number): boolean {
    if (this.#name === 'new') return false;
    return findKey(this.#listed.oneToken(), key) >= 0 || findKey(this.#own.oneToken(), key) >= 0;
  }

  /** Units of the letters of three bytes that no counted word holds. */
  #strangers(text: string, start: number, end: number): number {
    const { isMet, classOf } = beyondPart();
    let tokens = 0;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code < 0x900 || isMet(code)) continue;
      tokens += code >= 0x1f00 && code < 0x2000 ? (tokensOfClass[classOf(code)] ?? 2) - 1 : strangerTokens;
    }
    return Math.round(tokens * unitsPerToken);
  }

  #costOfPunct(text: string, start: number, end: number, sides: number): number {
    const known = this.#exact(keyOf(text, start, end, 1 + sides));
    if (known >= 0) return known | exactly;
    return this.#sum(this.#own.runs(), punctSlots(text, start, end, sides, this.#slots), end - start);
  }

  /** Units of a run whose cost is known exactly, or -1. */
  #exact(key: number): number {
    return this.#listed.exact(key, this.#number) * unitsPerToken;
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
