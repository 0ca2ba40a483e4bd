import { isHeldOut, readCommonWords, readDocuments, readRuns, sourceOf } from './corpus';
import type { Document, HeldOut } from './corpus';
import { Universe, featuresOf, partsOf } from './problem';
import type { Parts } from './problem';
import type { Rows } from './solve';

export type Pair = readonly [old: number, new_: number];
export type Side = 0 | 1;
export const sides = [0, 1] as const;
export const vocabularyNames = ['old', 'new'] as const;

/** Estimated costs of every run, for the older vocabulary and the newer one. */
export type Costs = readonly [Float64Array, Float64Array];

/** All that weights are fitted to. */
export interface Material {
  readonly documents: readonly Document[];
  readonly train: readonly boolean[];
  readonly parts: readonly Parts[];
  readonly universe: Universe;
  readonly truth: ReadonlyMap<number, Pair>;
  readonly singles: ReadonlyMap<number, Pair>;
  readonly features: Rows;
  /** How much each run weighs in the training documents, its share of them, and how many hold it. */
  readonly frequency: Float64Array;
  readonly share: Float64Array;
  readonly holders: Int32Array;
  /** Words that are common in English and code, met or not. */
  readonly common: readonly number[];
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

export const readMaterial = (folder: string, heldOut: HeldOut | undefined): Material => {
  const documents = readDocuments(folder);
  const train = documents.map((document) => heldOut === undefined || !isHeldOut(sourceOf(document), heldOut));
  const universe = new Universe();
  const parts = documents.map((document) => partsOf(document, universe));
  const truth = new Map<number, Pair>();
  const singles = new Map<number, Pair>();
  for (const run of readRuns(folder)) {
    const pair: Pair = [run[3], run[4]];
    if (run[0] === 'word') truth.set(universe.word(run[1]), pair);
    else if (run[0] === 'punct') truth.set(universe.punct(run[1], (run[5] ? 1 : 0) + (run[6] ? 2 : 0)), pair);
    else singles.set(run[1].codePointAt(0) ?? 0, pair);
  }
  const common = readCommonWords(folder).map((word) => universe.word(word));
  const count = universe.names.length;
  const frequency = new Float64Array(count);
  const share = new Float64Array(count);
  const holders = new Int32Array(count);
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
  return { documents, train, parts, universe, truth, singles, features: featuresOf(universe.names), frequency, share, holders, common };
};
