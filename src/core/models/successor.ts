import { catalog } from './catalog';
import type { ModelEntry } from './types';

/** The line a model belongs to: its name without numbers, so that Claude 3.5 Haiku and Claude Haiku 4.5 are both "Claude Haiku". */
const lineOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .filter((word) => !/^v?\d/.test(word))
    .join(' ');

/** The newest model of the same line that anybody may call, or `undefined` when there is none other. */
export const findSuccessor = (entry: ModelEntry, entries: readonly ModelEntry[] = catalog): ModelEntry | undefined => {
  const same = entries.filter(
    (other) => other.provider === entry.provider && other.lifecycle.kind === 'active' && lineOf(other.name) === lineOf(entry.name),
  );
  const newest = same.at(-1);
  return newest?.id === entry.id ? undefined : newest;
};
