import { hungarian, romanian } from './danubian';
import { danish, finnish, swedish } from './nordic';
import { dutch } from './dutch';
import { chinese, japanese, korean } from './eastAsian';
import { english } from './english';
import { french } from './french';
import { german } from './german';
import { greek } from './greek';
import { italian } from './italian';
import type { Language } from './language';
import { portuguese } from './portuguese';
import { czech, polish, russian } from './slavic';
import { arabic, hebrew } from './semitic';
import { hindi } from './southAsian';
import { indonesian, vietnamese } from './southeastAsian';
import { spanish } from './spanish';
import { turkish } from './turkish';
import { ukrainian } from './ukrainian';

const spaced: readonly Language[] = [
  english,
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  swedish,
  danish,
  finnish,
  polish,
  czech,
  russian,
  turkish,
  ukrainian,
  arabic,
  hebrew,
  hindi,
  indonesian,
  vietnamese,
  greek,
  romanian,
  hungarian,
];
const unspaced: readonly Language[] = [japanese, chinese, korean];

type WordList = 'now' | 'opens' | 'stamps' | 'ids' | 'supposes' | 'examples' | 'speakers';

/** Keys of data and names of variables join their words in other ways than sentences do. */
const joined = (word: string): string => word.replaceAll(/ (?![?*{])/g, '[ \\u00a0_-]?');

const either = (words: readonly string[]): string => `(?:${words.join('|')})`;

/** Words of one sort: those that stand between boundaries, and those of languages without spaces between words. */
export interface Words {
  readonly bounded: readonly string[];
  readonly free: readonly string[];
}

export const wordsOf = (list: WordList): Words => ({
  bounded: spaced.flatMap((language) => language[list]).map(joined),
  free: unspaced.flatMap((language) => language[list]),
});

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

/** One pattern for all of them. */
export const patternOf = ({ bounded, free }: Words): string =>
  either([...(bounded.length > 0 ? [`(?<![${letters}\\d_])${either(bounded)}(?![${letters}\\d])`] : []), ...free]);

const names = (list: 'months' | 'weekdays'): readonly string[] =>
  [...spaced, ...unspaced].flatMap((language) => language[list].split(' ')).filter((name) => name !== '');

/** The first three or four letters of a name, or two of a weekday, are its short forms. */
const beginningsOf = (words: readonly string[], lengths: readonly number[]): readonly string[] =>
  words.flatMap((name) => lengths.map((length) => name.slice(0, length)));

/** Names of months and their short forms, in all languages. */
export const monthNames: ReadonlySet<string> = new Set([...names('months'), ...beginningsOf(names('months'), [3, 4, 5])]);
export const weekdayNames: ReadonlySet<string> = new Set(names('weekdays'));
export const weekdayShortNames: ReadonlySet<string> = new Set(beginningsOf(names('weekdays'), [2, 3, 4]));
/** "today", in all languages. */
export const todayWords = either([...spaced, ...unspaced].map(({ today }) => today));
