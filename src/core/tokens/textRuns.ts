import { classOf, digit, letter, newline, punctuation, space } from './classes';

/** Runs are cut at these lengths, so that no text can make one run cost more than a bounded piece of work. */
const longestWord = 60;
const longestPunctuation = 40;

/** Told of every run of a text, in order; what depends on its place only arrives as `shape`. */
export interface Runs {
  /** A word without the space before it; the two hashes stand for its characters, `before` is one of `previous`. */
  word(text: string, start: number, end: number, hash: number, check: number, before: number): void;
  /** `sides`: 1 after a space, 2 before one, 3 both; the hashes stand for the characters and the sides. */
  punct(text: string, start: number, end: number, sides: number, hash: number, check: number): void;
  /** One character that stands alone, as a code point. */
  single(code: number): void;
  /** A feature of `shapes`; `amount` is 1 unless its comment says otherwise. */
  shape(feature: number, amount: number): void;
  /** Digits beyond one for each group of three. */
  extraDigits(amount: number): void;
}

/** What stands before a run. */
export const previous = {
  start: 0,
  space: 1,
  indent: 2,
  newline: 3,
  word: 4,
  underscore: 5,
  quote: 6,
  punct: 7,
  digit: 8,
  single: 9,
} as const;

/** What stands after a run: the end counts as a newline, so that a text may be cut before one. */
const next = { newline: 0, space: 1, word: 2, digit: 3, punct: 4, single: 5 } as const;

/** Places of the shape features; the fitted weights are stored in this order. */
export const shapes = {
  /** 10 × 5: what stood before, how the word is written. */
  word: 0,
  /** 10 × 6 × 2: what stood before, what follows, one character or more. */
  punct: 50,
  /** 10 × 4: what stood before, one digit, two, three, more. */
  digitsAfter: 170,
  /** 6 × 4: the same by what follows. */
  digitsBefore: 210,
  /** Amount: groups of three digits. */
  digitGroup: 234,
  /** Typographic quotes, which are read as the ASCII ones. */
  quote: 235,
  /** Amount: carriage returns. */
  carriage: 236,
  /** 10 × 6: a single space inside a line, by what stands before and after it. */
  oneSpace: 237,
  /** 6: two or more spaces inside a line, by what follows. */
  gap: 297,
  /** 6: the same, by length (2, 4, 8, 16, 32 and more). */
  gapLength: 303,
  /** Tabs inside a line. */
  tabs: 309,
  /** Amount: tabs after the first. */
  moreTabs: 310,
  /** Amount: characters of a blank run that is neither all spaces nor all tabs. */
  otherBlank: 311,
  /** 4 × 6: one, two, three, four or more newlines, by what follows. */
  newlines: 312,
  /** Amount: sixteens of newlines. */
  moreNewlines: 336,
  /** 10: a line end, by what stands before it. */
  lineEnd: 337,
  /** 6 × 2: blanks at the start of a line, by what follows, one character or more. */
  indent: 347,
  /** 24: spaces at the start of a line, by their number. */
  indentSpaces: 359,
  /** Amount: sixteens of spaces beyond. */
  moreIndentSpaces: 383,
  /** 8: tabs at the start of a line, by their number. */
  indentTabs: 384,
  /** Amount: tabs beyond. */
  moreIndentTabs: 392,
  /** 33: ASCII punctuation after blanks at the start of a line, by its first character, and any other. */
  indentMark: 393,
  /** 10 × 6: a symbol that stands alone, by what stood before and what follows. */
  symbol: 426,
  /** The same for ideographs and syllables, which stand side by side in running text. */
  ideograph: 486,
  count: 546,
} as const;

/** The text in hand and its classes, copied once: reading a string by its characters costs several times as much, whatever kind of string it is. */
let codes = new Uint16Array(1 << 14);
let kinds = new Uint8Array(1 << 14);

