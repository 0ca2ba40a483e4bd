import type { WireBlock } from '../../cache/plan';
import { type TokenEstimate, exceeds } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { firstLine } from '../lines';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/context-window': {
      readonly tokens: TokenEstimate;
      readonly maxTokens: number | undefined;
      readonly window: number;
      readonly model: string;
      /** The input alone is too long, even by the low estimate. */
      readonly certain: boolean;
      /** Tokens of the longest block, where the problem is shown. */
      readonly largest: TokenEstimate;
    };
  }
}

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
  code: 'request/context-window',
  severity: 'error',
  sources: [
    'Model cards of AWS, 2026-10',
    'Recorded error text, read 2026-11: "Input Tokens Exceeded: Number of input tokens exceeds maximum length."',
  ],
  says: ({ tokens, maxTokens, window, model, certain, largest }, formats) => {
    const answer = maxTokens === undefined ? '' : ` and an answer of up to ${formats.tokens(maxTokens)}`;
    const size = `${describeTokens(tokens, formats)} of input${answer}, and the context window of ${model} is ${formats.tokens(window)}`;
    const cut = ` Cut the longest block, which begins here with ${describeTokens(largest, formats)}${maxTokens === undefined ? '' : ', or lower maxTokens'}.`;
    return `${certain ? 'This is too long, so the call fails (ValidationException)' : 'This may be too long, and then the call fails'}: ${size}.${cut}`;
  },
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
