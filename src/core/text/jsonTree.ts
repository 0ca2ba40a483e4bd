import { maxDepth } from './depth';
import { fail, failOnce, type JsonError, type Reading } from './jsonReading';
import { pythonWords } from './jsonString';
import { isOtherQuote, readOtherString, readString } from './jsonStrings';
import { json } from './notation';
import { span, type Span } from './span';
import { arrayNode, memberNode, objectNode, scalarNode, type Tree, type TreeEntry } from './tree';
import { jsonWording } from '../wording/json';

export interface JsonAnswer {
  /** What could be read; `undefined` when there was nothing. */
  readonly tree: Tree | undefined;
  readonly errors: readonly JsonError[];
  readonly tooDeep: boolean;
  /** Comments that begin with two slashes, without their line breaks. */
  readonly comments: readonly Span[];
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const slash = 0x2f;
const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
/** What is neither structure nor space, taken as one. */
const symbol = /[^\s,:{}[\]"]+/y;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const readRoot = (work: Reading): Tree | undefined => {
  skipBlank(work);
  if (work.at >= work.text.length) return undefined;
  const tree = readValue(work);
  skipBlank(work);
  if (tree !== undefined && work.at < work.text.length) fail(work, jsonWording.afterTheEnd);
  return work.tooDeep ? undefined : tree;
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
    while (isBlank(work.text.charCodeAt(work.at))) work.at += 1;
    if (work.text.charCodeAt(work.at) !== slash) return;
    const line = work.text.startsWith('//', work.at);
    if (!line && !work.text.startsWith('/*', work.at)) return;
    const end = work.text.indexOf(line ? '\n' : '*/', work.at + 2);
    if (end === -1 && !line) fail(work, jsonWording.openComment, work.at, work.at + 2);
    if (line) work.comments.push(span(work.at + work.offset, (end === -1 ? work.text.length : end) + work.offset));
    work.at = end === -1 ? work.text.length : end + (line ? 1 : 2);
  }
};

/** Reads a value, or tells why there is none; steps over what is no value, but not over commas and closing brackets. */
const readValue = (work: Reading): Tree | undefined => {
  switch (work.text[work.at]) {
    case '{':
      return nested(work, readObject);
    case '[':
      return nested(work, readArray);
    case '"':
      return readString(work);
    default:
      return isOtherQuote(work) ? readOtherString(work) : readScalar(work);
  }
};

const nested = (work: Reading, read: (work: Reading) => Tree): Tree | undefined => {
  if (work.depth >= maxDepth) {
    work.tooDeep = true;
    work.at = work.text.length;
    return undefined;
  }
  work.depth += 1;
  const tree = read(work);
  work.depth -= 1;
  return tree;
};

const readScalar = (work: Reading): Tree | undefined => {
  const start = work.at;
  const found = take(work, symbol);
  if (found === '') {
    fail(work, jsonWording.valueExpected);
    return undefined;
  }
  const scalar = (value: number | boolean | null): Tree => scalarNode(start + work.offset, work.at + work.offset, value, json);
  const word = words.get(found);
  if (word !== undefined) return scalar(word);
  number.lastIndex = 0;
  if (number.test(found) && number.lastIndex === found.length) {
    if (!Number.isFinite(Number(found))) fail(work, jsonWording.tooLarge, start, work.at);
    return scalar(Number(found));
  }
  const python = pythonWords.get(found);
  if (python !== undefined) {
    failOnce(work, jsonWording.pythonWord, start, work.at);
    return scalar(python);
  }
  fail(work, /^[-\d]/.test(found) ? jsonWording.noNumber : jsonWording.noValue, start, work.at);
  return undefined;
};

const { breaksOff } = jsonWording;

/** Does another entry follow? If not, goes after the closing bracket, where there is one. */
const more = (work: Reading, close: '}' | ']', expected: string): boolean => {
  skipBlank(work);
  const next = work.text[work.at];
  if (next === close) {
    work.at += 1;
    return false;
  }
  // The other closing bracket belongs to something around work.
  if (next === undefined || next === '}' || next === ']') {
    // A text that breaks off lacks all that is still open: one slip.
    if (!work.tooDeep && !(next === undefined && work.told.has(breaksOff))) fail(work, expected);
    if (next === undefined) work.told.add(breaksOff);
    return false;
  }
  return true;
};

