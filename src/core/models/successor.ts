import { catalog } from './catalog';
import type { ModelEntry } from './types';

/** The line a model belongs to: its name without numbers, so that Claude 3.5 Haiku and Claude Haiku 4.5 are both "Claude Haiku". */
const lineOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .filter((word) => !/^v?\d/.test(word))
    .join(' ');

/** The newer models of the same line that anybody may call, the newest first. */
export const findSuccessors = (entry: ModelEntry, entries: readonly ModelEntry[] = catalog): readonly ModelEntry[] => {
  const same = entries.filter(
    (other) => other.provider === entry.provider && other.lifecycle.kind === 'active' && lineOf(other.name) === lineOf(entry.name),
  );
  const newest = same.toReversed();
  const own = newest.findIndex(({ id }) => id === entry.id);
  return own === -1 ? newest : newest.slice(0, own);
};
