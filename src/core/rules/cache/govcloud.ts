import { modelPlace } from '../lines';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/govcloud': { readonly count: number };
  }
}

/** A profile of GovCloud with cache points: they were accepted there, and nothing was read. */
export const govcloud: Rule<'cache/govcloud'> = {
  code: 'cache/govcloud',
  severity: 'information',
  sources: [
    'aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws, a comment of its price list, 2026-09 (Sonnet 4.5, us-gov-west-1)',
  ],
  says: ({ count }) =>
    `In GovCloud ${count === 1 ? 'this cache point' : `these ${count} cache points`} may save nothing: calls with cache points were accepted there, and repeated prompts read nothing from the cache. Try it with your model before you count on savings.`,
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind === 'profile' && resolution.prefix === 'us-gov' && checkpoints.length > 0)
      yield { code: 'cache/govcloud', span: modelPlace(text, prompt), data: { count: checkpoints.length } };
  },
};
