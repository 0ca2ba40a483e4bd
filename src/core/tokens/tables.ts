import { once } from '../text/once';
import { beyondWeights } from './beyondWeights';
import { slotBits } from './features';
import { classedEnd } from './letterKinds';
import { oldWeights } from './oldWeights';
import {
  findKey,
  openPack,
  openPages,
  openSection,
  readKeyed,
  readKeys,
  readNumber,
  readPlain,
  readSlotWeights,
  readWeights,
  type PackReader,
} from './pack';
import { publicWeights } from './publicWeights';
import type { SlotWeights } from './slotWeights';
import * as shapes from './shapes';
import { listedRuns, newWeights } from './weights';

/** The fitted tables, unpacked when they are first asked for. */

/** Vocabularies: that of Claude 3 … 4.6, that of 4.7 and later, and OpenAI's cl100k, which Nova and others are estimated by. */
export const vocabularyNames = ['old', 'new', 'public'] as const;
export type VocabularyName = (typeof vocabularyNames)[number];

/** What one vocabulary has for itself. */
export interface OwnTables {
  /** Units of each of `shapes`. */
  readonly shapes: Int32Array;
  /** Of Latin words and punctuation. */
  readonly runs: () => SlotWeights;
  /** Of words beyond Latin, which the vocabularies of Claude share. */
  readonly words: () => SlotWeights;
  /** Is it, besides the words listed for all, a word that is one token? */
  readonly isOneToken: (key: number) => boolean;
}

export interface Listed {
  /** What is found of a run by its key, as `openPages` says it: only listed are words, in lower case or with a capital at their start, that are one token in the older vocabulary and in cl100k. */
  readonly find: (key: number, asksForListed: boolean) => number;
  /** Tokens in the vocabulary of that number of a run with this symbol. */
  readonly exact: (symbol: number, vocabulary: number) => number;
  /** What the features of Latin words and punctuation weigh, for which each vocabulary has weights of its own. */
  readonly weights: (packed: string, at: number) => SlotWeights;
}

/** What is needed only for text beyond ASCII. */
export interface Beyond {
  /** Tokens of a character that stands alone in the vocabulary of that number, or -1. */
  readonly single: (code: number, vocabulary: number) => number;
  /** What public vocabularies make of a character below `classedEnd`. */
  readonly classOf: (code: number) => number;
  /** Is it an emoji that has fewer tokens than others? */
  readonly isCheapEmoji: (code: number) => boolean;
  /** Was a letter of three bytes met in a counted word? */
  readonly isMet: (code: number) => boolean;
  /** The same as of `Listed` for words beyond Latin, and what their features weigh in both vocabularies of Claude. */
  readonly weights: (packed: string, at: number) => SlotWeights;
  readonly words: () => SlotWeights;
}

/** Different costs that a table may hold. */
export const mostCosts = 256;

/** Costs by vocabulary, 4 bits each; symbols in the tables are places in this list. */
const readCosts = (reader: PackReader): Int32Array => readPlain(reader, readNumber(reader));

const costIn = (costs: number, vocabulary: number): number => (costs >> (4 * vocabulary)) & 15;

/** Slots whose weights stand elsewhere, in a pack from `at` on. */
const weightsOf =
  ({ text, next }: PackReader) =>
  (packed: string, at: number): SlotWeights =>
    readSlotWeights({ text, next }, packed, at, 1 << slotBits);

export const listedPart = once((): Listed => {
  const reader = openPack(listedRuns);
  const costs = readCosts(reader);
  return {
    find: openPages(reader),
    exact: (symbol, vocabulary) => costIn(costs[symbol] ?? 0, vocabulary),
    weights: weightsOf(reader),
  };
});

export const beyondPart = once((): Beyond => {
  const reader = openPack(beyondWeights());
  const costs = readCosts(reader);
  const later = <T extends object>(read: (section: PackReader) => T): (() => T) => {
    const section = openSection(reader);
    return once(() => read(section));
  };
  const singles = later(readKeyed);
  const classes = later((section) => {
    const { keys, symbols } = readKeyed(section);
    const all = new Uint8Array(classedEnd);
    keys.forEach((start, at) => all.fill(symbols[at] ?? 0, start));
    return all;
  });
  const emoji = later(readKeys);
  const met = later(readKeys);
  const { text } = reader;
  const own = openSection(reader);
  const weights = weightsOf(own);
  const at = reader.next;
  return {
    single: (code, vocabulary) => {
      const { keys, symbols } = singles();
      const place = findKey(keys, code);
      return place < 0 ? -1 : costIn(costs[symbols[place] ?? 0] ?? 0, vocabulary);
    },
    classOf: (code) => classes()[code] ?? 0,
    isCheapEmoji: (code) => findKey(emoji(), code) >= 0,
    isMet: (code) => findKey(met(), code) >= 0,
    weights,
    words: once(() => weights(text, at)),
  };
});

/** Those of Nova and others and those of older models are bundles of their own. */
const packed = { old: () => oldWeights(), new: () => newWeights, public: () => publicWeights() } as const;

/** Opens what a vocabulary has for itself: costs of shapes first, then weights of runs; of cl100k a list before these, and weights of words beyond Latin. */
export const openOwn = (name: VocabularyName): OwnTables => {
  const reader = openPack(packed[name]());
  const units = readWeights(reader, shapes.count);
  const isPublic = name === 'public';
  const list = isPublic ? openSection(reader) : undefined;
  const keys = once(() => (list === undefined ? new Int32Array() : readKeys(list)));
  const runs = openSection(reader);
  const { text, next } = reader;
  return {
    shapes: units,
    runs: once(() => listedPart().weights(runs.text, runs.next)),
    words: once(() => (isPublic ? beyondPart().weights(text, next) : beyondPart().words())),
    isOneToken: isPublic ? (key) => findKey(keys(), key) >= 0 : () => false,
  };
};
