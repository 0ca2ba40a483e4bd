import { once } from '../text/once';
import { classedEnd } from './letterKinds';
import { beyondWeights } from './beyondWeights';
import { oldWeights } from './oldWeights';
import { findKey, openPack, openPages, readKeyed, readKeys, readNumber, readPlain, readWeights, type PackReader } from './pack';
import { publicWeights } from './publicWeights';
import { slotWeights, type SlotWeights } from './slotWeights';
import { shapes } from './textRuns';
import { listedRuns, newWeights } from './weights';

/** The fitted tables, unpacked when they are first asked for. */

/** Vocabularies: that of Claude 3 … 4.6, that of 4.7 and later, and OpenAI's cl100k, which Nova and others are estimated by. */
export const vocabularyNames = ['old', 'new', 'public'] as const;
export type VocabularyName = (typeof vocabularyNames)[number];

/** What one vocabulary has for itself. */
export interface OwnTables {
  /** Units of each of `shapes`. */
  readonly shapes: Int16Array;
  /** Of Latin words and punctuation. */
  readonly runs: () => SlotWeights;
  /** Of words beyond Latin, which the vocabularies of Claude share. */
  readonly words: () => SlotWeights;
  /** Words in lower case that are one token, besides those listed for all. */
  readonly oneToken: () => Int32Array;
}

export interface Listed {
  /** Tokens of a run whose exact costs are known in the vocabulary of that number, by its key; else -1. */
  readonly exact: (key: number, vocabulary: number) => number;
  /** Words in lower case that are one token in the older vocabulary and in cl100k. */
  readonly oneToken: () => Int32Array;
  /** Slots of the features of Latin words and punctuation, for which each vocabulary has weights of its own. */
  readonly slots: () => Int32Array;
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
  /** Slots of the features of words beyond Latin, and their weights in both vocabularies of Claude. */
  readonly slots: Int32Array;
  readonly words: SlotWeights;
}

/** Different costs that a table may hold. */
export const mostCosts = 256;

/** Costs by vocabulary, 4 bits each; symbols in the tables are places in this list. */
const readCosts = (reader: PackReader): Int32Array => readPlain(reader, readNumber(reader));

const costIn = (costs: number, vocabulary: number): number => (costs >> (4 * vocabulary)) & 15;

export const listedPart = once((): Listed => {
  const reader = openPack(listedRuns);
  const costs = readCosts(reader);
  const symbolOf = openPages(reader);
  const oneToken = once(() => readKeys(reader));
  const slots = once(() => {
    oneToken(); // stands before them
    return readKeys(reader);
  });
  return {
    exact: (key, vocabulary) => {
      const symbol = symbolOf(key);
      return symbol < 0 ? -1 : costIn(costs[symbol] ?? 0, vocabulary);
    },
    oneToken,
    slots,
  };
});

export const beyondPart = once((): Beyond => {
  const reader = openPack(beyondWeights());
  const costs = readCosts(reader);
  const singles = readKeyed(reader);
  const runs = readKeyed(reader);
  const classes = new Uint8Array(classedEnd);
  runs.keys.forEach((start, at) => classes.fill(runs.symbols[at] ?? 0, start));
  const emoji = readKeys(reader);
  const met = readKeys(reader);
  const slots = readKeys(reader);
  const words = slotWeights(slots, readWeights(reader, slots.length));
  return {
    single: (code, vocabulary) => {
      const at = findKey(singles.keys, code);
      return at < 0 ? -1 : costIn(costs[singles.symbols[at] ?? 0] ?? 0, vocabulary);
    },
    classOf: (code) => classes[code] ?? 0,
    isCheapEmoji: (code) => findKey(emoji, code) >= 0,
    isMet: (code) => findKey(met, code) >= 0,
    slots,
    words,
  };
});

const none = once(() => new Int32Array(0));

/** Those of Nova and others and those of older models are bundles of their own. */
const packed = { old: () => oldWeights(), new: () => newWeights, public: () => publicWeights() } as const;

/** Opens what a vocabulary has for itself: costs of shapes first, then weights of runs, then, of cl100k, those of words beyond Latin and a list. */
export const openOwn = (name: VocabularyName): OwnTables => {
  const reader = openPack(packed[name]());
  const weightsOf = (slots: Int32Array): SlotWeights => slotWeights(slots, readWeights(reader, slots.length));
  const units = readWeights(reader, shapes.count);
  const runs = once(() => weightsOf(listedPart().slots()));
  const words = once(() => {
    runs(); // stand before them
    return weightsOf(beyondPart().slots);
  });
  const oneToken = once(() => {
    words(); // stand before them
    return readKeys(reader);
  });
  return name === 'public'
    ? { shapes: units, runs, words, oneToken }
    : { shapes: units, runs, words: () => beyondPart().words, oneToken: none };
};