/** Goes after a comma; where one is missing, the next entry is read all the same. */
const comma = (work: Reading): void => {
  skipBlank(work);
  const next = work.text[work.at];
  if (next === ',') work.at += 1;
  else if (next === ';') {
    fail(work, jsonWording.commaExpected);
    work.at += 1;
  } else if (next !== undefined && next !== '}' && next !== ']') fail(work, jsonWording.commaExpected);
};

const colonFollows = (work: Reading): boolean => {
  skipBlank(work);
  return work.text[work.at] === ':';
};

const readArray = (work: Reading): Tree => {
  const start = work.at;
  const items: Tree[] = [];
  work.at += 1;
  let end = work.at;
  while (more(work, ']', jsonWording.noClosingBracket)) {
    const before = work.at;
    const item = readValue(work);
    // A name with a colon belongs to the object around, which goes on at the comma before it.
    if (item?.kind === 'scalar' && typeof item.value === 'string' && items.length > 0 && colonFollows(work)) {
      fail(work, jsonWording.noClosingBracket, end);
      work.at = end;
      break;
    }
    if (item !== undefined) items.push(item);
    end = work.at;
    comma(work);
    if (work.at === before) work.at += 1;
  }
  return arrayNode(start + work.offset, work.at + work.offset, items);
};

const readObject = (work: Reading): Tree => {
  const start = work.at;
  const entries: TreeEntry[] = [];
  work.at += 1;
  while (more(work, '}', jsonWording.noClosingBrace)) {
    const before = work.at;
    const entry = readEntry(work);
    if (entry !== undefined) entries.push(entry);
    comma(work);
    if (work.at === before) work.at += 1;
  }
  return objectNode(start + work.offset, work.at + work.offset, entries);
};

/** Longer names are looked at as other strings are. */
const longestPlain = 64;
const odd = /[\\\u0000-\u001f]/;
/** A name as JavaScript writes it, without quotes: who writes one so writes all of them so. */
const plainWord = /^[A-Za-z_$][\w$]*$/;

/** A name in double quotes without anything to look into, which nearly all are; goes after it. */
const plainName = (work: Reading): string | undefined => {
  const end = work.text.indexOf('"', work.at + 1);
  if (end === -1 || end - work.at > longestPlain) return undefined;
  const name = work.text.slice(work.at + 1, end);
  if (odd.test(name)) return undefined;
  work.at = end + 1;
  return name;
};

const readName = (work: Reading, other: boolean): string =>
  other ? String(readOtherString(work).value) : (plainName(work) ?? String(readString(work).value));

const readEntry = (work: Reading): TreeEntry | undefined => {
  const start = work.at;
  const other = isOtherQuote(work);
  const quoted = other || work.text[start] === '"';
  const name = quoted ? readName(work, other) : take(work, symbol);
  const nameEnd = work.at;
  if (!quoted) {
    const tell = plainWord.test(name) ? failOnce : fail;
    tell(work, jsonWording.nameExpected, start, Math.max(work.at, start + 1));
  }
  skipBlank(work);
  if (work.text[work.at] === ':') work.at += 1;
  else if (quoted) fail(work, jsonWording.colonExpected);
  skipBlank(work);
  const next = work.text[work.at];
  if (next === undefined || next === ',' || next === '}' || next === ']') {
    if (quoted) fail(work, jsonWording.valueExpected);
    return undefined;
  }
  const value = readValue(work);
  return value === undefined || (!quoted && name === '')
    ? undefined
    : memberNode(name, start + work.offset, nameEnd + work.offset, value.span.end, value);
};

/** Reads JSON, comments and trailing commas allowed, into a tree with places; `offset` is where `text` begins in its document. Total. */
export const parseJsonTree = (text: string, offset = 0): JsonAnswer => {
  const work: Reading = { text, offset, errors: [], comments: [], told: new Set(), at: 0, depth: 0, tooDeep: false };
  const tree = readRoot(work);
  return { tree, errors: work.tooDeep ? [] : work.errors, tooDeep: work.tooDeep, comments: work.comments };
};
