import { keyOf } from '../../src/core/tokens/features';
import { capitalTokens } from '../../src/core/tokens/vocabulary';
import { styleOf } from '../../src/core/tokens/writing';
import * as writings from '../../src/core/tokens/writings';
import { vocabularyNames } from '../../src/core/tokens/tables';
import { sides } from './material';
import type { Costs, Material, Side, Triple } from './material';
import { codesOf, isWord } from './problem';

/** Runs whose costs are listed, because estimates of them are off. */
export interface Lists {
  /** By their costs in both vocabularies. */
  readonly exact: ReadonlySet<number>;
  /** Words in lower case, or with a capital at their start, that are one token in the older vocabulary and in cl100k; in the newer one they are estimated. */
  readonly oneToken: ReadonlySet<number>;
  /** More words that are one token in cl100k. */
  readonly publicOneToken: ReadonlySet<number>;
}

export const noLists: Lists = { exact: new Set(), oneToken: new Set(), publicOneToken: new Set() };

/** Is the run's cost in this vocabulary listed, so that no estimate of it is needed? */
export const isListed = ({ exact, oneToken, publicOneToken }: Lists, run: number, side: Side): boolean =>
  exact.has(run) || (side !== 1 && oneToken.has(run)) || (side === 2 && publicOneToken.has(run));

export const keyOfName = (name: string, folded = false): number =>
  isWord(name) ? keyOf(codesOf(name), 1, name.length, 0, folded) : keyOf(codesOf(name), 2, name.length, 1 + Number(name[1]));

const writingOf = (name: string): number => (isWord(name) ? styleOf(codesOf(name), 1, name.length) : writings.mixed);

/** For a word with capitals, the run of the same word in lower case, if there is one. */
const lowerForm = ({ universe }: Material, name: string): number | undefined => {
  const writing = writingOf(name);
  return writing === writings.capitalised || writing === writings.capitals ? universe.find(`w${name.slice(1).toLowerCase()}`) : undefined;
};

/** What a run costs: as listed, else as follows from its listed lower case, else as estimated. */
export const countedCost = (material: Material, lists: Lists, estimated: Costs, run: number): Triple => {
  const name = material.universe.names[run]!;
  const lower = lowerForm(material, name);
  const listedCost = (of: number, side: Side): number => (lists.exact.has(of) ? material.truth.get(of)![side] : 1);
  const costIn = (side: Side): number => {
    if (isListed(lists, run, side)) return listedCost(run, side);
    if (lower === undefined || !isListed(lists, lower, side)) return estimated[side][run]!;
    const tokens = listedCost(lower, side);
    const added = capitalTokens(vocabularyNames[side], writingOf(name), tokens, name.length - 1);
    return added === undefined ? estimated[side][run]! : tokens + added;
  };
  return [costIn(0), costIn(1), costIn(2)];
};

/** How far apart two costs are for Claude; cl100k was counted in and made its estimates worse, and hardly its own better. */
const apart = (one: Triple, other: Triple): number => Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]);

/** An error that is not worth a place. */
const slight = 0.08;

/** From here on an estimate of a word that is one token is worth mending. */
const tooDear = 1.12;

/**
 * Words of one token in the older vocabulary that are counted at more: those met, and common ones, 19 in 20 of which are one token where the cost is known.
 * Those in lower case come first: they say what they cost with a capital.
 */
const pickOneToken = (material: Material, estimated: Costs): ReadonlySet<number> => {
  const known = [...material.truth].flatMap(([run, pair]) => (pair[0] === 1 && material.share[run]! > 0 ? [run] : []));
  const guessed = material.common.filter((run) => !material.truth.has(run));
  const picked = new Set<number>();
  const lists: Lists = { ...noLists, oneToken: picked };
  for (const style of [writings.lower, writings.capitalised]) {
    const isDear = (run: number): boolean => countedCost(material, lists, estimated, run)[0] > tooDear;
    const dear = [...known, ...guessed].filter((run) => writingOf(material.universe.names[run]!) === style && isDear(run));
    for (const run of dear) picked.add(run);
  }
  return picked;
};