const readText = (text: string): number => {
  let length = text.length;
  while (length > 0 && classOf(text.charCodeAt(length - 1)) === newline) length -= 1;
  if (length >= codes.length) {
    codes = new Uint16Array(2 * length);
    kinds = new Uint8Array(2 * length);
  }
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    codes[at] = code;
    kinds[at] = classOf(code);
  }
  kinds[length] = newline;
  return length;
};

/** By class. */
const nextKinds = Uint8Array.of(next.single, next.word, next.digit, next.punct, next.space, next.newline, next.single, next.single);
const nextAt = (at: number): number => nextKinds[kinds[at] ?? 0] ?? next.single;

const endOf = (start: number, limit: number, kind: number): number => {
  let at = start + 1;
  while (at < limit && kinds[at] === kind) at += 1;
  return at;
};

/** Both hashes of the run that was read last: an object for each word would cost more than the word. */
let hash = 0;
let check = 0;

/** Reads on while characters are of one kind, up to `limit`; gives the end. Hashes by kind differ from the `seed` on. */
const hashRun = (start: number, limit: number, kind: number, seed: number): number => {
  let first = seed;
  let second = 0;
  let at = start;
  do {
    const code = codes[at] ?? 0;
    first = Math.imul(first ^ code, 0x9e3779b1);
    second = (Math.imul(second, 0x01000193) + code) | 0;
    at += 1;
  } while (at < limit && kinds[at] === kind);
  hash = first ^ (first >>> 15);
  check = second;
  return at;
};

const scanWord = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const at = hashRun(start, Math.min(length, start + longestWord), letter, 0x2f0b4a27);
  runs.word(text, start, at, hash, check, before);
  return at;
};

const scanPunct = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const at = hashRun(start, Math.min(length, start + longestPunctuation), punctuation, 0x51ed270b);
  const after = nextAt(at);
  runs.shape(shapes.punct + before * 12 + after * 2 + (at - start > 1 ? 1 : 0), 1);
  const sides = (before === previous.space ? 1 : 0) + (after === next.space ? 2 : 0);
  runs.punct(text, start, at, sides, hash ^ (sides << 3), ~check);
  return at;
};

const scanDigits = (start: number, length: number, before: number, runs: Runs): number => {
  const at = endOf(start, length, digit);
  const size = Math.min(at - start, 4) - 1;
  runs.shape(shapes.digitsAfter + before * 4 + size, 1);
  runs.shape(shapes.digitsBefore + nextAt(at) * 4 + size, 1);
  const threes = Math.ceil((at - start) / 3);
  runs.shape(shapes.digitGroup, threes);
  if (at - start > threes) runs.extraDigits(at - start - threes);
  return at;
};

/** Is it nothing but the character `code` from `start` to `end`? */
const isAll = (start: number, end: number, code: number): boolean => {
  for (let at = start; at < end; at += 1) if (codes[at] !== code) return false;
  return true;
};

/** Blanks inside a line. */
const scanGap = (start: number, at: number, before: number, after: number, runs: Runs): void => {
  const size = at - start;
  if (isAll(start, at, 0x20)) {
    if (size === 1) runs.shape(shapes.oneSpace + before * 6 + after, 1);
    else {
      const bits = Math.min(5, Math.floor(Math.log2(size)));
      runs.shape(shapes.gap + after, 1);
      runs.shape(shapes.gapLength + bits, bits === 5 ? Math.floor(size / 32) : 1);
    }
  } else if (isAll(start, at, 9)) {
    runs.shape(shapes.tabs, 1);
    if (size > 1) runs.shape(shapes.moreTabs, size - 1);
  } else runs.shape(shapes.otherBlank, size);
};

/** Where the character stands among the 32 of ASCII punctuation, or 32. */
const markOf = (code: number): number =>
  code < 0x30 ? code - 0x21 : code < 0x41 ? code - 0x2b : code < 0x61 ? code - 0x45 : code < 0x7f ? code - 0x5f : 32;

