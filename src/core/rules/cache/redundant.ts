import { isBehindGap } from '../../cache/wireBlocks';
import { checkpointAt, removeMarkerFix } from '../markers';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/redundant': Record<never, never>;
  }
}

/** Two markers with nothing between them: the second uses up one of the few and adds nothing. */
export const redundant: Rule<'cache/redundant'> = {
  code: 'cache/redundant',
  severity: 'hint',
  sources: [awsCaching],
  says: () =>
    'This cache point adds nothing: nothing stands between it and the one before it. Remove it, as a request may hold only a few.',
  *check({ plan, prompt }) {
    for (const { marker, index, place } of plan.checkpoints)
      if (plan.blocks[index - 1]?.block.kind === 'cachePoint' && !isBehindGap(prompt, place))
        yield { code: 'cache/redundant', span: marker.span, data: {} };
  },
  *related({ span }, input) {
    const at = checkpointAt(input, span)?.number ?? 0;
    const before = input.plan.checkpoints.find(({ number }) => number === at - 1)?.marker;
    if (before !== undefined && before.foreign === undefined) yield { span: before.span, text: 'This cache point covers the same.' };
  },
  fixes: (problem, input) => removeMarkerFix(problem, input, true, 'safe'),
};
