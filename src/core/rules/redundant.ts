import { isBehindGap } from '../cache/wireBlocks';
import { removeMarkerFix } from './markers';
import type { Rule } from './types';

/** Two markers with nothing between them: the second uses up one of the few and adds nothing. */
export const redundant: Rule<'cache/redundant'> = {
  severity: 'hint',
  *check({ plan, prompt }) {
    for (const { marker, index, place } of plan.checkpoints)
      if (plan.blocks[index - 1]?.block.kind === 'cachePoint' && !isBehindGap(prompt, place))
        yield { code: 'cache/redundant', span: marker.span, data: {} };
  },
  fixes: (problem, input) => removeMarkerFix(problem, input, true, 'safe'),
};
