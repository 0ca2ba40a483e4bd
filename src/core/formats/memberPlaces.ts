import type { JsonBlock, ReadPrompt } from '../prompt/model';
import type { Owner, Path } from '../prompt/writer';
import { parseJsonTree } from '../text/jsonTree';
import type { Span } from '../text/span';
import { entryOf, member, type Tree, type TreeEntry } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';

/** Where the parts of a value stand in the document. Values may be read again for it, so it is for problems found, not for finding them. */

/** The whole request, where the document has it in one piece. */
export const wholeRequest = ({ written }: Pick<ReadPrompt, 'written'>): Tree | undefined =>
  written.find(({ path, via }) => path.length === 0 && via === undefined)?.at.tree;

/** The object that takes a place and has a member, in a tree or below it. */
const objectAt = (tree: Tree, at: Span, name: string): Tree | undefined => {
  const { start, end } = tree.span;
  if (at.start < start || end < at.end) return undefined;
  if (start === at.start && end === at.end && member(tree, name) !== undefined) return tree;
  const parts = tree.kind === 'array' ? tree.items : tree.kind === 'object' ? tree.entries.map(({ value }) => value) : [];
  for (const part of parts) {
    const found = objectAt(part, at, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

type NamedBlock = Pick<JsonBlock, 'span' | 'member'>;

/** The tree of a JSON block: the object with the block's member. */
export const blockTree = (text: string, prompt: Pick<ReadPrompt, 'written'>, block: NamedBlock): Tree | undefined => {
  const whole = wholeRequest(prompt);
  return whole === undefined ? readBlockTree(text, block) : objectAt(whole, block.span, block.member);
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
