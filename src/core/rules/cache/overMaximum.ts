import { fits } from '../../cache/fit';
import type { TokenEstimate } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker } from '../markers';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/over-maximum': { readonly tokens: TokenEstimate; readonly maximum: number; readonly model: string };
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerUpToMaximum: 'Move the cache point up to where the prefix is short enough',
} as const;

/** A prefix longer than the service caches, as older texts state it for Nova: the marker may do nothing. */
export const overMaximum: Rule<'cache/over-maximum'> = {
  code: 'cache/over-maximum',
  severity: 'warning',
  sources: ['AWS user guide, Prompt caching, as of 2026-01, footnote on Nova'],
  says: ({ tokens, maximum, model }, formats) =>
    `This cache point may do nothing: ${model} is said to cache at most ${formats.tokens(maximum)} tokens, and ${describeTokens(tokens, formats)} stand before it. Older texts of AWS state the limit, newer ones do not.`,
  *check({ plan }) {
    for (const checkpoint of plan.checkpoints) {
      const { marker, verdict } = checkpoint;
      if (verdict.kind === 'overMaximum')
        yield {
          code: 'cache/over-maximum',
          span: marker.span,
          data: { tokens: checkpoint.prefix, maximum: verdict.maximum, model: plan.model?.name ?? '' },
        };
    }
  },
  *fixes(problem, input) {
    const { plan } = input;
    const { caching } = plan;
    const checkpoint = checkpointAt(input, problem.span);
    if (checkpoint === undefined || caching?.kind !== 'explicit') return;
    const target = plan.blocks.findLastIndex(
      ({ upTo }, index) =>
        index < Math.min(checkpoint.index, plan.firstVarying) && fits(upTo, caching) === 'surely' && takesMarker(input, index, caching),
    );
    const edits = target === -1 ? undefined : moveMarker(input, checkpoint, target);
    if (edits !== undefined) yield { title: titles.moveMarkerUpToMaximum, kind: 'moves', edits, preferred: true };
    yield* removeMarkerFix(problem, input, false);
  },
};
