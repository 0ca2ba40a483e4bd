import { keyOf, latinBits, otherBits, punctBits, punctSlots, wordSlots } from './features';
import { findKey, openBits, readKeyed, readWeights } from './pack';
import type { KeyedSymbols } from './pack';
import { shapes } from './scan';
import type { Runs } from './scan';
import { doubtBuckets, groupOf, groups, unitsPerToken } from './tally';
import type { Tally } from './tally';
import { newWeights, oldWeights, sharedWeights } from './weights';
import { isShared, styleOf } from './writing';

/** The two vocabularies of Claude: that of 3 … 4.6, and that of 4.7 and later. */
export type VocabularyName = 'old' | 'new';

interface Shared {
  /** Weights of words beyond Latin, unpacked when one is met. */
  readonly words: () => Int16Array;
  /** Runs whose exact costs are known: old + 16 × new. */
  readonly exact: KeyedSymbols;
  /** Characters that stand alone, by code point: old + 16 × new. */
  readonly singles: KeyedSymbols;
  /** Blocks of 128 code points in which words were met. */
  readonly blocks: KeyedSymbols;
}

let shared: Shared | undefined;

const sharedPart = (): Shared => {
  if (shared !== undefined) return shared;
  const reader = openBits(sharedWeights);
  const exact = readKeyed(reader, 256);
  const singles = readKeyed(reader, 256);
  const blocks = readKeyed(reader, 2);
  let words: Int16Array | undefined;
  return (shared = { words: () => (words ??= readWeights(reader, 1 << otherBits)), exact, singles, blocks });
};

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

/** How unsure the cost of a word is, in units, by its cost: fitted on held-out words, 2026-11. */
const doubtOf = Float64Array.from({ length: 1024 }, (_, units) => 0.5 * unitsPerToken * Math.sqrt(units / unitsPerToken));

const maxCost = 1023;

const memoBits = 14;
const memoMask = (1 << memoBits) - 1;
/** Set in a remembered cost that is known exactly. */
const exactly = 1 << 24;

/** Costs runs by one vocabulary and adds them to the tally in hand. */
export class Vocabulary implements Runs {
  readonly #shared = sharedPart();
  readonly #latin: Int16Array;
  readonly #punct: Int16Array;
  readonly #shape: Int16Array;
  readonly #shift: number;
  readonly #slots = new Int32Array(512);
  readonly #hashes = new Int32Array(1 << memoBits);
  readonly #checks = new Int32Array(1 << memoBits);
  /** Cost, then (<< 16) writing style, (<< 20) group, (<< 24) whether the cost is exact. */
  readonly #costs = new Int32Array(1 << memoBits);
  readonly #singles = new Map<number, number>();
  #units: Float64Array = new Float64Array(groups.count);
  #doubts: Float64Array = new Float64Array(doubtBuckets);

  constructor(name: VocabularyName) {
    const reader = openBits(name === 'old' ? oldWeights : newWeights);
    this.#latin = readWeights(reader, 1 << latinBits);
    this.#punct = readWeights(reader, 1 << punctBits);
    this.#shape = readWeights(reader, shapes.count);
    this.#shift = name === 'old' ? 0 : 4;
  }

  /** Sends what follows to `tally`. */
  into(tally: Tally): this {
    this.#units = tally.units;
    this.#doubts = tally.doubt;
    return this;
  }

  word(text: string, start: number, end: number, hash: number, check: number, before: number): void {
    const slot = (hash ^ check) & memoMask;
    let packed = this.#costs[slot] ?? 0;
    if (packed === 0 || this.#hashes[slot] !== hash || this.#checks[slot] !== check)
      packed = this.#remember(slot, hash, check, this.#costOfWord(text, start, end));
    const cost = packed & 0xffff;
    const style = (packed >> 16) & 15;
    this.#add((packed >> 20) & 15, cost + (this.#shape[shapes.word + before * 5 + style] ?? 0));
    if (packed < exactly) this.#doubt(hash, cost);
  }

  punct(text: string, start: number, end: number, sides: number, hash: number, check: number): void {
    const slot = (hash ^ check) & memoMask;
    let packed = this.#costs[slot] ?? 0;
    if (packed === 0 || this.#hashes[slot] !== hash || this.#checks[slot] !== check)
      packed = this.#remember(slot, hash, check, this.#costOfPunct(text, start, end, sides));
    const cost = packed & 0xffff;
    this.#add(groups.punct, cost);
    if (packed < exactly && end - start > 1) this.#doubt(hash, cost);
  }

  single(code: number): void {
    let cost = this.#singles.get(code);
    if (cost === undefined) {
      const at = findKey(this.#shared.singles.keys, code);
      cost = at < 0 ? unlisted(code) : ((this.#shared.singles.symbols[at] ?? 1) >> this.#shift) & 15;
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

  #remember(slot: number, hash: number, check: number, packed: number): number {
    this.#hashes[slot] = hash;
    this.#checks[slot] = check;
    this.#costs[slot] = packed;
    return packed;
  }

  #doubt(hash: number, cost: number): void {
    const units = doubtOf[cost] ?? 0;
    const sums = this.#doubts;
    const bucket = (hash >>> 7) & (doubtBuckets - 1);
    sums[bucket] = (sums[bucket] ?? 0) + ((hash & 0x40) === 0 ? units : -units);
  }

  #costOfWord(text: string, start: number, end: number): number {
    const first = text.charCodeAt(start);
    const group = beyondAscii(text, start, end) && first < 0x80 ? groups.latin : groupOf(first);
    const place = (styleOf(text, start, end) << 16) | (group << 20);
    const known = this.#exact(keyOf(text, start, end, 0));
    if (known >= 0) return known | place | exactly;
    const shared = isShared(first);
    const strangers = shared ? this.#unmet(text, start, end) : 0;
    if (2 * strangers > end - start)
      return Math.min(maxCost, Math.round(unmetLetter(first) * (end - start) * unitsPerToken)) | (place & 0xfffff) | (groups.symbol << 20);
    const count = wordSlots(text, start, end, shared ? otherBits : latinBits, this.#slots);
    return (
      Math.min(maxCost, this.#sum(shared ? this.#shared.words() : this.#latin, count, end - start) + strangers * unitsPerToken) | place
    );
  }

  /** How many letters of a word are of blocks in which no word was met. */
  #unmet(text: string, start: number, end: number): number {
    let count = 0;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (isShared(code) && findKey(this.#shared.blocks.keys, code >> 7) < 0) count += 1;
    }
    return count;
  }

  #costOfPunct(text: string, start: number, end: number, sides: number): number {
    const known = this.#exact(keyOf(text, start, end, 1 + sides));
    if (known >= 0) return known | exactly;
    return this.#sum(this.#punct, punctSlots(text, start, end, sides, this.#slots), end - start);
  }

  /** Units of a run whose cost is known exactly, or -1. */
  #exact(key: number): number {
    const at = findKey(this.#shared.exact.keys, key);
    return at < 0 ? -1 : (((this.#shared.exact.symbols[at] ?? 0x11) >> this.#shift) & 15) * unitsPerToken;
  }

  /** A run costs at least one token, and at most one for each byte of its UTF-8 form. */
  #sum(table: Int16Array, count: number, length: number): number {
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += table[this.#slots[i] ?? 0] ?? 0;
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
