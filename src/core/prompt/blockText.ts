import { theDocument, type Sources } from '../text/place';
import { offsetAt, placeOf, type Segment } from '../text/segment';
import { span, type Span } from '../text/span';
import { placeholder } from '../text/templateTokens';
import type { TextBlock } from './blocks';

/** The text of a block as its author sees it: files that it includes expanded, variables as placeholders. Offsets of a block's text count in it. */

const writtenText = (segment: Segment): string =>
  segment.kind === 'text' ? segment.text : segment.kind === 'variable' ? placeholder(segment.name) : segment.source;

export const blockText = ({ segments }: TextBlock): string => segments.map(writtenText).join('');

/** The offset in a block's text of a place in the document; of what another file says, where that begins. */
export const offsetInBlock = (sources: Sources, { segments }: TextBlock, documentOffset: number): number => {
  let offset = 0;
  for (const segment of segments) {
    const shown = segment.via ?? segment.at.span;
    if (documentOffset < shown.end)
      return segment.kind === 'text' && segment.via === undefined
        ? offset + offsetAt(sources, segment, Math.max(documentOffset, shown.start))
        : offset;
    offset += writtenText(segment).length;
  }
  return offset;
};

/** Offsets in a block's text of what a place in the document is the end of: in a program a clock, and each text that tells its time. */
export const offsetsOfEnd = ({ segments }: TextBlock, at: Span): readonly number[] => {
  const found: number[] = [];
  let offset = 0;
  for (const segment of segments) {
    if (segment.kind === 'unknown' && segment.end?.source === theDocument && segment.end.span.start === at.start) found.push(offset);
    offset += writtenText(segment).length;
  }
  return found;
};

/** Where the document goes on at an offset of a block's text; `undefined` in the middle of a variable or of what another file says. */
const boundary = (sources: Sources, { segments }: TextBlock, offset: number, side: 'start' | 'end'): number | undefined => {
  let at = 0;
  for (const [index, segment] of segments.entries()) {
    const { length } = writtenText(segment);
    const inside = side === 'start' ? offset < at + length : offset <= at + length;
    if (inside && offset >= at) {
      const shown = segment.via ?? segment.at.span;
      const next = segments[index + 1];
      if (offset === at)
        return segments[index - 1]?.via !== undefined && segment.via === segments[index - 1]?.via ? undefined : shown.start;
      if (offset === at + length) return segment.via !== undefined && next?.via === segment.via ? undefined : shown.end;
      if (segment.kind !== 'text' || segment.via !== undefined) return undefined;
      const place =
        side === 'start'
          ? placeOf(sources, segment, offset - at, offset - at + 1)
          : placeOf(sources, segment, offset - at - 1, offset - at);
      return side === 'start' ? place.span.start : place.span.end;
    }
    at += length;
  }
  const last = segments.at(-1);
  return offset === at && last !== undefined ? (last.via ?? last.at.span).end : undefined;
};

/** Where a part of a block's text is written in the document; `undefined` where it parts a variable or what another file says. */
export const spanInBlock = (sources: Sources, block: TextBlock, from: number, to: number): Span | undefined => {
  const start = boundary(sources, block, from, 'start');
  const end = from === to ? start : boundary(sources, block, to, 'end');
  return start === undefined || end === undefined ? undefined : span(start, Math.max(start, end));
};
