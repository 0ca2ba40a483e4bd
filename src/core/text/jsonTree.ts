import { maxDepth } from './depth';
import { decodeJson, escapeAt, isClosedBelow, pythonWords } from './jsonString';
import { json } from './notation';
import { span, type Span } from './span';
import type { StringTree, Tree, TreeEntry } from './tree';

/** A place that could not be read as written, in words that complete "this is not JSON: …". */
export interface JsonError {
  readonly start: number;
  readonly end: number;
  readonly detail: string;
}

export interface JsonAnswer {
  /** What could be read; `undefined` when there was nothing. */
  readonly tree: Tree | undefined;
  readonly errors: readonly JsonError[];
  readonly tooDeep: boolean;
  /** Comments that begin with two slashes, without their line breaks. */
  readonly comments: readonly Span[];
}

/** More are not told: the first ones say what is wrong. */
const maxErrors = 100;

const plainCharacters = /[^"\\\u0000-\u001f]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blank = /[ \t\r\n]*/y;
/** What is neither structure nor space, taken as one. */
const symbol = /[^\s,:{}[\]"]+/y;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * How far the reading has come. The reader goes on behind what it cannot read; it recurses, bounded by `maxDepth`. It is made for speed with
 * long strings: one regular expression steps over them, and they are decoded only where they hold an escape.
 */
interface Reading {
  readonly text: string;
  readonly offset: number;
  readonly errors: JsonError[];
  readonly comments: Span[];
  /** Slips that go through a whole text are told once. */
  readonly told: Set<string>;
  at: number;
  depth: number;
  tooDeep: boolean;
}

const readRoot = (work: Reading): Tree | undefined => {
  skipBlank(work);
  if (work.at >= work.text.length) return undefined;
  const tree = readValue(work);
  skipBlank(work);
  if (tree !== undefined && work.at < work.text.length) fail(work, 'something follows after the end of the value');
  return work.tooDeep ? undefined : tree;
};

const fail = (work: Reading, detail: string, start = work.at, end = start + 1): void => {
  const limit = work.text.length;
  if (work.errors.length < maxErrors)
    work.errors.push({ start: Math.min(start, limit) + work.offset, end: Math.min(end, limit) + work.offset, detail });
};

/** Like `fail`, for a slip that is one however often it is made. */
const failOnce = (work: Reading, detail: string, start: number, end: number): void => {
  if (!work.told.has(detail)) fail(work, detail, start, end);
  work.told.add(detail);
};

const take = (work: Reading, pattern: RegExp): string => {
  pattern.lastIndex = work.at;
  const end = pattern.test(work.text) ? pattern.lastIndex : work.at;
  const found = work.text.slice(work.at, end);
  work.at = end;
  return found;
};

const skipBlank = (work: Reading): void => {
  for (;;) {
    blank.lastIndex = work.at;
    blank.test(work.text);
    work.at = blank.lastIndex;
    const line = work.text.startsWith('//', work.at);
    if (!line && !work.text.startsWith('/*', work.at)) return;
    const end = work.text.indexOf(line ? '\n' : '*/', work.at + 2);
    if (end === -1 && !line) fail(work, 'the comment is not closed', work.at, work.at + 2);
    if (line) work.comments.push(span(work.at + work.offset, (end === -1 ? work.text.length : end) + work.offset));
    work.at = end === -1 ? work.text.length : end + (line ? 1 : 2);
  }
};

/** Reads a value, or tells why there is none; steps over what is no value, but not over commas and closing brackets. */
const readValue = (work: Reading): Tree | undefined => {
  switch (work.text[work.at]) {
    case '{':
      return nested(work, () => readObject(work));
    case '[':
      return nested(work, () => readArray(work));
    case '"':
      return readString(work);
    default:
      return isOtherQuote(work) ? readOtherString(work) : readScalar(work);
  }
};

const nested = (work: Reading, read: () => Tree): Tree | undefined => {
  if (work.depth >= maxDepth) {
    work.tooDeep = true;
    work.at = work.text.length;
    return undefined;
  }
  work.depth += 1;
  const tree = read();
  work.depth -= 1;
  return tree;
};

const readScalar = (work: Reading): Tree | undefined => {
  const start = work.at;
  const found = take(work, symbol);
  if (found === '') {
    fail(work, 'a value is expected here');
    return undefined;
  }
  const at = span(start + work.offset, work.at + work.offset);
  const word = words.get(found);
  if (word !== undefined) return { kind: 'scalar', span: at, value: word, inner: at, notation: json };
  number.lastIndex = 0;
  if (number.test(found) && number.lastIndex === found.length) {
    if (!Number.isFinite(Number(found))) fail(work, 'this number is too large', start, work.at);
    return { kind: 'scalar', span: at, value: Number(found), inner: at, notation: json };
  }
  const python = pythonWords.get(found);
  if (python !== undefined) {
    failOnce(work, 'true, false and null are written so', start, work.at);
    return { kind: 'scalar', span: at, value: python, inner: at, notation: json };
  }
  fail(work, /^[-\d]/.test(found) ? 'this is not a number' : 'this is not a JSON value', start, work.at);
  return undefined;
};

interface SkippedString {
  readonly closed: boolean;
  readonly escaped: boolean;
  readonly good: boolean;
  /** The first line end, tab or other character that JSON wants escaped. */
  readonly raw: number | undefined;
}

/** Goes behind the end of the string that begins here. The answer tells whether it is closed, holds escapes, and is good JSON. */
const skipString = (work: Reading): SkippedString => {
  const { text } = work;
  let escaped = false;
  let good = true;
  let raw: number | undefined;
  let goesOn = false;
  work.at += 1;
  for (;;) {
    plainCharacters.lastIndex = work.at;
    plainCharacters.test(text);
    work.at = plainCharacters.lastIndex;
    const next = text[work.at];
    if (next === '"') {
      work.at += 1;
      return { closed: true, escaped, good, raw };
    }
    const breaks = next === '\n' || next === '\r';
    if (next === undefined || (breaks && !goesOn && !isClosedBelow(text, work.at))) return { closed: false, escaped, good: false, raw };
    goesOn ||= breaks;
    const { length, valid } = next === '\\' ? escapeAt(text, work.at) : { length: 1, valid: false };
    if (!valid && next === '\\') fail(work, 'this escape does not exist in JSON', work.at, work.at + 2);
    if (next !== '\\') raw ??= work.at;
    escaped ||= next === '\\';
    good &&= valid;
    work.at += length;
  }
};

const readString = (work: Reading): StringTree => {
  const start = work.at;
  const { closed, escaped, good, raw } = skipString(work);
  if (raw !== undefined && '\n\r\t'.includes(work.text.charAt(raw)))
    fail(work, 'a line end or tab in a string is written \\n or \\t', start, raw + 1);
  else if (raw !== undefined) fail(work, 'this character must be escaped in a JSON string', raw);
  if (!closed) {
    fail(work, 'the string is not closed', start, work.at);
    // The brackets at the end of its line are not meant as text.
    while (work.at > start + 1 && /[\s\]},]/.test(work.text.charAt(work.at - 1))) work.at -= 1;
  }
  const end = closed ? work.at - 1 : work.at;
  const inside = work.text.slice(start + 1, end);
  const value = !escaped ? inside : good ? (JSON.parse(work.text.slice(start, work.at)) as string) : decodeJson(inside); // a good string gives a string
  const inner = span(start + 1 + work.offset, end + work.offset);
  const at = span(start + work.offset, work.at + work.offset);
  return { kind: 'scalar', span: at, value, inner, notation: json };
};

