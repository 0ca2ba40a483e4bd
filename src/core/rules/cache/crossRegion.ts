import { uncachedCostOf } from '../../money/bill';
import { amountOf } from '../../prompt/traffic';
import { expectedUsd, trafficPoints } from '../../traffic/expected';
import { modelPlace } from '../lines';
import { awsCaching } from '../sources';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/cross-region': { readonly prefix: string; readonly savedUsdPerHour: number };
  }
}

/** Below this the cache saves too little for anybody to care which Region it lies in. */
const worthUsdPerHour = 1;

/** What the cache saves in an hour of the traffic given, or in its burst; 0 without a price. */
const savedUsdPerHour = ({ plan, traffic }: RuleInput): number => {
  const { prices, total } = plan;
  if (prices === undefined) return 0;
  const usd = expectedUsd(trafficPoints(plan), total.likely, traffic, prices);
  return (uncachedCostOf(total.likely, prices).likely - usd) * amountOf(traffic);
};

/** A cross-Region profile of a model that could also be called in one Region, where much depends on the cache. */
export const crossRegion: Rule<'cache/cross-region'> = {
  code: 'cache/cross-region',
  severity: 'hint',
  sources: [`${awsCaching}: "may lead to increased cache writes". spring-projects/spring-ai#5648, read 2026-11`],
  says: ({ prefix, savedUsdPerHour }, formats) =>
    `Under load more calls may write the prefix instead of reading it: the ${prefix} profile can send calls to different Regions, and AWS does not say that these share a cache. The cache saves about ${formats.usd(savedUsdPerHour)} an hour here. Use the bare id of the model to stay in one Region, if that matters more than capacity.`,
  *check(input) {
    const { plan, prompt, text } = input;
    const { resolution } = plan;
    if (resolution.kind !== 'profile' || resolution.entry.onDemand !== true) return;
    const usd = savedUsdPerHour(input);
    if (usd < worthUsdPerHour) return;
    yield { code: 'cache/cross-region', span: modelPlace(text, prompt), data: { prefix: resolution.prefix, savedUsdPerHour: usd } };
  },
};
