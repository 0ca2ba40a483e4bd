import type { Edits } from './edit';
import { decode, opaque, type Notation } from './notation';
import type { Place, Sources } from './place';
import { span, type Span } from './span';

interface Written {
  readonly at: Place;
  /** For what another file says: where the document brings it in. */
  readonly via?: Span;
}

/** A stretch of text as it is sent, and how its source says it. */
export interface TextSegment extends Written {
  readonly kind: 'text';
  readonly text: string;
  readonly notation: Notation;
}

/** A placeholder for a value that is told by its name. */
export interface VariableSegment extends Written {
  readonly kind: 'variable';
  readonly name: string;
}

/** Something whose text cannot be known from here: an expression, a loop, a parameter. */
export interface UnknownSegment extends Written {
  readonly kind: 'unknown';
  readonly source: string;
  readonly varies: 'request' | 'unclear';
}

/** A part of a text. One text is a list of them, in the order in which they are sent. */
export type Segment = TextSegment | VariableSegment | UnknownSegment;

/** Four numbers for each unit of a segment: where it begins and ends in the text, and where in the source. */
type UnitTable = readonly number[];

const tables = new WeakMap<TextSegment, UnitTable>();

/** Walked once for each segment, however many places are asked for, and only when one is. */
const tableOf = (source: string, segment: TextSegment): UnitTable => {
  const known = tables.get(segment);
  if (known !== undefined) return known;
  const { notation } = segment;
  const { start, end } = segment.at.span;
  const table: number[] = [];
  let said = 0;
  for (let at = start; at < end;) {
    const next = notation.next(source, at, end);
    if (next >= end) break;
    const unit = notation.unit(source, next, end);
    const from = said + next - at;
    said = from + unit.text.length;
    at = next + unit.length;
    table.push(from, said, next, at);
  }
  tables.set(segment, table);
  return table;
};

/** Index of the last unit whose number in a column is not above `value`; -1 where there is none. */
const lastUpTo = (table: UnitTable, column: number, value: number): number => {
  let [low, high] = [0, table.length / 4];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle * 4 + column] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Does every character of the text take one of the source? No unit is shorter than what it says. */
const isDirect = ({ at: { span: own }, text }: TextSegment): boolean => own.end - own.start === text.length;

/** The source of character `offset`: where it begins, or where it ends. */
const sourceOffset = (source: string, segment: TextSegment, offset: number, side: 'start' | 'end'): number => {
  const { start, end } = segment.at.span;
  if (isDirect(segment)) return start + offset + (side === 'end' ? 1 : 0);
  if (offset >= segment.text.length) return end;
  const table = tableOf(source, segment);
  const unit = lastUpTo(table, 0, offset) * 4;
  if (unit < 0) return start + offset + (side === 'end' ? 1 : 0);
  const [, textEnd = 0, sourceStart = 0, sourceEnd = 0] = table.slice(unit, unit + 4);
  if (offset < textEnd) return side === 'start' ? sourceStart : sourceEnd;
  return sourceEnd + offset - textEnd + (side === 'end' ? 1 : 0);
};

const spanIn = (source: string, segment: TextSegment, from: number, to: number): Span => {
  const start = sourceOffset(source, segment, from, 'start');
  return span(start, to <= from ? start : sourceOffset(source, segment, to - 1, 'end'));
};

/** Where characters `from` to `to` of a segment's text are written; the whole of a segment that is no text, or is opaque. */
export const placeOf = (sources: Sources, segment: Segment, from: number, to: number): Place => {
  if (segment.kind !== 'text' || segment.notation === opaque) return segment.at;
  const { source } = segment.at;
  return { source, span: spanIn(sources[source]?.text ?? '', segment, from, to) };
};

/** Where a segment stands for a reader of the document: itself, or what brings it in. */
export const shownSpan = ({ via, at }: Segment): Span => via ?? at.span;

/** Where characters of a segment's text stand for a reader of the document. */
export const shownPlace = (sources: Sources, segment: Segment, from: number, to: number): Span =>
  segment.via ?? placeOf(sources, segment, from, to).span;

/** Which character of a segment's text a place in its source belongs to; the other way round from `placeOf`. */
export const offsetAt = (sources: Sources, segment: TextSegment, sourceOffset: number): number => {
  const { source, span: own } = segment.at;
  if (isDirect(segment)) return sourceOffset - own.start;
  const table = tableOf(sources[source]?.text ?? '', segment);
  const unit = lastUpTo(table, 2, sourceOffset) * 4;
  if (unit < 0) return sourceOffset - own.start;
  const [textStart = 0, textEnd = 0, , sourceEnd = 0] = table.slice(unit, unit + 4);
  return sourceOffset < sourceEnd ? textStart : Math.min(segment.text.length, textEnd + sourceOffset - sourceEnd);
};

/** The edits that make characters `from` to `to` of a segment say another text; `undefined` where that cannot be written. */
export const rewrite = (sources: Sources, segment: Segment, from: number, to: number, text: string): Edits | undefined => {
  if (segment.kind !== 'text') return undefined;
  const at = placeOf(sources, segment, from, to);
  const written = segment.notation.write(text);
  // Half of what one unit says cannot be replaced.
  const whole = decode(segment.notation, sources[at.source]?.text ?? '', at.span) === segment.text.slice(from, to);
  return written === undefined || !whole ? undefined : [{ at, text: written }];
};
