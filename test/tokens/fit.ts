import { writeFileSync } from 'node:fs';
import { keyOf, latinBits, otherBits, punctBits } from '../../src/core/tokens/features';
import { shapes } from '../../src/core/tokens/scan';
import { unitsPerToken } from '../../src/core/tokens/tally';
import { unlisted } from '../../src/core/tokens/vocabulary';
import { isShared } from '../../src/core/tokens/writing';
import { isHeldOut, parseHeldOut, readDocuments, readRuns, sourceOf } from './corpus';
import type { Document, HeldOut } from './corpus';
import { BitWriter, putKeyed, putWeights } from './pack';
import { Universe, columns, partsOf, rowsOf } from './problem';
import type { Parts, Rows } from './problem';
import { fitShapes } from './shapes';
import { predictRuns, solve } from './solve';
import type { Problem } from './solve';

/** Everything that may be turned; the values are those that did best on the held-out half. */
const settings = {
  /** Weight of a document in a language in which prompts are rarely written. */
  translation: 0.15,
  /** Weight of a run: its frequency, to this power. */
  power: 0.5,
  frequencyCap: 100,
  ridge: 0.7,
  lengthRidge: 0.5,
  exceptions: 11200,
  exceptionWeight: 0.3,
  rounds: 4,
  iterations: 30,
} as const;

type Pair = readonly [old: number, new_: number];

interface Material {
  readonly documents: readonly Document[];
  readonly train: readonly boolean[];
  readonly parts: readonly Parts[];
  readonly universe: Universe;
  readonly truth: ReadonlyMap<number, Pair>;
  readonly singles: ReadonlyMap<number, Pair>;
  readonly features: Rows;
  /** How much each run weighs in the training documents, and its share of them. */
  readonly frequency: Float64Array;
  readonly share: Float64Array;
}

/** Languages in which prompts are likely to be written; the corpus holds as many documents in each of hundreds of others. */
const likely = new Set(
  (
    'ru uk bg sr be mk kk mn el hy ka he ar fa ur ps hi mr ne bn as ta te kn ml gu pa or si th lo km my am bo ja ko zh ' +
    'en de fr es it pt nl sv da nb nn no fi is pl cs sk hu ro hr bs sl lt lv et sq tr az uz vi id ms jv sw tl af ca eu gl ga cy mt'
  ).split(' '),
);

const weightOf = (document: Document): number => (document.kind !== 'prose' || likely.has(document.lang) ? 1 : settings.translation);

const readMaterial = (folder: string, heldOut: HeldOut | undefined): Material => {
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
  const count = universe.features.length;
  const frequency = new Float64Array(count);
  const share = new Float64Array(count);
  const met = new Set<number>();
  documents.forEach((document, d) => {
    if (!train[d]) return;
    for (const [run, times] of parts[d]!.runs) {
      frequency[run]! += weightOf(document) * times;
      share[run]! += (weightOf(document) * times) / Math.max(30, document.claude3);
    }
    for (const code of parts[d]!.single.keys()) met.add(code);
  });
  for (const code of singles.keys()) if (heldOut !== undefined && !met.has(code)) singles.delete(code);
  return { documents, train, parts, universe, truth, singles, features: rowsOf(universe.features), frequency, share };
};

const problemOf = (material: Material, side: 0 | 1): Problem => {
  const count = material.universe.features.length;
  const target = new Float64Array(count);
  const weight = new Float64Array(count);
  for (const [run, pair] of material.truth) {
    if (material.frequency[run]! === 0) continue;
    target[run] = pair[side];
    weight[run] = Math.min(material.frequency[run]!, settings.frequencyCap) ** settings.power;
  }
  const damping = new Float64Array(columns.count).fill(settings.ridge);
  for (const base of [columns.latin, columns.shared]) damping.fill(settings.lengthRidge, base, base + 256);
  damping.fill(settings.lengthRidge, columns.punct, columns.punct + 32);
  damping.fill(Infinity, columns.shape);
  // What both vocabularies share is fitted on the older one alone.
  if (side === 1) damping.fill(Infinity, columns.shared, columns.shared + (1 << otherBits));
  const none = rowsOf([]);
  const documents = new Float64Array(0);
  return {
    features: material.features,
    runTarget: target,
    runWeight: weight,
    documents: none,
    context: none,
    documentTarget: documents,
    documentWeight: documents,
    damping,
    columns: columns.count,
  };
};

const roundedOff = (v: number): number => Math.round(v * unitsPerToken) / unitsPerToken;

/** Rounds weights to units, the nearest ones first, and lets those not yet rounded make up for it each time. */
const quantise = (problem: Problem, x: Float64Array): Float64Array => {
  let values: Float64Array = x.slice();
  const damping = problem.damping.slice();
  for (const share of [0.4, 0.65, 0.82, 0.92]) {
    const distance = (v: number): number => Math.abs(v - roundedOff(v));
    const open = [...values.keys()].filter((c) => damping[c]! < Infinity).sort((a, b) => distance(values[a]!) - distance(values[b]!));
    const target = Math.floor(problem.columns * share) - (problem.columns - open.length);
    for (const c of open.slice(0, Math.max(0, target))) {
      values[c] = roundedOff(values[c]!);
      damping[c] = Infinity;
    }
    values = solve({ ...problem, damping }, 1, 25, values);
  }
  return values.map(roundedOff);
};

const costsBy = (material: Material, problem: Problem, x: Float64Array): Float64Array =>
  predictRuns(problem, x).map((p, run) => Math.min(Math.max(1, p), 3 * runLength(material.universe.names[run]!)));

const runLength = (name: string): number => name.length - (name.startsWith('w') ? 1 : 2);

