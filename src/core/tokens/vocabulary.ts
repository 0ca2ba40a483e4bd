import { once } from '../text/once';
import { keyOf, latinSlots, otherSlots, punctSlots } from './features';
import { findKey, openBits, openPages, readKeyed, readKeys, readWeights } from './pack';
import type { KeyedSymbols } from './pack';
import { shapes } from './textRuns';
import type { Runs } from './textRuns';
import { slotWeights, sumOfWeights } from './slotWeights';
import type { SlotWeights } from './slotWeights';
import { doubtBuckets, groupOf, groups, unitsPerStep, unitsPerToken } from './tally';
import type { Tally } from './tally';
import { beyondWeights, listedRuns, newWeights, oldWeights } from './weights';
import { isShared, styleOf, writings } from './writing';

/** The two vocabularies of Claude: that of 3 … 4.6, and that of 4.7 and later. */
export type VocabularyName = 'old' | 'new';

interface Listed {
  /** Old + 16 × new of a run whose exact costs are known, by its key; else -1. */
  readonly exact: (key: number) => number;
  /** Words in lower case that are one token in the older vocabulary. */
  readonly oneToken: () => Int32Array;
  /** Slots of the features of Latin words and punctuation, for which each vocabulary has weights of its own. */
  readonly slots: () => Int32Array;
}

/** What is needed only for text beyond ASCII. */
interface Beyond {
  /** Characters that stand alone, by code point: old + 16 × new. */
  readonly singles: KeyedSymbols;
  /** Blocks of 128 code points in which words were met. */
  readonly blocks: Int32Array;
  /** Of words beyond Latin. */
  readonly words: SlotWeights;
}

const listedPart = once((): Listed => {
  const reader = openBits(listedRuns);
  const exact = openPages(reader, 256);
  const oneToken = once(() => readKeys(reader));
  const slots = once(() => {
    oneToken(); // stands before them
    return readKeys(reader);
  });
  return { exact, oneToken, slots };
});

const beyondPart = once((): Beyond => {
  const reader = openBits(beyondWeights);
  const singles = readKeyed(reader, 256);
  const blocks = readKeys(reader);
  const slots = readKeys(reader);
  return { singles, blocks, words: slotWeights(slots, readWeights(reader, slots.length)) };
});

/** Tokens of a character that is not in the table: averages of the rarest that are, 2026-11. */
export const unlisted = (code: number): number => {
  if (code > 0xffff) return code >= 0x1f000 && code < 0x20000 ? 2.625 : 4;
  if (code < 0x2000) return code < 0x800 ? 1.75 : 1.375;
  if (code < 0x3000) return code < 0x2700 ? 2.125 : 2.5;
  return 1.875;
};

/**
 * Tokens of one letter of a script that no counted word was written in. Two bytes a letter, or three: a letter has a token of its own in the
 * scripts that are common (Bengali, Georgian, Armenian), else two for the three bytes, or one a byte. Estimated from like scripts, 2026-11.
 */
const unmetLetter = (code: number): number => {
  if (code < 0x800 || (code >= 0x3040 && code < 0x3200)) return 1;
  if ((code >= 0x980 && code < 0xa00) || (code >= 0x10a0 && code < 0x1100)) return 1;
  return code < 0x1000 ? 2 : 2.5;
};

/** The fewest tokens of a Latin word that is not listed: of 4,600 counted words of 16 letters and more, 99 in 100 cost at least that, 2026-11. */
export const leastTokens = (name: VocabularyName, letters: number): number => {
  if (letters < 16) return 1;
  if (name === 'new') return letters / 3.4;
  return letters / (letters < 30 ? 8 : 5.2);
};

/**
 * Tokens that capitals add to a word of so many tokens in lower case: on average, in a vocabulary where short and common words have tokens of their own
 * with the capital; undefined where they say nothing. From the 7,500 words of the counted texts that were met both ways, 2026-11: a word of two
 * tokens or more paid exactly one for a capital at its start.
 */
