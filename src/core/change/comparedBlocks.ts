import type { Block, Prompt } from '../prompt/model';
import { renderJson, renderSegment, renderSegments, type Values } from '../request/values';
import { commonEnd, commonStart } from '../text/common';
import type { Sources } from '../text/place';
import { standsAt, textStandsAt, type Segment, type Standing } from '../text/segment';
import { span } from '../text/span';
import type { Json } from '../text/json';
import type { WireBlock } from '../cache/plan';

/** One block with content, as it is sent: markers are no content. */
export interface SentBlock {
  /** Which list of the request it stands in. */
  readonly list: string;
  readonly wire: WireBlock;
}

/** Values that are the same in each request; every other variable stays a placeholder. */
export const lastingValues = ({ header }: Prompt): Values => {
  const lasting = new Map(header.variables.map((one) => [one.name, one.fixed ?? (one.varies === 'never' ? one.fallback : undefined)]));
  return (name) => lasting.get(name);
};

/** The blocks with content in the order Bedrock reads, each with its list. */
export const sentBlocks = (prompt: Prompt, blocks: readonly WireBlock[]): readonly SentBlock[] =>
  blocks
    .filter(({ block }) => block.kind !== 'cachePoint')
    .map((wire) => {
      const { place } = wire;
      const list = place.field === 'messages' ? `message ${place.message} ${prompt.messages[place.message]?.role ?? ''}` : place.field;
      return { list, wire };
    });

/** The text of a text block as it is compared; `undefined` for any other block. */
export const sentText = (block: Block, values: Values): string | undefined => {
  if (block.kind !== 'text') return undefined;
  const [first, second] = block.segments;
  // A text written in one go is not copied.
  return first?.kind === 'text' && second === undefined ? first.text : renderSegments(block.segments, values);
};

const jsonOf = (block: Extract<Block, { kind: 'json' }>, values: Values): Json =>
  block.templated ? renderJson(block.value, values) : block.value;

/** Longer changes are not searched for a reader's sake. */
const searched = 20_000;

/** What a reader sees: no white space, no characters without width, one way of writing an accent. */
const visible = (text: string): string => text.normalize('NFC').replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, '');

const inKeyOrder = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => inKeyOrder(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries<Json>(value).map(([key, entry]): [string, Json] => [key, inKeyOrder(entry)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
};

/** Do two different blocks read the same, so that only their bytes differ: white space, order of members, ways of writing a letter? */
export const readsTheSame = (a: Block, b: Block, valuesA: Values, valuesB: Values): boolean => {
  if (a.kind === 'json' && b.kind === 'json') {
    const [left, right] = [JSON.stringify(inKeyOrder(jsonOf(a, valuesA))), JSON.stringify(inKeyOrder(jsonOf(b, valuesB)))];
    return a.member === b.member && left.length + right.length <= 2 * searched && visible(left) === visible(right);
  }
  const [left, right] = [sentText(a, valuesA), sentText(b, valuesB)];
  if (left === undefined || right === undefined) return false;
  // One character more at each end, so that an accent is seen together with its letter.
  const start = Math.max(0, commonStart(left, right) - 1);
  const end = Math.max(0, commonEnd(left, right, start) - 1);
  if (left.length + right.length - 2 * (start + end) > 2 * searched) return false;
  return visible(left.slice(start, left.length - end)) === visible(right.slice(start, right.length - end));
};

/** Right after a segment, where something can stand there. */
const endOf = (segment: Segment): Standing => {
  if (segment.kind !== 'text' || segment.notation.name === 'opaque') return standsAt(segment);
  const { at } = segment;
  return standsAt({ ...segment, at: { ...at, span: span(at.span.end, at.span.end) } });
};

/** Where one character of a segment stands. */
const placeInSegment = (sources: Sources, segment: Segment, offset: number): Standing => {
  const size = segment.kind === 'text' && (segment.text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return textStandsAt(sources, segment, offset, offset + size);
};

/** Where character `offset` of a text block stands in the document: the character, or the variable or include that stands for it. */
const placeOfCharacter = (
  sources: Sources,
  { segments, span: whole }: Extract<Block, { kind: 'text' }>,
  offset: number,
  values: Values,
): Standing => {
  let at = 0;
  for (const segment of segments) {
    const { length } = renderSegment(segment, values);
    if (offset < at + length) return placeInSegment(sources, segment, offset - at);
    at += length;
  }
  const last = segments.at(-1);
  return last === undefined ? { span: whole } : endOf(last);
};

const stringOf = (segment: Segment | undefined, values: Values): string | undefined =>
  segment === undefined ? undefined : renderSegment(segment, values);

/** Where a block stands. */
export const standingOf = ({ span: at, foreign }: Block): Standing => ({ span: at, ...(foreign && { foreign }) });

/** Where in the later document, made from `sources`, two different blocks begin to differ. */
export const placeOfDifference = (sources: Sources, a: Block, b: Block, valuesA: Values, valuesB: Values): Standing => {
  if (b.kind === 'text') {
    const [left, right] = [sentText(a, valuesA), sentText(b, valuesB)];
    return left === undefined || right === undefined ? standingOf(b) : placeOfCharacter(sources, b, commonStart(left, right), valuesB);
  }
  if (a.kind !== 'json' || b.kind !== 'json') return standingOf(b);
  const at = b.texts.findIndex((segment, index) => stringOf(segment, valuesB) !== stringOf(a.texts[index], valuesA));
  const segment = b.texts[at];
  if (segment === undefined) return standingOf(b);
  const shared = commonStart(stringOf(a.texts[at], valuesA) ?? '', stringOf(segment, valuesB) ?? '');
  return segment.kind !== 'text' || shared < segment.text.length ? placeInSegment(sources, segment, shared) : endOf(segment);
};
