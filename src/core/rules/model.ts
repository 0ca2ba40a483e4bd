import { invokeApiOf } from '../prompt/model';
import { fixTitles } from '../messages/fixes';
import { geographiesOf, suggestProfile } from '../models/profiles';
import { regionOf, resolveModel } from '../models/resolve';
import { levelOf } from '../service/refusals';
import { modelIdPattern } from '../service/shapes';
import { mayHoldPlaceholder } from '../text/templateTokens';
import { findSuccessors } from '../models/successor';
import { hasEnded } from '../models/lifecycle';
import type { ModelEntry } from '../models/types';
import { headPlace, modelPlace } from './lines';
import type { Fix, Rule, RuleInput } from './types';

/** A key written wrongly, or a text that cannot be read, is the cause then, and has been said. */
const idMayBeThere = ({ prompt }: RuleInput): boolean =>
  prompt.problems.some(
    (problem) =>
      problem.code === 'syntax/front-matter' ||
      problem.code === 'syntax/too-deep' ||
      problem.code === 'syntax/json' ||
      (problem.code === 'syntax/value' && problem.data.key === 'modelId') ||
      (problem.code === 'syntax/unknown-key' && problem.data.nearest === 'modelId'),
  );

/** The Region that the id or a setting names. */
const regionFor = ({ plan, region }: RuleInput): string | undefined => regionOf(plan.resolution) ?? (region === '' ? undefined : region);

function* useModels({ prompt }: RuleInput, ids: readonly string[], preferFirst: boolean): Generator<Fix> {
  for (const [index, id] of ids.slice(0, 3).entries()) {
    const edits = prompt.write.setModelId(id);
    if (edits !== undefined) yield { title: fixTitles.useModel(id), kind: 'changes', edits, preferred: preferFirst && index === 0 };
  }
}

/** Neither the prompt nor a setting names a model: nothing can be said about minimums and prices. */
export const modelMissing: Rule<'request/model-missing'> = {
  severity: 'information',
  *check(input) {
    const { plan, prompt, text } = input;
    // One of many records: the job names the model, or a setting does, and not each of them.
    if (prompt.head !== undefined || prompt.api === 'text') return;
    if (plan.resolution.kind !== 'empty' || text.trim() === '' || idMayBeThere(input)) return;
    yield { code: 'request/model-missing', span: headPlace(text, prompt), data: invokeApiOf(prompt.api) };
  },
};

/** The id under which a suggested model can be called, or `undefined` when it no longer can. */
const callableAs = (id: string, input: RuleInput): string | undefined => {
  const resolution = resolveModel(id);
  if (resolution.kind !== 'bare' && resolution.kind !== 'profile') return id;
  const { entry } = resolution;
  if (hasEnded(entry, input.today)) return undefined;
  return resolution.kind === 'bare' && entry.onDemand === false ? suggestProfile(entry, regionFor(input))[0] : id;
};

/** A model id that the catalog does not know: the analysis goes on without minimums. One that no model can have is refused. */
export const unknownModel: Rule<'request/unknown-model'> = {
  severity: 'information',
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

/** The bare id of a model that is reached through an inference profile only: the call fails. */
export const inferenceProfile: Rule<'request/inference-profile'> = {
  severity: 'error',
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check({ plan, prompt, text, today }) {
    const { resolution } = plan;
    if (resolution.kind !== 'bare' || resolution.entry.onDemand !== false) return;
    const { entry } = resolution;
    // Past its end of life it is not reached at all, which is the other rule's to say.
    if (hasEnded(entry, today)) return;
    const isSure = levelOf('id.onDemand', entry.id) === 'error';
    yield { code: 'request/inference-profile', span: modelPlace(text, prompt), data: { modelId: entry.id, model: entry.name, isSure } };
  },
  *fixes(_problem, input) {
    const { model } = input.plan;
    if (model !== undefined) yield* useModels(input, suggestProfile(model, regionFor(input)), true);
  },
};

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
    const [profile] = suggestProfile(newest, region);
    return (newest.onDemand === true ? undefined : profile) ?? newest.id;
  }
  const { prefix } = resolution;
  const around = region === undefined ? [] : geographiesOf(region);
  const prefixes = around.includes(prefix) ? around : [prefix];
  for (const among of [prefixes, ['global']])
    for (const successor of successors) for (const one of among) if (successor.profiles.includes(one)) return `${one}.${successor.id}`;
  return undefined;
};

/** Does an id leave the geography of the prompt's own, for want of a profile there? */
const leavesGeography = ({ plan: { resolution } }: RuleInput, id: string): boolean =>
  resolution.kind === 'profile' && resolution.prefix !== 'global' && id.startsWith('global.');

/** A model past its end of life, or one whose end is dated. */
export const retiredModel: Rule<'request/retired-model'> = {
  severity: 'error',
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
    const title = leavesGeography(input, id) ? fixTitles.useGlobalModel(id) : fixTitles.useModel(id);
    yield { title, kind: 'changes', edits, preferred: data.retired };
  },
};
