import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slotBits } from '../../src/core/tokens/features';
import { unitsPerStep, unitsPerToken } from '../../src/core/tokens/tally';
import { mostCosts, vocabularyNames } from '../../src/core/tokens/tables';
import { leastTokens, unlisted } from '../../src/core/tokens/vocabulary';
import { unmetTokens } from '../../src/core/tokens/scripts';
import { parseHeldOut } from './corpus';
import { countedCost, isListed, keyOfName, noLists, pickLists, withoutClashes } from './lists';
import type { Lists } from './lists';
import { readMaterial, sides, weightOf } from './material';
import type { Costs, Material, Side, Triple } from './material';
import { PackWriter, putKeyed, putKeys, putPages, putSection, putSlotWeights, putWeights } from './pack';
import { codesOf, columns, isLatin, isWord, partsOf, Universe } from './problem';
import { fitShapes } from './shapes';
import { selectRows, solve, times } from './solve';
import type { Problem } from './solve';

/** Everything that may be turned; the values are those that did best on held-out halves. */
const settings = {
  ridge: 0.7,
  /** How many slots keep a weight. */
  latinSlots: 7700,
  punctSlots: 2200,
  otherSlots: 2600,
  /** How many runs have their exact costs listed, and what they still weigh in the fit of the others. */
  exact: 7150,
  exactWeight: 0.4,
} as const;

/** Runs that are fitted together, over the slots from `base` on. */
interface Group {
  readonly base: number;
  /** Those with known costs in the training documents. */
  readonly runs: Int32Array;
  /** What both vocabularies of Claude share is fitted on the older one alone. */
  readonly sides: readonly Side[];
  /** How many slots each kind of run may keep. */
  readonly quotas: readonly (readonly [isOfKind: (name: string) => boolean, slots: number])[];
}

const groupsOf = (material: Material): readonly [own: Group, others: Group] => {
  const isUnmet = (name: string): boolean => isWord(name) && unmetTokens(codesOf(name), 1, name.length) !== undefined;
  const seen = [...material.truth.keys()].filter((run) => material.frequency[run]! > 0 && !isUnmet(material.universe.names[run]!));
  const isOther = (run: number): boolean => isWord(material.universe.names[run]!) && !isLatin(material.universe.names[run]!);
  return [
    {
      base: columns.own,
      runs: Int32Array.from(seen.filter((run) => !isOther(run))),
      sides: [0, 1, 2],
      quotas: [
        [isLatin, settings.latinSlots],
        [(name) => !isWord(name), settings.punctSlots],
      ],
    },
    { base: columns.others, runs: Int32Array.from(seen.filter(isOther)), sides: [0, 2], quotas: [[() => true, settings.otherSlots]] },
  ];
};

/**
 * What a run weighs in the fit. Estimates are for runs never met before, which are rare ones: so a run counts by how often it is used where it is
 * used at all, and one that many documents hold counts less, the more so once its cost is listed.
 */
const trustIn = (material: Material, lists: Lists, run: number, side: Side): number => {
  const holders = Math.max(1, material.holders[run]!);
  const used = isWord(material.universe.names[run]!)
    ? Math.sqrt(Math.min(10, material.frequency[run]!)) / holders ** 1.5
    : Math.sqrt(Math.min(100, material.frequency[run]!)) / holders;
  return used * (isListed(lists, run, side) ? settings.exactWeight : 1);
};

const problemOf = (material: Material, group: Group, slots: Int32Array, lists: Lists, side: Side): Problem => {
  const columnOf = new Int32Array(columns.count).fill(-1);
  slots.forEach((slot, column) => (columnOf[group.base + slot] = column));
  return {
    rows: selectRows(material.features, group.runs, columnOf),
    target: Float64Array.from(group.runs, (run) => material.truth.get(run)![side]),
    weight: Float64Array.from(group.runs, (run) => trustIn(material, lists, run, side)),
    damping: new Float64Array(slots.length).fill(settings.ridge),
    least: 1,
  };
};

