import { ownMarkers, removeAllMarkersFix } from '../markers';
import { refusedFor } from '../refusedFor';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/latency-optimized': { readonly model: string; readonly count: number };
  }
}

/** The titles of its fixes. */
const titles = {
  standardLatency: 'Use standard latency',
} as const;

/** Latency-optimized inference together with a marker, where the model takes only one of them. Shown at the setting. */
export const latencyOptimized: Rule<'cache/latency-optimized'> = {
  code: 'cache/latency-optimized',
  severity: 'error',
  sources: ['Error report boto/boto3#4626, read 2026-11: "system.0.cache_control: Extra inputs are not permitted"'],
  says: ({ model, count }) =>
    `${model} takes latency-optimized inference or cache points, not both, so the call fails (ValidationException). This prompt has ${count === 1 ? 'a cache point' : `${count} cache points`}.`,
  *check(input) {
    const refused = refusedFor(input, 'latency');
    const at = input.prompt.header.fields['performanceConfig']?.span;
    if (refused.length === 0 || at === undefined) return;
    yield { code: 'cache/latency-optimized', span: at, data: { model: input.plan.model?.name ?? '', count: refused.length } };
  },
  *related(_problem, input) {
    for (const { marker } of refusedFor(input, 'latency'))
      if (marker.foreign === undefined) yield { span: marker.span, text: 'This cache point is what it does not go together with.' };
  },
  *fixes(_problem, input) {
    const edits = input.prompt.write.setMember('request', ['performanceConfig', 'latency'], 'standard');
    if (edits !== undefined) yield { title: titles.standardLatency, kind: 'changes', edits, preferred: true };
    yield* removeAllMarkersFix(input, ownMarkers(input), false);
  },
};
