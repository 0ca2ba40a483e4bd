/** Words that say that a value of the present, or an identifier of this request, follows. All patterns read lower case. */
import { once } from '../text/once';
import { alternativesOf, headsOf } from './heads';
import { idWords, thingWords } from './idWords';
import { letters, wordsOf, type Words } from './languages/index';

/** What may follow: see `Language`; after the name of an `id` any identifier, after that of a `thing` only what is surely one. */
export type CueSort = 'now' | 'opens' | 'stamps' | 'id' | 'thing';

export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly sort: CueSort;
}

/** In the order in which they are tried where several could begin. */
const sorts: readonly (readonly [CueSort, () => Words])[] = [
  ['now', () => wordsOf('now')],
  ['opens', () => wordsOf('opens')],
  ['stamps', () => wordsOf('stamps')],
  ['id', () => idWords],
  ['thing', () => thingWords],
];

const either = (words: readonly string[], behind: string): RegExp => new RegExp(`(?:${words.join('|')})${behind}`, 'y');

/**
 * Words that can begin with the same letters, as patterns that are compiled when a text first has those: most texts have few of them. A class of all letters
 * takes five times as long to compile as the words, so what stands before a word is not in the pattern, and what stands behind it only in `exact`.
 */
class Candidates {
  readonly bounded: string[] = [];
  readonly free: string[] = [];
  readonly #rough = once(() => either(this.bounded, '(?![a-z\\d])'));
  readonly #exact = once(() => either(this.bounded, `(?![${letters}\\d])`));
  readonly #free = once(() => either(this.free, ''));

  /** Where the first of the words that stands at `start` ends, or -1; `atWord`: a word may begin there. */
  endAt(low: string, start: number, atWord: boolean): number {
    const end = atWord && this.bounded.length > 0 ? this.#boundedEnd(low, start) : -1;
    return end === -1 && this.free.length > 0 ? endsAt(this.#free(), low, start) : end;
  }

  #boundedEnd(low: string, start: number): number {
    const end = endsAt(this.#rough(), low, start);
    return end === -1 || !isOtherLetter(low, end) ? end : endsAt(this.#exact(), low, start);
  }
}

/** Words of all sorts that can begin with the same two letters. */
interface Group {
  /** In the order of `sorts`. */
  readonly sorts: [sort: CueSort, words: Candidates][];
  /** Does any of them stand here? Most often none does, and one pattern tells it. */
  readonly any: Candidates;
}

/** The words by the letters that they can begin with. */
interface Index {
  /** By two letters. */
  readonly groups: ReadonlyMap<string, Group>;
  /** Finds the first letters of words. The pattern is made of plain letters alone, which the engine looks for several times faster than any loop of ours. */
  readonly beginnings: RegExp;
}

const groupLength = 2;

const addWord = (groups: Map<string, Group>, sort: CueSort, part: keyof Words, word: string, heads: readonly string[]): void => {
  for (const letters of new Set(heads.map((head) => head.slice(0, groupLength)))) {
    const group = groups.get(letters) ?? { sorts: [], any: new Candidates() };
    groups.set(letters, group);
    if (group.sorts.at(-1)?.[0] !== sort) group.sorts.push([sort, new Candidates()]);
    group.sorts.at(-1)?.[1][part].push(word);
    group.any[part].push(word);
  }
};

const scripts = ['latin', 'other'] as const;
type Script = (typeof scripts)[number];

/** Letters that no Latin word has. In a text without them, which most are, no word that has one can stand. */
const otherLetters = /[\u0370-\u1dff\u2e80-\uffff]/;

/** The words of all sorts that are written so, as patterns without alternatives. */
export const cueWords = (script: Script): readonly (readonly [sort: CueSort, part: keyof Words, word: string])[] =>
  sorts.flatMap(([sort, words]) =>
    (['bounded', 'free'] as const).flatMap((part) =>
      words()
        [part].flatMap(alternativesOf)
        .filter((word) => otherLetters.test(word) === (script === 'other'))
        .map((word) => [sort, part, word] as const),
    ),
  );

const escaped = (letters: string): string => letters.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A word of letters of ASCII begins where none stands before it; what stands before other letters is looked at where a word is found. */
const beginningsOf = ({ bounded, free }: Readonly<Record<keyof Words, ReadonlySet<string>>>): RegExp => {
  const either = (heads: ReadonlySet<string>): string => [...heads].map(escaped).join('|');
  return new RegExp(
    [...(bounded.size > 0 ? [`(?<![a-z\\d_])(?=${either(bounded)})`] : []), ...(free.size > 0 ? [`(?=${either(free)})`] : [])].join('|'),
    'g',
  );
};

const makeIndex = (script: Script): Index => {
  const groups = new Map<string, Group>();
  const heads = { bounded: new Set<string>(), free: new Set<string>() };
  for (const [sort, part, word] of cueWords(script)) {
    const own = headsOf(word);
    for (const head of own) heads[part].add(head);
    addWord(groups, sort, part, word, own);
  }
  return { groups, beginnings: beginningsOf(heads) };
};

/** Made when a text first has such letters. */
const indexes: Readonly<Record<Script, () => Index>> = { latin: once(() => makeIndex('latin')), other: once(() => makeIndex('other')) };

/** Letters and digits of ASCII, 1 by code; what stands before other letters the patterns look at themselves. */
const wordCodes = new Uint8Array(0x80);
for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789_') wordCodes[char.charCodeAt(0)] = 1;

const isWordCode = (code: number): boolean => code < 0x80 && wordCodes[code] === 1;

const anyLetter = new RegExp(`[${letters}]`);

/** Does a letter beyond ASCII stand there? */
const isOtherLetter = (low: string, at: number): boolean => low.charCodeAt(at) >= 0x80 && anyLetter.test(low.charAt(at));

const endsAt = (pattern: RegExp, low: string, start: number): number => {
  pattern.lastIndex = start;
  return pattern.test(low) ? pattern.lastIndex : -1;
};

/** The first sort of which a word stands at `start`, where a word with these two letters can begin. */
const cueAt = (low: string, start: number, { sorts: all, any }: Group): Cue | undefined => {
  const atWord = start === 0 || !(isWordCode(low.charCodeAt(start - 1)) || isOtherLetter(low, start - 1));
  if (any.endAt(low, start, atWord) === -1) return undefined;
  for (const [sort, words] of all) {
    const end = words.endAt(low, start, atWord);
    if (end !== -1) return { start, end, sort };
  }
  return undefined;
};

const addCues = ({ groups, beginnings }: Index, low: string, cues: Cue[]): void => {
  beginnings.lastIndex = 0;
  while (beginnings.test(low)) {
    // What is found has no length.
    const index = beginnings.lastIndex;
    const group = groups.get(low.slice(index, index + groupLength));
    const cue = group && cueAt(low, index, group);
    if (cue !== undefined) cues.push(cue);
    beginnings.lastIndex = index + 1;
  }
};

/** All places after which a value may stand, those of Latin words first; they may overlap. */
export const cuesIn = (low: string): readonly Cue[] => {
  const cues: Cue[] = [];
  for (const script of scripts) if (script === 'latin' || otherLetters.test(low)) addCues(indexes[script](), low, cues);
  return cues;
};
