import { claude } from './claude';
import { nova } from './nova';
import { otherCaching } from './otherCaching';
import type { ModelEntry } from './types';
import { uncached } from './uncached';

export { sources } from './sources';
export { catalogChecked } from './shape';

/** Every known model, one entry each; ids are unique. */
export const catalog: readonly ModelEntry[] = [...claude, ...nova, ...otherCaching, ...uncached];

const byId: ReadonlyMap<string, ModelEntry> = new Map(catalog.map((entry) => [entry.id, entry]));

/** The entry of exactly this base model id; an override wins over the catalog. */
export const findEntry = (id: string, overrides: readonly ModelEntry[] = []): ModelEntry | undefined =>
  overrides.find((entry) => entry.id === id) ?? byId.get(id);

/** The catalog with its overridden entries in place and the added ones at the end. */
export const catalogWith = (overrides: readonly ModelEntry[]): readonly ModelEntry[] => {
  const added = new Map(overrides.map((entry) => [entry.id, entry]));
  const replaced = catalog.map((entry) => {
    const override = added.get(entry.id);
    added.delete(entry.id);
    return override ?? entry;
  });
  return [...replaced, ...added.values()];
};
