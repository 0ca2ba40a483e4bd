import { fail, failOnce, type Reading } from './jsonReading';
import { decodeJson, escapeAt, isClosedBelow } from './jsonString';
import { json } from './notation';
import { scalarNode, type StringTree } from './tree';
import { jsonWording } from '../wording/json';

const plainCharacters = /[^"\\\u0000-\u001f]*/y;

interface SkippedString {
  readonly closed: boolean;
  readonly escaped: boolean;
  readonly good: boolean;
  /** The first line end, tab or other character that JSON wants escaped. */
  readonly raw: number | undefined;
}

/** Goes after the end of the string that begins here. The answer tells whether it is closed, holds escapes, and is good JSON. */
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
    if (!valid && next === '\\') fail(work, jsonWording.unknownEscape, work.at, work.at + 2);
    if (next !== '\\') raw ??= work.at;
    escaped ||= next === '\\';
    good &&= valid;
    work.at += length;
  }
};

/** A shorter string is stepped over by its escapes. */
const longString = 256;

/** The value of a long string that is good JSON, with the reading after it; most strings are. */
const readGoodString = (work: Reading): string | undefined => {
  const { text, at } = work;
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end - at < longString) return undefined;
  try {
    const value = JSON.parse(text.slice(at, end + 1)) as string; // between quotes stands a string, if anything that is good
    work.at = end + 1;
    return value;
  } catch {
    return undefined;
  }
};

/** Does an odd number of backslashes stand before a quote? */
const isEscaped = (text: string, at: number): boolean => {
  let from = at;
  while (text.charCodeAt(from - 1) === 0x5c) from -= 1;
  return (at - from) % 2 === 1;
};

const stringTree = ({ offset, at }: Reading, start: number, end: number, value: string): StringTree =>
  scalarNode(start + offset, at + offset, value, json, start + 1 + offset, end + offset);

/** Reads the string that begins here. */
export const readString = (work: Reading): StringTree => {
  const start = work.at;
  const good = readGoodString(work);
  return good === undefined ? readStringByEscapes(work) : stringTree(work, start, work.at - 1, good);
};

const readStringByEscapes = (work: Reading): StringTree => {
  const start = work.at;
  const { closed, escaped, good, raw } = skipString(work);
  if (raw !== undefined && '\n\r\t'.includes(work.text.charAt(raw))) fail(work, jsonWording.rawLineEnd, start, raw + 1);
  else if (raw !== undefined) fail(work, jsonWording.rawControl, raw);
  if (!closed) {
    fail(work, jsonWording.openString, start, work.at);
    // The brackets at the end of its line are not meant as text.
    while (work.at > start + 1 && /[\s\]},]/.test(work.text.charAt(work.at - 1))) work.at -= 1;
  }
  const end = closed ? work.at - 1 : work.at;
  const inside = work.text.slice(start + 1, end);
  const value = !escaped ? inside : good ? (JSON.parse(work.text.slice(start, work.at)) as string) : decodeJson(inside); // a good string gives a string
  return stringTree(work, start, end, value);
};

const otherQuotes: Readonly<Record<string, string>> = { "'": "'", '‘': '’', '’': '’', '“': '”', '”': '”', '„': '“' };

/** Does a string begin here in quotes that JSON does not have? */
export const isOtherQuote = ({ text, at }: Reading): boolean => Object.hasOwn(otherQuotes, text.charAt(at));

/** A string in single or typographic quotes, as Python and word processors write them: read as meant, and told once. */
export const readOtherString = (work: Reading): StringTree => {
  const start = work.at;
  const close = otherQuotes[work.text.charAt(start)] ?? '';
  let end = start + 1;
  while (end < work.text.length && work.text[end] !== close && work.text[end] !== '\n') end += work.text[end] === '\\' ? 2 : 1;
  end = Math.min(end, work.text.length);
  work.at = work.text[end] === close ? end + 1 : end;
  failOnce(work, jsonWording.singleQuotes, start, work.at);
  return stringTree(work, start, end, decodeJson(work.text.slice(start + 1, end)));
};
