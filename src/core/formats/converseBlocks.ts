import type { Block, JsonBlock } from '../prompt/model';
import type { SourceId, Sources } from '../text/place';
import { placeOf, type Segment, type TextSegment } from '../text/segment';
import type { Located, Span } from '../text/span';
import { mayHoldPlaceholder, scanTemplate } from '../text/templateTokens';
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

/** Where a tree comes from, and how its blocks stand in the document. */
export interface Origin {
  readonly sources: Sources;
  readonly source: SourceId;
  /** For another file: where the document names it. */
  readonly via?: Span;
  /** Are `{{name}}` in its strings variables? */
  readonly templated: boolean;
}

/** The segments of one string scalar. */
const segmentsOfString = (tree: StringTree, { sources, source, via, templated }: Origin): readonly Segment[] => {
  const shown = via === undefined ? {} : { via };
  const text = String(tree.value);
  const whole: TextSegment = { kind: 'text', text, at: { source, span: tree.inner }, notation: tree.notation, ...shown };
  if (!templated || !mayHoldPlaceholder(text)) return [whole];
  const segments: Segment[] = [];
  const literal = (start: number, end: number) => {
    if (end > start) segments.push({ ...whole, text: text.slice(start, end), at: placeOf(sources, whole, start, end) });
  };
  let done = 0;
  for (const token of scanTemplate(text)) {
    if (token.kind === 'include') continue;
    literal(done, token.start);
    if (token.kind === 'variable')
      segments.push({ kind: 'variable', name: token.name, at: placeOf(sources, whole, token.start, token.end), ...shown });
    done = token.end;
  }
  literal(done, text.length);
  return segments;
};

const ttlOf = (point: Tree | undefined, via: Span | undefined): Located<string> | undefined => {
  const ttl = member(point, 'ttl');
  const value = stringValue(ttl);
  return ttl === undefined || value === undefined ? undefined : { value, span: via ?? ttl.span };
};

/** Base64 and the like: no text that a model reads, and no place for variables. */
const binaryLike = (text: string): boolean => text.length > 2000 && !/[\s{]/.test(text.slice(0, 2000));

/** Where a block stands: in the document, or in another file that the document names. */
const standsAt = ({ span }: Tree, { source, via }: Origin): Pick<Block, 'span' | 'foreign'> =>
  via === undefined ? { span } : { span: via, foreign: { source, span } };

const jsonBlock = (name: string, value: Tree, whole: Tree, origin: Origin): JsonBlock => ({
  kind: 'json',
  member: name,
  value: toJson(value),
  templated: origin.templated,
  texts: stringsOf(value)
    .filter((text) => !binaryLike(String(text.value)))
    .flatMap((text) => segmentsOfString(text, origin)),
  ...standsAt(whole, origin),
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

const readMember = ({ key, value }: TreeEntry, whole: Tree, origin: Origin): BlockAnswer => {
  if (key.value === 'cachePoint')
    return { block: { kind: 'cachePoint', ttl: ttlOf(value, origin.via), ...standsAt(whole, origin) }, detail: cachePointDetail(value) };
  if (key.value !== 'text') return { block: jsonBlock(key.value, value, whole, origin), detail: undefined };
  if (value.kind === 'scalar' && typeof value.value === 'string')
    return { block: { kind: 'text', segments: segmentsOfString(value, origin), ...standsAt(whole, origin) }, detail: undefined };
  return { block: jsonBlock(key.value, value, whole, origin), detail: 'text is a string' };
};

/**
 * Reads one member object of a Converse union, as `{"text": …}` or `{"cachePoint": …}`. A member that is not among `members` is told of and kept
 * all the same: the service judges it, and nothing that was written is lost.
 */
export const readBlock = (tree: Tree, members: readonly string[], origin: Origin): BlockAnswer => {
  if (tree.kind !== 'object') return { block: undefined, detail: 'a block is an object with one member' };
  const entry = tree.entries.find(({ key }) => members.includes(key.value)) ?? tree.entries[0];
  if (entry === undefined) return { block: undefined, detail: `a block has one of the members ${members.join(', ')}` };
  const { block, detail } = readMember(entry, tree, origin);
  const names = tree.entries.map(({ key }) => key.value);
  if (!members.includes(entry.key.value)) return { block, detail: `here a block has one of the members ${members.join(', ')}` };
  return { block, detail: names.length > 1 ? `a block has one member only, here ${names.join(' and ')}` : detail };
};
