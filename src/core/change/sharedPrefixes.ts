import { prefixChain } from '../cache/chain';
import type { CachePlan } from '../cache/plan';
import type { WireBlock } from '../cache/wireBlocks';
import type { Prompt } from '../prompt/model';
import { buildRequest } from '../request/build';
import { commonStart } from '../text/common';
import type { Span } from '../text/span';
import { lastingValues, placeOfDifference, sentText } from './comparedBlocks';
import { groupedBy } from '../text/grouped';

/** A block that is the same with each request, as other prompts' are compared with it. */
export interface Link {
  /** Of the prefix that ends with it: equal exactly when the cache takes two prefixes for the same. */
  readonly hash: string;
  /** Likely tokens of that prefix. */
  readonly tokens: number;
  readonly wire: WireBlock;
  /** Of a text block. */
  readonly text: string | undefined;
}

/** A prompt by the blocks that it begins with, up to the first that changes. */
export interface Chained<T> {
  readonly of: T;
  readonly prompt: Prompt;
  readonly modelId: string;
  readonly links: readonly Link[];
}

/** Where two prompts part that begin alike. */
export interface Parting<T> {
  /** Both differ in the block of this number, from 0. */
  readonly depth: number;
  readonly a: Chained<T>;
  readonly b: Chained<T>;
  /** Characters that the two blocks have in common before they differ. */
  readonly common: number;
}

/** Prompts that begin alike, and prompts below them that are alike for longer. */
export interface PrefixGroup<T> {
  /** The blocks that all of them begin with; none where it is only one text that begins alike. */
  readonly shared: readonly Link[];
  readonly members: readonly Member<T>[];
  /** Where members come closest to sharing more; absent where each has nothing that could be shared further. */
  readonly parting: Parting<T> | undefined;
}

export type Member<T> =
  { readonly kind: 'prompt'; readonly chained: Chained<T> } | { readonly kind: 'group'; readonly group: PrefixGroup<T> };

/** Prefixes with fewer tokens are not worth a word. */
const leastTokens = 100;
/** Texts begin alike where they have as many characters in common, and at least half of the shorter one. */
const leastCommon = 400;

/** The beginning of a prompt that every request with it has. */
export const chainedOf = <T>(of: T, prompt: Prompt, plan: CachePlan): Chained<T> => {
  const values = lastingValues(prompt);
  const chain = prefixChain(buildRequest(prompt, values), plan);
  const end = chain.findIndex(({ varies }) => varies !== 'never');
  const links = chain.slice(0, end === -1 ? chain.length : end).flatMap(({ index, hash }): readonly Link[] => {
    const wire = plan.blocks[index];
    return wire === undefined ? [] : [{ hash, tokens: wire.prefix.likely, wire, text: sentText(wire.block, values) }];
  });
  return { of, prompt, modelId: plan.modelId, links };
};

/** How many blocks all of them begin with. */
const sharedDepth = <T>([first, ...others]: readonly Chained<T>[], from: number): number => {
  let depth = from;
  while (first?.links[depth] !== undefined && others.every(({ links }) => links[depth]?.hash === first.links[depth]?.hash)) depth += 1;
  return depth;
};

/** Neighbors in the order of their texts have the most in common. */
const neighbors = <T>(branches: readonly Chained<T>[], depth: number): readonly Parting<T>[] => {
  const textOf = ({ links }: Chained<T>): string => links[depth]?.text ?? '';
  const listOf = ({ links, modelId }: Chained<T>): string => `${modelId} ${links[depth]?.wire.place.field ?? ''}`;
  const sorted = branches
    .filter(({ links }) => links[depth]?.text !== undefined)
    .map((one, at) => ({ one, at, key: listOf(one), text: textOf(one) }))
    .sort((x, y) => (x.key !== y.key ? (x.key < y.key ? -1 : 1) : x.text !== y.text ? (x.text < y.text ? -1 : 1) : x.at - y.at));
  return sorted.slice(1).flatMap((later, index): readonly Parting<T>[] => {
    const earlier = sorted[index];
    if (earlier === undefined || earlier.key !== later.key) return [];
    const [a, b] = earlier.at < later.at ? [earlier, later] : [later, earlier];
    return [{ depth, a: a.one, b: b.one, common: commonStart(a.text, b.text) }];
  });
};

