import type { PromptAnalysis } from '../../core/analysis';
import type { Block } from '../../core/prompt/model';
import type { BlockAt } from '../../core/runs/explanation';

/** The block of a prompt at a place of its request; cache points are not counted. */
export const blockAt = ({ plan }: PromptAnalysis, { field, message, index }: BlockAt): Block | undefined =>
  plan.blocks
    .filter(
      ({ place, block }) =>
        block.kind !== 'cachePoint' && place.field === field && (place.field !== 'messages' || place.message === (message ?? 0)),
    )
    .at(index)?.block;
