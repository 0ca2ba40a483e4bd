import { applyEdits, type Edits } from './edit';

/** More changes of one text are not tried, or ones that would need more characters to be read again; of so many characters the results are kept. */
const most = { trials: 60, characters: 6_000_000, kept: 1_500_000 };

const editsKey = (edits: Edits): string =>
  JSON.stringify(edits.map(({ at: { source, span }, text }) => [source, span.start, span.end, text]));

/** What a text would be with changes; `undefined` for what is not tried any more. */
export type Trials<T> = (edits: Edits) => T | undefined;

/** Counts what is tried of a text, and reads it again for each change. What is not tried makes no text: a document may have thousands of fixes. */
export const createTrials = <T>(text: string, again: (text: string) => T): Trials<T> => {
  const tried = new Set<string>();
  const known = new Map<string, T>();
  return (edits) => {
    const key = editsKey(edits);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (!tried.has(key) && (tried.size >= most.trials || (tried.size + 1) * text.length > most.characters)) return undefined;
    tried.add(key);
    const fresh = again(applyEdits(text, edits));
    // One change is asked about several times in a row, and seldom later.
    const [oldest] = known.keys();
    if (oldest !== undefined && (known.size + 1) * text.length > most.kept) known.delete(oldest);
    known.set(key, fresh);
    return fresh;
  };
};
