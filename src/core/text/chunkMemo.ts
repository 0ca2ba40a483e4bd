import { chunks } from './chunks';
import { memoByText } from './memo';

/** Shorter texts are looked up piece by piece at no cost worth saving. */
const longText = 16_384;
/** Long texts remembered as a whole; each keeps its text in memory. */
const rememberedTexts = 8;

interface Known<T> {
  readonly pieces: readonly string[];
  readonly results: readonly T[];
}

/** How many pieces two lists share at one end, where the other end keeps `taken` for itself. */
const sharedFrom = (a: readonly string[], b: readonly string[], end: boolean, taken: number): number => {
  const most = Math.min(a.length, b.length) - taken;
  let count = 0;
  while (count < most && a.at(end ? -1 - count : count) === b.at(end ? -1 - count : count)) count += 1;
  return count;
};

/**
 * Remembers `compute` for the pieces of texts, as `chunks` cuts them, and gives one result for each. A long text that was edited in one place is
 * held against its former version first, because comparing is several times cheaper than looking every piece up.
 */
export const memoByChunks = <T>(compute: (piece: string) => T, capacity: number): ((text: string) => Known<T>) => {
  const ofPiece = memoByText(compute, capacity);
  const recent = new Map<string, Known<T>>();
  const read = (pieces: readonly string[], former: Known<T> | undefined): Known<T> => {
    const front = former === undefined ? 0 : sharedFrom(pieces, former.pieces, false, 0);
    const back = former === undefined ? 0 : sharedFrom(pieces, former.pieces, true, front);
    const results = [
      ...(former?.results.slice(0, front) ?? []),
      ...pieces.slice(front, pieces.length - back).map(ofPiece),
      ...(back === 0 ? [] : (former?.results.slice(-back) ?? [])),
    ];
    return { pieces, results };
  };
  return (text) => {
    const pieces = chunks(text);
    if (text.length < longText) return read(pieces, undefined);
    const [head = ''] = pieces;
    const known = read(pieces, recent.get(head));
    recent.delete(head);
    recent.set(head, known);
    for (const oldest of recent.keys()) {
      if (recent.size <= rememberedTexts) break;
      recent.delete(oldest);
    }
    return known;
  };
};