const beginAlike = <T>({ depth, a, b, common }: Parting<T>): boolean => {
  const shorter = Math.min(a.links[depth]?.text?.length ?? 0, b.links[depth]?.text?.length ?? 0);
  return common >= leastCommon && common * 2 >= shorter;
};

/** The first prompt below a member stands for it. */
const firstOf = <T>(member: Member<T> | undefined): Chained<T> | undefined =>
  member?.kind === 'group' ? firstOf(member.group.members[0]) : member?.chained;

/** Where the branches after `depth` come closest: in the texts that have most in common, else in the first two that go on. */
const partingOf = <T>(members: readonly Member<T>[], depth: number): Parting<T> | undefined => {
  const branches = members.flatMap((member) => firstOf(member) ?? []).filter(({ links }) => links[depth] !== undefined);
  const [a, b] = branches;
  if (a === undefined || b === undefined) return undefined;
  const [closest] = [...neighbors(branches, depth)].sort((x, y) => y.common - x.common);
  return closest ?? { depth, a, b, common: 0 };
};

const membersOf = <T>(chains: readonly Chained<T>[], depth: number): readonly Member<T>[] =>
  groupedBy(chains, ({ links }) => links[depth]?.hash).flatMap((alike): readonly Member<T>[] => {
    const [first] = alike;
    if (first === undefined || alike.length === 1) return alike.map((chained) => ({ kind: 'prompt', chained }));
    const end = sharedDepth(alike, depth);
    const shared = first.links.slice(0, end);
    const members = membersOf(alike, end);
    if ((shared.at(-1)?.tokens ?? 0) < leastTokens) return members;
    return [{ kind: 'group', group: { shared, members, parting: partingOf(members, end) } }];
  });

/** Members whose first texts begin alike, as groups that share no block. */
const withNearOnes = <T>(members: readonly Member<T>[]): readonly Member<T>[] => {
  const byPrompt = new Map(members.flatMap((member) => (member.kind === 'group' ? [] : [[member.chained, member] as const])));
  const near = neighbors([...byPrompt.keys()], 0).filter(beginAlike);
  const groupOf = new Map<Chained<T>, Chained<T>[]>();
  for (const { a, b } of near) {
    const run = groupOf.get(a) ?? [a];
    run.push(b);
    groupOf.set(a, run).set(b, run);
  }
  const done = new Set<unknown>();
  return members.flatMap((member): readonly Member<T>[] => {
    const run = member.kind === 'group' ? undefined : groupOf.get(member.chained);
    if (run === undefined) return [member];
    if (done.has(run)) return [];
    done.add(run);
    const inOrder = members.filter((one) => one.kind === 'prompt' && run.includes(one.chained));
    return [{ kind: 'group', group: { shared: [], members: inOrder, parting: partingOf(inOrder, 0) } }];
  });
};

/**
 * Prompts by what they begin with, each once: those that share a prefix stand in a group, and in it in groups of those that share more. Prompts
 * whose first texts only begin alike stand in groups that share nothing. Everything keeps the order in which it is given.
 */
export const sharedPrefixes = <T>(chains: readonly Chained<T>[]): readonly Member<T>[] => withNearOnes(membersOf(chains, 0));

/** Where the second of two prompts that part says something else, in its own document. */
export const placeOfParting = <T>({ depth, a, b }: Parting<T>): Span | undefined => {
  const [left, right] = [a.links[depth]?.wire.block, b.links[depth]?.wire.block];
  if (left === undefined || right === undefined) return undefined;
  return placeOfDifference(b.prompt.sources, left, right, lastingValues(a.prompt), lastingValues(b.prompt)).span;
};
