import { styleOf } from './writing';

/**
 * The hashed features whose weights sum to a run's tokens. The fitting script uses these same functions: a change here
 * without a new fit makes every figure wrong, which `golden.test` notices.
 */

/** log2 of the number of features of Latin words, for which each vocabulary has weights of its own. */
export const latinBits = 14;
/** log2 of the number of features of all other words. */
export const otherBits = 13;
/** log2 of the number of punctuation features. */
export const punctBits = 11;
/** The first features of a word table are not hashed: they say how long a word is and how it is written. */
export const shapeSlots = 256;

const mix = (hash: number, code: number): number => {
  const h = Math.imul(hash ^ code, 0x9e3779b1);
  return h ^ (h >>> 15);
};

/** The feature a finished hash stands for, leaving the first `reserved` ones free. */
const slotOf = (hash: number, bits: number, reserved: number): number => {
  const h = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  const slot = (h ^ (h >>> 16)) >>> (32 - bits);
  return slot < reserved ? slot + reserved : slot;
};

const wordStart = 1;
const wordEnd = 2;

/** Writes the features of the word `text[start, end)` into `out` (at least 5 × its length + 12 places) and says how many. */
export const wordSlots = (text: string, start: number, end: number, bits: number, out: Int32Array): number => {
  const length = end - start;
  let count = 0;
  const style = styleOf(text, start, end);
  out[count++] = style * 32 + Math.min(length, 31);
  let a = 0;
  let b = 0;
  let c = wordStart;
  for (let at = start; at <= end; at += 1) {
    const d = at < end ? text.charCodeAt(at) : wordEnd;

    const two = mix(mix(0x2545f491, c), d);
    if (length > 1) out[count++] = slotOf(two, bits, shapeSlots);
    // Beyond Latin, where most words were never met, single letters carry what is known.
    if (c > 0x36f) out[count++] = slotOf(mix(0x165667b1, c), bits, shapeSlots);
    if (b !== 0) out[count++] = slotOf(mix(mix(mix(0x3c6ef372, b), c), d), bits, shapeSlots);
    if (a !== 0) out[count++] = slotOf(mix(mix(mix(mix(0x1b873593, a), b), c), d), bits, shapeSlots);
    a = b;
    b = c;
    c = d;
  }
  return count;
};

/** Writes the features of a punctuation run (`sides`: 1 after a space, 2 before one, 3 both) into `out` and says how many. */
export const punctSlots = (text: string, start: number, end: number, sides: number, out: Int32Array): number => {
  let count = 0;
  let b = 0;
  let c = 3 + (sides & 1);
  for (let at = start; at <= end; at += 1) {
    const d = at < end ? text.charCodeAt(at) : 5 + (sides >> 1);
    out[count++] = slotOf(mix(mix(0x2545f491, c), d), punctBits, 32);
    if (b !== 0) out[count++] = slotOf(mix(mix(mix(0x3c6ef372, b), c), d), punctBits, 32);
    b = c;
    c = d;
  }
  out[count++] = Math.min(end - start, 31);
  return count;
};

/** A 22-bit key of a run, under which its exact cost may be listed; `kind` is 0 for a word, 1 + sides for punctuation. */
export const keyOf = (text: string, start: number, end: number, kind: number): number => {
  let hash = mix(0x27d4eb2f, 0x10000 + kind);
  for (let at = start; at < end; at += 1) hash = mix(hash, text.charCodeAt(at));
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 10;
};
