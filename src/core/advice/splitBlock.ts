import { fits } from '../cache/fit';
import { refusalAfter } from '../cache/markerPlaces';
import { textUnits } from '../formats/textUnits';
import { blockText, offsetInBlock, spanInBlock } from '../prompt/blockText';
import type { Ttl } from '../request/types';
import type { Edits } from '../text/edit';
import type { Span } from '../text/span';
import { estimateText } from '../tokens/estimate';
import { plus, type TokenEstimate } from '../figures/band';
import type { SolveInput } from './solve';

/** A place for a marker between two lines of a text block. */
export interface LinePlace {
  /** What a marker there would cover. */
  readonly prefix: TokenEstimate;
  /** The text of the block before it. */
  readonly head: Span;
  write(ttl: Ttl | undefined): Edits | undefined;
}

/**
 * The place before the line of `at` in the middle of a text block, or before the table, list item, quote or code fence that holds it, where the prefix up to there is long enough for sure. `undefined` where it is
 * not, or where the text has no lines of its own in the document.
 */
export const placeBeforeLine = ({ plan, prompt }: SolveInput, at: Span): LinePlace | undefined => {
  const { caching, model, blocks } = plan;
  const index = blocks.findIndex(({ block }) => block.kind === 'text' && block.span.start <= at.start && at.end <= block.span.end);
  const block = blocks[index]?.block;
  if (block?.kind !== 'text' || caching?.kind !== 'explicit' || model === undefined) return undefined;
  if (block.segments.some((one) => one.kind === 'text' && one.via === undefined && !one.notation.keepsLines)) return undefined;
  const { sources, write } = prompt;
  const whole = blockText(block);
  const start = textUnits(whole).cutBefore(offsetInBlock(sources, block, at.start));
  const before = whole.slice(0, start);
  const head = spanInBlock(sources, block, 0, start);
  if (before.trim() === '' || head === undefined || refusalAfter(blocks, index, caching) !== undefined) return undefined;
  const earlier = blocks[index - 1]?.prefix;
  const own = estimateText(before, model.tokens);
  const prefix = earlier === undefined ? own : plus(own, earlier);
  if (fits(prefix, caching) !== 'surely') return undefined;
  return { prefix, head, write: (ttl) => write.splitAt(block, start, ttl) };
};
