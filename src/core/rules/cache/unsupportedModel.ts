import { ownMarkers, removeAllMarkersFix } from '../markers';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/unsupported-model': { readonly model: string; readonly note: string | undefined };
  }
}

/** Markers on a model that refuses them: the call fails. Shown at the first, for one cause. */
export const unsupportedModel: Rule<'cache/unsupported-model'> = {
  code: 'cache/unsupported-model',
  severity: 'error',
  sources: [
    'Error reports cline/cline#2064, anomalyco/opencode#782 and Portkey-AI/docs-core#1025, read 2026-11: "You invoked an unsupported model or your request did not allow prompt caching."',
  ],
  says: ({ model, note }) =>
    `${model} refuses cache points, so the call fails (AccessDeniedException or ValidationException).${note === undefined ? '' : ` ${note}`}`,
  *check({ plan }) {
    const first = plan.checkpoints.find(({ verdict }) => verdict.kind === 'unsupportedModel');
    if (first === undefined) return;
    const note = plan.caching?.kind === 'implicit' ? plan.caching.note : undefined;
    yield { code: 'cache/unsupported-model', span: first.marker.span, data: { model: plan.model?.name ?? '', note } };
  },
  fixes: (_problem, input) => removeAllMarkersFix(input, ownMarkers(input), true),
};
