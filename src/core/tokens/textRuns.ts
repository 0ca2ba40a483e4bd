import { classOf, kindByCode, letter, newline, punctuation, single, space, surrogate } from './classes';
import * as inRun from './inRun';
import * as shapes from './shapes';

/** Runs are cut at these lengths, so that no text can make one run cost more than a bounded piece of work. */
const longestWord = 60;
const longestPunctuation = 40;

/** What a text is made of; all of it is read over by the next text. */
export interface Runs {
  /** The UTF-16 code units of the text. */
  readonly codes: Uint16Array;
  /** What `inRun` has places for, of each run in turn, as far as `length`. */
  readonly list: Int32Array;
  readonly length: number;
  /** How often each of `shapes` is met, or how much of it. */
  readonly shapes: Int32Array;
  /** Digits beyond one for each group of three. */
  readonly extraDigits: number;
}

/** What stands before a run. */
const afterNothing = 0;
const afterSpace = 1;
const afterIndent = 2;
const afterNewline = 3;
const afterWord = 4;
const afterUnderscore = 5;
const afterQuote = 6;
const afterPunct = 7;
const afterDigit = 8;
const afterSingle = 9;

/** What stands behind a run: the end counts as a newline, so that a text may be cut before one. */
const beforeNewline = 0;
const beforeSpace = 1;
const beforeWord = 2;
const beforeDigit = 3;
const beforePunct = 4;
const beforeSingle = 5;

/** By class. */
const nextKinds = Uint8Array.of(beforeSingle, beforeWord, beforeDigit, beforePunct, beforeSpace, beforeNewline, beforeSingle, beforeSingle);

/*
 * All below runs over every character that is read for the first time, and most of that time is the engine's, for making fast code of it, and once more
 * where such code meets what it never met. So there is one loop with all that is frequent in it, and few branches that are rare: what is only sometimes
 * there is counted `nowhere` else.
 */

const nowhere = shapes.count;
const counts = new Int32Array(shapes.count + 1);
let extraDigits = 0;

/** The text in hand and its classes, copied once: reading a string by its characters costs several times as much, whatever kind of string it is. */
let codes = new Uint16Array(1 << 14);
let kinds = new Uint8Array(1 << 14);
let list = new Int32Array(inRun.size << 14);

/** Finds the classes of characters that no text had before: as many as are said, at the places that the list begins with. */
const readUnmet = (unmet: number): void => {
  for (let i = 0; i < unmet; i += 1) {
    const at = list[i] ?? 0;
    kinds[at] = classOf(codes[at] ?? 0);
  }
};

const readText = (text: string): number => {
  let length = text.length;
  if (length >= codes.length) {
    codes = new Uint16Array(2 * length);
    kinds = new Uint8Array(2 * length);
    list = new Int32Array(2 * length * inRun.size);
  }
  let unmet = 0;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kindByCode[code] ?? 0;
    codes[at] = code;
    kinds[at] = kind;
    if (kind === 0) list[unmet++] = at;
  }
  readUnmet(unmet);
  while (length > 0 && kinds[length - 1] === newline) length -= 1;
  codes[length] = 10;
  kinds[length] = newline;
  return length;
};

const nextAt = (at: number): number => nextKinds[kinds[at] ?? 0] ?? beforeSingle;

const count = (shape: number, amount: number): void => {
  counts[shape] = (counts[shape] ?? 0) + amount;
};

const countDigits = (start: number, at: number, before: number): void => {
  const size = Math.min(at - start, 4) - 1;
  count(shapes.digitsAfter + before * 4 + size, 1);
  count(shapes.digitsBefore + nextAt(at) * 4 + size, 1);
  const threes = Math.ceil((at - start) / 3);
  count(shapes.digitGroup, threes);
  extraDigits += at - start - threes;
};

/** What a blank run is made of. */
const spaces = 0;
const tabs = 1;
const others = 2;

const blankOf = (start: number, end: number): number => {
  let notSpaces = 0;
  let notTabs = 0;
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    notSpaces |= code ^ 0x20;
    notTabs |= code ^ 9;
  }
  return notSpaces === 0 ? spaces : notTabs === 0 ? tabs : others;
};

/** Blanks inside a line, but for a single space. */
const countGap = (start: number, at: number): void => {
  const size = at - start;
  const blank = blankOf(start, at);
  const gap = shapes.gap + nextAt(at);
  const gapLength = shapes.gapLength + Math.min(5, 31 - Math.clz32(size));
  const thirtyTwos = Math.max(1, size >> 5);
  const more = size - 1;
  count(blank === spaces ? gap : blank === tabs ? shapes.tabs : shapes.otherBlank, blank === others ? size : 1);
  count(blank === spaces ? gapLength : blank === tabs ? shapes.moreTabs : nowhere, blank === spaces ? thirtyTwos : more);
};

/** Where each character stands among the 32 of ASCII punctuation, or 32. */
const marks = Uint8Array.from({ length: 0x80 }, (_, code) =>
  code < 0x30 ? code - 0x21 : code < 0x41 ? code - 0x2b : code < 0x61 ? code - 0x45 : code < 0x7f ? code - 0x5f : 32,
);

/** An indent of more tabs than this is no code: what was learned of a tab more does not go on for ever. */
const mostTabs = 16;

