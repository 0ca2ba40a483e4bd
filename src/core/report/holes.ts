import { segmentsOf, type Gap, type Prompt } from '../prompt/model';
import { wireOrder, type PlacedBlock } from '../request/build';
import type { Values } from '../request/values';
import { lineIndex } from '../text/lines';
import { joinPath } from '../text/path';
import { theDocument, type Place, type SourceId, type Sources } from '../text/place';
import { shownSpan } from '../text/segment';
import { rangeOf, type ReportLines } from './problemReport';
import type { PromptReport, Range } from './types';

type HoleReport = PromptReport['holes'][number];

const fields = ['tools', 'system', 'messages'] as const;

/** Where something stands on the wire: its list, its message, its index; a gap stands before the entry of its index. */
type Position = readonly [field: number, message: number, index: number, isEntry: number];

const positionOf = ({ place }: PlacedBlock): Position =>
  place.field === 'messages' ? [2, place.message, place.index, 1] : [fields.indexOf(place.field), 0, place.index, 1];

const positionOfGap = ({ field, index, message }: Gap): Position =>
  field !== 'messages' ? [fields.indexOf(field), 0, index, 0] : message === undefined ? [2, index, -1, 0] : [2, message, index, 0];

const compare = (a: Position, b: Position): number => a.map((part, at) => part - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** Where following something ended, in whatever file that is; `path` is the document's own. */
const endsIn = (sources: Sources, path: string, lines: ReportLines) => {
  const others = new Map<SourceId, ReportLines>();
  return (end: Place | undefined): Range | null => {
    if (end === undefined) return null;
    if (end.source === theDocument) return rangeOf(end.span, lines);
    const other = sources[end.source];
    if (other === undefined) return null;
    const otherLines = others.get(end.source) ?? lineIndex(other.text);
    others.set(end.source, otherLines);
    return { path: joinPath(path, other.path), ...rangeOf(end.span, otherLines) };
  };
};

/**
 * Everything of a prompt that cannot be known, in the order of the wire; a variable whose value is always the same is known. `path` is the document,
 * as the report names it.
 */
export const holesOf = (prompt: Prompt, path: string, lines: ReportLines, values: Values): readonly HoleReport[] => {
  const endOf = endsIn(prompt.sources, path, lines);
  const inBlocks = wireOrder(prompt).flatMap((placed) =>
    segmentsOf(placed.block).flatMap((segment): readonly { readonly at: Position; readonly hole: HoleReport }[] => {
      if (segment.kind === 'text' || (segment.kind === 'variable' && values(segment.name) !== undefined)) return [];
      const source = segment.kind === 'variable' ? segment.name : segment.source;
      const end = endOf(segment.kind === 'unknown' ? segment.end : undefined);
      return [{ at: positionOf(placed), hole: { source, range: rangeOf(shownSpan(segment), lines), end } }];
    }),
  );
  const gaps = (prompt.open?.gaps ?? []).flatMap((gap) =>
    gap.source === undefined
      ? []
      : [{ at: positionOfGap(gap), hole: { source: gap.source, range: rangeOf(gap.at, lines), end: endOf(gap.end) } }],
  );
  // Sorting is stable: holes of one block stay in their order.
  return [...inBlocks, ...gaps].sort((a, b) => compare(a.at, b.at)).map(({ hole }) => hole);
};