export const capitalTokens = (name: VocabularyName, style: number, tokens: number, letters: number): number | undefined => {
  if (style === writings.capitalised) return name === 'new' || tokens > 1 ? 1 : letters < 6 ? 0.55 : letters < 9 ? 0.72 : 0.85;
  if (name === 'new') return undefined;
  if (tokens === 2) return 0.65;
  return letters < 3 ? 0.45 : letters < 6 ? 0.78 : letters < 9 ? 0.88 : 0.95;
};

/** A word of 60 letters at three tokens each, which is as long and costly as one gets, and half as much again. */
const maxCost = 255 * unitsPerToken;

/** How unsure a word is that costs so many units, in units: fitted on held-out words, 2026-11. */
const doubtOf = (cost: number): number => 0.5 * Math.sqrt(cost * unitsPerToken);

const memoBits = 16;
const memoMask = (1 << memoBits) - 1;
/** Set in a remembered cost that is known exactly. */
const exactly = 1 << 24;

/** Costs runs by one vocabulary and adds them to the tally in hand. */
export class Vocabulary implements Runs {
  readonly #name: VocabularyName;
  readonly #listed = listedPart();
  /** Unpacked with the first run that is not listed. */
  readonly #own: () => SlotWeights;
  readonly #shape: Int16Array;
  readonly #shift: number;
  readonly #slots = new Int32Array(512);
  /** By fours, so that a look touches one line of the cache: both hashes of a run; its cost, then (<< 16) writing style, (<< 20) group, (<< 24) whether exact. */
  readonly #memo = new Int32Array(4 << memoBits);
  readonly #singles = new Map<number, number>();
  #units: Float64Array = new Float64Array(groups.count);
  #doubts: Float64Array = new Float64Array(doubtBuckets);

  constructor(name: VocabularyName) {
    this.#name = name;
    const reader = openBits(name === 'old' ? oldWeights : newWeights);
    this.#shape = readWeights(reader, shapes.count);
    this.#own = once(() => slotWeights(this.#listed.slots(), readWeights(reader, this.#listed.slots().length)));
    this.#shift = name === 'old' ? 0 : 4;
  }

  /** Sends what follows to `tally`. */
  into(tally: Tally): this {
    this.#units = tally.units;
    this.#doubts = tally.doubt;
    return this;
  }

