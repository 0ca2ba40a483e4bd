/** Words that say that a value of the present, or an identifier of this request, follows. All patterns read lower case. */
import { once } from '../text/once';
import { alternativesOf, headsOf } from './heads';
import { idWords, thingWords } from './idWords';
import { patternOf, wordsOf, type Words } from './languages/index';

/** What may follow: see `Language`; behind the name of an `id` any identifier, behind that of a `thing` only what is surely one. */
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

/** Words of one sort that can begin with the same two letters. Compiled when a text first has those: most texts have few of them. */
interface Candidates {
  readonly sort: CueSort;
  readonly bounded: string[];
  readonly free: string[];
  readonly pattern: () => RegExp;
}

const candidates = (sort: CueSort): Candidates => {
  const words = { bounded: [] as string[], free: [] as string[] };
  return { sort, ...words, pattern: once(() => new RegExp(patternOf(words), 'y')) };
};

/** Pairs of letters may share a slot; the words themselves decide. */
const slot = (first: number, second: number): number => (first * 131 + second) & 0xffff;

/** Of a third letter one bit; where there is none, any may follow. */
const bitOf = (third: number): number => (Number.isNaN(third) ? -1 : 1 << (third & 31));

/** The words by the pairs of letters that they can begin with. */
interface Index {
  /** In the order of `sorts`. */
  readonly groups: Candidates[][];
  /** The number of a pair's group. */
  readonly groupOf: Uint16Array;
  /** The bits of the letters that may follow a pair; 0 where it begins no word. */
  readonly thirds: Int32Array;
  /** 1 for pairs of words that may begin within others, as in languages without spaces; none of them begins with a letter of ASCII. */
  readonly anywhere: Uint8Array;
  /** 1 for characters of ASCII that a word can begin with. */
  readonly firsts: Uint8Array;
}

const addWord = ({ groups, groupOf, thirds, anywhere, firsts }: Index, sort: CueSort, part: keyof Words, word: string): void => {
  for (const head of headsOf(word)) {
    const at = slot(head.charCodeAt(0), head.charCodeAt(1));
    if (thirds[at] === 0) groupOf[at] = groups.push([]) - 1;
    thirds[at] = (thirds[at] ?? 0) | bitOf(head.charCodeAt(2));
    if (part === 'free') anywhere[at] = 1;
    if (head.charCodeAt(0) < 0x80) firsts[head.charCodeAt(0)] = 1;
    const group = groups[groupOf[at] ?? 0] ?? [];
    if (group.at(-1)?.sort !== sort) group.push(candidates(sort));
    const list = group.at(-1)?.[part];
    if (list?.at(-1) !== word) list?.push(word);
  }
};

const index = once((): Index => {
  const pairs = 0x10000;
  const made: Index = {
    groups: [],
    groupOf: new Uint16Array(pairs),
    thirds: new Int32Array(pairs),
    anywhere: new Uint8Array(pairs),
    firsts: new Uint8Array(0x80),
  };
  for (const [sort, words] of sorts)
    for (const part of ['bounded', 'free'] as const)
      for (const word of words()[part].flatMap(alternativesOf)) addWord(made, sort, part, word);
  return made;
});

/** Letters and digits of ASCII, 1 by code; what stands before other letters the patterns look at themselves. */
const wordCodes = new Uint8Array(0x80);
for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789_') wordCodes[char.charCodeAt(0)] = 1;

const cueAt = (low: string, start: number, group: readonly Candidates[]): Cue | undefined => {
  for (const { sort, pattern } of group) {
    const words = pattern();
    words.lastIndex = start;
    if (words.test(low)) return { start, end: words.lastIndex, sort };
  }
  return undefined;
};

/**
 * All places after which a value may stand; they may overlap. Most of a text is the inside of words, which is stepped over, and one look at three
 * letters answers for nearly all of the rest, so that text without any cue is done at once.
 */
export const cuesIn = (low: string): readonly Cue[] => {
  const { groups, groupOf, thirds, anywhere, firsts } = index();
  const cues: Cue[] = [];
  const { length } = low;
  let isInWord = false;
  for (let at = 0; at < length; at += 1) {
    const code = low.charCodeAt(at);
    const wasInWord = isInWord;
    isInWord = wordCodes[code] === 1;
    if (code < 0x80 && (wasInWord || firsts[code] !== 1)) continue;
    const pair = slot(code, low.charCodeAt(at + 1));
    if (((thirds[pair] ?? 0) & (1 << (low.charCodeAt(at + 2) & 31))) === 0 || (wasInWord && anywhere[pair] !== 1)) continue;
    const cue = cueAt(low, at, groups[groupOf[pair] ?? 0] ?? []);
    if (cue !== undefined) cues.push(cue);
  }
  return cues;
};
