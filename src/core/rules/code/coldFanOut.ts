import { isWritten } from '../../cache/written';
import type { TokenEstimate } from '../../figures/band';
import { describeFanOut } from '../../messages/codeProblems';
import { describeTokens } from '../../messages/tokensText';
import type { Problem } from '../../prompt/problems';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `call`: what starts them, as `asyncio.gather`. */
    'code/cold-fan-out': { readonly call: string; readonly tokens: TokenEstimate };
  }
}

/** Many calls that are started at once over one prefix which no call has written: each pays for the write. */
export const coldFanOut: Rule<'code/cold-fan-out'> = {
  code: 'code/cold-fan-out',
  severity: 'information',
  sources: ['Anthropic, Prompt caching, 2026-10 (an entry can be read once the first response begins)', awsCaching],
  says: ({ call, tokens }, formats) => describeFanOut(call, describeTokens(tokens, formats)),
  *check({ plan, prompt, text }): Generator<Problem<'code/cold-fan-out'>> {
    const point = plan.checkpoints.findLast((one) => isWritten(one) && one.reuse.kind !== 'never');
    if (point === undefined) return;
    for (const span of prompt.open?.together ?? [])
      yield { code: 'code/cold-fan-out', span, data: { call: text.slice(span.start, span.end), tokens: point.prefix } };
  },
};
