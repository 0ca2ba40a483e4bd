import type { JsonBlock, ReadPrompt } from '../prompt/model';
import type { Owner, Path } from '../prompt/writer';
import { parseJsonTree } from '../text/jsonTree';
import { encloses, type Span } from '../text/span';
import { entryOf, member, type Tree, type TreeEntry } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';
import { wholeRequest } from './wholeRequest';

/** Where the parts of a value stand in the document. */

export { wholeRequest };

/** The last of trees that begins at `offset` or before it; they stand in the order of the text. */
const lastUpTo = (sorted: readonly Tree[], offset: number): Tree | undefined => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
};

/** The part of a tree in which a place stands. Members may stand in another order than in the text, where a body was translated. */
const partAround = (tree: Tree, at: Span): Tree | undefined =>
  tree.kind === 'array'
    ? lastUpTo(tree.items, at.start)
    : tree.kind === 'object'
      ? tree.entries.find(({ value }) => encloses(value.span, at))?.value
      : undefined;

/** The object that takes a place and has a member, in a tree or below it. */
const objectAt = (tree: Tree, at: Span, name: string): Tree | undefined => {
  let inner: Tree | undefined = tree;
  while (inner !== undefined) {
    const { start, end } = inner.span;
    if (start === at.start && end === at.end && member(inner, name) !== undefined) return inner;
    inner = encloses(inner.span, at) ? partAround(inner, at) : undefined;
  }
  return undefined;
};

type NamedBlock = Pick<JsonBlock, 'span' | 'member'>;

/** The tree of a JSON block: the object with the block's member, as it was read with the prompt, else read for itself. */
export const blockTree = (text: string, prompt: Pick<ReadPrompt, 'written'>, block: NamedBlock): Tree | undefined => {
  const around = prompt.written.findLast(({ via, at: { tree } }) => via === undefined && encloses(tree.span, block.span));
  const found = around && objectAt(around.at.tree, block.span, block.member);
  return found ?? (wholeRequest(prompt) === undefined ? readBlockTree(text, block) : undefined);
};

/** The same as it is written, a code fence around it left out. */
const readBlockTree = (text: string, { span: { start, end }, member: name }: NamedBlock): Tree | undefined => {
  const source = text.slice(start, end);
  const open = source.indexOf('{');
  const close = source.lastIndexOf('}');
  const json = open === -1 || close < open ? undefined : parseJsonTree(source.slice(open, close + 1), start + open).tree;
  if (member(json, name) !== undefined) return json;
  const { tree } = parseYamlTree(indented(text, { start, end }), indentedStart(text, start));
  const entry = tree?.kind === 'array' ? tree.items[0] : tree;
  return member(entry, name) === undefined ? undefined : entry;
};

/** Block style needs the white space before its first line; a list entry's dash counts as such. */
const indentedStart = (text: string, start: number): number => {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*(-[ \t]+)?$/.test(text.slice(line, start)) ? line : start;
};
const indented = (text: string, { start, end }: Span): string => text.slice(indentedStart(text, start), end);

/** The tree of a request member in front matter, such as `inferenceConfig`. */
const fieldTree = (text: string, at: Span): Tree | undefined => parseYamlTree(indented(text, at), indentedStart(text, at.start)).tree;

/** The part of a tree at a path of member names and indexes, with the entry that names it. */
export const partAt = (tree: Tree | undefined, path: Path): { readonly entry?: TreeEntry; readonly value: Tree } | undefined => {
  let value = tree;
  let entry: TreeEntry | undefined;
  for (const step of path) {
    entry = typeof step === 'string' ? entryOf(value, step) : undefined;
    value = value?.kind === 'array' ? value.items[Number(step)] : entry?.value;
  }
  return value === undefined ? undefined : { ...(entry === undefined ? {} : { entry }), value };
};

/** Finds members of blocks and of the request as they are written in the document; each tree is read once. */
export const memberFinder = (text: string, prompt: Pick<ReadPrompt, 'header' | 'written'>) => {
  const trees = new Map<Owner | string, Tree | undefined>();
  const treeOf = (key: Owner | string, read: () => Tree | undefined): Tree | undefined => {
    if (!trees.has(key)) trees.set(key, read());
    return trees.get(key);
  };
  return (owner: Owner, path: Path): { readonly entry?: TreeEntry; readonly value: Tree } | undefined => {
    const whole = wholeRequest(prompt);
    if (owner === 'request' && whole !== undefined) return partAt(whole, path);
    if (owner === 'request') {
      const name = String(path[0]);
      const field = Object.hasOwn(prompt.header.fields, name) ? prompt.header.fields[name] : undefined;
      return (
        field &&
        partAt(
          treeOf(name, () => fieldTree(text, field.span)),
          path.slice(1),
        )
      );
    }
    if (owner.foreign !== undefined) return undefined;
    const name = owner.kind === 'json' ? owner.member : 'cachePoint';
    return partAt(
      treeOf(owner, () => blockTree(text, prompt, { span: owner.span, member: name })),
      [name, ...path],
    );
  };
};
