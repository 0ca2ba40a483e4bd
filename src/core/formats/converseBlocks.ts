import type { Block, JsonBlock } from '../prompt/model';
import { converseStreamRequest, shapeAt } from '../service/shapes';
import type { SourceId, Sources } from '../text/place';
import { placeOf, type Segment, type TextSegment } from '../text/segment';
import type { Located, Span } from '../text/span';
import { mayHoldPlaceholder, scanTemplate, type TemplateToken } from '../text/templateTokens';
import { member, stringsOf, stringValue, toJson, type StringTree, type Tree, type TreeEntry } from '../text/tree';

/** Members of a union of blocks by its place in a request. */
const membersAt = (...path: readonly (string | number)[]): readonly string[] => {
  const shape = shapeAt(converseStreamRequest, path);
  return shape?.kind === 'union' ? Object.keys(shape.members) : [];
};
export const toolMembers = membersAt('toolConfig', 'tools', 0);
export const systemMembers = membersAt('system', 0);
export const contentMembers = membersAt('messages', 0, 'content', 0);

/** Where a tree comes from, and how its blocks stand in the document. */
export interface Origin {
  readonly sources: Sources;
  readonly source: SourceId;
  /** For another file: where the document names it. */
  readonly via?: Span;
  /** Are `{{name}}` in its strings variables? */
  readonly templated: boolean;
  /** For a template language other than ours: what of a string is no text, in its order. */
  holesIn?(text: StringTree): readonly Hole[];
}

/** What of a string is no text: a placeholder, what is filled in by something else, a sign that only says that no hole follows. */
export type Hole = TemplateToken | { readonly kind: 'unknown'; readonly source: string; readonly start: number; readonly end: number };

const noHoles: readonly Hole[] = [];

const holesOf = (tree: StringTree, { templated, holesIn }: Origin): Iterable<Hole> => {
  if (holesIn !== undefined) return holesIn(tree);
  const text = String(tree.value);
  return templated && mayHoldPlaceholder(text) ? scanTemplate(text) : noHoles;
};

/** The segments of one string scalar. */
const segmentsOfString = (tree: StringTree, origin: Origin): readonly Segment[] => {
  const { sources, source, via } = origin;
  const shown = via === undefined ? {} : { via };
  const text = String(tree.value);
  const whole: TextSegment = { kind: 'text', text, at: { source, span: tree.inner }, notation: tree.notation, ...shown };
  const segments: Segment[] = [];
  const literal = (start: number, end: number) => {
    if (end > start) segments.push({ ...whole, text: text.slice(start, end), at: placeOf(sources, whole, start, end) });
  };
  let done = 0;
  for (const hole of holesOf(tree, origin)) {
    if (hole.kind === 'include') continue;
    literal(done, hole.start);
    const at = placeOf(sources, whole, hole.start, hole.end);
    if (hole.kind === 'variable') segments.push({ kind: 'variable', name: hole.name, at, ...shown });
    if (hole.kind === 'unknown') segments.push({ kind: 'unknown', source: hole.source, varies: 'unclear', at, ...shown });
    done = hole.end;
  }
  if (done === 0) return [whole];
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

const readMember = ({ name, value }: TreeEntry, whole: Tree, origin: Origin): Block => {
  if (name === 'cachePoint') return { kind: 'cachePoint', ttl: ttlOf(value, origin.via), ...standsAt(whole, origin) };
  if (name === 'text' && value.kind === 'scalar' && typeof value.value === 'string')
    return { kind: 'text', segments: segmentsOfString(value, origin), ...standsAt(whole, origin) };
  return jsonBlock(name, value, whole, origin);
};

/**
 * Reads one member object of a Converse union, as `{"text": …}` or `{"cachePoint": …}`; `undefined` where there is no member at all. A member that
 * is not among `members` is kept all the same: the rules and the service judge it.
 */
export const readBlock = (tree: Tree, members: readonly string[], origin: Origin): Block | undefined => {
  if (tree.kind !== 'object') return undefined;
  const known = tree.entries.filter(({ name }) => members.includes(name));
  // A member that is null is as good as none.
  const entry = known.find(({ value }) => !(value.kind === 'scalar' && value.value === null)) ?? known[0] ?? tree.entries[0];
  return entry && readMember(entry, tree, origin);
};
