import { highlightsOf, type HighlightStyle } from '../cache/highlights';
import type { CachePlan } from '../cache/plan';
import { segmentsOf, type Prompt } from '../prompt/model';
import type { Problem } from '../prompt/problems';
import { isCode } from '../formats/codeText';
import { theDocument, type Place } from '../text/place';
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

/** Where something is written in a file that a prompt brings in. */
export interface ForeignPlace {
  /** Relative to the prompt's folder. */
  readonly path: string;
  /** The text that was read of it. */
  readonly text: string;
  readonly span: Span;
}

/** The file that a place is in, where that is one that a prompt brings in; a program tells its own. */
export const foreignPlace = ({ sources }: Prompt, foreign: Place | undefined): ForeignPlace | undefined => {
  const source = foreign === undefined || foreign.source === theDocument ? undefined : sources[foreign.source];
  if (foreign === undefined || source === undefined || source.path === '' || isCode(source.path)) return undefined;
  return { path: source.path, text: source.text, span: foreign.span };
};

/** A problem that is written in a file which its prompt brings in. */
export interface ForeignProblem<P extends Problem> extends ForeignPlace {
  readonly problem: P;
}

/** Of the problems of a prompt those that are written in files which it brings in. */
export const foreignProblems = <P extends Problem>(prompt: Prompt, problems: readonly P[]): readonly ForeignProblem<P>[] =>
  problems.flatMap((problem) => {
    const place = foreignPlace(prompt, problem.foreign);
    return place === undefined ? [] : [{ ...place, problem }];
  });
