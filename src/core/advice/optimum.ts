import { applyEdits, differenceOf, type Edits } from '../text/edit';
import type { Span } from '../text/span';
import { moveVarying, type VaryingMove } from './moveVarying';
import type { PlacementTraffic } from './placementGain';
import { leastGainOfEdit, optimizePlacement, type Placement, type SolveInput } from './solve';
import { placeBeforeLine } from './splitBlock';

/** A prompt for which changes can be tried; a `RuleInput` will do. */
export interface OptimumInput extends SolveInput {
  /** Of the whole document. */
  readonly text: string;
  readonly trial?: { after(edits: Edits): { readonly input: OptimumInput } | undefined };
}

type Found = Extract<Placement, { readonly kind: 'placement' }>;

/** The cheapest way that is known to send the same lines. */
export type Optimum =
  | Extract<Placement, { readonly kind: 'none' }>
  | (Found & {
      /** What moves besides cache points. */
      readonly move: VaryingMove | undefined;
      /** Where the first text stands that varies with each request and keeps what follows it from being read again. */
      readonly blocks: Span | undefined;
    });

/** One way to begin: a change of the text, upon which cache points are placed. */
interface Way {
  readonly edits: Edits;
  readonly move?: VaryingMove;
}

const costAfter = ({ after }: Found): number => after.usdPerCall ?? -after.readTokens;

/** Takes a way, then the best cache points upon it. */
const take = (
  input: OptimumInput,
  traffic: PlacementTraffic,
  { edits }: Way,
): { readonly placement: Found; readonly text: string } | undefined => {
  const after = input.trial?.after(edits)?.input;
  const placement = after && optimizePlacement(after, traffic);
  if (placement?.kind !== 'placement') return undefined;
  return { placement, text: applyEdits(after?.text ?? '', placement.edits) };
};

/** The best of a few ways to change the prompt once. */
const bestStep = (input: OptimumInput, traffic: PlacementTraffic): Optimum => {
  const base = optimizePlacement(input, traffic);
  if (base.kind === 'none') return base;
  const { text, plan } = input;
  const by = plan.blocks[plan.firstVarying]?.breaks.find(({ kind, varies }) => varies === 'request' && kind !== 'turn');
  const inside = by && placeBeforeLine(input, by.span)?.write(undefined);
  const move = moveVarying(input);
  const ways: readonly Way[] = [
    ...(inside === undefined ? [] : [{ edits: inside }]),
    ...(move === undefined ? [] : [{ edits: move.edits, move }]),
  ];
  const least = (base.uncachedUsd ?? plan.total.likely) * leastGainOfEdit;
  let best: { readonly found: Found; readonly edits: Edits; readonly move: VaryingMove | undefined } = {
    found: base,
    edits: base.edits,
    move: undefined,
  };
  for (const way of ways) {
    const taken = take(input, traffic, way);
    if (taken === undefined || costAfter(best.found) - costAfter(taken.placement) <= least) continue;
    best = { found: { ...taken.placement, before: base.before }, edits: differenceOf(text, taken.text), move: way.move };
  }
  return { ...best.found, edits: best.edits, move: best.move, blocks: by?.span };
};

/** A step can make room for the next: a cache point, say, before the line that moved. */
const mostSteps = 4;

/**
 * Finds the best cache points, and whether moving what varies, or a cache point inside the block that does, saves more than places between blocks.
 * Nothing is proposed that changes no cost, and what is proposed is best as it is.
 */
export const optimizeAll = (input: OptimumInput, traffic: PlacementTraffic): Optimum => {
  let best = bestStep(input, traffic);
  for (let step = 1; step < mostSteps && best.kind !== 'none' && best.edits.length > 0; step += 1) {
    const after = input.trial?.after(best.edits)?.input;
    const next = after && bestStep(after, traffic);
    if (after === undefined || next?.kind !== 'placement' || next.edits.length === 0) return best;
    const edits = differenceOf(input.text, applyEdits(after.text, next.edits));
    best = { ...next, before: best.before, edits, move: best.move ?? next.move, blocks: best.blocks };
  }
  return best;
};
