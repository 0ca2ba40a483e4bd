import { fits } from '../../cache/fit';
import type { ExplicitCaching } from '../../cache/markerPlaces';
import { inField } from '../../messages/phrases';
import type { CacheField } from '../../models/types';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker } from '../markers';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/nothing-before': { readonly field: CacheField };
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerToPreviousList: 'Move the cache point to the end of what stands before',
} as const;

/** A marker at the beginning of its list: there is nothing for it to close, and the call fails. */
export const nothingBefore: Rule<'cache/nothing-before'> = {
  code: 'cache/nothing-before',
  severity: 'error',
  sources: [
    'Error reports anomalyco/opencode#17300 and zed-industries/zed#59436, read 2026-11: "There is nothing available to cache. Please remove the invalid cache point and try again."',
  ],
  says: ({ field }) =>
    `Nothing stands before this cache point ${inField[field]}, so the call fails (ValidationException: there is nothing available to cache).`,
  *check({ plan }) {
    // The second of two leading markers is the first one's problem too: one diagnostic for one cause.
    for (const { marker, verdict, place, index } of plan.checkpoints)
      if (verdict.kind === 'nothingBefore' && !(place.index > 0 && plan.blocks[index - 1]?.block.kind === 'cachePoint'))
        yield { code: 'cache/nothing-before', span: marker.span, data: { field: place.field } };
  },
  *fixes(problem, input) {
    const checkpoint = checkpointAt(input, problem.span);
    const { caching } = input.plan;
    const before = checkpoint === undefined ? -1 : checkpoint.index - 1;
    const moved =
      checkpoint !== undefined && caching?.kind === 'explicit' && reaches(input, before, caching) && takesMarker(input, before, caching)
        ? moveMarker(input, checkpoint, before)
        : undefined;
    yield* removeMarkerFix(problem, input, moved === undefined);
    if (moved !== undefined) yield { title: titles.moveMarkerToPreviousList, kind: 'moves', edits: moved, preferred: true };
  },
};

/** Would a marker after this block be written, and read again? */
const reaches = ({ plan }: RuleInput, index: number, caching: ExplicitCaching): boolean => {
  const upTo = plan.blocks[index]?.upTo;
  return upTo !== undefined && index < plan.firstVarying && fits(upTo, caching) === 'surely';
};
