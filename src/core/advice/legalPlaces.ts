import { isInDoubt, type Prompt } from '../prompt/model';
import { fits } from '../cache/fit';
import { knownAt } from '../cache/turns';
import { sharedEnd } from '../cache/sharedEnd';
import { carrierOf, refusalAfter, type ExplicitCaching } from '../cache/markerPlaces';
import type { ReuseKind } from '../traffic/point';
import { asksForSpeed, type CachePlan, type Checkpoint } from '../cache/plan';

/** A place for a cache point that the model takes and that could be read again: straight after block `after`. */
export interface LegalPlace {
  /** Index among the plan's blocks of the content it closes. */
  readonly after: number;
  readonly tokens: number;
  readonly reuse: Exclude<ReuseKind, 'never'>;
  /** The marker that stands there now; of several the first. */
  readonly existing: Checkpoint | undefined;
  /** Of a point that moves along with a conversation: tokens that each call brings for the first time. */
  readonly fresh?: number;
}

/** Why no cache point can be placed at all. */
export type NoPlaces = 'inDoubt' | 'unknownModel' | 'noCaching' | 'notOnDemand' | 'batch' | 'latency';

/** Why the model caches nothing for this prompt wherever a marker stands, or `undefined` when it may. */
export const whyNoPlaces = (prompt: Prompt, plan: CachePlan): NoPlaces | undefined => {
  const { resolution, model, caching } = plan;
  if (isInDoubt(prompt)) return 'inDoubt';
  if (prompt.batch === true) return 'batch';
  if (resolution.kind === 'opaque' && resolution.resource === 'provisioned') return 'notOnDemand';
  if (model === undefined || caching === undefined) return 'unknownModel';
  if (caching.kind !== 'explicit') return 'noCaching';
  return model.refusesLatencyWithCache === true && asksForSpeed(prompt) ? 'latency' : undefined;
};

/** The first marker after each block, by the index of the block. */
const markersByCarrier = (plan: CachePlan): ReadonlyMap<number, Checkpoint> => {
  const found = new Map<number, Checkpoint>();
  for (const checkpoint of plan.checkpoints) {
    const carrier = carrierOf(plan.blocks, checkpoint.index);
    if (carrier !== undefined && !found.has(carrier)) found.set(carrier, checkpoint);
  }
  return found;
};

/** Where nothing says what varies, the last user message is taken to be the question, after which no new point goes. */
const sharedOrSessionEnd = (plan: CachePlan): number =>
  plan.blocks.some(({ varies }) => varies !== 'never') ? plan.blocks.length : sharedEnd(plan);

/** All places where a cache point would be accepted, written and read again, in the order Bedrock reads. Linear in the blocks of a list. */
export const legalPlaces = (plan: CachePlan, caching: ExplicitCaching, conversation = false): readonly LegalPlace[] => {
  const existing = markersByCarrier(plan);
  const places: LegalPlace[] = [];
  const end = conversation ? plan.blocks.length : sharedOrSessionEnd(plan);
  let reuse: LegalPlace['reuse'] = 'shared';
  for (const [after, { block, varies, prefix }] of plan.blocks.entries()) {
    if (varies === 'request' && !conversation) break;
    if (varies !== 'never') reuse = 'session';
    if (block.kind === 'cachePoint') continue;
    if (caching.maximum !== undefined && prefix.likely > caching.maximum) break;
    const fit = fits(prefix, caching);
    // A marker that likely works stays; a new one must be worth its edit for sure.
    if (fit === 'no' || ((fit === 'likely' || after >= end) && !existing.has(after))) continue;
    if (refusalAfter(plan.blocks, after, caching) !== undefined) continue;
    const known = knownAt(after, plan, caching);
    const fresh = known === undefined ? {} : { fresh: Math.max(0, prefix.likely - known.likely) };
    places.push({ after, tokens: prefix.likely, reuse, existing: existing.get(after), ...fresh });
  }
  return places;
};
