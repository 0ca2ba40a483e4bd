import type { WireBlock } from '../cache/plan';
import { exceeds } from '../figures/band';
import { firstLine } from './lines';
import type { Rule, RuleInput } from './types';

const maxTokensOf = ({ prompt }: RuleInput): number | undefined => {
  const config = prompt.header.fields['inferenceConfig']?.value;
  const value = typeof config === 'object' && config !== null && 'maxTokens' in config ? config.maxTokens : undefined;
  return typeof value === 'number' && value > 0 ? value : undefined;
};

const largest = (blocks: readonly WireBlock[]): WireBlock | undefined => {
  let found = blocks[0];
  for (const wire of blocks) if (found === undefined || wire.own.likely > found.own.likely) found = wire;
  return found;
};

/** More input, with the answer asked for, than the model's context holds. Shown at the longest block, which is what to cut. */
export const contextWindow: Rule<'request/context-window'> = {
  severity: 'error',
  rate: ({ data }) => (data.certain ? 'error' : 'warning'),
  *check(input) {
    const { plan, text } = input;
    const { model } = plan;
    const maxTokens = maxTokensOf(input);
    if (model === undefined || !exceeds(plan.size, 'likely', model.contextWindow - (maxTokens ?? 0))) return;
    // Counts the blocks one after the other, which is less work than each alone.
    const { total } = plan;
    const block = largest(plan.blocks);
    if (block === undefined) return;
    yield {
      code: 'request/context-window',
      span: firstLine(text, block.block.span),
      data: {
        tokens: total,
        maxTokens,
        window: model.contextWindow,
        model: model.name,
        certain: total.low > model.contextWindow,
        largest: block.own,
      },
    };
  },
};
