/**
 * What is worked out of the tables of all languages. To do so takes longer than to read a prompt, so that a bundle has the values in the place of this
 * module (`esbuild.mjs`): whatever stands here is a value that JSON can write, and nothing of it is changed.
 */
import { cueWords } from './cueWords';
import { headsOf, patternOfHeads } from './heads';
import { namesOf, todayWords, wordsOf } from './languages/index';
import { either, headLength, shortened, type CueSort, type Script, type Words } from './words';

/** The words of cues that are written in one script. */
export interface CueTable {
  /** Finds the first letters of words. The pattern is made of plain letters alone, which the engine looks for several times faster than any loop of ours. */
  readonly beginnings: string;
  /** Words of a sort, each on a line of its own behind all pairs of letters that it can begin with and a tab, as `shortened` writes it. */
  readonly words: readonly (readonly [sort: CueSort, part: keyof Words, lines: string])[];
}

const pairsOf = (word: string): string => [...new Set(headsOf(word).map((head) => head.slice(0, headLength)))].join('');

/** A word begins where no letter of ASCII stands before it; what stands before other letters is looked at where it is found. */
const beginningsOf = (words: ReturnType<typeof cueWords>): string => {
  const headsFor = (wanted: keyof Words): string =>
    `(?=${patternOfHeads(words.flatMap(([, part, word]) => (part === wanted ? headsOf(word) : [])))})`;
  return words.some(([, part]) => part === 'free')
    ? `(?<![a-z\\d_])${headsFor('bounded')}|${headsFor('free')}`
    : `(?<![a-z\\d_])${headsFor('bounded')}`;
};

const cueTable = (script: Script): CueTable => {
  const all = cueWords(script);
  const words: [CueSort, keyof Words, string][] = [];
  for (const [sort, part, word] of all) {
    const line = `${pairsOf(word)}\t${shortened(word)}`;
    const last = words.at(-1);
    if (last?.[0] === sort && last[1] === part) last[2] += `\n${line}`;
    else words.push([sort, part, line]);
  }
  return { beginnings: beginningsOf(all), words };
};

/** By the script; see `otherLetters`. */
export const cueTables: Readonly<Record<Script, CueTable>> = { latin: cueTable('latin'), other: cueTable('other') };

/** Words by which a sentence supposes, labels of an example, labels of who speaks in one: see `Language`. */
export const supposes: Words = wordsOf('supposes');
export const examples: Words = wordsOf('examples');
export const speakers: Words = wordsOf('speakers');

/** Names in dates, with spaces between them. */
export const months: string = namesOf('months').join(' ');
export const weekdays: string = namesOf('weekdays').join(' ');

/** A pattern of the bare adverb. */
export const today: string = either(todayWords());
