/** Words that say that a value of the present, or an identifier of this request, follows. All patterns read lower case. */
import { headsOf } from './heads';
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
const sorts: readonly (readonly [CueSort, Words])[] = [
  ['now', wordsOf('now')],
  ['opens', wordsOf('opens')],
  ['stamps', wordsOf('stamps')],
  ['id', idWords],
  ['thing', thingWords],
];

const patterns: readonly (readonly [CueSort, RegExp])[] = sorts.map(([sort, words]) => [sort, new RegExp(patternOf(words), 'uy')]);

const heads = (part: keyof Words): readonly string[] =>
  headsOf(sorts.flatMap(([, words]) => words[part]).join('|')).filter((head) => head !== '');

const bounded = heads('bounded');
const free = heads('free');
/** Of two to four letters. */
const beginnings: ReadonlySet<string> = new Set([...bounded, ...free]);

const none = 0;
const wordStart = 1;
const anyPlace = 2;
const slot = (first: number, second: number): number => (first * 131 + second) & 0xffff;
/** By its first two letters: may a cue begin, and must that be the beginning of a word? Pairs may share a slot; the words themselves decide. */
const pairs = new Uint8Array(0x10000);
for (const head of bounded) pairs[slot(head.charCodeAt(0), head.charCodeAt(1))] = wordStart;
for (const head of free) pairs[slot(head.charCodeAt(0), head.charCodeAt(1))] = anyPlace;

/** Letters and digits of ASCII; what stands before other letters the patterns look at themselves. */
const isWord = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;

const isBeginning = (low: string, at: number): boolean =>
  beginnings.has(low.slice(at, at + 4)) || beginnings.has(low.slice(at, at + 3)) || beginnings.has(low.slice(at, at + 2));

const cueAt = (low: string, start: number): Cue | undefined => {
  for (const [sort, pattern] of patterns) {
    pattern.lastIndex = start;
    if (pattern.test(low)) return { start, end: pattern.lastIndex, sort };
  }
  return undefined;
};

/**
 * All places after which a value may stand; they may overlap. One look at two letters answers for most of a text, so that text without any cue is
 * done at once.
 */
export function* cuesIn(low: string): Generator<Cue> {
  let before = 0;
  let code = low.charCodeAt(0);
  for (let at = 0; at < low.length; at += 1) {
    const after = low.charCodeAt(at + 1);
    const found = pairs[slot(code, after)];
    if (found !== none && (found === anyPlace || !isWord(before)) && isBeginning(low, at)) {
      const cue = cueAt(low, at);
      if (cue !== undefined) yield cue;
    }
    before = code;
    code = after;
  }
}
