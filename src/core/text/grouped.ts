/** Items with the same key together, in the order of the first of each; one without a key stands alone. */
export const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string | undefined): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item) ?? item;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
};
