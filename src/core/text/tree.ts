import type { Json, JsonObject } from './json';
import type { Notation } from './notation';
import { oncePer } from './once';
import { span, type Located, type Span } from './span';

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
  readonly name: string;
  /** The name and where it stands; whoever needs no place takes `name`, which costs nothing. */
  readonly key: Located<string>;
  readonly value: Tree;
  readonly span: Span;
}

/*
 * A document may have a hundred thousand nodes, of whose places few are ever asked for: what the JSON reader makes keeps them as numbers, and each
 * answer is made when it is asked for. They are trees like all others, but `{ ...tree }` does not copy what they work out.
 */

class Node {
  constructor(
    private readonly start: number,
    private readonly end: number,
  ) {}
  get span(): Span {
    return span(this.start, this.end);
  }
}

class ObjectNode extends Node {
  readonly kind = 'object';
  constructor(
    start: number,
    end: number,
    readonly entries: readonly TreeEntry[],
  ) {
    super(start, end);
  }
}

class ArrayNode extends Node {
  readonly kind = 'array';
  constructor(
    start: number,
    end: number,
    readonly items: readonly Tree[],
  ) {
    super(start, end);
  }
}

class ScalarNode extends Node {
  readonly kind = 'scalar';
  constructor(
    start: number,
    end: number,
    readonly value: string | number | boolean | null,
    private readonly innerStart: number,
    private readonly innerEnd: number,
    readonly notation: Notation,
  ) {
    super(start, end);
  }
  get inner(): Span {
    return span(this.innerStart, this.innerEnd);
  }
}

class Member implements TreeEntry {
  constructor(
    readonly name: string,
    private readonly start: number,
    private readonly nameEnd: number,
    private readonly end: number,
    readonly value: Tree,
  ) {}
  get key(): Located<string> {
    return { value: this.name, span: span(this.start, this.nameEnd) };
  }
  get span(): Span {
    return span(this.start, this.end);
  }
}

export const objectNode = (start: number, end: number, entries: readonly TreeEntry[]): Tree => new ObjectNode(start, end, entries);
export const arrayNode = (start: number, end: number, items: readonly Tree[]): Tree => new ArrayNode(start, end, items);

/** `innerStart` to `innerEnd`: a string without its quotes. */
export const scalarNode = (
  start: number,
  end: number,
  value: StringTree['value'],
  notation: Notation,
  innerStart = start,
  innerEnd = end,
): StringTree => new ScalarNode(start, end, value, innerStart, innerEnd, notation);

/** A member from its name, which ends at `nameEnd`, to the end of its value. */
export const memberNode = (name: string, start: number, nameEnd: number, end: number, value: Tree): TreeEntry =>
  new Member(name, start, nameEnd, end, value);

/** The member with another value, at the same place. */
export const withValue = ({ name, key, span }: TreeEntry, value: Tree): TreeEntry => ({ name, key, value, span });

/** The member under another name, at the same place. */
export const withName = ({ key, value, span }: TreeEntry, name: string): TreeEntry => ({
  name,
  key: { value: name, span: key.span },
  value,
  span,
});

/** Members in the order of their first mention, by the last one of each name. */
const jsonOfEntries = (entries: readonly TreeEntry[]): JsonObject => {
  const made: Record<string, Json> = {};
  for (const { name, value } of entries) {
    // Set as others are, it would be no member.
    if (name === '__proto__')
      Object.defineProperty(made, name, { value: toJson(value), enumerable: true, configurable: true, writable: true });
    else made[name] = toJson(value);
  }
  return made;
};

/** The value without its places. Members named `__proto__` stay ordinary members. */
export const toJson = (tree: Tree): Json => {
  switch (tree.kind) {
    case 'object':
      return jsonOfEntries(tree.entries);
    case 'array':
      return tree.items.map(toJson);
    case 'scalar':
      return tree.value;
  }
};

type ObjectTree = Extract<Tree, { kind: 'object' }>;

/** In fewer members a name is found faster by going through them. */
const manyEntries = 16;
/** Made once for each object: whoever looks up each of n names takes n steps, not n². */
const indexOf = oncePer((tree: ObjectTree): ReadonlyMap<string, TreeEntry> => new Map(tree.entries.map((entry) => [entry.name, entry])));

/** The last entry of that name, as JSON and YAML readers take it. */
export const entryOf = (tree: Tree | undefined, key: string): TreeEntry | undefined => {
  if (tree?.kind !== 'object') return undefined;
  return tree.entries.length > manyEntries ? indexOf(tree).get(key) : tree.entries.findLast((entry) => entry.name === key);
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
    for (const { name, value } of tree.entries) if (name !== 'bytes') stringsOf(value, found);
  } else if (typeof tree.value === 'string') found.push(tree);
  return found;
};
