import { latinBits, otherBits, punctBits, punctSlots, wordSlots } from '../../src/core/tokens/features';
import { prepare } from '../../src/core/tokens/prepare';
import { scanRuns, shapes, places } from '../../src/core/tokens/scan';
import { isShared, styleOf } from '../../src/core/tokens/writing';
import type { Document } from './corpus';

/** Compressed rows: `index[start[r] … start[r+1])` with `value` beside it. */
export interface Rows {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

export const rowsOf = (rows: readonly ReadonlyMap<number, number>[]): Rows => {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (start[r + 1] = (start[r] ?? 0) + row.size));
  const index = new Int32Array(start[rows.length] ?? 0);
  const value = new Float64Array(index.length);
  let at = 0;
  for (const row of rows)
    for (const [i, v] of row) {
      index[at] = i;
      value[at++] = v;
    }
  return { start, index, value };
};

export const columns = {
  latin: 0,
  shared: 1 << latinBits,
  punct: (1 << latinBits) + (1 << otherBits),
  shape: (1 << latinBits) + (1 << otherBits) + (1 << punctBits),
  count: (1 << latinBits) + (1 << otherBits) + (1 << punctBits) + shapes.count,
} as const;

const scratch = new Int32Array(4096);

const bump = (row: Map<number, number>, key: number, by: number): void => {
  row.set(key, (row.get(key) ?? 0) + by);
};

/** All distinct runs met so far, by number, each with its features. */
export class Universe {
  readonly words = new Map<string, number>();
  readonly features: Map<number, number>[] = [];
  readonly names: string[] = [];

  word(text: string): number {
    return this.#add(`w${text}`, () => {
      const shared = isShared(text.charCodeAt(0));
      return [wordSlots(text, 0, text.length, shared ? otherBits : latinBits, scratch), shared ? columns.shared : columns.latin];
    });
  }

  punct(text: string, sides: number): number {
    return this.#add(`p${sides}${text}`, () => [punctSlots(text, 0, text.length, sides, scratch), columns.punct]);
  }

  #add(name: string, fill: () => readonly [number, number]): number {
    const known = this.words.get(name);
    if (known !== undefined) return known;
    const id = this.features.length;
    const [count, base] = fill();
    const row = new Map<number, number>();
    for (let i = 0; i < count; i += 1) bump(row, base + (scratch[i] ?? 0), 1);
    this.features.push(row);
    this.names.push(name);
    this.words.set(name, id);
    return id;
  }
}

/** What one document is made of: runs by number, shapes by place, single characters by code point. */
export interface Parts {
  readonly runs: Map<number, number>;
  readonly shape: Map<number, number>;
  readonly single: Map<number, number>;
}

export const partsOf = (document: Document, universe: Universe): Parts => {
  const parts: Parts = { runs: new Map(), shape: new Map(), single: new Map() };
  const { text, quotes } = prepare(document.text);
  if (quotes > 0) bump(parts.shape, shapes.quote, quotes);
  scanRuns(text, {
    word: (all, start, end, _hash, _check, before) => {
      bump(parts.shape, shapes.word + before * 5 + styleOf(all, start, end), 1);
      bump(parts.runs, universe.word(all.slice(start, end)), 1);
    },
    punct: (all, start, end, sides) => bump(parts.runs, universe.punct(all.slice(start, end), sides), 1),
    single: (code) => bump(parts.single, code, 1),
    shape: (feature, amount) => bump(parts.shape, feature, amount),
    extraDigits: () => undefined,
  });
  return parts;
};

export { places };
