/** Weights by slot, in steps. One table of all slots is filled in one go, and asked by one look each: a list of those that have a weight takes more of both. */
export type SlotWeights = Int8Array;

/** The sum of what the first `count` of `slots` weigh, in steps. */
export const sumOfWeights = (weights: SlotWeights, slots: Int32Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += weights[slots[i] ?? 0] ?? 0;
  return sum;
};
