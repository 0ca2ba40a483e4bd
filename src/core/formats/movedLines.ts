import { blockText, spanInBlock } from '../prompt/blockText';
import type { TextBlock } from '../prompt/model';
import type { Sources } from '../text/place';
import type { Span } from '../text/span';

/** Lines that are taken out of a block: what is written again elsewhere, and what goes, which includes one of the line breaks around them. */
export interface MovedLines {
  readonly text: Span;
  readonly cut: Span;
  /** Nothing that shows stays after. */
  readonly isAll: boolean;
}

/** The places of the lines from `from` to `to` of a block's text; `undefined` where these are no whole lines, or parts of what another file says. */
export const movedLines = (sources: Sources, block: TextBlock, from: number, to: number): MovedLines | undefined => {
  const text = blockText(block);
  const ends = to > from && text[to - 1] === '\n';
  const beginsLine = from === 0 || text[from - 1] === '\n';
  if (to <= from || !beginsLine || !(ends || to === text.length || text[to] === '\n')) return undefined;
  const shown = spanInBlock(sources, block, from, ends ? to - 1 : to);
  const cut = ends ? spanInBlock(sources, block, from, to) : spanInBlock(sources, block, Math.max(0, from - 1), to);
  if (shown === undefined || cut === undefined || text.slice(from, to).trim() === '') return undefined;
  return { text: shown, cut, isAll: (text.slice(0, from) + text.slice(to)).trim() === '' };
};
