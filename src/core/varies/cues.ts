/** Finds words that say that a value of the present, or an identifier of this request, follows. All patterns read lower case. */
import { once } from '../text/once';
import { endOf } from './found';
import { cueTables, type CueTable } from './tables';
import { headLength, letters, otherLetters, scripts, type CueSort, type Script, wordOf, type Words } from './words';

export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly sort: CueSort;
}

/** A word, and what it says. */
interface Word {
  readonly sort: CueSort;
  readonly part: keyof Words;
  readonly pattern: string;
}

/** Words of all sorts that can begin with the same letters, in the order in which sorts are tried. */
interface Group {
  readonly sorts: readonly CueSort[];
  /** Finds the words where one may begin; a match has what it found as the value of its sort. `undefined`: there are none. */
  readonly atWord: Finder | undefined;
  /** Finds those that may stand inside of other letters. */
  readonly anywhere: Finder | undefined;
}

/** Patterns that are compiled when a text first has a place for them: most texts have few of all words. */
interface Finder {
  readonly rough: () => RegExp;
  readonly exact: () => RegExp;
}

/**
 * One pattern for all sorts, each a group of its own: to compile a word once is most of what it costs. A class of all letters takes five times as long to
 * compile as the words, so what stands before a word is not in the pattern, and what stands behind it only in `exact`.
 */
const finderOf = (words: readonly Word[], sorts: readonly CueSort[]): Finder | undefined => {
  if (words.length === 0) return undefined;
  const either = (sort: CueSort, part: keyof Words, behind: string): readonly string[] => {
    const patterns = words.flatMap((word) => (word.sort === sort && word.part === part ? [wordOf(word.pattern)] : []));
    return patterns.length === 0 ? [] : [`(?:${patterns.join('|')})${behind}`];
  };
  const pattern = (behind: string): RegExp =>
    new RegExp(
      sorts.map((sort) => `(${[...either(sort, 'bounded', behind), ...either(sort, 'free', '')].join('|') || '(?!)'})`).join('|'),
      'y',
    );
  return { rough: once(() => pattern('(?![a-z\\d])')), exact: once(() => pattern(`(?![${letters}\\d])`)) };
};

const groupOf = (words: readonly Word[]): Group => {
  const sorts = [...new Set(words.map(({ sort }) => sort))];
  const free = words.filter(({ part }) => part === 'free');
  return { sorts, atWord: finderOf(words, sorts), anywhere: finderOf(free, sorts) };
};

/** The words by the letters that they can begin with. */
interface Index {
  readonly beginnings: RegExp;
  /** Those that can begin with what stands there; made when a text first has it. */
  readonly groupAt: (low: string, at: number) => Group | undefined;
}

const indexOf = (table: CueTable): Index => {
  const words = new Map<string, Word[]>();
  const groups = new Map<string, Group>();
  for (const [sort, part, lines] of table.words)
    for (const line of lines.split('\n')) {
      const tab = line.indexOf('\t');
      const word = { sort, part, pattern: line.slice(tab + 1) };
      for (let at = 0; at < tab; at += headLength) {
        const letters = line.slice(at, at + headLength);
        const others = words.get(letters);
        if (others === undefined) words.set(letters, [word]);
        else others.push(word);
      }
    }
  return {
    beginnings: new RegExp(table.beginnings, 'g'),
    groupAt: (low, at) => {
      const letters = low.slice(at, at + headLength);
      const known = groups.get(letters);
      const own = known === undefined ? words.get(letters) : undefined;
      if (own === undefined) return known;
      const group = groupOf(own);
      groups.set(letters, group);
      return group;
    },
  };
};

/** Made when a text first has such letters. */
const indexes: Readonly<Record<Script, () => Index>> = {
  latin: once(() => indexOf(cueTables.latin)),
  other: once(() => indexOf(cueTables.other)),
};

/** Letters and digits of ASCII, 1 by code; what stands before other letters the patterns look at themselves. */
const wordCodes = new Uint8Array(0x80);
for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789_') wordCodes[char.charCodeAt(0)] = 1;

const isWordCode = (code: number): boolean => code < 0x80 && wordCodes[code] === 1;

const anyLetter = new RegExp(`[${letters}]`);

/** Does a letter beyond ASCII stand there? */
const isOtherLetter = (low: string, at: number): boolean => low.charCodeAt(at) >= 0x80 && anyLetter.test(low.charAt(at));

/** The first sort of which a word stands at `start`, where a word with these two letters can begin. */
const cueAt = (low: string, start: number, { sorts, atWord, anywhere }: Group): Cue | undefined => {
  const isAtWord = start === 0 || !(isWordCode(low.charCodeAt(start - 1)) || isOtherLetter(low, start - 1));
  const finder = isAtWord ? atWord : anywhere;
  if (finder === undefined) return undefined;
  const roughEnd = endOf(finder.rough(), low, start);
  if (roughEnd === -1) return undefined;
  const pattern = isOtherLetter(low, roughEnd) ? finder.exact() : finder.rough();
  pattern.lastIndex = start;
  const found = pattern.exec(low);
  const sort = sorts.find((_, at) => found?.[at + 1] !== undefined);
  return found === null || sort === undefined ? undefined : { start, end: pattern.lastIndex, sort };
};

/** So many are found before they are looked at: patterns that take turns are slower, and a long list outlives what is made while it is gone through. */
const mostCues = 256;

/** The cues from where the index has come to in a text. */
const nextCues = (index: Index, low: string): readonly Cue[] => {
  const { beginnings } = index;
  const cues: Cue[] = [];
  while (cues.length < mostCues && beginnings.test(low)) {
    // What is found has no length.
    const at = beginnings.lastIndex;
    const group = index.groupAt(low, at);
    const cue = group && cueAt(low, at, group);
    if (cue !== undefined) cues.push(cue);
    beginnings.lastIndex = at + 1;
  }
  return cues;
};

/** All places after which a value may stand, those of Latin words first; they may overlap. */
export function* cuesIn(low: string): Generator<Cue, void> {
  for (const script of scripts) {
    if (script !== 'latin' && !otherLetters.test(low)) continue;
    const index = indexes[script]();
    index.beginnings.lastIndex = 0;
    let cues: readonly Cue[];
    do yield* (cues = nextCues(index, low));
    while (cues.length === mostCues);
  }
}
