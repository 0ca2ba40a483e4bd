/** More slips make another word of it, however long it is. */
const mostSlips = 8;
/** Longer words are no names. */
const longest = 100;

/**
 * Letters that must be put in, left out or changed to make one word of another, or `limit + 1` where that is more than `limit`. Only cells near the
 * diagonal are filled: all others are above the limit.
 */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const row = new Uint8Array(b.length + 1).map((_, column) => Math.min(column, limit + 1));
  for (let at = 1; at <= a.length; at += 1) {
    const from = Math.max(1, at - limit);
    const to = Math.min(b.length, at + limit);
    let diagonal = row[from - 1] ?? 0;
    let left = from === 1 ? Math.min(at, limit + 1) : limit + 1;
    let least = left;
    row[from - 1] = left;
    for (let column = from; column <= to; column += 1) {
      const above = column === at + limit ? limit + 1 : (row[column] ?? 0);
      const changed = diagonal + (a.charCodeAt(at - 1) === b.charCodeAt(column - 1) ? 0 : 1);
      left = Math.min(changed, above + 1, left + 1, limit + 1);
      diagonal = above;
      row[column] = left;
      least = Math.min(least, left);
    }
    if (least > limit) return limit + 1;
  }
  return row[b.length] ?? limit + 1;
};

/** Known words in lower case, each with the word as it is written, by length. */
type ByLength = ReadonlyMap<number, readonly (readonly [low: string, word: string, order: number])[]>;

const byLength = (known: Iterable<string>): ByLength => {
  const found = new Map<number, [string, string, number][]>();
  let order = 0;
  for (const word of known) {
    const low = word.toLowerCase();
    const same = found.get(low.length) ?? [];
    found.set(low.length, same);
    same.push([low, word, (order += 1)]);
  }
  return found;
};

const nearestIn = (word: string, known: ByLength): string | undefined => {
  const low = word.toLowerCase();
  let limit = Math.min(mostSlips, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let bestOrder = Infinity;
  // Words of other lengths differ by as many letters at least.
  for (let apart = 0; apart <= limit; apart += 1)
    for (const length of new Set([low.length - apart, low.length + apart]))
      for (const [candidate, written, order] of known.get(length) ?? []) {
        const far = distance(low, candidate, limit);
        if (far > limit || (far === limit && best !== undefined && order > bestOrder)) continue;
        [best, bestOrder, limit] = [written, order, far];
      }
  return best;
};

/**
 * Looks words up among the known ones: for each the one that it was probably meant to be. At most a third of its letters differ, and at most eight,
 * case ignored; of equally near ones it is the first. Only the first `most` words are looked up: who makes more slips than that in one file sees
 * the kind, and each costs a search.
 */
export const nearestAmong = (known: Iterable<string>, most = 50): ((word: string) => string | undefined) => {
  let index: ByLength | undefined;
  let left = most;
  return (word) => {
    if (word.length > longest || left === 0) return undefined;
    left -= 1;
    return nearestIn(word, (index ??= byLength(known)));
  };
};

/** The same for one word. */
export const nearestWord = (word: string, known: Iterable<string>): string | undefined => nearestAmong(known)(word);
