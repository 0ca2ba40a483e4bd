/** Weights by slot, in steps. One table of all slots is filled in one go, and asked by one look each: a list of those that have a weight takes more of both. */
export type SlotWeights = Int8Array;

/** The sum of what the first `count` of `slots` weigh, in steps. */
export const sumOfWeights = (weights: SlotWeights, slots: Int32Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += weights[slots[i] ?? 0] ?? 0;
  return sum;
};

/** How many of the first `count` of `slots`, those below `least` apart, have a weight: 0 … 1. */
export const shareKnown = (weights: SlotWeights, slots: Int32Array, count: number, least: number): number => {
  let known = 0;
  let all = 0;
  for (let i = 0; i < count; i += 1) {
    const slot = slots[i] ?? 0;
    all += slot < least ? 0 : 1;
    known += slot < least || weights[slot] === 0 ? 0 : 1;
  }
  return all > 0 ? known / all : 1;
};
