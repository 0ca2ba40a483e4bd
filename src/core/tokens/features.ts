import { letterKindOf, type ClassOf } from './letterKinds';
import { isCapital } from './writing';

/**
 * The hashed features whose weights sum to a run's tokens. The fitting script uses these same functions: a change here
 * without a new fit makes every figure wrong, which `golden.test` notices.
 */

/** log2 of the number of slots that features hash to. Only some thousands of slots have a weight, so that few meet in one. */
export const slotBits = 18;
/** The first slots are not hashed: they say how long a run is and how it is written. */
export const reservedSlots = 256;

const mix = (hash: number, code: number): number => {
  const h = Math.imul(hash ^ code, 0x9e3779b1);
  return h ^ (h >>> 15);
};

const slotOf = (hash: number): number => {
  const h = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  const slot = (h ^ (h >>> 16)) >>> (32 - slotBits);
  return slot | (slot < reservedSlots ? reservedSlots : 0);
};

/** Stand before and after the letters of a segment: at the ends of the word, or at a seam with another segment. */
const wordStart = 1;
const wordEnd = 2;
const seamBefore = 3;
const seamAfter = 4;

/** How a segment is written; `noSegment` stands before the first. */
const lower = 0;
const capitalised = 1;
const oneCapital = 2;
const capitals = 3;
const noSegment = 4;

const segmentCounts = 0;
const stylePairs = 8;
const segmentLengths = 32;
const punctLengths = 192;
const letterKindSlots = 224;
/** Two letters with marks side by side. */
const markedPair = 252;

const longestGram = 5;
const gramSeed = 0x2545f491;
const capitalSeed = 0x3c6ef372;
const wholeSeed = 0x165667b1;

/** Where the segment that begins at `at` ends: `parse|HTTP|Request`. */
const segmentEnd = (codes: Uint16Array, at: number, end: number): number => {
  let next = at;
  while (next < end && isCapital(codes[next] ?? 0)) next += 1;
  if (next === end) return end;
  if (next - at > 1) return next - 1;
  while (next < end && !isCapital(codes[next] ?? 0)) next += 1;
  return next;
};

const segmentStyle = (codes: Uint16Array, start: number, end: number): number => {
  if (!isCapital(codes[start] ?? 0)) return lower;
  if (end - start === 1) return oneCapital;
  return isCapital(codes[start + 1] ?? 0) ? capitals : capitalised;
};

/** A segment in lower case with its edges, so that every way of writing a word shares what is known of it, and a slot for all of it together. */
const letters = new Uint16Array(64);
const whole = new Int32Array(1);

const fillLetters = (codes: Uint16Array, start: number, end: number, before: number, after: number, seed: number): number => {
  letters[0] = before;
  let size = 1;
  let hash = mix(seed, before);
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    const letter = code | (code >= 0x41 && code <= 0x5a ? 0x20 : 0);
    letters[size++] = letter;
    hash = mix(hash, letter);
  }
  letters[size++] = after;
  whole[0] = slotOf(mix(hash, after));
  return size;
};

/** Adds a slot for each letter beyond ASCII, by its kind. */
const addLetterKinds = (codes: Uint16Array, start: number, end: number, classOf: ClassOf, out: Int32Array, from: number): number => {
  let count = from;
  let isAfterMarked = false;
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    const isMarked = code >= 0x80;
    if (isMarked) {
      out[count++] = letterKindSlots + letterKindOf(code, classOf);
      out[count] = markedPair;
      count += isAfterMarked && code < 0x370 ? 1 : 0;
    }
    isAfterMarked = isMarked;
  }
  return count;
};

/** Adds the slots of all runs of 2 to `longest` letters among the first `size`. */
const addGrams = (size: number, longest: number, seed: number, out: Int32Array, from: number): number => {
  let count = from;
  for (let at = 0; at + 1 < size; at += 1) {
    const end = Math.min(size, at + longest);
    let hash = mix(seed, letters[at] ?? 0);
    // Written out: this runs thirty times for each word that is met for the first time.
    for (let next = at + 1; next < end; next += 1) {
      const h = Math.imul(hash ^ (letters[next] ?? 0), 0x9e3779b1);
      hash = h ^ (h >>> 15);
      const s = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
      const slot = (s ^ (s >>> 16)) >>> (32 - slotBits);
      out[count++] = slot | (slot < reservedSlots ? reservedSlots : 0);
    }
  }
  return count;
};

/**
 * Writes the features of the Latin word `codes[start, end)`, at most 60 letters, into `out` (at least 768 places) and says how many: for each
 * segment (`parse|HTTP|Request`) its letters by twos to fives, all of it, its length, and how it and the one before are written; and the kinds of its
 * letters, by `classOf`, unless all are of ASCII.
 */
export const latinSlots = (codes: Uint16Array, start: number, end: number, classOf: ClassOf | undefined, out: Int32Array): number => {
  let count = 0;
  let segments = 0;
  let last = noSegment;
  for (let at = start; at < end; segments += 1) {
    const next = segmentEnd(codes, at, end);
    const style = segmentStyle(codes, at, next);
    const size = fillLetters(codes, at, next, at === start ? wordStart : seamBefore, next === end ? wordEnd : seamAfter, wholeSeed);
    out[count++] = stylePairs + last * 4 + style;
    out[count++] = segmentLengths + (style * 2 + (at === start ? 0 : 1)) * 17 + Math.min(next - at, 16);
    const grams = style === capitals ? 2 : 1;
    for (let i = 0; i < grams; i += 1) count = addGrams(size, longestGram - i, i === 0 ? gramSeed : capitalSeed, out, count);
    if (classOf !== undefined) count = addLetterKinds(codes, at, next, classOf, out, count);
    if (size > longestGram) out[count++] = whole[0] ?? 0;
    last = style;
    at = next;
  }
  out[count++] = segmentCounts + Math.min(segments, 6);
  return count;
};

/** The same for a word beyond Latin: its letters by ones to fours, their kinds, all of it, and its length. Most such words were never met. */
export const otherSlots = (codes: Uint16Array, start: number, end: number, classOf: ClassOf, out: Int32Array): number => {
  const size = fillLetters(codes, start, end, wordStart, wordEnd, capitalSeed);
  let count = addGrams(size, 4, gramSeed, out, 0);
  for (let at = 1; at < size - 1; at += 1) out[count++] = slotOf(mix(wholeSeed, letters[at] ?? 0));
  count = addLetterKinds(codes, start, end, classOf, out, count);
  if (size > 4) out[count++] = whole[0] ?? 0;
  out[count++] = segmentLengths + Math.min(end - start, 31);
  return count;
};

/** The same for a punctuation run, at most 40 long (`sides`: 1 after a space, 2 before one, 3 both). */
export const punctSlots = (codes: Uint16Array, start: number, end: number, sides: number, out: Int32Array): number => {
  const size = fillLetters(codes, start, end, 3 + (sides & 1), 5 + (sides >> 1), wholeSeed);
  const count = addGrams(size, 3, gramSeed, out, 0);
  out[count] = punctLengths + Math.min(end - start, 31);
  return count + 1;
};

/** A 20-bit key of a run, under which its exact cost may be listed; `kind` is 0 for a word, 1 + sides for punctuation; `folded` is the key in lower case. */
export const keyOf = (codes: Uint16Array, start: number, end: number, kind: number, folded = false): number => {
  let hash = mix(0x27d4eb2f, 0x10000 + kind);
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    const h = Math.imul(hash ^ (code | (folded && code >= 0x41 && code <= 0x5a ? 0x20 : 0)), 0x9e3779b1);
    hash = h ^ (h >>> 15);
  }
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 12;
};
