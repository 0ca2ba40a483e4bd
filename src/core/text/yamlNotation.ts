import { decode, opaque, plain, type Notation, type Unit } from './notation';
import { span, type Span } from './span';

/** The ways in which YAML writes text over more than its own characters. Source: YAML 1.2.2, chapters 6.5, 7.3 and 8.1. */

const isBlank = (character: string): boolean => character === ' ' || character === '\t';

/** Behind the line break at `at`; `at` where there is none. */
const behindBreak = (source: string, at: number): number => (source[at] === '\n' ? at + 1 : source.startsWith('\r\n', at) ? at + 2 : at);

const skipBlank = (source: string, at: number): number => {
  let next = at;
  while (isBlank(source.charAt(next))) next += 1;
  return next;
};

/** Line breaks from `at` on with the white space around them, where lines are folded: how many there are and where the text goes on. */
const breaksFrom = (source: string, at: number, end: number): { readonly count: number; readonly end: number } => {
  let count = 0;
  let next = at;
  for (;;) {
    while (next < end && isBlank(source.charAt(next))) next += 1;
    const behind = behindBreak(source, next);
    if (behind === next || behind > end) return { count, end: next };
    count += 1;
    next = behind;
  }
};

/** One line break between two lines reads as a space, more as one less. */
const folded = (count: number): string => (count === 1 ? ' ' : '\n'.repeat(count - 1));

/** The line break at or after `at`, with the white space before it. */
const nextBreak = (source: string, at: number, end: number): number => {
  let found = source.indexOf('\n', at);
  if (found === -1 || found >= end) return end;
  if (source[found - 1] === '\r') found -= 1;
  while (found > at && isBlank(source.charAt(found - 1))) found -= 1;
  return Math.max(at, found);
};

const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
  }).concat(Object.entries({ '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' })),
);
const digitsOf: ReadonlyMap<string, number> = new Map(Object.entries({ x: 2, u: 4, U: 8 }));

/** An escape of a string in double quotes; an escaped line end joins two lines. */
const escapeAt = (source: string, at: number, end: number): Unit => {
  const letter = source.charAt(at + 1);
  const known = escapes.get(letter);
  if (known !== undefined) return { length: 2, text: known };
  const count = digitsOf.get(letter);
  const code = count === undefined ? Number.NaN : Number.parseInt(source.slice(at + 2, at + 2 + count), 16);
  if (count !== undefined && code <= 0x10ffff) return { length: 2 + count, text: String.fromCodePoint(code) };
  const behind = behindBreak(source, at + 1);
  if (behind === at + 1) return { length: 1, text: '\\' };
  let next = behind;
  while (next < end && isBlank(source.charAt(next))) next += 1;
  return { length: next - at, text: '' };
};

/** Characters of a scalar without quotes that mean nothing else wherever they stand. */
const harmless = /^[\p{L}\p{N}_.,;()/+ -]*$/u;

const flow = (quote: '' | "'" | '"'): Notation => {
  const special = quote === '' ? undefined : quote === '"' ? '\\' : "''";
  const nextSpecial = (source: string, at: number, end: number): number => {
    const found = special === undefined ? -1 : source.indexOf(special, at);
    return found === -1 ? end : found;
  };
  return {
    name: 'yamlFlow',
    keepsLines: false,
    next: (source, at, end) => Math.min(nextSpecial(source, at, end), nextBreak(source, at, end)),
    unit: (source, at, end) => {
      if (source[at] === '\\') return escapeAt(source, at, end);
      if (source[at] === "'") return { length: 2, text: "'" };
      const breaks = breaksFrom(source, at, end);
      return breaks.count === 0 ? { length: 1, text: source.charAt(at) } : { length: breaks.end - at, text: folded(breaks.count) };
    },
    write: (text) => {
      if (quote === '"') return JSON.stringify(text).slice(1, -1);
      if (/[\n\r]/.test(text) || (quote === '' && !harmless.test(text))) return undefined;
      return quote === '' ? text : text.replaceAll("'", "''");
    },
  };
};

export const yamlFlow = { plain: flow(''), single: flow("'"), double: flow('"') } as const;

