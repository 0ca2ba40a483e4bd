/** The state of a workspace or of the user, as VS Code keeps it. */
export const createMemento = (values: Readonly<Record<string, unknown>> = {}) => {
  const kept = new Map<string, unknown>(Object.entries(values));
  return {
    kept,
    keys: () => [...kept.keys()],
    get: ((key: string, otherwise?: unknown) => kept.get(key) ?? otherwise) as <T>(key: string, otherwise?: T) => T,
    update: (key: string, value: unknown): Promise<void> => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  };
};