const otherQuotes: Readonly<Record<string, string>> = { "'": "'", '‘': '’', '’': '’', '“': '”', '”': '”', '„': '“' };

const isOtherQuote = ({ text, at }: Reading): boolean => Object.hasOwn(otherQuotes, text.charAt(at));

/** A string in single or typographic quotes, as Python and word processors write them: read as meant, and told once. */
const readOtherString = (work: Reading): StringTree => {
  const start = work.at;
  const close = otherQuotes[work.text.charAt(start)] ?? '';
  let end = start + 1;
  while (end < work.text.length && work.text[end] !== close && work.text[end] !== '\n') end += work.text[end] === '\\' ? 2 : 1;
  end = Math.min(end, work.text.length);
  work.at = work.text[end] === close ? end + 1 : end;
  failOnce(work, 'names and texts stand in double quotes, as "this"', start, work.at);
  const inner = span(start + 1 + work.offset, end + work.offset);
  const at = span(start + work.offset, work.at + work.offset);
  return { kind: 'scalar', span: at, value: decodeJson(work.text.slice(start + 1, end)), inner, notation: json };
};

/** Does another entry follow? If not, goes behind the closing bracket, where there is one. */
const more = (work: Reading, close: '}' | ']', expected: string): boolean => {
  skipBlank(work);
  const next = work.text[work.at];
  if (next === close) {
    work.at += 1;
    return false;
  }
  // The other closing bracket belongs to something around work.
  if (next === undefined || next === '}' || next === ']') {
    if (!work.tooDeep) fail(work, expected);
    return false;
  }
  return true;
};

