import type { CachePlan, Checkpoint, WireBlock } from '../cache/plan';
import { refusalAfter, sameList, type ExplicitCaching } from '../cache/markerPlaces';
import type { TokenEstimate } from '../figures/band';
import type { Prices } from '../models/types';
import { costOf, uncachedCostOf } from '../money/bill';
import { fixTitles } from '../messages/fixes';
import type { Problem, RuleCode } from '../prompt/problems';
import type { Ttl } from '../request/types';
import { oncePer } from '../text/once';
import type { Span } from '../text/span';
import type { Edits } from '../text/edit';
import type { Fix, FixKind, RuleInput } from './types';

/** What several rules about markers share. */

const checkpointsByPlace = oncePer(
  // Of several that another file brings in at one place, the first.
  ({ checkpoints }: CachePlan) => new Map(checkpoints.toReversed().map((checkpoint) => [checkpoint.marker.span.start, checkpoint])),
);

/** The checkpoint whose marker stands at a span. */
export const checkpointAt = ({ plan }: RuleInput, at: Span): Checkpoint | undefined => {
  const found = checkpointsByPlace(plan).get(at.start);
  return found?.marker.span.end === at.end ? found : undefined;
};

/** A fix that takes the problem's marker away; `safe` where it does nothing. */
export function* removeMarkerFix<C extends RuleCode>(
  problem: Problem<C>,
  input: RuleInput,
  preferred: boolean,
  kind: FixKind = 'moves',
): Generator<Fix> {
  const checkpoint = checkpointAt(input, problem.span);
  const edits = checkpoint && input.prompt.write.removeMarker(checkpoint.marker);
  if (edits !== undefined) yield { title: fixTitles.removeMarker, kind, edits, preferred };
}

/** The edits that take markers away, or `undefined` where one of them cannot be. */
export const removeMarkers = ({ prompt: { write } }: RuleInput, removed: readonly Checkpoint[]): Edits | undefined =>
  write.together(removed.map(({ marker }) => write.removeMarker(marker)));

/** A fix that takes all these markers away. */
export function* removeAllMarkersFix(input: RuleInput, removed: readonly Checkpoint[], preferred: boolean): Generator<Fix> {
  const edits = removed.length === 0 ? undefined : removeMarkers(input, removed);
  if (edits === undefined) return;
  const title =
    removed.length === input.plan.checkpoints.length && removed.length > 1
      ? fixTitles.removeAllMarkers(removed.length)
      : fixTitles.removeMarkers(removed.length);
  yield { title, kind: 'moves', edits, preferred };
}

/** Markers that are written in this document, and not in a file that it brings in. */
export const ownMarkers = ({ plan }: RuleInput): readonly Checkpoint[] =>
  plan.checkpoints.filter(({ marker }) => marker.foreign === undefined);

/** Is a marker right after block `index` in its list? */
export const markerFollows = ({ plan }: RuleInput, index: number): boolean => {
  const [own, next] = [plan.blocks[index], plan.blocks[index + 1]];
  return own !== undefined && next?.block.kind === 'cachePoint' && sameList(own.place, next.place);
};

/** What it costs to write tokens at a checkpoint, in USD. */
export const writeUsd = ({ ttl }: Checkpoint, tokens: TokenEstimate, prices: Prices): number =>
  costOf({ read: 0, write: { [ttl]: tokens.likely }, input: 0 }, prices).likely;

/** What it costs more to write tokens at a checkpoint than to send them, in USD; `undefined` without a price. */
export const extraOfWrite = ({ prices }: CachePlan, point: Checkpoint, tokens: TokenEstimate): number | undefined =>
  prices && writeUsd(point, tokens, prices) - uncachedCostOf(tokens.likely, prices).likely;
/** Text that shows something costs something: only the rest has to be counted. */
const costsTokens = (wire: WireBlock): boolean =>
  (wire.block.kind === 'text' && wire.block.segments.some((one) => one.kind === 'text' && /\S/.test(one.text))) || wire.own.likely > 0;

/** May a new marker stand straight after block `index`: does the model take it there, and is there none yet? */
export const takesMarker = (input: RuleInput, index: number, caching: ExplicitCaching): boolean => {
  const wire = input.plan.blocks[index];
  return (
    wire !== undefined &&
    wire.block.kind !== 'cachePoint' &&
    costsTokens(wire) &&
    refusalAfter(input.plan.blocks, index, caching) === undefined &&
    !markerFollows(input, index)
  );
};

/** The lifetime of a checkpoint as a marker writes it; the default is left unwritten. */
export const writtenTtl = ({ marker }: Checkpoint): Ttl | undefined => (marker.ttl?.value === '1h' ? '1h' : undefined);

/** The edits that move a checkpoint's marker straight after block `index`, or `undefined` where that cannot be written. */
export const moveMarker = ({ plan, prompt: { write } }: RuleInput, checkpoint: Checkpoint, index: number): Edits | undefined => {
  const wire = plan.blocks[index];
  return wire && write.together([write.removeMarker(checkpoint.marker), write.insertMarker(wire.block, writtenTtl(checkpoint))]);
};
