/**
 * Characters of which it is kept what two public vocabularies make of them, as one of six classes (tokens in cl100k, and whether the newer o200k needs
 * fewer): letters with marks, Greek, Cyrillic, symbols.
 */
export const classedEnd = 0x2c00;

/** Tokens in cl100k by class. */
export const tokensOfClass = [1, 2, 3, 2, 3, 3] as const;

/** The class of a character by its tokens in cl100k and o200k. */
export const classFrom = (cl100k: number, o200k: number): number => {
  if (cl100k <= 1) return 0;
  if (o200k <= 1) return cl100k === 2 ? 1 : 2;
  return cl100k === 2 ? 3 : o200k === 2 ? 4 : 5;
};

/** The class of a character below `classedEnd`. */
export type ClassOf = (code: number) => number;

const isLatin = (code: number): boolean => code < 0x370 || (code >= 0x1e00 && code < 0x1f00) || (code >= 0x2c60 && code < 0x2c80);
const isGreek = (code: number): boolean => (code >= 0x370 && code < 0x400) || (code >= 0x1f00 && code < 0x2000);
/** Letters that Persian writes besides those of Arabic. */
const persian = 'پچژکگی';

/** Kinds of letters by scripts, where classes tell nothing or were seen to mislead (Arabic, 2026-11). */
const kindByScript = (code: number): number => {
  if (code >= 0x600 && code < 0x780) return code <= 0x64a ? 18 : persian.includes(String.fromCharCode(code)) ? 19 : 20;
  if (code < 0x600) return 21;
  if (code < 0x980) return 22;
  if (code < 0xe00) return 23;
  if (code < 0x1000) return 24;
  if (code < 0x13a0) return 25;
  return code >= 0x1780 && code < 0x1800 ? 26 : 27;
};

export const letterKinds = 28;

/** The kind of a letter beyond ASCII: what is known of like letters is shared with one that is never met. */
export const letterKindOf = (code: number, classOf: ClassOf): number => {
  if (isLatin(code)) return code < classedEnd ? classOf(code) : 5;
  if (isGreek(code)) return 6 + classOf(code);
  return code >= 0x400 && code < 0x530 ? 12 + classOf(code) : kindByScript(code);
};
