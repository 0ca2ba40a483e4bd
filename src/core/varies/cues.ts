/** Finds words that say that a value of the present, or an identifier of this request, follows. All patterns read lower case. */
import { once } from '../text/once';
import { cueTables, type CueTable } from './tables';
import { headLength, joint, letters, otherLetters, scripts, type CueSort, type Script, type Words } from './words';

export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly sort: CueSort;
}

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

/** A word, and what it says. */
interface Word {
  readonly sort: CueSort;
  readonly part: keyof Words;
  readonly pattern: string;
}

/** Words of all sorts that can begin with the same letters. */
interface Group {
  readonly sorts: readonly (readonly [sort: CueSort, words: Candidates])[];
  /** Does any of them stand here? Most often none does, and one pattern tells it. */
  readonly any: Candidates;
}

const groupOf = (words: readonly Word[]): Group => {
  const any = new Candidates();
  const bySort = new Map<CueSort, Candidates>();
  for (const { sort, part, pattern } of words) {
    const own = bySort.get(sort) ?? new Candidates();
    bySort.set(sort, own);
    for (const candidates of [own, any]) candidates[part].push(pattern.replaceAll('~', joint));
  }
  return { sorts: [...bySort], any };
};

/** The words by the letters that they can begin with. */
class Index {
  readonly beginnings: RegExp;
  readonly #words = new Map<string, Word[]>();
  readonly #groups = new Map<string, Group>();

  constructor({ beginnings, words }: CueTable) {
    this.beginnings = new RegExp(beginnings, 'g');
    for (const [sort, part, lines] of words) for (const line of lines.split('\n')) this.#add(sort, part, line);
  }

  #add(sort: CueSort, part: keyof Words, line: string): void {
    const tab = line.indexOf('\t');
    const word = { sort, part, pattern: line.slice(tab + 1) };
    for (let at = 0; at < tab; at += headLength) {
      const letters = line.slice(at, at + headLength);
      const words = this.#words.get(letters);
      if (words === undefined) this.#words.set(letters, [word]);
      else words.push(word);
    }
  }

  /** Those that can begin with what stands there; made when a text first has it. */
  groupAt(low: string, at: number): Group | undefined {
    const letters = low.slice(at, at + headLength);
    const known = this.#groups.get(letters);
    const words = known === undefined ? this.#words.get(letters) : undefined;
    if (words === undefined) return known;
    const group = groupOf(words);
    this.#groups.set(letters, group);
    return group;
  }
}

/** Made when a text first has such letters. */
const indexes: Readonly<Record<Script, () => Index>> = {
  latin: once(() => new Index(cueTables.latin)),
  other: once(() => new Index(cueTables.other)),
};

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

const addCues = (index: Index, low: string, cues: Cue[]): void => {
  const { beginnings } = index;
  beginnings.lastIndex = 0;
  while (beginnings.test(low)) {
    // What is found has no length.
    const at = beginnings.lastIndex;
    const group = index.groupAt(low, at);
    const cue = group && cueAt(low, at, group);
    if (cue !== undefined) cues.push(cue);
    beginnings.lastIndex = at + 1;
  }
};

/** All places after which a value may stand, those of Latin words first; they may overlap. */
export const cuesIn = (low: string): readonly Cue[] => {
  const cues: Cue[] = [];
  for (const script of scripts) if (script === 'latin' || otherLetters.test(low)) addCues(indexes[script](), low, cues);
  return cues;
};
