import type { WireBlock } from '../cache/plan';
import { mayBeWritten } from '../cache/written';
import type { Break } from '../varies/variation';
import { sameList } from '../cache/markerPlaces';
import { openingFence } from '../formats/fences';
import { textUnits } from '../formats/textUnits';
import { blockText, offsetInBlock, offsetsOfEnd } from '../prompt/blockText';
import type { Block, Prompt, TextBlock } from '../prompt/model';
import type { Edits } from '../text/edit';
import { span, type Span } from '../text/span';
import type { SolveInput } from './solve';

/** What varies, taken out of the prefix and written after it. */
export interface VaryingMove {
  readonly edits: Edits;
  /** The first line of what moves. */
  readonly what: string;
  /** How many parts move. */
  readonly parts: number;
  readonly to: 'cachePoint' | 'message';
}

/** Where the moved text goes, and the index among the plan's blocks before which nothing may vary. */
interface Target {
  readonly behind: Block;
  readonly end: number;
  readonly wire: WireBlock | undefined;
  readonly to: VaryingMove['to'];
}

const targetOf = ({ prompt, plan }: SolveInput): Target | undefined => {
  const last = plan.checkpoints.findLast(mayBeWritten);
  if (last !== undefined) {
    if (last.place.field === 'tools' || last.marker.foreign !== undefined) return undefined;
    return { behind: last.marker, end: last.index, wire: plan.blocks[last.index], to: 'cachePoint' };
  }
  const message = prompt.messages.at(-1);
  const behind = message?.content.at(-1);
  const end = plan.blocks.findIndex(({ block }) => block === message?.content[0]);
  if (message?.role !== 'user' || behind === undefined || behind.foreign !== undefined || end === -1) return undefined;
  return { behind, end, wire: plan.blocks[end], to: 'message' };
};

/** Stretches in order, those that meet made one. */
const merged = (stretches: readonly Span[]): readonly Span[] => {
  const kept: Span[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last !== undefined && one.start <= last.end) kept[kept.length - 1] = span(last.start, Math.max(last.end, one.end));
    else kept.push(one);
  }
  return kept;
};

/** What of a block changes so often; a whole turn has no other place to go. */
const causesIn = ({ breaks }: WireBlock, every: Break['varies']): readonly Break[] =>
  breaks.filter(({ kind, varies }) => varies === every && kind !== 'turn');

/** The whole lines, with the line breaks after them, around all that varies in a block; the whole text where nothing else shows. */
const varyingParts = (prompt: Prompt, block: TextBlock, causes: readonly Break[]): readonly Span[] => {
  const text = blockText(block);
  const units = textUnits(text);
  const found = causes.flatMap((by) => {
    const ends = offsetsOfEnd(block, by.span);
    return (ends.length > 0 ? ends : [offsetInBlock(prompt.sources, block, by.span.start)]).map((offset) => units.around(offset));
  });
  const parts = merged(found.map(({ start, end }) => span(start, Math.min(end + 1, text.length))));
  let rest = text;
  for (const { start, end } of parts.toReversed()) rest = rest.slice(0, start) + rest.slice(end);
  return rest.trim() === '' ? [span(0, text.length)] : parts;
};

/** The first line that says something: the one that opens a code fence does not. */
const nameOf = (part: string): string => {
  const lines = part.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => openingFence(line) === undefined) ?? '').trim();
};

/** May text of this block be written after the target without another speaker saying it? */
const mayMove = ({ place }: WireBlock, { wire, to }: Target): boolean =>
  place.field === 'system'
    ? to === 'message' || wire?.place.field === 'system' || wire?.place.field === 'messages'
    : wire !== undefined && sameList(place, wire.place);

/**
 * Moves all that varies with each request, or each day, in its order, straight after the last cache point that can work, else to the end of the last user
 * message: whole paragraphs, list items, rows, fences. `undefined` where nothing varies before that place, or where something that does cannot be
 * moved: a tool's description, a part of an included file, another message.
 */
export const moveVarying = (input: SolveInput, every: 'request' | 'day' = 'request'): VaryingMove | undefined => {
  const { prompt, plan } = input;
  const target = targetOf(input);
  if (target === undefined) return undefined;
  const changes: (Edits | undefined)[] = [];
  let what = '';
  for (const wire of plan.blocks.slice(0, target.end)) {
    const causes = causesIn(wire, every);
    if (causes.length === 0) continue;
    const { block } = wire;
    if (block.kind !== 'text' || block.foreign !== undefined || !mayMove(wire, target)) return undefined;
    const text = blockText(block);
    for (const { start, end } of varyingParts(prompt, block, causes)) {
      changes.push(prompt.write.moveText(block, start, end, target.behind));
      if (what === '') what = nameOf(text.slice(start, end));
    }
  }
  const edits = changes.length === 0 ? undefined : prompt.write.together(changes);
  return edits && { edits, what, parts: changes.length, to: target.to };
};
