/** A map that keeps the entries that were set last, and as many as it is told. */
export interface Recent<K, V> {
  get(key: K): V | undefined;
  /** The entry is now the latest; the oldest goes where there are too many. */
  set(key: K, value: V): void;
  delete(key: K): void;
  /** Entries stand under other keys from now on; one that stood there goes. */
  rekey(move: (key: K) => K): void;
  clear(): void;
}

export const recent = <K, V>(capacity: number): Recent<K, V> => {
  const entries = new Map<K, V>();
  let latest: { readonly key: K } | undefined;
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      // Of a map that entries come to and go from, the engine keeps what it held before as well, until it collects all garbage.
      if (latest?.key === key && entries.has(key)) return void entries.set(key, value);
      latest = { key };
      entries.delete(key);
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break;
        entries.delete(oldest);
      }
    },
    delete: (key) => void entries.delete(key),
    rekey(move) {
      latest = undefined;
      const moved = [...entries].filter(([key]) => move(key) !== key);
      for (const [key] of moved) entries.delete(key);
      for (const [key, value] of moved) entries.set(move(key), value);
    },
    clear: () => entries.clear(),
  };
};
