import type { Source, SourceId } from '../text/place';

/** The texts that a prompt is made from, while it is read. */
export interface SourceList {
  readonly all: readonly Source[];
  /** The id of a file's text, which is the same each time the file is asked for. */
  add(path: string, text: string): SourceId;
}

export const sourceList = (document: string): SourceList => {
  const all: Source[] = [{ path: '', text: document }];
  const known = new Map<string, SourceId>();
  return {
    all,
    add: (path, text) => {
      const id = known.get(path) ?? all.push({ path, text }) - 1;
      known.set(path, id);
      return id;
    },
  };
};
