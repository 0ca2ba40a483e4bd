import { span } from '../../text/span';
import type { Outline } from '../front';

/** What a function or a class begins with. */
const head = /(?:(?:async +)?def +(\w+) *\(|class +(\w+) *[(:])/y;

/** Behind these a line is not over. */
const open = /[([{,\\=+*/%|&:<>-]/;

/** The end of a string that begins at a place, or of its line. */
const endOfString = (text: string, from: number): number => {
  const quote = text.charAt(from);
  const triple = quote.repeat(3);
  if (text.startsWith(triple, from)) {
    for (let at = text.indexOf(triple, from + 3); at !== -1; at = text.indexOf(triple, at + 1)) {
      let slashes = 0;
      while (text.charAt(at - 1 - slashes) === '\\') slashes += 1;
      if (slashes % 2 === 0) return at + 3;
    }
    return text.length;
  }
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === quote) return at + 1;
    else if (sign === '\n') return at;
  }
  return text.length;
};

/** Where the strings and the comment end that begin in a line before a place, or at it. */
const pastStrings = (text: string, from: number, place: number): number => {
  let at = from;
  while (at <= place) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") at = endOfString(text, at);
    else if (sign === '#') {
      const end = text.indexOf('\n', at);
      return end === -1 ? text.length : end;
    } else at += 1;
  }
  return at;
};

/** Where the last line before a place ends that is no comment at the margin. */
const endBefore = (text: string, place: number): number => {
  let end = place;
  for (;;) {
    while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
    const line = text.lastIndexOf('\n', end - 1) + 1;
    if (end === 0 || text.charAt(line) !== '#') return end;
    end = line;
  }
};

/**
 * Functions and classes at the top of a file, with their decorators: from a line at the margin to the next. Where a line goes on at the margin, in
 * brackets, nothing is said of what is around it.
 */
export const outlines = (text: string, from: number, isKnown: (start: number) => boolean): readonly Outline[] => {
  const found: Outline[] = [];
  const events = /\n(?=\S)|"""|'''/g;
  let [start, code, isOver] = [-1, from, false];
  let named: { readonly name: string; readonly start: number } | undefined;
  const begin = (at: number): void => {
    head.lastIndex = at;
    const match = head.exec(text);
    const name = match?.[1] ?? match?.[2];
    if (name === undefined && text.charAt(at) !== '@') return;
    if (start === -1) {
      isOver = isKnown(at);
      start = at;
    }
    if (name !== undefined) named = { name, start: at };
  };
  const line = (at: number): void => {
    if (/[)\]}#]/.test(text.charAt(at))) return;
    if (start !== -1) {
      const end = endBefore(text, at);
      const isWhole = !open.test(text.charAt(end - 1));
      // A decorator waits for what it decorates.
      if (isWhole && named === undefined && /^(?:@|async\b|def\b|class\b)/.test(text.slice(at, at + 6))) return begin(at);
      if (isWhole && named !== undefined)
        found.push({ name: named.name, at: span(start, end), namedAt: span(named.start, end), isLocal: false });
      start = -1;
      named = undefined;
    }
    begin(at);
  };
  line(from);
  events.lastIndex = from;
  while (!isOver && events.test(text)) {
    const at = events.lastIndex;
    if (text.charAt(at - 1) === '\n') {
      code = at;
      line(at);
    } else {
      code = pastStrings(text, Math.max(code, text.lastIndexOf('\n', at - 3) + 1), at - 3);
      events.lastIndex = Math.max(code, at - 2);
    }
  }
  if (!isOver) line(text.length);
  return found;
};