  word(text: string, start: number, end: number, hash: number, check: number, before: number): void {
    const at = 4 * ((hash ^ check) & memoMask);
    let packed = this.#memo[at + 2] ?? 0;
    if (packed === 0 || this.#memo[at] !== hash || this.#memo[at + 1] !== check)
      packed = this.#remember(at, hash, check, this.#costOfWord(text, start, end));
    const cost = packed & 0xffff;
    const style = (packed >> 16) & 15;
    this.#add((packed >> 20) & 15, cost + (this.#shape[shapes.word + before * 5 + style] ?? 0));
    if (packed < exactly) this.#doubt(hash, cost);
  }

  punct(text: string, start: number, end: number, sides: number, hash: number, check: number): void {
    const at = 4 * ((hash ^ check) & memoMask);
    let packed = this.#memo[at + 2] ?? 0;
    if (packed === 0 || this.#memo[at] !== hash || this.#memo[at + 1] !== check)
      packed = this.#remember(at, hash, check, this.#costOfPunct(text, start, end, sides));
    const cost = packed & 0xffff;
    this.#add(groups.punct, cost);
    if (packed < exactly && end - start > 1) this.#doubt(hash, cost);
  }

  single(code: number): void {
    let cost = this.#singles.get(code);
    if (cost === undefined) {
      const { keys, symbols } = beyondPart().singles;
      const at = findKey(keys, code);
      cost = at < 0 ? unlisted(code) : ((symbols[at] ?? 1) >> this.#shift) & 15;
      if (this.#singles.size < 4096) this.#singles.set(code, cost);
    }
    this.#add(code < 0x80 ? groups.symbol : groupOf(code), cost * unitsPerToken);
  }

  shape(feature: number, amount: number): void {
    const group = feature < shapes.digits ? groups.punct : feature <= shapes.digitGroup ? groups.digits : groups.blank;
    this.#add(group, (this.#shape[feature] ?? 0) * amount);
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
    const group = beyondAscii(text, start, end) && first < 0x80 ? groups.latin : groupOf(first);
    const style = styleOf(text, start, end);
    const place = (style << 16) | (group << 20);
    const known = this.#exactWord(text, start, end, style);
    if (known >= 0) return known | place | exactly;
    if (!isShared(first)) return this.#latinCost(text, start, end) | place;
    const strangers = this.#unmet(text, start, end);
    if (2 * strangers > end - start)
      return Math.min(maxCost, Math.round(unmetLetter(first) * (end - start) * unitsPerToken)) | (place & 0xfffff) | (groups.symbol << 20);
    const sum = this.#sum(beyondPart().words, otherSlots(text, start, end, this.#slots), end - start);
    return Math.min(maxCost, sum + strangers * unitsPerToken) | place;
  }

  #latinCost(text: string, start: number, end: number): number {
    const sum = this.#sum(this.#own(), latinSlots(text, start, end, this.#slots), end - start);
    return Math.max(sum, Math.round(leastTokens(this.#name, end - start) * unitsPerToken));
  }

  /** Units of a word whose cost is listed, or follows from that of its lower case; or -1. */
  #exactWord(text: string, start: number, end: number, style: number): number {
    const key = keyOf(text, start, end, 0);
    const known = this.#exact(key);
    if (known >= 0 || style > writings.capitals) return known;
    if (style === writings.lower) return this.#isOneToken(key) ? unitsPerToken : -1;
    const folded = keyOf(text, start, end, 0, true);
    const listed = this.#exact(folded);
    const lower = listed < 0 && this.#isOneToken(folded) ? unitsPerToken : listed;
    const added = lower < 0 ? undefined : capitalTokens(this.#name, style, lower / unitsPerToken, end - start);
    return added === undefined ? -1 : lower + Math.round(added * unitsPerToken);
  }

  #isOneToken(key: number): boolean {
    return this.#name === 'old' && findKey(this.#listed.oneToken(), key) >= 0;
  }

  /** How many letters of a word are of blocks in which no word was met. */
  #unmet(text: string, start: number, end: number): number {
    let count = 0;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (isShared(code) && findKey(beyondPart().blocks, code >> 7) < 0) count += 1;
    }
    return count;
  }

  #costOfPunct(text: string, start: number, end: number, sides: number): number {
    const known = this.#exact(keyOf(text, start, end, 1 + sides));
    if (known >= 0) return known | exactly;
    return this.#sum(this.#own(), punctSlots(text, start, end, sides, this.#slots), end - start);
  }

  /** Units of a run whose cost is known exactly, or -1. */
  #exact(key: number): number {
    const symbol = this.#listed.exact(key);
    return symbol < 0 ? -1 : ((symbol >> this.#shift) & 15) * unitsPerToken;
  }

  /** A run costs at least one token, and at most one for each byte of its UTF-8 form. */
  #sum(weights: SlotWeights, count: number, length: number): number {
    const sum = sumOfWeights(weights, this.#slots, count) * unitsPerStep;
    return Math.min(Math.max(sum, unitsPerToken), 3 * unitsPerToken * length, maxCost);
  }
}

const beyondAscii = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) > 0x7f) return true;
  return false;
};

const made = new Map<VocabularyName, Vocabulary>();

/** The vocabulary of that name; its tables are unpacked when it is first asked for. */
export const vocabularyOf = (name: VocabularyName): Vocabulary => {
  const known = made.get(name);
  if (known !== undefined) return known;
  const vocabulary = new Vocabulary(name);
  made.set(name, vocabulary);
  return vocabulary;
};
