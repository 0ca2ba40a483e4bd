import type { CachePlan } from '../cache/plan';
import type { WireBlock } from '../cache/wireBlocks';
import type { Part } from '../formats/parts';
import { segmentsOf, type Prompt } from '../prompt/model';
import { nameOfHole } from '../request/values';
import { theDocument } from '../text/place';
import { offsetAt, shownSpan, type Segment } from '../text/segment';
import { overlaps, type Span } from '../text/span';

/** The size of a part, to be shown at the end of its first line. */
export interface HeadingTokens {
  /** Offset in the document. */
  readonly at: number;
  /** Estimated. */
  readonly tokens: number;
}

/**
 * Tokens of each section of a role, and of what stands below each heading up to the next one of its level or above. A section has those of its blocks,
 * a heading the share of a block's tokens that its text has by itself, as `count` tells; a file that is included counts where it is named, a variable
 * by its value as far as the prompt tells one. Parts without a place in `within` are left out.
 */
export const headingTokens = (
  { prompt, plan }: { readonly prompt: Prompt; readonly plan: CachePlan },
  sections: readonly Part[],
  within: Span,
  count: (text: string) => number,
): readonly HeadingTokens[] => {
  const { sources, header } = prompt;
  const values = new Map(header.variables.map(({ name, fixed, fallback, example }) => [name, fixed ?? fallback ?? example]));
  const textOf = (segment: Segment): string => {
    const name = nameOfHole(segment);
    return segment.kind === 'text' ? segment.text : ((name === undefined ? undefined : values.get(name)) ?? '');
  };
  /** What of a segment stands in a part. */
  const textIn = (segment: Segment, { start, end }: Span): string => {
    const shown = shownSpan(segment);
    if (start <= shown.start && shown.end <= end) return textOf(segment);
    if (segment.kind !== 'text' || segment.via !== undefined || segment.at.source !== theDocument) return '';
    const from = start <= shown.start ? 0 : offsetAt(sources, segment, start);
    return segment.text.slice(from, end >= shown.end ? segment.text.length : offsetAt(sources, segment, end));
  };
  const wholes = new Map<WireBlock, number>();
  const wholeOf = (wire: WireBlock): number => {
    const whole = wholes.get(wire) ?? count(segmentsOf(wire.block).map(textOf).join(''));
    wholes.set(wire, whole);
    return whole;
  };
  const shareOf = (wire: WireBlock, part: Span): number => {
    const segments = segmentsOf(wire.block).filter((segment) => overlaps(shownSpan(segment), part));
    const text = segments.map((segment) => textIn(segment, part)).join('');
    return text === '' ? 0 : (wire.own.likely * count(text)) / Math.max(1, wholeOf(wire));
  };
  const tokensOf = ({ kind, span }: Part): number =>
    plan.blocks.reduce((sum, wire) => {
      const { start, end } = wire.block.span;
      if (start >= span.end || end <= span.start) return sum;
      return sum + (kind === 'section' && start >= span.start && end <= span.end ? wire.own.likely : shareOf(wire, span));
    }, 0);
  const found = (parts: readonly Part[]): readonly HeadingTokens[] =>
    parts.flatMap((part) => {
      if (!overlaps(part.span, within)) return [];
      const seen = within.start <= part.head.end && part.head.start <= within.end;
      const tokens = seen ? tokensOf(part) : 0;
      return [...(tokens > 0 ? [{ at: part.head.end, tokens }] : []), ...found(part.parts)];
    });
  return found(sections);
};
