import { fixTitles } from '../../messages/fixes';
import { hasEnded } from '../../models/lifecycle';
import { geographiesOf, suggestProfile } from '../../models/profiles';
import { findSuccessors } from '../../models/successor';
import type { ModelEntry } from '../../models/types';
import { modelPlace } from '../lines';
import { reachOf, regionFor } from '../modelIds';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `endOfLife` is an ISO date, where one is known. */
    'request/retired-model': { readonly model: string; readonly endOfLife: string | undefined; readonly retired: boolean };
  }
}

/** The titles of its fixes. */
const titles = {
  useGlobalModel: (id: string) => `Change to ${id}: its own geography has no profile of a newer model`,
} as const;

/**
 * The id of the newest of these models that the same callers reach: by a profile of the geography of the old id, which a Region narrows, and only
 * where there is none by a global one.
 */
const addressOf = (input: RuleInput, successors: readonly ModelEntry[]): string | undefined => {
  const { resolution } = input.plan;
  const region = regionFor(input);
  const newest = successors[0];
  if (newest === undefined) return undefined;
  if (resolution.kind !== 'profile') {
    const [profile] = suggestProfile(newest, region, reachOf(input));
    return (newest.onDemand === true ? undefined : profile) ?? newest.id;
  }
  const { prefix } = resolution;
  const around = region === undefined ? [] : geographiesOf(region);
  const prefixes = around.includes(prefix) ? around : [prefix];
  for (const among of [prefixes, ...(input.neverGlobal === true ? [] : [['global']])])
    for (const successor of successors) for (const one of among) if (successor.profiles.includes(one)) return `${one}.${successor.id}`;
  return undefined;
};

/** Does an id leave the geography of the prompt's own, for want of a profile there? */
const leavesGeography = ({ plan: { resolution } }: RuleInput, id: string): boolean =>
  resolution.kind === 'profile' && resolution.prefix !== 'global' && id.startsWith('global.');

/** A model past its end of life, or one whose end is dated. */
export const retiredModel: Rule<'request/retired-model'> = {
  code: 'request/retired-model',
  severity: 'error',
  sources: ['AWS user guide, Model lifecycle, 2026-10, and the model catalog'],
  says: ({ model, endOfLife, retired }) =>
    retired
      ? `${model} reached its end of life${endOfLife === undefined ? '' : ` on ${endOfLife}`}, so the call fails (ResourceNotFoundException). Change to a newer model.`
      : `${model} reaches its end of life on ${endOfLife ?? 'a date to come'}; from then on calls fail (ResourceNotFoundException). Change to a newer model before.`,
  rate: ({ data }) => (data.retired ? 'error' : 'warning'),
  *check({ plan, prompt, text, today }) {
    const { model } = plan;
    if (model?.lifecycle.kind !== 'retired' && model?.lifecycle.kind !== 'legacy') return;
    const { endOfLife } = model.lifecycle;
    const retired = hasEnded(model, today);
    if (!retired && endOfLife === undefined) return;
    const data = { model: model.name, endOfLife, retired };
    yield { code: 'request/retired-model', span: modelPlace(text, prompt), data };
  },
  *fixes({ data }, input) {
    const id = input.plan.model && addressOf(input, findSuccessors(input.plan.model));
    const edits = id === undefined ? undefined : input.prompt.write.setModelId(id);
    if (id === undefined || edits === undefined) return;
    const title = leavesGeography(input, id) ? titles.useGlobalModel(id) : fixTitles.useModel(id);
    yield { title, kind: 'changes', edits, preferred: data.retired };
  },
};
