import { findEntry } from './catalog';
import type { ModelEntry, Prices, PriceTable } from './types';

const timesFactor = (prices: Prices, factor: number): Prices =>
  Object.fromEntries(
    Object.entries(prices).map(([kind, price]) => [kind, typeof price === 'number' ? price * factor : price]),
  ) as unknown as Prices; // the same kinds

const tableTimes = (table: PriceTable, factor: number): PriceTable =>
  Object.fromEntries(Object.entries(table).map(([kind, prices]) => [kind, timesFactor(prices, factor)]));

const atFactor = (entry: ModelEntry, factor: number): ModelEntry => ({
  ...entry,
  prices: tableTimes(entry.prices, factor),
  priceTiers: entry.priceTiers.map(({ aboveInputTokens, prices }) => ({ aboveInputTokens, prices: tableTimes(prices, factor) })),
  priceFactor: factor,
});

/**
 * The entries that differ from the catalog, with the prices of a person's contract: every price of a model times its factor, by base model id. A
 * factor of a model that nobody knows changes nothing.
 */
export const atContractPrices = (entries: readonly ModelEntry[], factors: Readonly<Record<string, number>>): readonly ModelEntry[] => {
  const others = entries.filter(({ id }) => !Object.hasOwn(factors, id));
  const priced = Object.entries(factors).flatMap(([id, factor]) => {
    const entry = findEntry(id, entries);
    return entry === undefined ? [] : [factor === 1 ? entry : atFactor(entry, factor)];
  });
  return [...others, ...priced];
};
