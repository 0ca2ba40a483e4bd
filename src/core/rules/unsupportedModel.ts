import { ownMarkers, removeAllMarkersFix } from './markers';
import type { Rule } from './types';

/** Markers on a model that refuses them: the call fails. Shown at the first, for one cause. */
export const unsupportedModel: Rule<'cache/unsupported-model'> = {
  severity: 'error',
  *check({ plan }) {
    const first = plan.checkpoints.find(({ verdict }) => verdict.kind === 'unsupportedModel');
    if (first === undefined) return;
    const note = plan.caching?.kind === 'implicit' ? plan.caching.note : undefined;
    yield { code: 'cache/unsupported-model', span: first.marker.span, data: { model: plan.model?.name ?? '', note } };
  },
  fixes: (_problem, input) => removeAllMarkersFix(input, ownMarkers(input), true),
};
