import type { Prices } from '../models/types';
import type { Prompt } from '../prompt/model';
import type { Edits } from '../text/edit';
import { lifetimeMsOf } from '../models/lifetimes';
import { choosePlaces, type ChosenPlace, type SolverTtl } from './bestPlaces';
import { legalPlaces, whyNoPlaces, type LegalPlace, type NoPlaces } from './legalPlaces';
import type { ExplicitCaching } from '../cache/markerPlaces';
import { pointOf, type ReuseKind, type TrafficPoint } from '../traffic/point';
import { gainPerToken, placementTokens, placementUsd, type PlacementTraffic } from './placementGain';
import { placementEdits, type PlacementChange } from './placementEdits';
import type { CachePlan, Checkpoint } from '../cache/plan';

/** All that the solver looks at; a `RuleInput` will do. */
export interface SolveInput {
  readonly prompt: Prompt;
  readonly plan: CachePlan;
}

/** What one placement means for a call, on average at the given traffic. */
export interface PlacementFigures {
  /** The points that are written, in the order Bedrock reads. */
  readonly points: readonly TrafficPoint[];
  readonly readTokens: number;
  readonly writeTokens: number;
  readonly inputTokens: number;
  /** Input cost of one call in USD, with the higher figure where a price is disputed; `undefined` where the model's prices are not known. */
  readonly usdPerCall: number | undefined;
}

/** The placement with the lowest expected cost, or why there is none. */
export type Placement =
  | { readonly kind: 'none'; readonly reason: NoPlaces }
  | {
      readonly kind: 'placement';
      readonly before: PlacementFigures;
      readonly after: PlacementFigures;
      /** What each call would cost without any cache point, in USD. */
      readonly uncachedUsd: number | undefined;
      readonly changes: readonly PlacementChange[];
      /** Empty when the prompt is best as it is. */
      readonly edits: Edits;
    };

/** An edit must bring this share of the uncached cost, so that nothing moves for a thousandth of a cent; an equal place stays. */
export const leastGainOfEdit = 1e-4;
/** Of two ways that cost the same and need as many edits, the one with fewer points and shorter lifetimes. */
const leastGainOfPoint = 1e-7;

/** Used for choosing where no price is known: Claude's usual multiples of the input price (Anthropic, Pricing, 2026-08-21). */
const usualMultiples: Prices = { input: 1, output: 5, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 };

const isSolverTtl = (ttl: string): ttl is SolverTtl => ttl === '5m' || ttl === '1h';

/** Longest first. A lifetime whose writes have no price is not offered. */
const lifetimes = (caching: ExplicitCaching, prices: Prices): readonly SolverTtl[] => {
  const offered = caching.ttls.filter(isSolverTtl);
  return (['1h', '5m'] as const).filter((ttl) => offered.includes(ttl) && (ttl === '5m' || typeof prices.cacheWrite1h === 'number'));
};

const reuseSeen = ({ kind }: Checkpoint['reuse'], traffic: PlacementTraffic): ReuseKind =>
  kind === 'never' && traffic.conversation === true ? 'session' : kind;

const asPoint = (checkpoint: Checkpoint, traffic: PlacementTraffic): TrafficPoint => ({
  ...pointOf(checkpoint),
  reuse: reuseSeen(checkpoint.reuse, traffic),
});

const asTrafficPoint = ({ tokens, reuse, fresh }: LegalPlace, ttl: string): TrafficPoint => ({
  tokens,
  ttl,
  reuse,
  ...(fresh === undefined ? {} : { fresh }),
});

/** The checkpoints that are written, with lifetimes that the model has and takes in this order; with any other the call fails. */
const writtenPoints = ({ caching }: CachePlan, checkpoints: readonly Checkpoint[]): readonly Checkpoint[] => {
  let shortest = Infinity;
  return checkpoints.filter(({ verdict, ttl }) => {
    const known = caching?.kind === 'explicit' && caching.ttls.some((offered) => offered === ttl);
    if (verdict.kind !== 'caches' || !known || lifetimeMsOf(ttl) > shortest) return false;
    shortest = lifetimeMsOf(ttl);
    return true;
  });
};

