import { latinSlots, otherSlots, punctSlots, slotBits } from '../../src/core/tokens/features';
import type { ClassOf } from '../../src/core/tokens/letterKinds';
import { prepare } from '../../src/core/tokens/prepare';
import * as inRun from '../../src/core/tokens/inRun';
import * as shapes from '../../src/core/tokens/shapes';
import { scanRuns } from '../../src/core/tokens/textRuns';
import { isShared, styleOf } from '../../src/core/tokens/writing';
import type { Document } from './corpus';
import type { Rows } from './solve';

/** Slots of Latin words and punctuation come first, those of words beyond Latin after them. */
export const columns = { own: 0, others: 1 << slotBits, count: 2 << slotBits } as const;

const scratch = new Int32Array(4096);

const bump = (row: Map<number, number>, key: number, by: number): void => {
  row.set(key, (row.get(key) ?? 0) + by);
};

/** All distinct runs met so far, by number; a name is `w` and the word, or `p`, the sides and the punctuation. */
export class Universe {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  word(text: string): number {
    return this.#number(`w${text}`);
  }

  punct(text: string, sides: number): number {
    return this.#number(`p${sides}${text}`);
  }

  /** The number of a run met before. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

export const isWord = (name: string): boolean => name.startsWith('w');
export const isLatin = (name: string): boolean => isWord(name) && !isShared(name.charCodeAt(1));

/** The UTF-16 code units of a text. */
export const codesOf = (text: string): Uint16Array => Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

const slotsOf = (name: string, classOf: ClassOf): readonly [count: number, base: number] => {
  const codes = codesOf(name);
  if (!isWord(name)) return [punctSlots(codes, 2, codes.length, Number(name[1]), scratch), columns.own];
  if (isLatin(name)) return [latinSlots(codes, 1, codes.length, classOf, scratch), columns.own];
  return [otherSlots(codes, 1, codes.length, classOf, scratch), columns.others];
};

/** The features of every run. */
export const featuresOf = (names: readonly string[], classOf: ClassOf): Rows => {
  const start = new Int32Array(names.length + 1);
  let index = new Int32Array(1 << 20);
  let size = 0;
  names.forEach((name, run) => {
    const [count, base] = slotsOf(name, classOf);
    if (size + count > index.length) {
      const larger = new Int32Array(2 * index.length);
      larger.set(index);
      index = larger;
    }
    for (let i = 0; i < count; i += 1) index[size++] = base + scratch[i]!;
    start[run + 1] = size;
  });
  return { start, index: index.subarray(0, size), value: new Float64Array(size).fill(1) };
};

/** What one document is made of: runs by number, shapes by place, single characters by code point. */
export interface Parts {
  readonly runs: Map<number, number>;
  readonly shape: Map<number, number>;
  readonly single: Map<number, number>;
}

export const partsOf = (document: Pick<Document, 'text'>, universe: Universe): Parts => {
  const parts: Parts = { runs: new Map(), shape: new Map(), single: new Map() };
  const { text, quotes } = prepare(document.text);
  const { codes, list, length, shapes: counts } = scanRuns(text, quotes);
  for (let at = 0; at < length; at += inRun.size) {
    const [kind, about = 0, start = 0, end = 0] = list.subarray(at, at + inRun.size);
    if (kind === inRun.single) bump(parts.single, about, 1);
    else if (kind === inRun.punct) bump(parts.runs, universe.punct(text.slice(start, end), about), 1);
    else {
      bump(parts.shape, shapes.word + about * 5 + styleOf(codes, start, end), 1);
      bump(parts.runs, universe.word(text.slice(start, end)), 1);
    }
  }
  for (let shape = 0; shape < shapes.count; shape += 1) if (counts[shape]! > 0) bump(parts.shape, shape, counts[shape]!);
  return parts;
};
