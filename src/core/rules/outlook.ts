import type { Checkpoint } from '../cache/plan';
import { fitOf } from '../cache/written';
import { uncachedCostOf } from '../money/bill';
import { oncePer } from '../text/once';
import { type TtlChoice, allShared, cheapestTtls, expectedUsd, paysAtAnySize, trafficPoints } from '../traffic/expected';
import type { Fix, RuleInput } from './types';

/** A smaller difference is not worth a person's attention: as a share of what the input costs uncached. */
export const worthSaying = 0.1;

/**
 * What the rules that weigh writes against reads at the traffic given look at, unless it is plain without counting that neither has anything to say. They judge only
 * what every call shares: traffic of one session is not known.
 */
export interface Outlook {
  readonly working: readonly Checkpoint[];
  readonly usd: number;
  readonly uncached: number;
  readonly best: TtlChoice;
}

const weigh = ({ plan, traffic, prompt }: RuleInput): Outlook | undefined => {
  const { prices } = plan;
  // Where the call fails anyway, its price is beside the point.
  if (prices === undefined || plan.checkpoints.some((point) => fitOf(point) !== 'surely') || !allShared(plan)) return undefined;
  if (paysAtAnySize(plan, traffic, worthSaying)) return undefined;
  const best = cheapestTtls(plan, traffic);
  const allStatic = plan.firstVarying === plan.blocks.length && prompt.header.variables.length === 0 && prompt.messages.length === 0;
  if (best === undefined || allStatic) return undefined;
  const working = plan.checkpoints.filter(({ verdict }) => verdict.kind === 'caches');
  const { total } = plan;
  const points = trafficPoints(plan);
  return { working, best, usd: expectedUsd(points, total.likely, traffic, prices), uncached: uncachedCostOf(total.likely, prices).likely };
};

const weighed = oncePer((input: RuleInput) => ({ outlook: weigh(input) }));

/** Weighed once for both rules. */
export const outlookOf = (input: RuleInput): Outlook | undefined => weighed(input).outlook;

/** The edits that give the working checkpoints these lifetimes, or `undefined` where one of them cannot be written. */
export function* setTtls(input: RuleInput, { working, best }: Outlook, title: string): Generator<Fix> {
  const changed = working.map((point, at) => ({ point, ttl: best.ttls[at] })).filter(({ point, ttl }) => ttl !== point.ttl);
  const { write } = input.prompt;
  const edits = write.together(changed.map(({ point, ttl }) => write.setTtl(point.marker, ttl === '1h' ? '1h' : undefined)));
  if (changed.length > 0 && edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
}