const allSlots = Int32Array.from({ length: 1 << slotBits }, (_, slot) => slot);

/** The slots whose weights matter most: by the squares of the weights and how much they are used, over the vocabularies of Claude. */
const chooseSlots = (material: Material, group: Group, lists: Lists): Int32Array => {
  const chosen = new Set<number>();
  const fits = group.sides.filter((side) => side !== 2).map((side) => solve(problemOf(material, group, allSlots, lists, side), 3, 20));
  for (const [isOfKind, slots] of group.quotas) {
    const use = new Float64Array(allSlots.length);
    for (const run of group.runs) {
      if (!isOfKind(material.universe.names[run]!)) continue;
      const { start, index } = material.features;
      const trust = trustIn(material, lists, run, 1);
      for (let i = start[run]!; i < start[run + 1]!; i += 1) use[index[i]! - group.base]! += trust;
    }
    const worth = use.map((amount, slot) => amount * fits.reduce((sum, x) => sum + x[slot]! ** 2, 0));
    const best = [...allSlots].filter((slot) => worth[slot]! > 0).sort((a, b) => worth[b]! - worth[a]!);
    for (const slot of best.slice(0, slots)) chosen.add(slot);
  }
  return Int32Array.from(chosen).sort();
};

const isCheapEmoji =
  ({ cheapEmoji }: Material): ((code: number) => boolean) =>
  (code) =>
    cheapEmoji.includes(code);

const stepsPerToken = unitsPerToken / unitsPerStep;
const roundedOff = (v: number): number => Math.round(v * stepsPerToken) / stepsPerToken;

/** Rounds weights to steps, the nearest ones first, and lets those not yet rounded make up for it each time. */
const quantise = (problem: Problem, x: Float64Array): Float64Array => {
  let values: Float64Array = x.slice();
  const damping = problem.damping.slice();
  for (const part of [0.4, 0.65, 0.82, 0.92]) {
    const distance = (v: number): number => Math.abs(v - roundedOff(v));
    const open = [...values.keys()].filter((c) => damping[c]! < Infinity).sort((a, b) => distance(values[a]!) - distance(values[b]!));
    const target = Math.floor(values.length * part) - (values.length - open.length);
    for (const c of open.slice(0, Math.max(0, target))) {
      values[c] = roundedOff(values[c]!);
      damping[c] = Infinity;
    }
    values = solve({ ...problem, damping }, 1, 25, values);
  }
  return values.map(roundedOff);
};

interface Fitted {
  readonly slots: Int32Array;
  /** One for each of the group's sides. */
  readonly weights: readonly Float64Array[];
}

/** Estimated costs of every run, known or not, by the weights of its group. */
const estimates = (material: Material, groups: readonly Group[], fitted: readonly Fitted[]): Costs => {
  const { names } = material.universe;
  const sideOf = (side: Side): Float64Array => {
    const x = new Float64Array(columns.count);
    groups.forEach(({ base }, g) =>
      fitted[g]!.slots.forEach((slot, c) => (x[base + slot] = fitted[g]!.weights[Math.max(0, groups[g]!.sides.indexOf(side))]![c]!)),
    );
    const runLength = (name: string): number => name.length - (isWord(name) ? 1 : 2);
    return times(material.features, x).map((cost, run) => {
      const name = names[run]!;
      const unmet = isWord(name) && !isLatin(name) ? unmetTokens(codesOf(name), 1, name.length) : undefined;
      if (unmet !== undefined) return unmet.tokens;
      const least = isLatin(name) ? leastTokens(vocabularyNames[side], runLength(name)) : 1;
      return Math.min(Math.max(least, cost), 3 * runLength(name));
    });
  };
  return [sideOf(0), sideOf(1), sideOf(2)];
};

