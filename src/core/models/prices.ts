import { geographiesOf } from './profiles';
import type { ModelEntry, Prices, PriceTable, ProfileKind } from './types';

const rowOf = (table: PriceTable, kind: string): Prices | undefined => (Object.hasOwn(table, kind) ? table[kind] : undefined);

/**
 * The kinds whose row may serve a kind, best first. A bare id is priced as its Region's geography where no row is its own; a geography
 * without a row as another one, the American first because lists are usually given for it.
 */
const candidates = (table: PriceTable, kind: ProfileKind, region: string | undefined): readonly string[] => {
  const ofRegion = kind === 'inRegion' && region !== undefined ? geographiesOf(region) : [];
  const others = Object.keys(table).filter((key) => key !== 'global');
  return [kind, ...ofRegion, 'default', 'geo', 'inRegion', 'us', ...others, 'global'];
};

const lookUp = (table: PriceTable, kind: ProfileKind, region: string | undefined): Prices | undefined => {
  for (const candidate of candidates(table, kind, region)) {
    const row = rowOf(table, candidate);
    if (row) return row;
  }
  return undefined;
};

/**
 * Prices in USD per million tokens for a request of `inputTokens` in all (uncached, read and written), which decide the tier.
 * A kind without a row gets the nearest one; `undefined` when no price of the model is known.
 */
export const pricesFor = (entry: ModelEntry, kind: ProfileKind, inputTokens = 0, region?: string): Prices | undefined => {
  const tier = entry.priceTiers
    .filter(({ aboveInputTokens }) => inputTokens > aboveInputTokens)
    .reduce<(typeof entry.priceTiers)[number] | undefined>(
      (highest, next) => (highest && highest.aboveInputTokens > next.aboveInputTokens ? highest : next),
      undefined,
    );
  return (tier && lookUp(tier.prices, kind, region)) ?? lookUp(entry.prices, kind, region);
};
