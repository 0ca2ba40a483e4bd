import { createFenceFinder, openingFence } from './fences';
import type { Span } from '../text/span';
import { span } from '../text/span';

/** What a stretch of a text is to a reader: what must not be parted. */
export interface TextUnit extends Span {
  readonly kind: 'fence' | 'table' | 'row' | 'quote' | 'item' | 'paragraph' | 'line';
}

const rowLine = /^[ \t]*\|/;
const delimiterLine = /^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$/;
const quoteLine = /^[ \t]*>/;
const itemLine = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]/;
const headingLine = /^#{1,6}[ \t]/;

/** A longer paragraph is a list of sentences, where each line ends one. */
const shortParagraph = 4;
const isSentence = (line: string): boolean => /[.!?:;…。！？]["'”»)*_]*$/.test(line.trim());

const indentOf = (line: string): number => line.length - line.trimStart().length;

const linesOf = (text: string): readonly Span[] => {
  const found: Span[] = [];
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    found.push(span(start, end));
    start = end + 1;
  }
  return found;
};

type Lines = readonly Span[];

/** Numbers of the first line and the last one of the lines around `at` that are alike. */
const runAround = (lines: Lines, at: number, isAlike: (index: number) => boolean): readonly [first: number, last: number] => {
  let [first, last] = [at, at];
  while (first > 0 && isAlike(first - 1)) first -= 1;
  while (last + 1 < lines.length && isAlike(last + 1)) last += 1;
  return [first, last];
};

/** The last line of an item: what follows it, deeper in, without a blank line. */
const itemEnd = (read: (index: number) => string, count: number, at: number): number => {
  const depth = indentOf(read(at));
  let last = at;
  while (last + 1 < count && read(last + 1).trim() !== '' && indentOf(read(last + 1)) > depth) last += 1;
  return last;
};

/** The line of the item to which a line belongs, if any. */
const itemStart = (read: (index: number) => string, at: number): number | undefined => {
  let depth = Infinity;
  for (let line = at; line >= 0 && read(line).trim() !== ''; line -= 1) {
    const text = read(line);
    if (itemLine.test(text) && (line === at || indentOf(text) < depth)) return line;
    depth = Math.min(depth, indentOf(text));
    if (depth === 0) return undefined;
  }
  return undefined;
};

/** The units of one text. */
export interface TextUnits {
  /** The smallest unit around an offset that may stand elsewhere as a whole; its span is of whole lines, the last line break left out. */
  around(offset: number): TextUnit;
}

/** Reads a text as Markdown, as far as it matters which lines belong together. */
export const textUnits = (text: string): TextUnits => {
  const lines = linesOf(text);
  const read = (index: number): string => {
    const line = lines[index];
    return line === undefined ? '' : text.slice(line.start, line.end).replace(/\r$/, '');
  };
  const fenceLines: Span[] = [];
  const closes = createFenceFinder(text, lines);
  for (let at = 0; at < lines.length; at += 1) {
    const fence = openingFence(read(at));
    const close = fence && closes(fence, at);
    if (fence === undefined) continue;
    const last = close ?? lines.length - 1;
    fenceLines.push(span(at, last));
    at = last;
  }
  const unit = (kind: TextUnit['kind'], first: number, last: number): TextUnit => ({
    kind,
    start: lines[first]?.start ?? 0,
    end: lines[last]?.end ?? text.length,
  });
  const lineAt = (offset: number): number => {
    let [low, high] = [0, lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const isProse = (index: number): boolean => {
    const line = read(index);
    const inFence = fenceLines.some(({ start, end }) => start <= index && index <= end);
    return line.trim() !== '' && !inFence && !rowLine.test(line) && !quoteLine.test(line) && !itemLine.test(line);
  };
  return {
    around: (offset) => {
      const at = lineAt(offset);
      const fence = fenceLines.find(({ start, end }) => start <= at && at <= end);
      if (fence !== undefined) return unit('fence', fence.start, fence.end);
      const line = read(at);
      if (rowLine.test(line)) {
        const [first, last] = runAround(lines, at, (index) => rowLine.test(read(index)));
        const hasHead = delimiterLine.test(read(first + 1));
        return hasHead && at < first + 2 ? unit('table', first, last) : unit('row', at, at);
      }
      if (quoteLine.test(line)) return unit('quote', ...runAround(lines, at, (index) => quoteLine.test(read(index))));
      const item = itemStart(read, at);
      if (item !== undefined) return unit('item', item, itemEnd(read, lines.length, item));
      if (line.trim() === '') return unit('line', at, at);
      const [first, last] = runAround(lines, at, isProse);
      const own = Array.from({ length: last - first + 1 }, (_, index) => read(first + index));
      if (own.length > shortParagraph && own.every((one) => isSentence(one) || headingLine.test(one))) return unit('line', at, at);
      return unit('paragraph', first, last);
    },
  };
};
