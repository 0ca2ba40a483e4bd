import type { ModelEntry } from './types';

/** Ids longer than this are compared with nothing: no model id comes near. */
const longestCompared = 128;

/** Levenshtein distance of two strings, or `limit + 1` as soon as it is larger than `limit`. */
export const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const value = Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
};

/** Letters and digits only, so that "Claude Sonnet 4.5" and "claude-sonnet-4-5" compare equal. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** How far an entry is from what was written, smaller is nearer; `undefined`: not near. */
const distance = (written: string, entry: ModelEntry): number | undefined => {
  if (entry.id.startsWith(written)) return 0;
  const [mine, id, name] = [plain(written), plain(entry.id), plain(entry.name)];
  if (mine.length >= 4 && (id.startsWith(mine) || name === mine)) return 0.5;
  if (mine.length >= 4 && (id.includes(mine) || name.includes(mine))) return 1;
  const limit = Math.min(4, Math.max(1, Math.floor(written.length / 6)));
  const edits = editDistance(written.toLowerCase(), entry.id, limit);
  return edits > limit ? undefined : 1 + edits;
};

const cannotBeChosen = (entry: ModelEntry): boolean => entry.lifecycle.kind !== 'active';

/** Entries whose id or name is like what was written, nearest first; of equals those that anybody may call, then the newest of the catalog. */
export const findSimilar = (written: string, entries: readonly ModelEntry[], most = 3): readonly ModelEntry[] => {
  if (written === '' || written.length > longestCompared) return [];
  return entries
    .map((entry, position) => ({ entry, position, far: distance(written, entry) }))
    .filter((candidate): candidate is { entry: ModelEntry; position: number; far: number } => candidate.far !== undefined)
    .sort((a, b) => a.far - b.far || Number(cannotBeChosen(a.entry)) - Number(cannotBeChosen(b.entry)) || b.position - a.position)
    .slice(0, most)
    .map(({ entry }) => entry);
};
