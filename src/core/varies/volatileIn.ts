import { memoByPiece } from '../text/pieces';
import type { VolatileText } from './found';
import { findVolatile, searchVolatile, type Search } from './volatile';

const searched = memoByPiece(searchVolatile);

/** Enough for an empty line and a value below a heading. */
const belowLength = 160;

const none: readonly VolatileText[] = [];

const isEmpty = ({ found, heading }: Search): boolean => found.length === 0 && heading === undefined;

/** Everything in a text that looks made for one request, remembered by chunks of the text. Chunks are cut at line ends where there are any. */
export const volatileIn = (text: string): readonly VolatileText[] => {
  const { pieces, results } = searched(text);
  if (results.every(isEmpty)) return none;
  const found: VolatileText[] = [];
  let offset = 0;
  for (const [at, piece] of pieces.entries()) {
    const result = results[at];
    for (const item of result?.found ?? []) found.push({ ...item, start: item.start + offset, end: item.end + offset });
    // A heading at the end of a chunk has its value at the beginning of the next.
    if (result?.heading !== undefined) {
      const from = offset + result.heading;
      const cut = piece.length - result.heading;
      const [below] = findVolatile(text.slice(from, offset + piece.length + belowLength)).filter(({ start }) => start >= cut);
      if (below !== undefined) found.push({ ...below, start: below.start + from, end: below.end + from });
    }
    offset += piece.length;
  }
  return withoutRepeats(found);
};

/** What both the chunk and the heading before it have found counts once. */
const withoutRepeats = (found: readonly VolatileText[]): readonly VolatileText[] =>
  found.filter(({ start }, at) => at === 0 || start >= (found[at - 1]?.end ?? 0));
