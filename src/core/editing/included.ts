import { highlightsOf, type HighlightStyle } from '../cache/highlights';
import type { CachePlan } from '../cache/plan';
import { segmentsOf, type Prompt } from '../prompt/model';
import { shownSpan } from '../text/segment';
import { overlaps, type Span } from '../text/span';

/** How a prompt uses a file that it brings in. */
export interface Inclusion {
  /** Where the prompt names the file, or what brings it in. */
  readonly at: Span;
  /** As the prompt's own text around it is tinted. */
  readonly style: HighlightStyle;
  /** The cache point that covers it; absent where none does. */
  readonly point?: number;
}

/** Where a prompt brings in a source, each place once. */
const placesOf = ({ tools, system, messages }: Prompt, source: number): readonly Span[] => {
  const blocks = [...tools, ...system, ...messages.flatMap(({ content }) => content)];
  const found = blocks.flatMap((block) => [
    ...(block.foreign?.source === source ? [block.span] : []),
    ...segmentsOf(block).flatMap((segment) => (segment.at.source === source ? [shownSpan(segment)] : [])),
  ]);
  return found.filter(({ start }, index) => found.findIndex((one) => one.start === start) === index);
};

/** How a prompt uses the files that `isMeant` knows by their paths, relative to the prompt's folder. */
export const inclusionsOf = (prompt: Prompt, plan: CachePlan, isMeant: (path: string) => boolean): readonly Inclusion[] => {
  const highlights = highlightsOf(plan).filter(({ style }) => style !== 'varying');
  return prompt.sources.flatMap(({ path }, source) => {
    if (path === '' || !isMeant(path)) return [];
    return placesOf(prompt, source).map((at): Inclusion => {
      const style = highlights.find(({ span }) => overlaps(span, at))?.style ?? 'tail';
      const number = /^checkpoint(\d)$/.exec(style)?.[1];
      return { at, style, ...(number === undefined ? {} : { point: Number(number) }) };
    });
  });
};
