import { slotBits } from './features';

/** Weights of ascending slots: a bit for each slot that has one, which fits the nearest cache, since most features of a word have none. */
export interface SlotWeights {
  readonly listed: Uint32Array;
  /** How many slots are listed before each word of `listed`. */
  readonly before: Uint16Array;
  readonly steps: Int16Array;
}

const bitsSet = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Weights in steps, one for each of the slots. */
export const slotWeights = (slots: Int32Array, steps: Int16Array): SlotWeights => {
  const listed = new Uint32Array(1 << (slotBits - 5));
  const before = new Uint16Array(listed.length);
  let counted = 0;
  // Plain loops: they run once, when a prompt is first opened.
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const word = slot >>> 5;
    listed[word] = (listed[word] ?? 0) | (1 << (slot & 31));
    for (; counted <= word; counted += 1) before[counted] = at;
  }
  before.fill(slots.length, counted);
  return { listed, before, steps };
};

/** The sum of what the first `count` of `slots` weigh, in steps. */
export const sumOfWeights = ({ listed, before, steps }: SlotWeights, slots: Int32Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const slot = slots[i] ?? 0;
    const word = listed[slot >>> 5] ?? 0;
    const bit = 1 << (slot & 31);
    if ((word & bit) !== 0) sum += steps[(before[slot >>> 5] ?? 0) + bitsSet(word & (bit - 1))] ?? 0;
  }
  return sum;
};
