import { hasEnded } from '../../models/lifecycle';
import { suggestProfile } from '../../models/profiles';
import { levelOf } from '../../service/refusals';
import { modelPlace } from '../lines';
import { reachOf, regionFor, useModels } from '../modelIds';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `isSure`: no Region takes the bare id. */
    'request/inference-profile': { readonly modelId: string; readonly model: string; readonly isSure: boolean };
  }
}

/** The bare id of a model that is reached through an inference profile only: the call fails. */
export const inferenceProfile: Rule<'request/inference-profile'> = {
  code: 'request/inference-profile',
  severity: 'error',
  sources: [
    'Model cards of AWS, 2026-10',
    'Error report cline/cline#689, read 2026-11: "Invocation of model ID … with on-demand throughput isn\'t supported."',
  ],
  says: ({ model, isSure }) =>
    !isSure
      ? `${model} is called by its bare id in few Regions, and the call fails in the others (ValidationException). Put the prefix of a profile before it, such as us. or global.`
      : `${model} is reached through an inference profile only, so the call with its bare id fails (ValidationException). Put the prefix of a profile before it, such as us. or global.`,
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check({ plan, prompt, text, today }) {
    const { resolution } = plan;
    // bedrock-mantle has bare ids only.
    if (resolution.kind !== 'bare' || resolution.entry.onDemand !== false || plan.door === 'Messages') return;
    const { entry } = resolution;
    // Past its end of life it is not reached at all, which is the other rule's to say.
    if (hasEnded(entry, today)) return;
    const isSure = levelOf('id.onDemand', entry.id) === 'error';
    yield { code: 'request/inference-profile', span: modelPlace(text, prompt), data: { modelId: entry.id, model: entry.name, isSure } };
  },
  *fixes(_problem, input) {
    const { model } = input.plan;
    if (model !== undefined) yield* useModels(input, suggestProfile(model, regionFor(input), reachOf(input)), true);
  },
};
