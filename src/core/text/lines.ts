/** A place as people and other tools name it. */
export interface Position {
  /** UTF-16 units from the beginning of the file, a byte order mark included. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** Where the lines of a text begin: the one place where offsets become lines and columns outside the editor. */
export interface LineIndex {
  /** Offsets outside the text count as its ends. */
  positionOf(offset: number): Position;
  /** Offset of the first character of a line, from 1; that of the end for a line that does not exist. */
  startOf(line: number): number;
  readonly count: number;
}

/** A line ends with LF, CRLF or a lone CR, as in an editor. */
const lineBreak = /\r\n?|\n/g;

const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (const { index, 0: found } of text.matchAll(lineBreak)) starts.push(index + found.length);
  return starts;
};

/** Reads the text once, when the first place is asked for; each place then takes a binary search. */
export const lineIndex = (text: string): LineIndex => {
  let found: readonly number[] | undefined;
  const starts = (): readonly number[] => (found ??= lineStarts(text));
  return {
    positionOf(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts().length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts()[middle] ?? 0) <= at) low = middle;
        else high = middle - 1;
      }
      return { offset: at, line: low + 1, column: at - (starts()[low] ?? 0) + 1 };
    },
    startOf: (line) => starts()[line - 1] ?? text.length,
    get count() {
      return starts().length;
    },
  };
};
