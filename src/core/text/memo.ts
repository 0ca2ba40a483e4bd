/** A copy that shares no memory with the text it was cut from: a kept slice would keep all of that text. */
export const detached = (text: string): string => ` ${text}`.slice(1);

const memories: (() => void)[] = [];

/** Tells of a memory how it is emptied. */
export const onForget = (empty: () => void): void => void memories.push(empty);

/** Empties all that remembers texts: nothing is asked for again when no prompt is open. */
export const forgetTexts = (): void => {
  for (const empty of memories) empty();
};

/** Remembers `compute` for the `capacity` texts last asked for; results are shared, so they must not be changed. */
export const memoByText = <T>(compute: (text: string) => T, capacity: number): ((text: string) => T) => {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  onForget(() => {
    recent = new Map();
    older = new Map();
  });
  return (text) => {
    const found = recent.get(text);
    if (found !== undefined) return found;
    const result = older.get(text) ?? compute(text);
    if (recent.size >= Math.max(1, capacity >> 1)) {
      older = recent;
      recent = new Map();
    }
    recent.set(detached(text), result);
    return result;
  };
};