/** An indent of more tabs than this is no code: what was learned of a tab more does not go on for ever. */
const mostTabs = 16;

/** Blanks at the start of a line, whose lengths have tokens of their own. */
const scanIndent = (start: number, at: number, after: number, runs: Runs): void => {
  const size = at - start;
  if (isAll(start, at, 0x20)) {
    runs.shape(shapes.indentSpaces + Math.min(size, 24) - 1, 1);
    if (size >= 40) runs.shape(shapes.moreIndentSpaces, Math.floor((size - 24) / 16));
  } else if (isAll(start, at, 9)) {
    runs.shape(shapes.indentTabs + Math.min(size, 8) - 1, 1);
    if (size > 8) runs.shape(shapes.moreIndentTabs, Math.min(size, mostTabs) - 8);
  } else runs.shape(shapes.otherBlank, size);
  runs.shape(shapes.indent + after * 2 + (size > 1 ? 1 : 0), 1);
  if (after === next.punct) runs.shape(shapes.indentMark + markOf(codes[at] ?? 0), 1);
};

const scanBlank = (start: number, length: number, before: number, runs: Runs): number => {
  const at = endOf(start, length, space);
  if (before === previous.newline) scanIndent(start, at, nextAt(at), runs);
  else scanGap(start, at, before, nextAt(at), runs);
  return at;
};

const scanNewlines = (start: number, length: number, runs: Runs): number => {
  const at = endOf(start, length, newline);
  let carriages = 0;
  for (let i = start; i < at; i += 1) if (codes[i] === 13) carriages += 1;
  const lines = Math.max(1, at - start - carriages);
  runs.shape(shapes.newlines + (Math.min(lines, 4) - 1) * 6 + nextAt(at), 1);
  if (lines >= 16) runs.shape(shapes.moreNewlines, Math.floor(lines / 16));
  if (carriages > 0) runs.shape(shapes.carriage, carriages);
  return at;
};

const isIdeograph = (code: number): boolean => code >= 0x2e80 && (code < 0x1f000 || code >= 0x20000);

const scanSingle = (text: string, start: number, before: number, runs: Runs): number => {
  const code = text.codePointAt(start) ?? 0;
  const at = code > 0xffff ? start + 2 : start + 1;
  runs.single(code);
  runs.shape((isIdeograph(code) ? shapes.ideograph : shapes.symbol) + before * 6 + nextAt(at), 1);
  return at;
};

const afterPunct = (code: number): number => (code === 0x5f ? previous.underscore : code === 0x27 ? previous.quote : previous.punct);

/** Reports every run of `text`, whose trailing newlines cost nothing and are left out. Linear, and total for any string. */
export const scanRuns = (text: string, runs: Runs): void => {
  const length = readText(text);
  let before: number = previous.start;
  let at = 0;
  while (at < length) {
    const kind = kinds[at] ?? 0;
    if (kind === letter) {
      at = scanWord(text, at, length, before, runs);
      before = previous.word;
    } else if (kind === space) {
      const start = at;
      at = scanBlank(at, length, before, runs);
      before = before !== previous.newline && at - start === 1 && codes[start] === 0x20 ? previous.space : previous.indent;
    } else if (kind === punctuation) {
      at = scanPunct(text, at, length, before, runs);
      before = afterPunct(codes[at - 1] ?? 0);
    } else if (kind === newline) {
      if (before !== previous.start) runs.shape(shapes.lineEnd + before, 1);
      at = scanNewlines(at, length, runs);
      before = previous.newline;
    } else if (kind === digit) {
      at = scanDigits(at, length, before, runs);
      before = previous.digit;
    } else {
      at = scanSingle(text, at, before, runs);
      before = previous.single;
    }
  }
  // A text may go on in another piece: the end counts as a line end, and a piece that begins with one does not count it again.
  if (length > 0) runs.shape(shapes.lineEnd + before, 1);
};
