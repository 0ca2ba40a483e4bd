import { modelPlace } from '../lines';
import { ownMarkers, removeAllMarkersFix } from '../markers';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/not-on-demand': { readonly count: number; readonly why: 'provisioned' | 'batch' };
  }
}

/** Provisioned Throughput or a batch job with markers: prompts are cached on demand only. */
export const notOnDemand: Rule<'cache/not-on-demand'> = {
  code: 'cache/not-on-demand',
  severity: 'warning',
  sources: [
    `${awsCaching}: "Prompt caching is only supported for on-demand inference endpoints.". Batch inference has none either, but a prompt does not show that it is sent so`,
  ],
  says: ({ count, why }) =>
    why === 'batch'
      ? `${count === 1 ? 'The cache point does' : `The ${count} cache points do`} nothing in a batch job: Bedrock caches on-demand calls only. The record costs the same without ${count === 1 ? 'it' : 'them'}.`
      : `${count === 1 ? 'The cache point does' : `The ${count} cache points do`} nothing here: Bedrock caches on-demand calls only, not Provisioned Throughput. Remove ${count === 1 ? 'it' : 'them'}, or call the model on demand.`,
  rate: ({ data }) => (data.why === 'batch' ? 'information' : 'warning'),
  *check({ plan, prompt, text }) {
    const ignored = plan.checkpoints.filter(({ verdict }) => verdict.kind === 'notOnDemand');
    const [first] = ignored;
    if (first?.verdict.kind !== 'notOnDemand') return;
    const { why } = first.verdict;
    const span = why === 'batch' ? first.marker.span : modelPlace(text, prompt);
    yield { code: 'cache/not-on-demand', span, data: { count: ignored.length, why } };
  },
  *fixes({ data }, input) {
    if (data.why === 'batch') yield* removeAllMarkersFix(input, ownMarkers(input), false);
  },
};
