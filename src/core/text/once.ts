/** Makes a value when it is first asked for, and gives the same one from then on. */
export const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/** The same for each of many: made when it is first asked for, and kept as long as what it is about. */
export const oncePer = <K extends object, T extends object>(make: (key: K) => T): ((key: K) => T) => {
  const known = new WeakMap<K, T>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
};
