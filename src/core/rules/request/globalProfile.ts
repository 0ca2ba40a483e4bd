import { suggestProfile } from '../../models/profiles';
import { goesAnywhere } from '../../models/resolve';
import { modelPlace } from '../lines';
import { regionFor, useModels } from '../modelIds';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/global-profile': { readonly modelId: string };
  }
}

/** A profile that sends calls anywhere, where the person keeps them within a geography. */
export const globalProfile: Rule<'request/global-profile'> = {
  code: 'request/global-profile',
  severity: 'error',
  sources: ['AWS user guide, Cross-Region inference, 2026-10'],
  says: ({ modelId }) =>
    `Calls of ${modelId} may be processed in any commercial AWS Region, which the setting cachepoint.neverGlobal rules out: it is not run from here. Take a profile of one geography, such as us. or eu.`,
  *check({ plan, prompt, text, neverGlobal }) {
    if (neverGlobal === true && goesAnywhere(plan.resolution) === true)
      yield { code: 'request/global-profile', span: modelPlace(text, prompt), data: { modelId: plan.modelId } };
  },
  *fixes(_problem, input) {
    const { model } = input.plan;
    if (model !== undefined) yield* useModels(input, suggestProfile(model, regionFor(input), 'geography'), true);
  },
};
