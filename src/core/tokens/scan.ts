import { classOf, digit, letter, newline, punctuation, space } from './classes';

/** Runs are cut at these lengths, so that no text can make one run cost more than a bounded piece of work. */
const longestWord = 60;
const longestPunctuation = 40;

/** Told of every run of a text, in order; what depends on its place only arrives as `shape`. */
export interface Runs {
  /** A word without the space before it; the two hashes stand for its characters, `before` is one of `places`. */
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
export const places = {
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
const next = { newline: 0, space: 1, word: 2, digit: 3, other: 4 } as const;

/** Places of the shape features; the fitted weights are stored in this order. */
export const shapes = {
  /** 10 × 5: what stood before, how the word is written. */
  word: 0,
  /** 10 × 5 × 2: what stood before, what follows, one character or more. */
  punct: 50,
  /** Digit runs of one, two, three, more; after a word; before a word. */
  digits: 150,
  /** Amount: groups of three digits. */
  digitGroup: 156,
  /** Typographic quotes, which are read as the ASCII ones. */
  quote: 157,
  /** Amount: carriage returns. */
  carriage: 158,
  /** 5 × 1: a single space inside a line, by what follows. */
  oneSpace: 160,
  /** 5: two or more spaces inside a line, by what follows. */
  gap: 165,
  /** 5: spaces at the start of a line, by what follows. */
  indent: 170,
  /** 2 × 6: gap or indent, by length (2, 4, 8, 16, 32 and more). */
  spaceLength: 175,
  /** 2: tabs inside a line or at its start. */
  tabs: 187,
  /** 2. Amount: tabs after the first. */
  moreTabs: 189,
  /** Amount: characters of a blank run that is neither all spaces nor all tabs. */
  otherBlank: 191,
  /** One, two, three, four or more newlines. */
  newlines: 192,
  /** Amount: log2 of the length of longer runs. */
  moreNewlines: 196,
  count: 200,
} as const;

const nextOf = (text: string, at: number): number => {
  if (at >= text.length) return next.newline;
  const kind = classOf(text.charCodeAt(at));
  return kind === newline
    ? next.newline
    : kind === space
      ? next.space
      : kind === letter
        ? next.word
        : kind === digit
          ? next.digit
          : next.other;
};

const endOf = (text: string, start: number, limit: number, kind: number): number => {
  let at = start + 1;
  while (at < limit && classOf(text.charCodeAt(at)) === kind) at += 1;
  return at;
};

const scanWord = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const limit = Math.min(length, start + longestWord);
  let hash = 0x2f0b4a27;
  let check = 0;
  let at = start;
  do {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ code, 0x9e3779b1);
    hash ^= hash >>> 15;
    check = (Math.imul(check, 0x01000193) + code) | 0;
    at += 1;
  } while (at < limit && classOf(text.charCodeAt(at)) === letter);
  runs.word(text, start, at, hash, check, before);
  return at;
};

const scanPunct = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const limit = Math.min(length, start + longestPunctuation);
  let hash = 0x51ed270b;
  let check = 0;
  let at = start;
  do {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ code, 0x9e3779b1);
    hash ^= hash >>> 15;
    check = (Math.imul(check, 0x01000193) + code) | 0;
    at += 1;
  } while (at < limit && classOf(text.charCodeAt(at)) === punctuation);
  const after = nextOf(text, at);
  runs.shape(shapes.punct + before * 10 + after * 2 + (at - start > 1 ? 1 : 0), 1);
  const sides = (before === places.space ? 1 : 0) + (after === next.space ? 2 : 0);
  runs.punct(text, start, at, sides, hash ^ (sides << 3), ~check);
  return at;
};

const scanDigits = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const at = endOf(text, start, length, digit);
  runs.shape(shapes.digits + Math.min(at - start, 4) - 1, 1);
  const threes = Math.ceil((at - start) / 3);
  runs.shape(shapes.digitGroup, threes);
  if (at - start > threes) runs.extraDigits(at - start - threes);
  if (before === places.word) runs.shape(shapes.digits + 4, 1);
  if (nextOf(text, at) === next.word) runs.shape(shapes.digits + 5, 1);
  return at;
};

/** Is `text[start, end)` nothing but the character `code`? */
const isAll = (text: string, start: number, end: number, code: number): boolean => {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) !== code) return false;
  return true;
};

const scanBlank = (text: string, start: number, length: number, before: number, runs: Runs): number => {
  const at = endOf(text, start, length, space);
  const size = at - start;
  const after = nextOf(text, at);
  const leads = before === places.newline;
  if (isAll(text, start, at, 0x20)) {
    if (size === 1 && !leads) runs.shape(shapes.oneSpace + after, 1);
    else {
      runs.shape((leads ? shapes.indent : shapes.gap) + after, 1);
      const length2 = Math.min(5, Math.floor(Math.log2(size)));
      runs.shape(shapes.spaceLength + (leads ? 6 : 0) + length2, length2 === 5 ? Math.floor(size / 32) : 1);
    }
  } else if (isAll(text, start, at, 9)) {
    runs.shape(shapes.tabs + (leads ? 1 : 0), 1);
    if (size > 1) runs.shape(shapes.moreTabs + (leads ? 1 : 0), size - 1);
  } else runs.shape(shapes.otherBlank, size);
  return at;
};

const scanNewlines = (text: string, start: number, length: number, runs: Runs): number => {
  const at = endOf(text, start, length, newline);
  let carriages = 0;
  for (let i = start; i < at; i += 1) if (text.charCodeAt(i) === 13) carriages += 1;
  const lines = Math.max(1, at - start - carriages);
  runs.shape(shapes.newlines + Math.min(lines, 4) - 1, 1);
  if (lines > 7) runs.shape(shapes.moreNewlines, Math.floor(Math.log2(lines / 4)));
  if (carriages > 0) runs.shape(shapes.carriage, carriages);
  return at;
};

const scanSingle = (text: string, start: number, runs: Runs): number => {
  const code = text.codePointAt(start) ?? 0;
  runs.single(code);
  return code > 0xffff ? start + 2 : start + 1;
};

const afterPunct = (code: number): number => (code === 0x5f ? places.underscore : code === 0x27 ? places.quote : places.punct);

/** Reports every run of `text`, whose trailing newlines cost nothing and are left out. Linear, and total for any string. */
export const scanRuns = (text: string, runs: Runs): void => {
  let length = text.length;
  while (length > 0 && classOf(text.charCodeAt(length - 1)) === newline) length -= 1;
  let before: number = places.start;
  let at = 0;
  while (at < length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === letter) {
      at = scanWord(text, at, length, before, runs);
      before = places.word;
    } else if (kind === space) {
      const start = at;
      at = scanBlank(text, at, length, before, runs);
      before = before !== places.newline && at - start === 1 && text.charCodeAt(start) === 0x20 ? places.space : places.indent;
    } else if (kind === punctuation) {
      at = scanPunct(text, at, length, before, runs);
      before = afterPunct(text.charCodeAt(at - 1));
    } else if (kind === newline) {
      at = scanNewlines(text, at, length, runs);
      before = places.newline;
    } else if (kind === digit) {
      at = scanDigits(text, at, length, before, runs);
      before = places.digit;
    } else {
      at = scanSingle(text, at, runs);
      before = places.single;
    }
  }
};
