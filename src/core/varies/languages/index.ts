import { danish, finnish, swedish } from './nordic';
import { dutch } from './dutch';
import { chinese, japanese, korean } from './eastAsian';
import { english } from './english';
import { french } from './french';
import { german } from './german';
import { italian } from './italian';
import type { Language } from './language';
import { portuguese } from './portuguese';
import { czech, polish, russian } from './slavic';
import { spanish } from './spanish';
import { turkish } from './turkish';

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

/** One pattern for all of them. */
export const patternOf = ({ bounded, free }: Words): string =>
  either([...(bounded.length > 0 ? [`(?<![\\p{L}\\d_])${either(bounded)}(?![\\p{L}\\d])`] : []), ...free]);

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