/** Words that are one token of cl100k and counted at more, those in lower case first: they say what they cost with a capital. */
const pickPublicOneToken = (material: Material, estimated: Costs, others: Omit<Lists, 'publicOneToken'>): ReadonlySet<number> => {
  const picked = new Set<number>();
  const lists: Lists = { ...others, publicOneToken: picked };
  const isLower = (run: number): boolean => writingOf(material.universe.names[run]!) === writings.lower;
  for (const inTurn of [isLower, (run: number): boolean => !isLower(run)]) {
    const dear = material.publicWords.filter((run) => inTurn(run) && countedCost(material, lists, estimated, run)[2] > tooDear);
    for (const run of dear) picked.add(run);
  }
  return picked;
};

/** The lists that are worth their place: `places` runs whose errors weigh most in the training documents, and words of one token. */
export const pickLists = (material: Material, estimated: Costs, places: number): Lists => {
  const { universe, truth, share } = material;
  const oneToken = pickOneToken(material, estimated);
  const listable = [...truth].filter(([run, pair]) => share[run]! > 0 && Math.max(...pair) < 16);
  const worthWith = (exact: ReadonlySet<number>): Map<number, number> =>
    new Map(
      listable.map(([run, pair]) => {
        const error = apart(countedCost(material, { exact, oneToken, publicOneToken: noLists.publicOneToken }, estimated, run), pair);
        return [run, error > slight ? share[run]! * error : 0];
      }),
    );
  const best = (worth: ReadonlyMap<number, number>): Set<number> =>
    new Set([...worth].sort((a, b) => b[1] - a[1]).flatMap(([run, value], at) => (at < places && value > 0 ? [run] : [])));
  const worth = worthWith(new Set());
  // A listed word also says what it costs with capitals, so it is worth half of that too.
  for (const [run] of listable) {
    const lower = lowerForm(material, universe.names[run]!);
    if (lower !== undefined && truth.has(lower) && share[lower]! > 0) worth.set(lower, (worth.get(lower) ?? 0) + 0.5 * worth.get(run)!);
  }
  const inLowerCase = new Set([...best(worth)].filter((run) => lowerForm(material, universe.names[run]!) === undefined));
  const exact = best(new Map([...worthWith(inLowerCase)].map(([run, value]) => [run, inLowerCase.has(run) ? worth.get(run)! : value])));
  const others = { exact, oneToken: new Set([...oneToken].filter((run) => !exact.has(run))) };
  return { ...others, publicOneToken: pickPublicOneToken(material, estimated, others) };
};

/** What a common word that was not met weighs: as much as the one in the middle of those that were. */
const unmetShare = ({ common, truth, share }: Material): number => {
  const met = common.flatMap((run) => (truth.has(run) && share[run]! > 0 ? [share[run]!] : [])).sort((a, b) => a - b);
  return met[met.length >> 1] ?? 0;
};

/** Leaves out listed runs by whose keys other runs would be taken for them, where that would do more harm than listing them does good. */
export const withoutClashes = (material: Material, lists: Lists, estimated: Costs): Lists => {
  const { universe, truth, share } = material;
  const listed = new Map<number, number>();
  const balance = new Map<number, number>();
  const unmet = unmetShare(material);
  const costWhenListed = (run: number): Triple => (lists.exact.has(run) ? truth.get(run)! : [1, estimated[1][run]!, 1]);
  for (const run of [...lists.exact, ...lists.oneToken]) {
    const key = keyOfName(universe.names[run]!);
    if (listed.has(key)) continue;
    listed.set(key, run);
    const good =
      (truth.has(run) ? share[run]! : unmet) * apart(costWhenListed(run), [estimated[0][run]!, estimated[1][run]!, estimated[2][run]!]);
    balance.set(run, Math.max(good, Number.MIN_VALUE));
  }
  for (const [run, pair] of truth) {
    if (sides.every((side) => isListed(lists, run, side)) || share[run] === 0) continue;
    const name = universe.names[run]!;
    const lower = lowerForm(material, name);
    const taken = listed.get(keyOfName(name)) ?? (lower === undefined ? undefined : listed.get(keyOfName(name, true)));
    if (taken === undefined || taken === lower || taken === run) continue;
    balance.set(taken, balance.get(taken)! - share[run]! * apart(costWhenListed(taken), pair));
  }
  const keep = (runs: ReadonlySet<number>): ReadonlySet<number> => new Set([...runs].filter((run) => (balance.get(run) ?? 0) > 0));
  const kept = { exact: keep(lists.exact), oneToken: keep(lists.oneToken) };
  return { ...kept, publicOneToken: pickPublicOneToken(material, estimated, kept) };
};
