import type { BlockList, Fingerprint } from './fingerprint';

const orderOf = (list: BlockList): number => (list === 't' ? -2 : list === 's' ? -1 : Number(/\d+/.exec(list)?.[0] ?? 0));

/** How many blocks of each list there are, by the list's order. */
const sizesOf = (lists: readonly BlockList[]): ReadonlyMap<number, number> => {
  const sizes = new Map<number, number>();
  for (const list of lists) sizes.set(orderOf(list), (sizes.get(orderOf(list)) ?? 0) + 1);
  return sizes;
};

/**
 * Where a request's cache points would stand if its first blocks were those of an earlier one, `most` of them: a point at the end of a list stays at
 * its end, however many blocks came or went before. What differs in blocks is then told apart from points that moved.
 */
export const alignedEnds = (was: Fingerprint, is: Fingerprint, most: number, ends: readonly number[]): readonly number[] => {
  const kept = was.blocks.slice(0, most).map(([list]) => list);
  const last = kept.at(-1);
  if (last === undefined) return ends;
  const lists = is.blocks.map(([list]) => list);
  const [before, now] = [sizesOf(kept), sizesOf(lists)];
  const edge = orderOf(last);
  const sizeOf = (order: number): number => {
    const [old, own] = [before.get(order) ?? 0, now.get(order) ?? 0];
    return order < edge ? old : order === edge ? Math.max(old, own) : own;
  };
  const orders = [...new Set([...before.keys(), ...now.keys()])].sort((a, b) => a - b);
  return ends.map((end) => {
    const own = orderOf(lists[end - 1] ?? last);
    const inner = lists.slice(0, end).filter((list) => orderOf(list) === own).length;
    const isLast = inner === now.get(own);
    const earlier = orders.filter((order) => order < own).reduce((sum, order) => sum + sizeOf(order), 0);
    return earlier + (isLast ? sizeOf(own) : Math.min(inner, sizeOf(own)));
  });
};