const learn = (material: Material) => {
  const groups = groupsOf(material);
  const fitWith = (slots: readonly Int32Array[], lists: Lists, rounds: number, iterations: number): readonly Fitted[] =>
    groups.map((group, g) => ({
      slots: slots[g]!,
      weights: group.sides.map((side) => solve(problemOf(material, group, slots[g]!, lists, side), rounds, iterations)),
    }));
  const listsFor = (fitted: readonly Fitted[]): Lists => pickLists(material, estimates(material, groups, fitted), settings.exact);
  const everywhere = groups.map(() => allSlots);
  const first = listsFor(fitWith(everywhere, noLists, 2, 15));
  const slots = groups.map((group) => chooseSlots(material, group, first));
  const lists = listsFor(fitWith(slots, first, 4, 30));
  const fitted = fitWith(slots, lists, 4, 30).map((fit, g) => ({
    ...fit,
    weights: fit.weights.map((x, s) => quantise(problemOf(material, groups[g]!, fit.slots, lists, groups[g]!.sides[s]!), x)),
  }));
  const [own, others] = fitted;
  const estimated = estimates(material, groups, fitted);
  return { own: own!, others: others!, estimated, lists: withoutClashes(material, lists, estimated) };
};

const restOf = (material: Material, costs: readonly Triple[], side: Side): readonly number[] =>
  material.totals.map((total, d) => {
    let sum = total[side];
    for (const [run, count] of material.parts[d]!.runs) sum -= count * costs[run]![side];
    for (const [code, count] of material.parts[d]!.single)
      sum -= count * (material.singles.get(code)?.[side] ?? unlisted(code, (at) => material.classes[at] ?? 0, isCheapEmoji(material)));
    return sum;
  });

/** Letters of three bytes that stand in counted words. */
const metLetters = (material: Material, runs: Int32Array): readonly number[] => {
  const met = new Set<number>();
  for (const run of runs)
    for (const letter of material.universe.names[run]!.slice(1)) if (letter >= '\u0900') met.add(letter.charCodeAt(0));
  return [...met].sort((a, b) => a - b);
};

/** Writes the different costs that runs have, 4 bits a vocabulary, and gives the place of each. */
const putCosts = (writer: PackWriter, costs: Iterable<Triple>): ((cost: Triple) => number) => {
  const packedOf = (cost: Triple): number => cost.reduce((sum, tokens, side) => sum + (Math.min(15, tokens) << (4 * side)), 0);
  const counts = new Map<number, number>();
  for (const cost of costs) counts.set(packedOf(cost), (counts.get(packedOf(cost)) ?? 0) + 1);
  const listed = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostCosts)
    .map(([packed]) => packed);
  writer.put(listed.length);
  for (const packed of listed) writer.put(packed);
  // Where there are too many, a rare one is taken for the nearest in the vocabularies of Claude.
  const nearest = (packed: number): number =>
    Math.max(
      0,
      listed.findIndex((other) => (other & 0xff) === (packed & 0xff)),
    );
  return (cost) => (listed.includes(packedOf(cost)) ? listed.indexOf(packedOf(cost)) : nearest(packedOf(cost)));
};

/** Where each stretch of equal classes begins. */
const stretchesOf = (classes: Uint8Array): ReadonlyMap<number, number> =>
  new Map([...classes].flatMap((value, code) => (value === classes[code - 1] ? [] : [[code, value]])));

const scaled = (x: Float64Array, scale: number): readonly number[] =>
  Array.from(x, (v) => Math.max(-2048, Math.min(2047, Math.round(v * scale))));

/**
 * Words that are one token each, in lower case and with a space between them, cost as many tokens as they are, in every vocabulary. Without a text that says
 * so, these two shapes make up for words that are estimated too high, and a text of common words is 3 % too low.
 */
