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

/** A longer paragraph may be a list of sentences, where each line ends one. */
const shortParagraph = { lines: 4, characters: 600 };
const isSentence = (line: string): boolean => /[.!?:;…。！？]["'”»)*_]*$/.test(line.trim());

/** Was a line ended on purpose? Not where the next one goes on with small letters, or its first word would not have fitted into the width. */
const endsOnPurpose = (line: string, next: string, width: number): boolean => {
  if (isSentence(line) || headingLine.test(line)) return true;
  const word = /^\s*(\S*)/.exec(next)?.[1] ?? '';
  return !/^\p{Ll}/u.test(word) && line.trimEnd().length + 1 + word.length <= width;
};

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

/** Is it worth while to read a line as the beginning of a fence? */
const mayOpenFence = (text: string, line: Span | undefined): boolean => {
  let at = line?.start ?? text.length;
  while (text[at] === ' ') at += 1;
  return text[at] === '`' || text[at] === '~';
};

/** Numbers of the first line and the last one of lines that are alike. */
interface Run {
  readonly first: number;
  readonly last: number;
}

/** Finds the lines around one that are alike; the run that was found last is remembered, for several are asked for in the order of the text. */
const createRunFinder = (count: number, isAlike: (index: number) => boolean): ((at: number) => Run) => {
  let known: Run = { first: 0, last: -1 };
  return (at) => {
    if (known.first <= at && at <= known.last) return known;
    let [first, last] = [at, at];
    while (first > 0 && isAlike(first - 1)) first -= 1;
    while (last + 1 < count && isAlike(last + 1)) last += 1;
    known = { first, last };
    return known;
  };
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

/** The line of the outermost item to which a line belongs, if any. */
const listItemStart = (read: (index: number) => string, at: number): number | undefined => {
  let outermost: number | undefined;
  for (
    let item = itemStart(read, at);
    item !== undefined;
    item = item > 0 && indentOf(read(item)) > 0 ? itemStart(read, item - 1) : undefined
  )
    outermost = item;
  return outermost;
};

/** The units of one text. */
export interface TextUnits {
  /** The smallest unit around an offset that may stand elsewhere as a whole; its span is of whole lines, the last line break left out. */
  around(offset: number): TextUnit;
  /** The last beginning of a line up to an offset where a text may be cut in two: no fence, table, quote or item is parted there. */
  cutBefore(offset: number): number;
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
    const fence = mayOpenFence(text, lines[at]) ? openingFence(read(at)) : undefined;
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
  const fenceAround = (index: number): Span | undefined => {
    let [low, high] = [0, fenceLines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((fenceLines[middle]?.end ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    const fence = fenceLines[low];
    return fence !== undefined && fence.start <= index ? fence : undefined;
  };
  const isProse = (index: number): boolean => {
    const line = read(index);
    return line.trim() !== '' && fenceAround(index) === undefined && !rowLine.test(line) && !quoteLine.test(line) && !itemLine.test(line);
  };
  const isListOfSentences = ({ first, last }: Run): boolean => {
    const characters = (lines[last]?.end ?? 0) - (lines[first]?.start ?? 0);
    if (last - first < shortParagraph.lines && characters <= shortParagraph.characters) return false;
    const own = Array.from({ length: last - first + 1 }, (_, index) => read(first + index));
    const width = own.reduce((most, line) => Math.max(most, line.length), 0);
    return own.every((line, index) => index === own.length - 1 || endsOnPurpose(line, own[index + 1] ?? '', width));
  };
  const rows = createRunFinder(lines.length, (index) => rowLine.test(read(index)));
  const quotes = createRunFinder(lines.length, (index) => quoteLine.test(read(index)));
  const prose = createRunFinder(lines.length, isProse);
  const lists = new Map<Run, boolean>();
  const isList = (run: Run): boolean => {
    const known = lists.get(run) ?? isListOfSentences(run);
    lists.set(run, known);
    return known;
  };
  const whole = (kind: TextUnit['kind'], { first, last }: Run): TextUnit => unit(kind, first, last);
  return {
    around: (offset) => {
      const at = lineAt(offset);
      const fence = fenceAround(at);
      if (fence !== undefined) return unit('fence', fence.start, fence.end);
      const line = read(at);
      if (rowLine.test(line)) {
        const run = rows(at);
        // Without its head a table is none.
        return at < run.first + 2 && delimiterLine.test(read(run.first + 1)) ? whole('table', run) : unit('row', at, at);
      }
      if (quoteLine.test(line)) return whole('quote', quotes(at));
      const item = itemStart(read, at);
      if (item !== undefined) return unit('item', item, itemEnd(read, lines.length, item));
      if (line.trim() === '') return unit('line', at, at);
      const run = prose(at);
      return isList(run) ? unit('line', at, at) : whole('paragraph', run);
    },
    cutBefore: (offset) => {
      const at = lineAt(offset);
      const first = fenceAround(at)?.start ?? at;
      const line = read(first);
      const start = rowLine.test(line) ? rows(first).first : quoteLine.test(line) ? quotes(first).first : first;
      return lines[listItemStart(read, start) ?? start]?.start ?? 0;
    },
  };
};
