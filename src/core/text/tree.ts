import type { Json } from './json';
import type { Notation } from './notation';
import type { Located, Span } from './span';

/** A parsed JSON or YAML value that remembers where each part was written. */
export type Tree =
  | { readonly kind: 'object'; readonly span: Span; readonly entries: readonly TreeEntry[] }
  | { readonly kind: 'array'; readonly span: Span; readonly items: readonly Tree[] }
  | {
      readonly kind: 'scalar';
      readonly span: Span;
      readonly value: string | number | boolean | null;
      /** For a string: where its characters stand, and how they read. */
      readonly inner: Span;
      readonly notation: Notation;
    };

export interface TreeEntry {
  readonly key: Located<string>;
  readonly value: Tree;
  readonly span: Span;
}

/** The value without its places. Members named `__proto__` stay ordinary members. */
export const toJson = (tree: Tree): Json => {
  switch (tree.kind) {
    case 'object':
      return Object.fromEntries(tree.entries.map((entry) => [entry.key.value, toJson(entry.value)]));
    case 'array':
      return tree.items.map(toJson);
    case 'scalar':
      return tree.value;
  }
};

type ObjectTree = Extract<Tree, { kind: 'object' }>;

/** In fewer members a name is found faster by going through them. */
const manyEntries = 16;
const indexes = new WeakMap<ObjectTree, ReadonlyMap<string, TreeEntry>>();

/** Made once for each object: whoever looks up each of n names takes n steps, not n². */
const indexOf = (tree: ObjectTree): ReadonlyMap<string, TreeEntry> => {
  const index = indexes.get(tree) ?? new Map(tree.entries.map((entry) => [entry.key.value, entry]));
  indexes.set(tree, index);
  return index;
};

/** The last entry of that name, as JSON and YAML readers take it. */
export const entryOf = (tree: Tree | undefined, key: string): TreeEntry | undefined => {
  if (tree?.kind !== 'object') return undefined;
  return tree.entries.length > manyEntries ? indexOf(tree).get(key) : tree.entries.findLast((entry) => entry.key.value === key);
};

/** The value of the last member of that name. */
export const member = (tree: Tree | undefined, key: string): Tree | undefined => entryOf(tree, key)?.value;

export const stringValue = (tree: Tree | undefined): string | undefined =>
  tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : undefined;

export type StringTree = Extract<Tree, { kind: 'scalar' }>;

/** Every string below, in document order; keys are not among them, nor is what `bytes` holds in base64. */
export const stringsOf = (tree: Tree, found: StringTree[] = []): readonly StringTree[] => {
  if (tree.kind === 'array') for (const item of tree.items) stringsOf(item, found);
  else if (tree.kind === 'object') {
    for (const { key, value } of tree.entries) if (key.value !== 'bytes') stringsOf(value, found);
  } else if (typeof tree.value === 'string') found.push(tree);
  return found;
};
