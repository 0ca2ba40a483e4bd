import { classFrom, classedEnd } from '../../src/core/tokens/letterKinds';
import type { vocabularyNames } from '../../src/core/tokens/tables';
import { isHeldOut, readDocuments, readRuns, sourceOf } from './corpus';
import type { Document, HeldOut } from './corpus';
import { Universe, featuresOf, partsOf } from './problem';
import type { Parts } from './problem';
import { commonWords, counterOf, readRanks, tokensOf, wordsOfOneToken } from './publicVocabulary';
import type { Rows } from './solve';

/** Tokens in the vocabularies of `vocabularyNames`. */
export type Triple = readonly [old: number, new_: number, public_: number];
export type Side = 0 | 1 | 2;
export const sides = [0, 1, 2] as const satisfies { readonly length: typeof vocabularyNames.length };

/** Estimated costs of every run, by vocabulary. */
export type Costs = readonly [Float64Array, Float64Array, Float64Array];

/** All that weights are fitted to. */
export interface Material {
  readonly documents: readonly Document[];
  /** What each document costs. */
  readonly totals: readonly Triple[];
  readonly train: readonly boolean[];
  readonly parts: readonly Parts[];
  readonly universe: Universe;
  readonly truth: ReadonlyMap<number, Triple>;
  readonly singles: ReadonlyMap<number, Triple>;
  readonly features: Rows;
  /** How much each run weighs in the training documents, its share of them, and how many hold it. */
  readonly frequency: Float64Array;
  readonly share: Float64Array;
  readonly holders: Int32Array;
  /** Words that are common in English and code, met or not. */
  readonly common: readonly number[];
  /** Words that are one token of cl100k. */
  readonly publicWords: readonly number[];
  /** Classes of characters below `classedEnd`, and emoji that cost less than others, by public vocabularies. */
  readonly classes: Uint8Array;
  readonly cheapEmoji: readonly number[];
}

/** Languages in which prompts are likely to be written; the corpus holds as many documents in each of hundreds of others. */
const likely = new Set(
  (
    'ru uk bg sr be mk kk mn el hy ka he ar fa ur ps hi mr ne bn as ta te kn ml gu pa or si th lo km my am bo ja ko zh ' +
    'en de fr es it pt nl sv da nb nn no fi is pl cs sk hu ro hr bs sl lt lv et sq tr az uz vi id ms jv sw tl af ca eu gl ga cy mt'
  ).split(' '),
);

/** Weight of a document in a language in which prompts are rarely written. */
const translation = 0.15;

export const weightOf = (document: Document): number => (document.kind !== 'prose' || likely.has(document.lang) ? 1 : translation);

/** Classes of all characters below `classedEnd`. */
const classesBy = (cl100k: (char: string) => number, o200k: (char: string) => number): Uint8Array =>
  Uint8Array.from({ length: classedEnd }, (_, code) => {
    const char = String.fromCharCode(code);
    return code < 0x80 ? 0 : classFrom(cl100k(char), o200k(char));
  });

const emojiBy = (cl100k: (char: string) => number, o200k: (char: string) => number): readonly number[] =>
  Array.from({ length: 0x1000 }, (_, at) => 0x1f000 + at).filter((code) => {
    const char = String.fromCodePoint(code);
    return cl100k(char) <= 2 || o200k(char) === 1;
  });

export const readMaterial = (folder: string, heldOut: HeldOut | undefined): Material => {
  const documents = readDocuments(folder);
  const train = documents.map((document) => heldOut === undefined || !isHeldOut(sourceOf(document), heldOut));
  const ranks = readRanks(folder, 'cl100k_base');
  const larger = readRanks(folder, 'o200k_base');
  const count = counterOf(ranks);
  const ofChar = (char: string): number => tokensOf(ranks, char);
  const ofCharLarger = (char: string): number => tokensOf(larger, char);
  const classes = classesBy(ofChar, ofCharLarger);
  const universe = new Universe();
  const parts = documents.map((document) => partsOf(document, universe));
  const truth = new Map<number, Triple>();
  const singles = new Map<number, Triple>();
  for (const run of readRuns(folder)) {
    const [kind, text, , older, newer] = run;
    if (kind === 'word') truth.set(universe.word(text), [older, newer, count(` ${text}`)]);
    else if (kind === 'char') singles.set(text.codePointAt(0) ?? 0, [older, newer, ofChar(text)]);
    else truth.set(universe.punct(text, (run[5] ? 1 : 0) + (run[6] ? 2 : 0)), [older, newer, count(run[5] ? ` ${text}` : text)]);
  }
  const common = commonWords(ranks).map((word) => universe.word(word));
  const publicWords = wordsOfOneToken(ranks).map((word) => universe.word(word));
  const runs = universe.names.length;
  const frequency = new Float64Array(runs);
  const share = new Float64Array(runs);
  const holders = new Int32Array(runs);
  const met = new Set<number>();
  documents.forEach((document, d) => {
    if (!train[d]) return;
    for (const [run, times] of parts[d]!.runs) {
      frequency[run]! += weightOf(document) * times;
      share[run]! += (weightOf(document) * times) / Math.max(30, document.claude3);
      holders[run]! += 1;
    }
    for (const code of parts[d]!.single.keys()) met.add(code);
  });
  if (heldOut !== undefined) {
    for (const run of [...truth.keys()]) if (holders[run] === 0) truth.delete(run);
    for (const code of [...singles.keys()]) if (!met.has(code)) singles.delete(code);
  }
  const totals = documents.map(({ text, claude3, claude47 }): Triple => [claude3, claude47, count(text)]);
  const features = featuresOf(universe.names, (code) => classes[code] ?? 0);
  const cheapEmoji = emojiBy(ofChar, ofCharLarger);
  return {
    documents,
    totals,
    train,
    parts,
    universe,
    truth,
    singles,
    features,
    frequency,
    share,
    holders,
    common,
    publicWords,
    classes,
    cheapEmoji,
  };
};