/** The lines below `|` or `>`, which stand after `indent` characters each. */
export const yamlBlock = (indent: number, isFolded: boolean, lineBreak: '\n' | '\r\n'): Notation => {
  /** Behind the indent of the line that begins at `at`, or at its end where it is shorter. */
  const behindIndent = (source: string, at: number, end: number): number => {
    let next = at;
    while (next < end && next < at + indent && source[next] === ' ') next += 1;
    return next;
  };
  /** Does the scalar end with the line breaks before `line`: is all that follows blank, or written further to the left? */
  const endsBefore = (source: string, line: number): boolean => {
    nextLine.lastIndex = line;
    const found = nextLine.exec(source);
    return found === null || nextLine.lastIndex === source.length || (found[1]?.length ?? 0) < indent;
  };
  const startsBlank = (source: string, line: number): boolean => isBlank(source.charAt(line + indent));
  const unit = (source: string, at: number, end: number): Unit => {
    let count = 0;
    let next = at;
    let line = at;
    for (let behind = behindBreak(source, next); behind > next && behind <= end; behind = behindBreak(source, next)) {
      count += 1;
      line = behind;
      next = behindIndent(source, behind, end);
      if (!isFolded) break;
    }
    if (count === 0) return { length: 1, text: source.charAt(at) };
    // Lines that begin with white space of their own are not folded, nor are the breaks at the end.
    const kept =
      !isFolded || endsBefore(source, line) || startsBlank(source, line) || startsBlank(source, source.lastIndexOf('\n', at - 1) + 1);
    return { length: next - at, text: kept ? '\n'.repeat(count) : folded(count) };
  };
  return {
    name: 'yamlBlock',
    keepsLines: !isFolded,
    next: (source, at, end) => {
      const found = source.indexOf('\n', at);
      if (found === -1 || found >= end) return end;
      return source[found - 1] === '\r' && found > at ? found - 1 : found;
    },
    unit,
    write: (text) => (isFolded && text.includes('\n') ? undefined : text.replaceAll('\n', lineBreak + ' '.repeat(indent))),
  };
};

/** Where the characters of a scalar stand, and how they read. */
export interface ScalarText {
  readonly inner: Span;
  readonly notation: Notation;
}

/** First lines with more white space of their own are taken as a whole. */
const mostOwnSpaces = 16;
/** Blank lines, and the indent of the line after them. */
const nextLine = /(?:[ ]*\r?\n)*( *)/y;
const header = /^[|>](?:[1-9]?[+-]?|[+-][1-9])[ \t]*(?:#[^\r\n]*)?\r?\n/;

const blockText = (source: string, at: Span, value: string): ScalarText | undefined => {
  const head = header.exec(source.slice(at.start, at.start + 1000))?.[0];
  if (head === undefined) return undefined;
  const body = at.start + head.length;
  nextLine.lastIndex = body;
  const widest = nextLine.exec(source)?.[1]?.length ?? 0;
  // White space and line breaks at the end are no part of the scalar's place, and of its text as its header says.
  const tail = value.slice(value.trimEnd().length);
  let { end } = at;
  for (const character of tail)
    if (character === '\n') end = behindBreak(source, skipBlank(source, end));
    else if (source[end] === character) end += 1;
  const read = (indent: number): ScalarText | undefined => {
    let start = body;
    while (start < body + indent && source[start] === ' ') start += 1;
    const inner = span(start, Math.max(start, end));
    const notation = yamlBlock(indent, source[at.start] === '>', head.endsWith('\r\n') ? '\r\n' : '\n');
    return decode(notation, source, inner) === value ? { inner, notation } : undefined;
  };
  // The header may say that the first line has white space of its own.
  const least = /\d/.test(head) ? Math.max(1, widest - mostOwnSpaces) : widest;
  for (let indent = least; indent <= widest; indent += 1) {
    const found = read(indent);
    if (found !== undefined) return found;
  }
  return undefined;
};

const candidate = (source: string, at: Span, value: string): ScalarText | undefined => {
  const first = source.charAt(at.start);
  if (first === '|' || first === '>') return blockText(source, at, value);
  const quoted = (first === '"' || first === "'") && at.end - at.start >= 2;
  const inner = quoted ? span(at.start + 1, at.end - 1) : at;
  if (source.slice(inner.start, inner.end) === value)
    return { inner, notation: first === '"' ? yamlFlow.double : first === "'" ? yamlFlow.single : plain };
  return { inner, notation: first === '"' ? yamlFlow.double : first === "'" ? yamlFlow.single : yamlFlow.plain };
};

/** How the scalar at a place says its value; as a whole where its way of writing is not known here. */
export const scalarText = (source: string, at: Span, value: string): ScalarText => {
  const found = candidate(source, at, value);
  return found !== undefined && decode(found.notation, source, found.inner) === value ? found : { inner: at, notation: opaque };
};
