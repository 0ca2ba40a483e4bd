/** Kinds of text that differ in how well they are estimated, or in what other vocabularies make of them. */

/** Words of ASCII letters whose cost is known. */
export const word = 0;
export const latin = 1;
export const european = 2;
export const semitic = 3;
export const indic = 4;
export const kana = 5;
export const han = 6;
export const hangul = 7;
export const symbol = 8;
export const punct = 9;
export const digits = 10;
export const blank = 11;
/** Words in scripts of which no letter has a token. */
export const bare = 12;
/** Words of ASCII letters that are not listed: a text has many of them where it is code, or not in English. */
export const guessed = 13;
/** The same after another such word with nothing but blanks between them, as in languages that are not known. */
export const guessedAgain = 14;
/** Not tokens: digit characters beyond one per group of three, which some vocabularies charge one by one. */
export const extraDigits = 15;
/** Not tokens: what words beyond Latin cost of whose letters next to nothing was learned. */
export const strange = 16;
/** Not tokens: what quotes cost that a colon or a comma follows, which a text has many of where it is JSON. */
export const quoted = 17;
export const count = 18;
