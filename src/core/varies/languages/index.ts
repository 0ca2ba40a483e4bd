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
import { joint, type Words } from '../words';

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

type WordList = 'now' | 'opens' | 'states' | 'stamps' | 'labels' | 'ids' | 'supposes' | 'examples' | 'speakers';

const joined = (word: string): string => word.replaceAll(/ (?![?*{])/g, joint);

export const wordsOf = (list: WordList): Words => ({
  bounded: spaced.flatMap((language) => language[list] ?? []).map(joined),
  free: unspaced.flatMap((language) => language[list] ?? []),
});

/** Names of months or weekdays, in all languages. */
export const namesOf = (list: 'months' | 'weekdays'): readonly string[] =>
  [...spaced, ...unspaced].flatMap((language) => language[list].split(' ')).filter((name) => name !== '');

/** "today", in all languages. */
export const todayWords = (): readonly string[] => [...spaced, ...unspaced].map(({ today }) => today);
