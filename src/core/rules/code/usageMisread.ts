import { describeUsageMisread } from '../../messages/codeProblems';
import type { Problem } from '../../prompt/problems';
import { anthropicCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'code/usage-misread': { readonly reason: UsageMisread; readonly api: UsageApi };
  }
}

/** Figures of usage that are put together wrongly: found in the program, and told of the document. */
export const usageMisread: Rule<'code/usage-misread'> = {
  code: 'code/usage-misread',
  severity: 'warning',
  sources: [
    'Amazon Bedrock API reference, TokenUsage, 2026-10',
    anthropicCaching,
    'OpenTelemetry, Semantic conventions for generative AI, 2026-09',
  ],
  says: describeUsageMisread,
  *check({ prompt }): Generator<Problem<'code/usage-misread'>> {
    for (const problem of prompt.problems) if (problem.code === 'code/usage-misread') yield problem;
  },
};