/** Blanks at the start of a line, whose lengths have tokens of their own. */
const countIndent = (start: number, at: number): void => {
  const size = at - start;
  const after = nextAt(at);
  const blank = blankOf(start, at);
  const ofSpaces = shapes.indentSpaces + Math.min(size, 24) - 1;
  const ofTabs = shapes.indentTabs + Math.min(size, 8) - 1;
  const moreSpaces = (size - 1) >> 4;
  const moreTabs = Math.max(0, Math.min(size, mostTabs) - 8);
  const mark = shapes.indentMark + (marks[Math.min(codes[at] ?? 0, 0x7f)] ?? 32);
  count(blank === spaces ? ofSpaces : blank === tabs ? ofTabs : shapes.otherBlank, blank === others ? size : 1);
  count(blank === spaces ? shapes.moreIndentSpaces : shapes.moreIndentTabs, blank === spaces ? moreSpaces : blank === tabs ? moreTabs : 0);
  count(shapes.indent + after * 2 + (size > 1 ? 1 : 0), 1);
  count(after === beforePunct ? mark : nowhere, 1);
};

const countNewlines = (start: number, at: number, before: number): void => {
  let carriages = 0;
  for (let i = start; i < at; i += 1) carriages += codes[i] === 13 ? 1 : 0;
  const lines = Math.max(1, at - start - carriages);
  const ended = shapes.lineEnd + before;
  count(before === afterNothing ? nowhere : ended, 1);
  count(shapes.newlines + (Math.min(lines, 4) - 1) * 6 + nextAt(at), 1);
  count(shapes.moreNewlines, lines >> 4);
  count(shapes.carriage, carriages);
};

/** The code point at a place whose class is that of halves of pairs. */
const pairAt = (at: number): number => {
  const first = codes[at] ?? 0;
  const second = codes[at + 1] ?? 0;
  return first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff ? 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff) : first;
};

const isIdeograph = (code: number): boolean => code >= 0x2e80 && (code < 0x1f000 || code >= 0x20000);

/** By class; an indent in the place of none. A call of one of several is never made part of the loop, of whose code the engine makes much. */
const countBy = [countIndent, countGap, countDigits, countGap, countGap, countNewlines] as const;
/** By class. */
const afterKinds = Uint8Array.of(afterIndent, afterWord, afterDigit, afterPunct, afterIndent, afterNewline);

const wordSeed = 0x2f0b4a27;
const punctSeed = 0x51ed270b;

/** Reads what `text` is made of, in which so many quotes were typographic ones; its trailing newlines cost nothing and are left out. Linear, and total for any string. */
export const scanRuns = (text: string, quotes = 0): Runs => {
  const length = readText(text);
  counts.fill(0);
  extraDigits = 0;
  let size = 0;
  let before = afterNothing;
  let goesOn = 1;
  let at = 0;
  while (at < length) {
    const start = at;
    const kind = kinds[at] ?? 0;
    if (kind === letter || kind === punctuation) {
      const isWord = kind === letter;
      const limit = Math.min(length, start + (isWord ? longestWord : longestPunctuation));
      let hash = isWord ? wordSeed : punctSeed;
      let check = 0;
      let code = 0;
      do {
        code = codes[at] ?? 0;
        hash = Math.imul(hash ^ code, 0x9e3779b1);
        check = (Math.imul(check, 0x01000193) + code) | 0;
        at += 1;
      } while (at < limit && kinds[at] === kind);
      const after = nextAt(at);
      const sides = (before === afterSpace ? 1 : 0) + (after === beforeSpace ? 2 : 0);
      const punct = shapes.punct + before * 12 + after * 2 + (at - start > 1 ? 1 : 0);
      count(isWord ? nowhere : punct, 1);
      list[size + inRun.kind] = isWord ? inRun.word : inRun.punct;
      list[size + inRun.about] = isWord ? before : sides;
      list[size + inRun.start] = start;
      list[size + inRun.end] = at;
      list[size + inRun.hash] = hash ^ (hash >>> 15) ^ (isWord ? 0 : sides << 3);
      list[size + inRun.check] = isWord ? check : ~check;
      list[size + inRun.goesOn] = goesOn;
      size += inRun.size;
      goesOn = 1;
      before = isWord ? afterWord : code === 0x5f ? afterUnderscore : code === 0x27 ? afterQuote : afterPunct;
    } else if (kind < single) {
      // Digits, blanks and newlines end at the newline behind the text, if not before.
      do at += 1;
      while (kinds[at] === kind);
      const isOne = kind === space && before !== afterNewline && at - start === 1 && codes[start] === 0x20;
      if (isOne) count(shapes.oneSpace + before * 6 + nextAt(at), 1);
      else (countBy[kind === space && before === afterNewline ? 0 : kind] ?? countGap)(start, at, before);
      goesOn = kind === newline ? 0 : goesOn;
      before = isOne ? afterSpace : (afterKinds[kind] ?? afterIndent);
    } else {
      const code = kind === surrogate ? pairAt(start) : (codes[start] ?? 0);
      at += code > 0xffff ? 2 : 1;
      count((isIdeograph(code) ? shapes.ideograph : shapes.symbol) + before * 6 + nextAt(at), 1);
      list[size + inRun.kind] = inRun.single;
      list[size + inRun.about] = code;
      list[size + inRun.hash] = code;
      list[size + inRun.check] = 1;
      size += inRun.size;
      before = afterSingle;
    }
  }
  // A text may go on in another piece: the end counts as a line end, and a piece that begins with one does not count it again.
  count(length > 0 ? shapes.lineEnd + before : nowhere, 1);
  count(shapes.quote, quotes);
  return { codes, list, length: size, shapes: counts, extraDigits };
};
