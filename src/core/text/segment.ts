import type { Edits } from './edit';
import { decode, type Notation } from './notation';
import { theDocument, type Place, type Sources } from './place';
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
  /** Where following it ended, where that is another place. */
  readonly end?: Place;
  /** Why it changes from one request to the next, or from one machine to the next, where that is known. */
  readonly cause?: UnknownCause;
}

/** A clock, an identifier that is made each time, a set without an order, JSON whose members stand in no certain order. */
export type UnknownCause = 'clock' | 'id' | 'unordered' | 'unsorted';

/** A part of a text. One text is a list of them, in the order in which they are sent. */
export type Segment = TextSegment | VariableSegment | UnknownSegment;

/** Where a unit of a segment begins and ends in the text, and where in the source. */
interface UnitPlace {
  readonly textStart: number;
  readonly textEnd: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

/** The first unit after an earlier one, or after the beginning; `undefined` where there is none. */
const unitBehind = (source: string, { notation, at: { span: own } }: TextSegment, before: UnitPlace | undefined): UnitPlace | undefined => {
  const from = before?.sourceEnd ?? own.start;
  const sourceStart = from < own.end ? notation.next(source, from, own.end) : own.end;
  if (sourceStart >= own.end) return undefined;
  const unit = notation.unit(source, sourceStart, own.end);
  const textStart = (before?.textEnd ?? 0) + sourceStart - from;
  return { textStart, textEnd: textStart + unit.text.length, sourceStart, sourceEnd: sourceStart + unit.length };
};

/** One unit in so many is kept: a place is found among those, and then a few steps on. */
const kept = 64;
const marks = new WeakMap<TextSegment, readonly UnitPlace[]>();

/** Walked once for each segment, however many places are asked for, and only when one is. */
const marksOf = (source: string, segment: TextSegment): readonly UnitPlace[] => {
  const known = marks.get(segment);
  if (known !== undefined) return known;
  const found: UnitPlace[] = [];
  let count = 0;
  for (let unit = unitBehind(source, segment, undefined); unit !== undefined; unit = unitBehind(source, segment, unit)) {
    if (count % kept === 0) found.push(unit);
    count += 1;
  }
  marks.set(segment, found);
  return found;
};

/** The last unit that does not begin after `value`, in the text or in the source; `undefined` where there is none. */
const lastUpTo = (source: string, segment: TextSegment, side: 'textStart' | 'sourceStart', value: number): UnitPlace | undefined => {
  const all = marksOf(source, segment);
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.[side] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  let last = all[low - 1];
  for (let next = last; next !== undefined && next[side] <= value; next = unitBehind(source, segment, next)) last = next;
  return last;
};

/** Does every character of the text take one of the source? No unit is shorter than what it says. */
const isDirect = ({ at: { span: own }, text }: TextSegment): boolean => own.end - own.start === text.length;

/** The source of character `offset`: where it begins, or where it ends. */
const sourceOffset = (source: string, segment: TextSegment, offset: number, side: 'start' | 'end'): number => {
  const { start, end } = segment.at.span;
  if (isDirect(segment)) return start + offset + (side === 'end' ? 1 : 0);
  if (offset >= segment.text.length) return end;
  const unit = lastUpTo(source, segment, 'textStart', offset);
  if (unit === undefined) return start + offset + (side === 'end' ? 1 : 0);
  const { textEnd, sourceStart, sourceEnd } = unit;
  if (offset < textEnd) return side === 'start' ? sourceStart : sourceEnd;
  return sourceEnd + offset - textEnd + (side === 'end' ? 1 : 0);
};

const spanIn = (source: string, segment: TextSegment, from: number, to: number): Span => {
  const start = sourceOffset(source, segment, from, 'start');
  return span(start, to <= from ? start : sourceOffset(source, segment, to - 1, 'end'));
};

/** Where characters `from` to `to` of a segment's text are written; the whole of a segment that is no text, or is opaque. */
export const placeOf = (sources: Sources, segment: Segment, from: number, to: number): Place => {
  if (segment.kind !== 'text' || segment.notation.name === 'opaque') return segment.at;
  const { source } = segment.at;
  return { source, span: spanIn(sources[source]?.text ?? '', segment, from, to) };
};

/** Where a segment stands for a reader of the document: itself, or what brings it in. */
export const shownSpan = ({ via, at }: Segment): Span => via ?? at.span;

/** Where characters of a segment's text stand for a reader of the document. */
export const shownPlace = (sources: Sources, segment: Segment, from: number, to: number): Span =>
  segment.via ?? placeOf(sources, segment, from, to).span;

/** Where something stands for a reader of the document, and where it is truly written when another file says it. */
export interface Standing {
  readonly span: Span;
  readonly foreign?: Place;
}

const standing = (via: Span | undefined, at: Place): Standing =>
  via === undefined ? { span: at.span } : at.source === theDocument ? { span: via } : { span: via, foreign: at };

/** Where a segment stands, both ways. */
export const standsAt = ({ via, at }: Segment): Standing => standing(via, at);

/** Where characters of a segment's text stand, both ways. */
export const textStandsAt = (sources: Sources, segment: Segment, from: number, to: number): Standing =>
  standing(segment.via, placeOf(sources, segment, from, to));

/** Which character of a segment's text a place in its source belongs to; the other way round from `placeOf`. */
export const offsetAt = (sources: Sources, segment: TextSegment, sourceOffset: number): number => {
  const { source, span: own } = segment.at;
  if (isDirect(segment)) return sourceOffset - own.start;
  const unit = lastUpTo(sources[source]?.text ?? '', segment, 'sourceStart', sourceOffset);
  if (unit === undefined) return sourceOffset - own.start;
  const { textStart, textEnd, sourceEnd } = unit;
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
