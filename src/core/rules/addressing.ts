import { fixTitles } from '../messages/fixes';
import { uncachedCostOf } from '../money/bill';
import { amountOf } from '../prompt/traffic';
import { expectedUsd, trafficPoints } from '../traffic/expected';
import { modelPlace } from './lines';
import { ownMarkers, removeAllMarkersFix } from './markers';
import type { Rule, RuleInput } from './types';

/** Rules about how the model is addressed and what that does to its cache. */

/** Below this the cache saves too little for anybody to care which Region it lies in. */
const worthUsdPerHour = 1;

/** What the cache saves in an hour of the traffic given, or in its burst; 0 without a price. */
const savedUsdPerHour = ({ plan, traffic }: RuleInput): number => {
  const { prices, total } = plan;
  if (prices === undefined) return 0;
  const usd = expectedUsd(trafficPoints(plan), total.likely, traffic, prices);
  return (uncachedCostOf(total.likely, prices).likely - usd) * amountOf(traffic);
};

/** Provisioned Throughput or a batch job with markers: prompts are cached on demand only. */
export const notOnDemand: Rule<'cache/not-on-demand'> = {
  severity: 'warning',
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

/** A prompt router with markers: caches belong to one model, and the router may choose another. */
export const router: Rule<'cache/router'> = {
  severity: 'warning',
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind !== 'opaque' || resolution.resource !== 'promptRouter' || checkpoints.length === 0) return;
    yield { code: 'cache/router', span: modelPlace(text, prompt), data: { count: checkpoints.length, mappedTo: resolution.mappedTo } };
  },
  *fixes({ data }, { prompt }) {
    const edits = data.mappedTo === undefined ? undefined : prompt.write.setModelId(data.mappedTo);
    if (edits !== undefined && data.mappedTo !== undefined)
      yield { title: fixTitles.useModel(data.mappedTo), kind: 'changes', edits, preferred: true };
  },
};

/** A profile of GovCloud with cache points: they were accepted there, and nothing was read. */
export const govCloud: Rule<'cache/govcloud'> = {
  severity: 'information',
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind === 'profile' && resolution.prefix === 'us-gov' && checkpoints.length > 0)
      yield { code: 'cache/govcloud', span: modelPlace(text, prompt), data: { count: checkpoints.length } };
  },
};

/** A cross-Region profile of a model that could also be called in one Region, where much depends on the cache. */
export const crossRegion: Rule<'cache/cross-region'> = {
  severity: 'hint',
  *check(input) {
    const { plan, prompt, text } = input;
    const { resolution } = plan;
    if (resolution.kind !== 'profile' || resolution.entry.onDemand !== true) return;
    const usd = savedUsdPerHour(input);
    if (usd < worthUsdPerHour) return;
    yield { code: 'cache/cross-region', span: modelPlace(text, prompt), data: { prefix: resolution.prefix, savedUsdPerHour: usd } };
  },
};

/** An ARN that hides its model, for which no setting names it: minimums, limits and prices are not known. */
export const opaqueProfile: Rule<'cache/opaque-profile'> = {
  severity: 'information',
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind !== 'opaque' || resolution.entry !== undefined) return;
    const { resource, mappedTo } = resolution;
    const saidAlready = checkpoints.length > 0 && (resource === 'provisioned' || resource === 'promptRouter');
    if (!saidAlready) yield { code: 'cache/opaque-profile', span: modelPlace(text, prompt), data: { resource, mappedTo } };
  },
};
