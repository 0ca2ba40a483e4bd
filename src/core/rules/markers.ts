import type { Checkpoint } from '../cache/plan';
import { refusalAfter, sameList, type ExplicitCaching } from '../cache/markerPlaces';
import { fixTitles } from '../messages/fixes';
import type { Problem, RuleCode } from '../prompt/problems';
import type { Ttl } from '../request/types';
import type { Span } from '../text/span';
import type { TextEdit } from '../text/edit';
import type { Fix, RuleInput } from './types';

/** What several rules about markers share. */

/** The checkpoint whose marker stands at a span. */
export const checkpointAt = (input: RuleInput, at: Span): Checkpoint | undefined =>
  input.plan.checkpoints.find(({ marker }) => marker.span.start === at.start && marker.span.end === at.end);

/** A marker that a tools file brings in stands, for the document, where that file is named: no fix can write it. */
export const inOtherFile = (input: RuleInput, { marker, place }: Checkpoint): boolean =>
  place.field === 'tools' && !/cachePoint/.test(input.text.slice(marker.span.start, marker.span.end));

/** A fix that takes the problem's marker away. */
export function* removeMarkerFix<C extends RuleCode>(problem: Problem<C>, input: RuleInput, preferred: boolean): Generator<Fix> {
  const checkpoint = checkpointAt(input, problem.span);
  if (checkpoint === undefined || inOtherFile(input, checkpoint)) return;
  yield { title: fixTitles.removeMarker, edits: input.edits.removeMarker(input.text, checkpoint.marker), preferred };
}

/** A fix that takes all markers away; nothing where one of them stands in another file. */
export function* removeAllMarkersFix({ plan, text, edits }: RuleInput, removed: readonly Checkpoint[], preferred: boolean): Generator<Fix> {
  if (removed.length === 0) return;
  const title =
    removed.length === plan.checkpoints.length && removed.length > 1
      ? fixTitles.removeAllMarkers(removed.length)
      : fixTitles.removeMarkers(removed.length);
  yield { title, edits: withoutOverlaps(removed.flatMap(({ marker }) => edits.removeMarker(text, marker))), preferred };
}

/** Markers that this document can write. */
export const ownMarkers = (input: RuleInput): readonly Checkpoint[] =>
  input.plan.checkpoints.filter((checkpoint) => !inOtherFile(input, checkpoint));

/** Two neighbours in a list may both claim the comma between them: the later edit begins where the earlier one ends. */
export const withoutOverlaps = (edits: readonly TextEdit[]): readonly TextEdit[] => {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let reached = 0;
  return sorted.map(({ span, text }) => {
    const start = Math.max(span.start, Math.min(reached, span.end));
    reached = Math.max(reached, span.end);
    return { span: { start, end: span.end }, text };
  });
};

/** Is a marker right behind block `index` in its list? */
export const markerFollows = ({ plan }: RuleInput, index: number): boolean => {
  const [own, next] = [plan.blocks[index], plan.blocks[index + 1]];
  return own !== undefined && next?.block.kind === 'cachePoint' && sameList(own.place, next.place);
};

/** May a new marker stand straight after block `index`: does the model take it there, and is there none yet? */
export const takesMarker = (input: RuleInput, index: number, caching: ExplicitCaching): boolean => {
  const wire = input.plan.blocks[index];
  return (
    wire !== undefined &&
    wire.block.kind !== 'cachePoint' &&
    wire.own.likely > 0 &&
    refusalAfter(input.plan.blocks, index, caching) === undefined &&
    !markerFollows(input, index)
  );
};

/** The lifetime of a checkpoint as a marker writes it; the default is left unwritten. */
export const writtenTtl = ({ marker }: Checkpoint): Ttl | undefined => (marker.ttl?.value === '1h' ? '1h' : undefined);

/** The edits that move a checkpoint's marker straight behind block `index`, or `undefined` where the format cannot write it there. */
export const moveMarker = (input: RuleInput, checkpoint: Checkpoint, index: number): readonly TextEdit[] | undefined => {
  const { plan, text, edits } = input;
  const wire = plan.blocks[index];
  if (wire === undefined || inOtherFile(input, checkpoint)) return undefined;
  const inserted = edits.insertMarker(text, wire.block, wire.place, writtenTtl(checkpoint));
  return inserted && [...edits.removeMarker(text, checkpoint.marker), ...inserted];
};
