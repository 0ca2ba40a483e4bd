import type { JsonBlock, Prompt } from '../prompt/model';
import { parseJsonTree } from '../text/jsonTree';
import type { Span } from '../text/span';
import { member, type Tree, type TreeEntry } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';

/** Where the parts of a value stand in the document. Values are read again for it, so it is for problems found, not for finding them. */

/** The tree of a JSON block as written: the object with the block's member, a code fence around it left out. */
export const blockTree = (text: string, { span: { start, end }, member: name }: JsonBlock): Tree | undefined => {
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
export const fieldTree = (text: string, prompt: Prompt, at: Span): Tree | undefined =>
  prompt.format === 'converse-json'
    ? parseJsonTree(text.slice(at.start, at.end), at.start).tree
    : parseYamlTree(indented(text, at), indentedStart(text, at.start)).tree;

/** The part of a tree at a path of member names and indexes, with the entry that names it. */
export const partAt = (
  tree: Tree | undefined,
  path: readonly (string | number)[],
): { readonly entry?: TreeEntry; readonly value: Tree } | undefined => {
  let value = tree;
  let entry: TreeEntry | undefined;
  for (const step of path) {
    entry = value?.kind === 'object' ? value.entries.findLast(({ key }) => key.value === step) : undefined;
    value = value?.kind === 'array' ? value.items[Number(step)] : entry?.value;
  }
  return value === undefined ? undefined : { ...(entry === undefined ? {} : { entry }), value };
};
