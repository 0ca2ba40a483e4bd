/** A piece is at least this long (UTF-16 code units) unless the text ends, so that pieces stay few. */
const shortest = 1024;
/** From here on any line end will do. */
const anyLine = 4096;
/** From here on, in a text without line ends, a gap between words will do. */
const anyGap = 6144;
/** No piece is longer. */
const longest = 8192;

/** One line end, or gap, in `1 << bits` is a cut, chosen by what stands before it: an edit moves no cut but its own. */
const isChosen = (text: string, at: number, bits: number): boolean => {
  let hash = 0x2f0b4a27;
  for (let i = Math.max(0, at - 12); i < at; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
  return hash >>> (32 - bits) === 0;
};

const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

const isIdeograph = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** May a piece end here without parting what a vocabulary would join? Always true before a space or mark that follows a word. */
const isGap = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (isLetterOrDigit(before)) return after < 0x7f && !isLetterOrDigit(after);
  return isIdeograph(before) && isIdeograph(after);
};

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/** Where the next line feed is, at or after a place; else where the text ends: among small numbers infinity would make all of them floating-point. */
type Feeds = (from: number) => number;

/** Searches no stretch twice, as long as the places grow in the main: a text of one line would be gone through for each piece. */
const feedsIn = (text: string): Feeds => {
  let searchedFrom = 0;
  let found = -1;
  return (from) => {
    if (from < searchedFrom || from > found) {
      searchedFrom = from;
      const at = text.indexOf('\n', from);
      found = at < 0 ? text.length : at;
    }
    return found;
  };
};

/** The first line end in [from, to) that follows something else than a line end and is chosen, or -1. */
const findLine = (text: string, feeds: Feeds, from: number, to: number, bits: number): number => {
  for (let at = feeds(from); at < to; at = feeds(at + 1)) {
    const cut = at > from && text.charCodeAt(at - 1) === 13 ? at - 1 : at;
    if (!isLineEnd(text.charCodeAt(cut - 1)) && (bits === 0 || isChosen(text, cut, bits))) return cut;
  }
  return -1;
};

const findGap = (text: string, from: number, to: number, bits: number): number => {
  for (let at = from; at < to; at += 1) if (isGap(text, at) && (bits === 0 || isChosen(text, at, bits))) return at;
  return -1;
};

const nextCut = (text: string, feeds: Feeds, start: number): number => {
  const rest = text.length - start;
  if (rest <= shortest) return text.length;
  const chosenLine = findLine(text, feeds, start + shortest, Math.min(start + anyLine, text.length), 3);
  if (chosenLine >= 0) return chosenLine;
  const line = findLine(text, feeds, start + anyLine, Math.min(start + anyGap, text.length), 0);
  if (line >= 0) return line;
  // Gaps are looked for only where the text goes on, else a piece cut at a line would be cut once more when met alone.
  if (rest <= anyGap) return text.length;
  const chosenGap = findGap(text, start + shortest, start + anyGap, 6);
  if (chosenGap >= 0) return chosenGap;
  const gap = findGap(text, start + anyGap, Math.min(start + longest, text.length), 0);
  if (gap >= 0) return gap;
  if (rest <= longest) return text.length;
  const last = start + longest;
  const code = text.charCodeAt(last);
  return code >= 0xdc00 && code <= 0xdfff ? last - 1 : last;
};

/** A text in pieces, as far as they are not those of an earlier version: so many of its first ones, those cut again, so many of its last ones. */
export interface Recut {
  readonly front: number;
  readonly fresh: readonly string[];
  readonly back: number;
}

/** How many pieces the text begins with whose cuts nothing after them has moved, and where they end. */
const sharedFront = (text: string, former: readonly string[]): { readonly count: number; readonly end: number } => {
  let count = 0;
  let same = 0;
  for (let piece = former[count]; piece !== undefined && text.slice(same, same + piece.length) === piece; piece = former[(count += 1)])
    same += piece.length;
  if (count === former.length && same === text.length) return { count, end: same };
  // A cut is decided by what stands up to the longest piece from the one before.
  let end = same;
  for (let piece = former[count - 1]; piece !== undefined && end - piece.length + longest >= same; piece = former[(count -= 1) - 1])
    end -= piece.length;
  return { count, end };
};

/** Where those pieces begin, in order, with which the text ends after `from`. */
const sharedEnds = (text: string, former: readonly string[], from: number, taken: number): readonly number[] => {
  const starts: number[] = [];
  let start = text.length;
  for (let at = former.length - 1; at >= taken; at -= 1) {
    const piece = former[at] ?? '';
    if (start - piece.length < from || text.slice(start - piece.length, start) !== piece) break;
    start -= piece.length;
    starts.push(start);
  }
  return starts.reverse();
};

/** The pieces of a text that was edited since it was cut into `former`: cuts are looked for from the edit to the next former cut only. */
export const chunksSince = (text: string, former: readonly string[]): Recut => {
  const { count: front, end } = sharedFront(text, former);
  const ends = sharedEnds(text, former, end, front);
  const fresh: string[] = [];
  const feeds = feedsIn(text);
  let reached = 0;
  for (let start = end; start < text.length;) {
    while ((ends[reached] ?? text.length) < start) reached += 1;
    // What is after a cut alone decides the next one.
    if (ends[reached] === start) break;
    const next = nextCut(text, feeds, start);
    fresh.push(text.slice(start, next));
    start = next;
    while ((ends[reached] ?? text.length) < start) reached += 1;
  }
  return { front, fresh, back: ends.length - reached };
};

/** The same pieces as `chunks` gives, each cut when it is asked for. */
export function* chunksInTurn(text: string): Generator<string, void> {
  const feeds = feedsIn(text);
  for (let start = 0; start < text.length;) {
    const next = nextCut(text, feeds, start);
    yield text.slice(start, next);
    start = next;
  }
}

/**
 * Cuts a text into pieces of at most 8,192 code units, mostly 1,000 to 2,500, before line ends where it can. Cuts depend on the text around
 * them, so that after an edit all but a few pieces are the same strings; a piece cut again stays whole; no pair is parted.
 */
export const chunks = (text: string): readonly string[] => chunksSince(text, []).fresh;