/** Goes behind a comma; where one is missing, the next entry is read all the same. */
const comma = (work: Reading): void => {
  skipBlank(work);
  const next = work.text[work.at];
  if (next === ',') work.at += 1;
  else if (next !== undefined && next !== '}' && next !== ']') fail(work, 'a comma is expected here');
};

const readArray = (work: Reading): Tree => {
  const start = work.at;
  const items: Tree[] = [];
  work.at += 1;
  while (more(work, ']', 'a closing bracket is missing')) {
    const before = work.at;
    const item = readValue(work);
    if (item !== undefined) items.push(item);
    comma(work);
    if (work.at === before) work.at += 1;
  }
  return { kind: 'array', span: span(start + work.offset, work.at + work.offset), items };
};

const readObject = (work: Reading): Tree => {
  const start = work.at;
  const entries: TreeEntry[] = [];
  work.at += 1;
  while (more(work, '}', 'a closing brace is missing')) {
    const before = work.at;
    const entry = readEntry(work);
    if (entry !== undefined) entries.push(entry);
    comma(work);
    if (work.at === before) work.at += 1;
  }
  return { kind: 'object', span: span(start + work.offset, work.at + work.offset), entries };
};

const readEntry = (work: Reading): TreeEntry | undefined => {
  const start = work.at;
  const other = isOtherQuote(work);
  const quoted = other || work.text[start] === '"';
  const name = quoted ? String((other ? readOtherString(work) : readString(work)).value) : take(work, symbol);
  const at = span(start + work.offset, work.at + work.offset);
  if (!quoted) fail(work, 'a member name in double quotes is expected here', start, Math.max(work.at, start + 1));
  skipBlank(work);
  if (work.text[work.at] === ':') work.at += 1;
  else if (quoted) fail(work, 'a colon is expected here');
  skipBlank(work);
  const next = work.text[work.at];
  if (next === undefined || next === ',' || next === '}' || next === ']') {
    if (quoted) fail(work, 'a value is expected here');
    return undefined;
  }
  const value = readValue(work);
  return value === undefined || (!quoted && name === '')
    ? undefined
    : { key: { value: name, span: at }, value, span: span(at.start, value.span.end) };
};

/** Reads JSON, comments and trailing commas allowed, into a tree with places; `offset` is where `text` begins in its document. Total. */
export const parseJsonTree = (text: string, offset = 0): JsonAnswer => {
  const work: Reading = { text, offset, errors: [], comments: [], told: new Set(), at: 0, depth: 0, tooDeep: false };
  const tree = readRoot(work);
  return { tree, errors: work.tooDeep ? [] : work.errors, tooDeep: work.tooDeep, comments: work.comments };
};
