/** Places of what is told of a run, `size` for each run. */

/** One of the kinds below. */
export const kind = 0;
/**
 * Of a word, what stands before it, as shapes of words have it; of punctuation, its sides: 1 after a space, 2 before one, 3 both; of a single character,
 * its code point.
 */
export const about = 1;
export const start = 2;
export const end = 3;
/** Two hashes of the characters, and of the sides of punctuation. */
export const hash = 4;
export const check = 5;
/** 0 where a line end stands between it and the run before, else 1. */
export const goesOn = 6;
export const size = 7;

/** Kinds of runs: a word without the space before it, punctuation, or one character that stands alone, which has no start and end. */
export const word = 0;
export const punct = 1;
export const single = 2;
