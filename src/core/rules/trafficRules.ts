import { aliveAt, pointOf } from '../traffic/point';
import { allShared, cheapestTtls, expectedUsd, paysAtAnySize, trafficPoints, type TtlChoice } from '../traffic/expected';
import { uncachedCostOf } from '../money/bill';
import type { Checkpoint } from '../cache/plan';
import { fitOf } from '../cache/written';
import { fixTitles } from '../messages/fixes';
import { ownMarkers, removeAllMarkersFix } from './markers';
import type { Fix, Rule, RuleInput } from './types';

/** Rules that weigh writes against reads at the traffic given. They judge only what every call shares: traffic of one session is not known. */

/** A smaller difference is not worth a person's attention. */
const worthSaying = 0.1;

/** What the rules weigh, unless it is plain without counting that neither has anything to say. */
interface Outlook {
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

const outlooks = new WeakMap<RuleInput, { readonly outlook: Outlook | undefined }>();

/** Weighed once for both rules. */
const outlookOf = (input: RuleInput): Outlook | undefined => {
  const known = outlooks.get(input) ?? { outlook: weigh(input) };
  outlooks.set(input, known);
  return known.outlook;
};

/** The edits that give the working checkpoints these lifetimes, or `undefined` where one of them cannot be written. */
function* setTtls(input: RuleInput, { working, best }: Outlook, title: string): Generator<Fix> {
  const changed = working.map((point, at) => ({ point, ttl: best.ttls[at] })).filter(({ point, ttl }) => ttl !== point.ttl);
  const { write } = input.prompt;
  const edits = write.together(changed.map(({ point, ttl }) => write.setTtl(point.marker, ttl === '1h' ? '1h' : undefined)));
  if (changed.length > 0 && edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
}

/** The write is read too rarely to pay for itself. */
export const neverPays: Rule<'cache/never-pays'> = {
  severity: 'information',
  *check(input) {
    const outlook = outlookOf(input);
    const first = outlook?.working[0];
    if (outlook === undefined || first === undefined || outlook.usd <= outlook.uncached * (1 + 1e-9)) return;
    const { traffic } = input;
    const extra = outlook.usd - outlook.uncached;
    yield {
      code: 'cache/never-pays',
      span: first.marker.span,
      data: {
        traffic,
        hitRate: aliveAt(traffic)(pointOf(first)),
        extraUsdPerCall: extra,
        extraShare: extra / outlook.uncached,
        hourPays: outlook.best.usd < outlook.uncached,
      },
    };
  },
  *fixes({ data }, input) {
    const outlook = outlookOf(input);
    if (outlook === undefined) return;
    const longer = data.hourPays ? [...setTtls(input, outlook, fixTitles.useHour)] : [];
    yield* longer;
    yield* removeAllMarkersFix(input, ownMarkers(input), longer.length === 0);
  },
};

/** Another lifetime would be cheaper at this traffic. */
export const ttlChoice: Rule<'cache/ttl-choice'> = {
  severity: 'information',
  *check(input) {
    const outlook = outlookOf(input);
    if (outlook === undefined || outlook.usd > outlook.uncached) return;
    const { working, best, usd, uncached } = outlook;
    const at = working.findIndex((point, index) => point.ttl !== best.ttls[index]);
    const point = working[at];
    if (point === undefined || usd - best.usd < uncached * worthSaying) return;
    const saves = usd - best.usd;
    const data = { better: best.ttls[at] ?? '', traffic: input.traffic, savesUsdPerCall: saves, savesShare: saves / usd };
    yield { code: 'cache/ttl-choice', span: point.marker.span, data };
  },
  *fixes({ data }, input) {
    const outlook = outlookOf(input);
    if (outlook !== undefined) yield* setTtls(input, outlook, fixTitles.useTtl(data.better));
  },
};