/** The runs whose exact costs are worth their place: those whose errors weigh most in the training documents. */
const pickExceptions = (material: Material, costs: readonly [Float64Array, Float64Array]): ReadonlySet<number> => {
  const worth: (readonly [number, number])[] = [];
  for (const [run, pair] of material.truth) {
    const error = Math.abs(costs[0][run]! - pair[0]) + Math.abs(costs[1][run]! - pair[1]);
    if (material.share[run]! > 0 && error > 0.08 && Math.max(...pair) < 16) worth.push([material.share[run]! * error, run]);
  }
  worth.sort((a, b) => b[0] - a[0]);
  return new Set(worth.slice(0, settings.exceptions).map((entry) => entry[1]));
};

const fitBoth = (material: Material) => {
  const problems = [problemOf(material, 0), problemOf(material, 1)] as const;
  const full = problems.map((problem) => problem.runWeight.slice());
  const x = [new Float64Array(columns.count), new Float64Array(columns.count)] as const;
  let exceptions: ReadonlySet<number> = new Set();
  for (let pass = 0; pass < 3; pass += 1) {
    problems.forEach((problem, side) => {
      problem.runWeight.set(full[side]!);
      for (const run of exceptions) problem.runWeight[run]! *= settings.exceptionWeight;
      if (side === 1) x[1].set(x[0].subarray(columns.shared, columns.shared + (1 << otherBits)), columns.shared);
      solve(problem, settings.rounds, settings.iterations, x[side === 0 ? 0 : 1]);
    });
    exceptions = pickExceptions(material, [costsBy(material, problems[0], x[0]), costsBy(material, problems[1], x[1])]);
  }
  const old = quantise(problems[0], x[0]);
  x[1].set(old.subarray(columns.shared, columns.shared + (1 << otherBits)), columns.shared);
  const weights = [old, quantise(problems[1], x[1])] as const;
  const costs = [costsBy(material, problems[0], weights[0]), costsBy(material, problems[1], weights[1])] as const;
  return { weights, costs, exceptions };
};

const keyOfName = (name: string): number =>
  name.startsWith('w') ? keyOf(name, 1, name.length, 0) : keyOf(name, 2, name.length, 1 + Number(name[1]));

const restOf = (material: Material, costs: Float64Array, side: 0 | 1): readonly number[] =>
  material.documents.map((document, d) => {
    let sum = side === 0 ? document.claude3 : document.claude47;
    for (const [run, times] of material.parts[d]!.runs) sum -= times * costs[run]!;
    for (const [code, times] of material.parts[d]!.single) sum -= times * (material.singles.get(code)?.[side] ?? unlisted(code));
    return sum;
  });

/** Blocks of 128 code points with enough words to know their script by. */
const metBlocks = (material: Material): ReadonlyMap<number, number> => {
  const words = new Map<number, number>();
  for (const run of material.truth.keys()) {
    const name = material.universe.names[run]!;
    const code = name.charCodeAt(1);
    if (name.startsWith('w') && isShared(code) && material.frequency[run]! > 0) words.set(code >> 7, (words.get(code >> 7) ?? 0) + 1);
  }
  return new Map([...words].flatMap(([block, count]) => (count >= 25 ? [[block, 0] as const] : [])));
};

const writeWeights = (file: string, material: Material): void => {
  const { weights, costs, exceptions } = fitBoth(material);
  const exact = new Map<number, number>();
  for (const run of exceptions) {
    const pair = material.truth.get(run)!;
    const key = keyOfName(material.universe.names[run]!);
    if (exact.has(key)) continue;
    exact.set(key, pair[0] + 16 * pair[1]);
    costs[0][run] = pair[0];
    costs[1][run] = pair[1];
  }
  const inUnits = (x: Float64Array, from: number, count: number): readonly number[] =>
    Array.from(x.subarray(from, from + count), (v) => Math.max(-2048, Math.min(2047, Math.round(v * unitsPerToken))));
  const shared = new BitWriter();
  putKeyed(shared, exact, 256);
  putKeyed(shared, new Map([...material.singles].map(([code, pair]) => [code, Math.min(15, pair[0]) + 16 * Math.min(15, pair[1])])), 256);
  putKeyed(shared, metBlocks(material), 2);
  putWeights(shared, inUnits(weights[0], columns.shared, 1 << otherBits));
  const own = ([0, 1] as const).map((side) => {
    const writer = new BitWriter();
    putWeights(writer, inUnits(weights[side], columns.latin, 1 << latinBits));
    putWeights(writer, inUnits(weights[side], columns.punct, 1 << punctBits));
    const counts = material.documents.map((document) => (side === 0 ? document.claude3 : document.claude47));
    const trust = material.documents.map((document, d) => (material.train[d] ? Math.sqrt(weightOf(document)) : 0));
    const fitted = fitShapes(
      material.parts.map((parts) => parts.shape),
      restOf(material, costs[side], side),
      counts,
      trust,
    );
    putWeights(writer, inUnits(fitted, 0, shapes.count));
    return writer.text();
  });
  const lines = [
    '// Made by test/tokens/fit.ts: fitted weights, packed as src/core/tokens/pack.ts reads them. Not to be edited.',
    `export const sharedWeights =\n  '${shared.text()}';`,
    `export const oldWeights =\n  '${own[0]}';`,
    `export const newWeights =\n  '${own[1]}';`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
};

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const folder = option('data');
if (folder === undefined) throw new Error('usage: npx tsx test/tokens/fit.ts --data DIR [--without FOLD/FOLDS] [--out FILE]');
writeWeights(option('out') ?? 'src/core/tokens/weights.ts', readMaterial(folder, parseHeldOut(option('without'))));
