import { isLifetime } from '../../models/lifetimes';
import type { CacheTtl } from '../../models/types';
import { checkpointAt } from '../markers';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/ttl-unsupported': { readonly ttl: string; readonly model: string; readonly supported: readonly string[] };
  }
}

/** The titles of its fixes. */
const titles = {
  dropTtl: 'Use the default lifetime',
} as const;

/**
 * A lifetime that the model does not offer: the call fails. Of a model that has none of those that can be written, nobody has seen what it does
 * with one.
 */
export const ttlUnsupported: Rule<'cache/ttl-unsupported'> = {
  code: 'cache/ttl-unsupported',
  severity: 'error',
  sources: [
    awsCaching,
    'Error reports BerriAI/litellm#34248 and earendil-works/pi#1570, read 2026-11: "Extended TTL prompt caching is only supported for Anthropic models" and "ttl: Extra inputs are not permitted"',
  ],
  says: ({ ttl, model, supported }) =>
    `${model} has no cache lifetime of ${ttl}, so the call ${supported.includes('5m') ? 'fails' : 'may fail'} (ValidationException). It has: ${supported.join(', ')}.`,
  rate: ({ data: { supported } }) => (supported.includes('5m') ? 'error' : 'warning'),
  *check({ plan, prompt }) {
    // What is said there is said of the model.
    if (plan.caching?.kind !== 'explicit' || prompt.usualLifetime === true) return;
    const { ttls } = plan.caching;
    for (const { marker, verdict } of plan.checkpoints) {
      const ttl = marker.ttl?.value;
      if (ttl === undefined || !isLifetime(ttl) || verdict.kind === 'unsupportedField') continue;
      if (ttls.includes(ttl as CacheTtl)) continue; // a search, not a claim
      yield { code: 'cache/ttl-unsupported', span: marker.span, data: { ttl, model: plan.model?.name ?? '', supported: ttls } };
    }
  },
  *fixes(problem, input) {
    const checkpoint = checkpointAt(input, problem.span);
    const edits = checkpoint && input.prompt.write.setTtl(checkpoint.marker);
    if (edits !== undefined) yield { title: titles.dropTtl, kind: 'moves', edits, preferred: true };
  },
};
