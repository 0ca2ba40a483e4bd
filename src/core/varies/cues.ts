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

const slots = 0x10000;

/** Letters may share a slot with others; the words themselves decide. */
const slot = (before: number, letter: number): number => (before * 131 + letter) & (slots - 1);

/** What is known of letters that words begin with, by the slot of two, three or four of them. */
const letterFlags = {
  /** More letters of a word must follow, which have a slot of their own. */
  goesOn: 1,
  /** Whatever follows, a word may stand here. */
  mayEnd: 2,
  /** The word may begin within another, as in languages without spaces; none of them begins with a letter of ASCII. */
  anywhere: 4,
} as const;

/** The words by the letters that they can begin with. */
interface Index {
  readonly groups: Group[];
  /** The number of the group of two letters. */
  readonly groupOf: Uint16Array;
  /** Flags of the first two, three and four letters. */
  readonly pairs: Uint8Array;
  readonly threes: Uint8Array;
  readonly fours: Uint8Array;
}

const mark = (flags: Uint8Array, at: number, flag: number): void => void (flags[at] = (flags[at] ?? 0) | flag);

/** Notes that words begin with these letters: at most four, and at least two. */
const markHead = ({ pairs, threes, fours }: Index, head: string, anywhere: number): void => {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((at) => head.charCodeAt(at)) as [number, number, number, number]; // one for each place
  const { goesOn, mayEnd } = letterFlags;
  const two = slot(first, second);
  mark(pairs, two, anywhere | (head.length > 2 ? goesOn : mayEnd));
  if (head.length > 2) mark(threes, slot(two, third), head.length > 3 ? goesOn : mayEnd);
  if (head.length > 3) mark(fours, slot(slot(two, third), fourth), mayEnd);
};

const addWord = (made: Index, sort: CueSort, part: keyof Words, word: string): void => {
  const { groups, groupOf, pairs } = made;
  for (const head of headsOf(word)) {
    const at = slot(head.charCodeAt(0), head.charCodeAt(1));
    if (pairs[at] === 0) groupOf[at] = groups.push({ sorts: [], any: new Candidates() }) - 1;
    markHead(made, head, part === 'free' ? letterFlags.anywhere : 0);
    const group = groups[groupOf[at] ?? 0];
    if (group === undefined) continue;
    if (group.sorts.at(-1)?.[0] !== sort) group.sorts.push([sort, new Candidates()]);
    for (const list of [group.sorts.at(-1)?.[1][part], group.any[part]]) if (list?.at(-1) !== word) list?.push(word);
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

const makeIndex = (script: Script): Index => {
  const flags = (): Uint8Array => new Uint8Array(slots);
  const made: Index = {
    groups: [],
    groupOf: new Uint16Array(slots),
    pairs: flags(),
    threes: flags(),
    fours: flags(),
  };
  for (const [sort, part, word] of cueWords(script)) addWord(made, sort, part, word);
  return made;
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

/** May a word go on so after its first two letters, which stand before `at`? */
const mayGoOn = ({ threes, fours }: Index, flags: number, low: string, at: number, pair: number): boolean => {
  if ((flags & letterFlags.mayEnd) !== 0) return true;
  if (at >= low.length) return false;
  const three = slot(pair, low.charCodeAt(at));
  const more = threes[three] ?? 0;
  if (more === 0 || (more & letterFlags.mayEnd) !== 0) return more !== 0;
  return at + 1 < low.length && fours[slot(three, low.charCodeAt(at + 1))] !== 0;
};

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

/** One look at four letters answers for nearly all places. */
const beginsAt = (made: Index, low: string, at: number, isInWord: boolean): Cue | undefined => {
  if (at + 1 >= low.length) return undefined;
  const pair = slot(low.charCodeAt(at), low.charCodeAt(at + 1));
  const flags = made.pairs[pair] ?? 0;
  if (flags === 0 || (isInWord && (flags & letterFlags.anywhere) === 0) || !mayGoOn(made, flags, low, at + 2, pair)) return undefined;
  const group = made.groups[made.groupOf[pair] ?? 0];
  return group && cueAt(low, at, group);
};

const addCues = (made: Index, low: string, cues: Cue[]): void => {
  const { length } = low;
  for (let at = 0; at < length; at += 1) {
    const code = low.charCodeAt(at);
    if (code < 0x80 && wordCodes[code] === 0) continue;
    const cue = beginsAt(made, low, at, code >= 0x80 && at > 0 && isWordCode(low.charCodeAt(at - 1)));
    if (cue !== undefined) cues.push(cue);
    if (code < 0x80) while (at + 1 < length && isWordCode(low.charCodeAt(at + 1))) at += 1;
  }
};

/**
 * All places after which a value may stand, those of Latin words first; they may overlap. Most of a text is signs and the inside of words, which are
 * stepped over.
 */
export const cuesIn = (low: string): readonly Cue[] => {
  const cues: Cue[] = [];
  for (const script of scripts) if (script === 'latin' || otherLetters.test(low)) addCues(indexes[script](), low, cues);
  return cues;
};