/** Means at this traffic of a call with these points, in the order Bedrock reads. */
export const placementFigures = (plan: CachePlan, points: readonly TrafficPoint[], traffic: PlacementTraffic): PlacementFigures => {
  const { read, write, input } = placementTokens(points, plan.total.likely, traffic);
  return {
    points,
    readTokens: read,
    writeTokens: Object.values(write).reduce((sum, tokens) => sum + tokens, 0),
    inputTokens: input,
    usdPerCall: plan.prices && placementUsd(points, plan.total.likely, traffic, plan.prices),
  };
};

/** What the markers of a plan mean for a call at this traffic: those that the service writes. */
export const planFigures = (plan: CachePlan, traffic: PlacementTraffic): PlacementFigures =>
  placementFigures(
    plan,
    writtenPoints(plan, plan.checkpoints).map((checkpoint) => asPoint(checkpoint, traffic)),
    traffic,
  );

/** Points that this document cannot move: the solver goes on after them. */
interface Fixed {
  readonly count: number;
  readonly points: readonly TrafficPoint[];
  readonly behind: number;
  readonly ttl: string | undefined;
}

const fixedPoints = ({ plan }: SolveInput, traffic: PlacementTraffic): Fixed => {
  const fixed = plan.checkpoints.filter(({ marker }) => marker.foreign !== undefined);
  const last = fixed.at(-1);
  return {
    count: fixed.length,
    points: writtenPoints(plan, fixed).map((checkpoint) => asPoint(checkpoint, traffic)),
    behind: last?.index ?? -1,
    ttl: last?.ttl,
  };
};

const choose = (
  plan: CachePlan,
  caching: ExplicitCaching,
  places: readonly LegalPlace[],
  fixed: Fixed,
  traffic: PlacementTraffic,
): readonly ChosenPlace[] => {
  const prices = plan.prices ?? usualMultiples;
  const unit = plan.total.likely * prices.input;
  const ttls = lifetimes(caching, prices).filter((ttl) => ttl === '5m' || fixed.ttl !== '5m');
  return choosePlaces({
    places,
    most: Math.max(0, caching.maxCheckpoints - fixed.count),
    ttls,
    from: Math.max(0, ...fixed.points.map(({ tokens }) => tokens)),
    gain: ({ reuse }, ttl) => gainPerToken(reuse, ttl, traffic, prices),
    effort: ({ existing }, ttl) => {
      // A marker that stays saves the edit that would remove it.
      const edits = existing === undefined ? 1 : existing.ttl === ttl ? -1 : 0;
      return unit * (edits * leastGainOfEdit + leastGainOfPoint * (ttl === '1h' ? 2 : 1));
    },
  });
};

/**
 * Picks at most as many cache points as the model takes, with the lowest expected cost per call at this traffic, and says by which edits
 * the prompt gets there. Earlier points stay where nothing is gained by moving them. Pure; no marker is put after text that varies with each
 * request, unless the prompt is a conversation.
 */
export const optimizePlacement = (input: SolveInput, traffic: PlacementTraffic): Placement => {
  const { prompt, plan } = input;
  const { caching } = plan;
  const reason = whyNoPlaces(prompt, plan);
  if (reason !== undefined) return { kind: 'none', reason };
  if (caching?.kind !== 'explicit') return { kind: 'none', reason: 'noCaching' };
  const fixed = fixedPoints(input, traffic);
  const isWritable = ({ after, existing }: LegalPlace): boolean => {
    const wire = plan.blocks[after];
    if (existing !== undefined || wire?.place.field !== 'tools') return true;
    return prompt.write.insertMarker(wire.block) !== undefined;
  };
  let places = legalPlaces(plan, caching, traffic.conversation).filter((place) => place.after > fixed.behind && isWritable(place));
  for (;;) {
    const chosen = choose(plan, caching, places, fixed, traffic);
    const answer = placementEdits(plan, prompt.write, chosen);
    if ('unwritable' in answer) {
      places = places.filter(({ after }) => after !== answer.unwritable);
      continue;
    }
    const points = [...fixed.points, ...chosen.map(({ place, ttl }) => asTrafficPoint(place, ttl))];
    return {
      kind: 'placement',
      before: planFigures(plan, traffic),
      after: placementFigures(plan, points, traffic),
      uncachedUsd: plan.prices && placementUsd([], plan.total.likely, traffic, plan.prices),
      ...answer,
    };
  }
};
