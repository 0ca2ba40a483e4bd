import type { Block, JsonBlock, Piece } from '../prompt/model';
import type { Located } from '../text/span';
import { scanTemplate } from '../text/templateTokens';
import { member, stringsOf, stringValue, toJson, type StringTree, type Tree, type TreeEntry } from '../text/tree';

/** Members of Converse's unions by place. Source: service model bedrock-runtime/2023-09-30. */
export const toolMembers = ['toolSpec', 'systemTool', 'cachePoint'] as const;
export const systemMembers = ['text', 'guardContent', 'cachePoint'] as const;
export const contentMembers = [
  'text',
  'image',
  'document',
  'video',
  'audio',
  'toolUse',
  'toolResult',
  'guardContent',
  'cachePoint',
  'reasoningContent',
  'citationsContent',
  'searchResult',
  'toolAddition',
  'toolRemoval',
] as const;

/** The pieces of one string scalar; with `template`, its `{{name}}` become variables. */
export const piecesOfString = (tree: StringTree, template: boolean): readonly Piece[] => {
  const text = String(tree.value);
  const verbatim = tree.inner.end - tree.inner.start === text.length && tree.form !== 'opaque';
  if (!template || !text.includes('{{')) return [{ kind: 'literal', text, span: tree.inner, form: tree.form }];
  const at = (start: number, end: number) => (verbatim ? { start: tree.inner.start + start, end: tree.inner.start + end } : tree.inner);
  const pieces: Piece[] = [];
  const form = verbatim ? tree.form : 'opaque';
  const literal = (start: number, end: number) => {
    if (end > start) pieces.push({ kind: 'literal', text: text.slice(start, end), span: at(start, end), form });
  };
  let done = 0;
  for (const token of scanTemplate(text)) {
    if (token.kind === 'include') continue;
    literal(done, token.start);
    if (token.kind === 'variable') pieces.push({ kind: 'variable', name: token.name, span: at(token.start, token.end) });
    done = token.end;
  }
  literal(done, text.length);
  return pieces;
};

const ttlOf = (point: Tree | undefined): Located<string> | undefined => {
  const ttl = member(point, 'ttl');
  const value = stringValue(ttl);
  return ttl === undefined || value === undefined ? undefined : { value, span: ttl.span };
};

/** Base64 and the like: no text that a model reads, and no place for variables. */
const binaryLike = (text: string): boolean => text.length > 2000 && !/[\s{]/.test(text.slice(0, 2000));

const jsonBlock = (name: string, value: Tree, whole: Tree, templated: boolean): JsonBlock => ({
  kind: 'json',
  member: name,
  value: toJson(value),
  templated,
  texts: stringsOf(value)
    .filter((text) => !binaryLike(String(text.value)))
    .flatMap((text) => piecesOfString(text, templated)),
  span: whole.span,
});

export interface BlockAnswer {
  readonly block: Block | undefined;
  /** Why there is no block, or what is odd about it. */
  readonly detail: string | undefined;
}

const cachePointDetail = (value: Tree): string | undefined => {
  const ttl = member(value, 'ttl');
  if (ttl !== undefined && stringValue(ttl) === undefined) return 'the ttl of a cache point is 5m or 1h';
  return stringValue(member(value, 'type')) === 'default' ? undefined : 'a cache point has the type default';
};

const readMember = ({ key, value }: TreeEntry, whole: Tree, templated: boolean): BlockAnswer => {
  if (key.value === 'cachePoint')
    return { block: { kind: 'cachePoint', ttl: ttlOf(value), span: whole.span }, detail: cachePointDetail(value) };
  if (key.value !== 'text') return { block: jsonBlock(key.value, value, whole, templated), detail: undefined };
  if (value.kind === 'scalar' && typeof value.value === 'string')
    return { block: { kind: 'text', pieces: piecesOfString(value, templated), span: whole.span }, detail: undefined };
  return { block: jsonBlock(key.value, value, whole, templated), detail: 'text is a string' };
};

/**
 * Reads one member object of a Converse union, as `{"text": …}` or `{"cachePoint": …}`. A member that is not among `members` is told of and kept
 * all the same: the service judges it, and nothing that was written is lost. With `templated`, `{{name}}` in its strings are variables.
 */
export const readBlock = (tree: Tree, members: readonly string[], templated: boolean): BlockAnswer => {
  if (tree.kind !== 'object') return { block: undefined, detail: 'a block is an object with one member' };
  const entry = tree.entries.find(({ key }) => members.includes(key.value)) ?? tree.entries[0];
  if (entry === undefined) return { block: undefined, detail: `a block has one of the members ${members.join(', ')}` };
  const { block, detail } = readMember(entry, tree, templated);
  const names = tree.entries.map(({ key }) => key.value);
  if (!members.includes(entry.key.value)) return { block, detail: `here a block has one of the members ${members.join(', ')}` };
  return { block, detail: names.length > 1 ? `a block has one member only, here ${names.join(' and ')}` : detail };
};
