/** What the tables of words and those who look for the words have in common. */

/** Words of one sort: those that stand between boundaries, and those of languages without spaces between words. */
export interface Words {
  readonly bounded: readonly string[];
  readonly free: readonly string[];
}

/** What may follow a cue: see `Language`; after the name of an `id` any identifier, after that of a `thing` only what is surely one. */
export type CueSort = 'now' | 'opens' | 'states' | 'stamps' | 'labels' | 'id' | 'thing';

export const scripts = ['latin', 'other'] as const;
export type Script = (typeof scripts)[number];

/** Letters that no Latin word has. In a text without them, which most are, no word that has one can stand. */
export const otherLetters = /[\u0370-\u1dff\u2e80-\uffff]/;

/** The letters by which words are looked up where one may begin. */
export const headLength = 2;

/** What a space of the tables stands for: keys of data and names of variables join their words in other ways than sentences do. */
export const joint = '[ \u00a0_-]?';

/** What stands in almost each word of the tables, by signs that no word has. */
const signs = { '~': joint, '<': '(?:' };

export const shortened = (word: string): string => Object.entries(signs).reduce((text, [sign, part]) => text.replaceAll(part, sign), word);

/** The word that was shortened. */
export const wordOf = (short: string): string => Object.entries(signs).reduce((text, [sign, part]) => text.replaceAll(sign, part), short);

/**
 * Letters as they stand in lower case, for a class of a pattern: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, kana, Han and Hangul. `\p{L}` would be
 * some hundred ranges more, compiled again in each pattern that has it.
 */
export const letters = [
  'a-z\\xaa\\xb5\\xba\\xdf-\\xf6\\xf8-\\u02c1\\u1e00-\\u1eff\\uff41-\\uff5a',
  '\\u0370-\\u0373\\u0376\\u0377\\u037b-\\u037d\\u0390\\u03ac-\\u03f5\\u03f8-\\u0481\\u048a-\\u052f\\u0560-\\u0588',
  '\\u05d0-\\u05ea\\u0620-\\u064a\\u0671-\\u06d3',
  '\\u3005\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufa6d\\uff66-\\uff9d',
].join('');

export const either = (words: readonly string[]): string => `(?:${words.join('|')})`;

/** One pattern for all of them. */
export const patternOf = ({ bounded, free }: Words): string =>
  either([...(bounded.length > 0 ? [`(?<![${letters}\\d_])${either(bounded)}(?![${letters}\\d])`] : []), ...free]);
