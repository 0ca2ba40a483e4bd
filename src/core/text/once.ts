import { onForget } from './memo';

/** Makes a value when it is first asked for, and gives the same one from then on. */
export const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/**
 * The same for each of many: made when it is first asked for, and kept as long as what it is about, or until texts are forgotten. While a map of this
 * kind lives, the engine keeps what it holds of objects that are gone until it collects all garbage: many documents would pile up.
 */
export const oncePer = <K extends object, T extends object>(make: (key: K) => T): ((key: K) => T) => {
  let known = new WeakMap<K, T>();
  onForget(() => (known = new WeakMap()));
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};

/**
 * Gives objects a member that is worked out of them when it is first read, and stands in them from then on. A getter in an object literal is a function
 * of its own for each object; the engine keeps these, and all that they see, until it collects all garbage, so that every version of a document that
 * somebody types in would live on for many keys.
 */
export const later = <T extends object, const K extends string, V>(
  name: K,
  make: (of: T) => V,
): (<O extends T>(of: O) => O & { readonly [N in K]: V }) => {
  const member = {
    configurable: true,
    enumerable: true,
    get(this: T): V {
      const value = make(this);
      Object.defineProperty(this, name, { enumerable: true, value });
      return value;
    },
  };
  return <O extends T>(of: O) => Object.defineProperty(of, name, member) as O & { readonly [N in K]: V }; // has it from now on
};