const plainWords = 1000;
/** As much as so many documents. */
const plainWeight = 20;
const plainShapes = ((): ReadonlyMap<number, number> => {
  const shapesOf = (text: string): ReadonlyMap<number, number> => partsOf({ text }, new Universe()).shape;
  const once = shapesOf('order');
  const many = shapesOf(Array.from({ length: plainWords }, () => 'order').join(' '));
  return new Map([...many].map(([shape, count]) => [shape, count - (once.get(shape) ?? 0)] as const).filter(([, count]) => count > 0));
})();

const writeWeights = (out: string, material: Material): void => {
  const { own, others, estimated, lists } = learn(material);
  const costs = material.universe.names.map((_, run) => countedCost(material, lists, estimated, run));
  const { names } = material.universe;
  const costOf = (run: number): Triple => material.truth.get(run)!;
  const listed = new PackWriter();
  const symbolOf = putCosts(listed, [...lists.exact].map(costOf));
  putPages(
    listed,
    new Map([...lists.exact].map((run) => [keyOfName(names[run]!), symbolOf(costOf(run))])),
    [...lists.oneToken].map((run) => keyOfName(names[run]!)).sort((a, b) => a - b),
  );
  putKeys(listed, [...own.slots]);
  const beyond = new PackWriter();
  const singleOf = putCosts(beyond, material.singles.values());
  putSection(beyond, (section) => putKeyed(section, new Map([...material.singles].map(([code, cost]) => [code, singleOf(cost)]))));
  putSection(beyond, (section) => putKeyed(section, stretchesOf(material.classes)));
  putSection(beyond, (section) => putKeys(section, material.cheapEmoji));
  putSection(beyond, (section) => putKeys(section, metLetters(material, groupsOf(material)[1].runs)));
  putSection(beyond, (section) => putKeys(section, [...others.slots]));
  putSlotWeights(beyond, scaled(others.weights[0]!, stepsPerToken));
  const bySide = sides.map((side) => {
    const writer = new PackWriter();
    const fitted = fitShapes(
      [...material.parts.map((parts) => parts.shape), plainShapes],
      [...restOf(material, costs, side), 0],
      [...material.totals.map((total) => total[side]), plainWords],
      [...material.documents.map((document, d) => (material.train[d] ? Math.sqrt(weightOf(document)) : 0)), plainWeight],
    );
    putWeights(writer, scaled(fitted, unitsPerToken));
    const publicKeys = [...new Set([...lists.publicOneToken].map((run) => keyOfName(names[run]!)))].sort((a, b) => a - b);
    if (side === 2) putSection(writer, (section) => putKeys(section, publicKeys));
    putSection(writer, (section) => putSlotWeights(section, scaled(own.weights[side]!, stepsPerToken)));
    if (side === 2) putSlotWeights(writer, scaled(others.weights[1]!, stepsPerToken));
    return writer.text;
  });
  const head = '// Made by test/tokens/fit.ts: fitted weights, packed as src/core/tokens/pack.ts reads them. Not to be edited.';
  const write = (name: string, tables: readonly (readonly [name: string, text: string])[], opens = '='): void =>
    writeFileSync(
      join(out, name),
      `${[head, ...tables.map(([table, text]) => `export const ${table} ${opens}\n  '${text}';`)].join('\n')}\n`,
    );
  write('weights.ts', [
    ['listedRuns', listed.text],
    ['newWeights', bySide[1]!],
  ]);
  // Functions, whose bundles are loaded when they are called.
  write('beyondWeights.ts', [['beyondWeights', beyond.text]], '= (): string =>');
  write('oldWeights.ts', [['oldWeights', bySide[0]!]], '= (): string =>');
  write('publicWeights.ts', [['publicWeights', bySide[2]!]], '= (): string =>');
};

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const folder = option('data');
if (folder === undefined) throw new Error('usage: npx tsx test/tokens/fit.ts --data DIR [--without FOLD/FOLDS] [--out FOLDER]');
writeWeights(option('out') ?? 'src/core/tokens', readMaterial(folder, parseHeldOut(option('without'))));
