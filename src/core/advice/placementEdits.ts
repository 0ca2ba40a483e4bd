import type { FormatEdits } from '../formats/format';
import type { Span } from '../text/span';
import type { TextEdit } from '../text/edit';
import type { ChosenPlace } from './bestPlaces';
import { listAround } from '../cache/markerPlaces';
import type { CachePlan, Checkpoint } from '../cache/plan';

/** One step from the old placement to the new one. Spans are those of the text before any edit. */
export type PlacementChange =
  | { readonly kind: 'keep'; readonly marker: Span; readonly ttl: string }
  | { readonly kind: 'ttl'; readonly marker: Span; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly marker: Span }
  /** `block`: the content after which the new marker is written. */
  | { readonly kind: 'insert'; readonly block: Span; readonly ttl: string };

export interface PlacementEdits {
  readonly changes: readonly PlacementChange[];
  readonly edits: readonly TextEdit[];
}

/**
 * Neighbours in a list may both claim the comma between them. They become one deletion; when it begins the list, the comma behind it
 * goes too, which neither of them claimed.
 */
const withoutOverlaps = (text: string, edits: readonly TextEdit[]): readonly TextEdit[] => {
  const kept: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = kept.at(-1);
    if (last === undefined || edit.span.start >= last.span.end || edit.text !== '' || last.text !== '') {
      kept.push(edit);
      continue;
    }
    const { start } = last.span;
    const end = Math.max(last.span.end, edit.span.end);
    const comma = text[start] === ',' ? null : /^\s*,[ \t]*\r?\n?[ \t]*/.exec(text.slice(end));
    kept[kept.length - 1] = { span: { start, end: end + (comma?.[0].length ?? 0) }, text: '' };
  }
  return kept;
};

interface Step {
  readonly change: PlacementChange;
  readonly edits: readonly TextEdit[];
}

const written = (ttl: string): '1h' | undefined => (ttl === '1h' ? '1h' : undefined);

/** `undefined`: the format cannot write a marker there. */
const stepFor = (text: string, plan: CachePlan, format: FormatEdits, { place, ttl }: ChosenPlace): Step | undefined => {
  const wire = plan.blocks[place.after];
  if (wire === undefined) return undefined;
  const { existing } = place;
  const inserted = () => format.insertMarker(text, wire.block, wire.place, written(ttl));
  if (existing === undefined) {
    const edits = inserted();
    return edits && { change: { kind: 'insert', block: wire.block.span, ttl }, edits };
  }
  const { marker } = existing;
  if (existing.ttl === ttl) return { change: { kind: 'keep', marker: marker.span, ttl }, edits: [] };
  const change = { kind: 'ttl', marker: marker.span, from: existing.ttl, to: ttl } as const;
  const set = format.setTtl(text, marker, written(ttl));
  if (set !== undefined) return { change, edits: set };
  const edits = inserted();
  return edits && { change, edits: [...format.removeMarker(text, marker), ...edits] };
};

/** A marker that a tools file brings in stands, for the document, where that file is named: it cannot be moved from here. */
export const standsElsewhere = (text: string, { marker, place }: Checkpoint): boolean =>
  place.field === 'tools' && !text.slice(marker.span.start, marker.span.end).includes('cachePoint');

/** Would taking these markers out of their lists leave a list without any block? Such a list is refused by the service, and left alone. */
const leavesNothing = (plan: CachePlan, index: number): boolean => {
  const [from, to] = listAround(plan.blocks, index);
  return plan.blocks.slice(from, to).every(({ block }) => block.kind === 'cachePoint');
};

/**
 * The edits that lead from a plan's markers to the chosen places: markers that stay are not touched. The index of a place where the format
 * cannot write a marker comes back instead.
 */
export const placementEdits = (
  text: string,
  plan: CachePlan,
  format: FormatEdits,
  chosen: readonly ChosenPlace[],
): PlacementEdits | { readonly unwritable: number } => {
  const steps: Step[] = [];
  const kept = new Set(chosen.map(({ place }) => place.existing?.index));
  for (const choice of chosen) {
    const step = stepFor(text, plan, format, choice);
    if (step === undefined) return { unwritable: choice.place.after };
    steps.push(step);
  }
  for (const checkpoint of plan.checkpoints) {
    if (kept.has(checkpoint.index) || standsElsewhere(text, checkpoint) || leavesNothing(plan, checkpoint.index)) continue;
    const { marker } = checkpoint;
    steps.push({ change: { kind: 'remove', marker: marker.span }, edits: format.removeMarker(text, marker) });
  }
  return {
    changes: steps.map(({ change }) => change),
    edits: withoutOverlaps(
      text,
      steps.flatMap(({ edits }) => edits),
    ),
  };
};
