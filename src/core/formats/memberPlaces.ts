import type { JsonBlock, ReadPrompt } from '../prompt/model';
import type { Owner, Path } from '../prompt/writer';
import { parseJsonTree } from '../text/jsonTree';
import type { Span } from '../text/span';
import { entryOf, member, type Tree, type TreeEntry } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';

/** Where the parts of a value stand in the document. Values are read again for it, so it is for problems found, not for finding them. */

/** The tree of a JSON block as written: the object with the block's member, a code fence around it left out. */
export const blockTree = (text: string, { span: { start, end }, member: name }: Pick<JsonBlock, 'span' | 'member'>): Tree | undefined => {
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

/** The tree of a request member outside the lists of blocks, such as `inferenceConfig`. */
export const fieldTree = (text: string, { header }: Pick<ReadPrompt, 'header'>, at: Span): Tree | undefined =>
  header.span === undefined
    ? parseJsonTree(text.slice(at.start, at.end), at.start).tree
    : parseYamlTree(indented(text, at), indentedStart(text, at.start)).tree;

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
export const memberFinder = (text: string, prompt: Pick<ReadPrompt, 'header'>) => {
  const trees = new Map<Owner | string, Tree | undefined>();
  const treeOf = (key: Owner | string, read: () => Tree | undefined): Tree | undefined => {
    if (!trees.has(key)) trees.set(key, read());
    return trees.get(key);
  };
  return (owner: Owner, path: Path): { readonly entry?: TreeEntry; readonly value: Tree } | undefined => {
    if (owner === 'request') {
      const name = String(path[0]);
      const field = Object.hasOwn(prompt.header.fields, name) ? prompt.header.fields[name] : undefined;
      return (
        field &&
        partAt(
          treeOf(name, () => fieldTree(text, prompt, field.span)),
          path.slice(1),
        )
      );
    }
    if (owner.foreign !== undefined) return undefined;
    const name = owner.kind === 'json' ? owner.member : 'cachePoint';
    return partAt(
      treeOf(owner, () => blockTree(text, { span: owner.span, member: name })),
      [name, ...path],
    );
  };
};
