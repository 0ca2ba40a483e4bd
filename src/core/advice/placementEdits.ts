import type { PromptWriter } from '../prompt/writer';
import type { Span } from '../text/span';
import type { Edits } from '../text/edit';
import type { ChosenPlace } from './bestPlaces';
import { listAround } from '../cache/markerPlaces';
import type { CachePlan } from '../cache/plan';

/** One step from the old placement to the new one. Spans are those of the text before any edit. */
export type PlacementChange =
  | { readonly kind: 'keep'; readonly marker: Span; readonly ttl: string }
  | { readonly kind: 'ttl'; readonly marker: Span; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly marker: Span }
  /** `block`: the content after which the new marker is written. */
  | { readonly kind: 'insert'; readonly block: Span; readonly ttl: string };

export interface PlacementEdits {
  readonly changes: readonly PlacementChange[];
  readonly edits: Edits;
}

interface Step {
  readonly change: PlacementChange;
  readonly edits: Edits;
}

const written = (ttl: string): '1h' | undefined => (ttl === '1h' ? '1h' : undefined);

/** `undefined`: a marker cannot be written there. */
const stepFor = (plan: CachePlan, write: PromptWriter, { place, ttl }: ChosenPlace): Step | undefined => {
  const wire = plan.blocks[place.after];
  if (wire === undefined) return undefined;
  const { existing } = place;
  const inserted = () => write.insertMarker(wire.block, written(ttl));
  if (existing === undefined) {
    const edits = inserted();
    return edits && { change: { kind: 'insert', block: wire.block.span, ttl }, edits };
  }
  const { marker } = existing;
  if (existing.ttl === ttl) return { change: { kind: 'keep', marker: marker.span, ttl }, edits: [] };
  const change = { kind: 'ttl', marker: marker.span, from: existing.ttl, to: ttl } as const;
  const edits = write.setTtl(marker, written(ttl)) ?? write.together([write.removeMarker(marker), inserted()]);
  return edits && { change, edits };
};

/** Would taking these markers out of their lists leave a list without any block? Such a list is refused by the service, and left alone. */
const leavesNothing = (plan: CachePlan, index: number): boolean => {
  const [from, to] = listAround(plan.blocks, index);
  return plan.blocks.slice(from, to).every(({ block }) => block.kind === 'cachePoint');
};

/**
 * The edits that lead from a plan's markers to the chosen places: markers that stay are not touched. The index of a place where no marker
 * can be written comes back instead.
 */
export const placementEdits = (
  plan: CachePlan,
  write: PromptWriter,
  chosen: readonly ChosenPlace[],
): PlacementEdits | { readonly unwritable: number } => {
  const steps: Step[] = [];
  const kept = new Set(chosen.map(({ place }) => place.existing?.index));
  for (const choice of chosen) {
    const step = stepFor(plan, write, choice);
    if (step === undefined) return { unwritable: choice.place.after };
    steps.push(step);
  }
  for (const checkpoint of plan.checkpoints) {
    if (kept.has(checkpoint.index) || checkpoint.marker.foreign !== undefined || leavesNothing(plan, checkpoint.index)) continue;
    const { marker } = checkpoint;
    const edits = write.removeMarker(marker);
    if (edits !== undefined) steps.push({ change: { kind: 'remove', marker: marker.span }, edits });
  }
  return { changes: steps.map(({ change }) => change), edits: write.together(steps.map(({ edits }) => edits)) ?? [] };
};
