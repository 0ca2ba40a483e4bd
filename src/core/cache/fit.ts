import type { Band } from '../figures/band';
import type { ExplicitCaching } from './markerPlaces';

/** Is a prefix of this size cached? `surely`: at every size that it may have; `likely`: at the likeliest one; else `no`. */
export type Fit = 'surely' | 'likely' | 'no';

/**
 * The one answer to whether a model caches a prefix of this size, as far as its size decides. Sums, forecasts and tints go by `likely`, so that
 * they agree; what is proposed, or called certain, must be `surely`.
 */
export const fits = (prefix: Band, { minimum, maximum = Infinity }: Pick<ExplicitCaching, 'minimum' | 'maximum'>): Fit => {
  if (prefix.likely > maximum || prefix.likely < minimum.likely) return 'no';
  return prefix.low >= minimum.likely ? 'surely' : 'likely';
};

/** Is a prefix too short at every size that it may have, whichever source of the minimum is right? */
export const surelyTooShort = (prefix: Band, { minimum }: Pick<ExplicitCaching, 'minimum'>): boolean => prefix.high < minimum.low;
