import { didYouMean, shorten } from '../../messages/phrases';
import { hasEnded } from '../../models/lifecycle';
import { suggestProfile } from '../../models/profiles';
import { resolveModel } from '../../models/resolve';
import { modelIdPattern } from '../../service/shapes';
import { mayHoldPlaceholder } from '../../text/templateTokens';
import { modelPlace } from '../lines';
import { reachOf, regionFor, useModels } from '../modelIds';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `isPossible`: the service may have a model of this id. */
    'request/unknown-model': { readonly modelId: string; readonly nearest: readonly string[]; readonly isPossible: boolean };
  }
}

/** The id under which a suggested model can be called, or `undefined` when it no longer can. */
const callableAs = (id: string, input: RuleInput): string | undefined => {
  const resolution = resolveModel(id);
  if (resolution.kind !== 'bare' && resolution.kind !== 'profile') return id;
  const { entry } = resolution;
  if (hasEnded(entry, input.today)) return undefined;
  return resolution.kind === 'bare' && entry.onDemand === false ? suggestProfile(entry, regionFor(input), reachOf(input))[0] : id;
};

/** A model id that the catalog does not know: the analysis goes on without minimums. One that no model can have is refused. */
export const unknownModel: Rule<'request/unknown-model'> = {
  code: 'request/unknown-model',
  severity: 'information',
  sources: [
    'The model catalog, compared with its sources on 2026-11-22',
    'Recorded error text, read 2026-11: "The provided model identifier is invalid."',
  ],
  says: ({ modelId, nearest, isPossible }) =>
    isPossible
      ? `The catalog has no model ${modelId}, so minimums, limits and prices are not known.${nearest[0] === undefined ? ' Describe it in the setting cachepoint.models.' : didYouMean(nearest[0])}`
      : `The call fails, because ${shorten(modelId)} cannot be the id of a model: it takes letters, digits, hyphens, underscores, dots and colons only (ValidationException).${didYouMean(nearest[0])}`,
  rate: ({ data }) => (data.isPossible ? 'information' : 'error'),
  *check(input) {
    const { resolution } = input.plan;
    if (resolution.kind !== 'unknown') return;
    const { id } = resolution;
    const nearest = resolution.suggestions.flatMap((one) => callableAs(one, input) ?? []);
    const isPossible = modelIdPattern.test(id) || mayHoldPlaceholder(id);
    yield { code: 'request/unknown-model', span: modelPlace(input.text, input.prompt), data: { modelId: id, nearest, isPossible } };
  },
  fixes: ({ data }, input) => useModels(input, data.nearest, true),
};
