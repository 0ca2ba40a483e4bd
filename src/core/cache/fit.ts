import { exceeds, reaches, type Band, type Sized } from '../figures/band';
import type { ExplicitCaching } from './markerPlaces';

/** Is a prefix of this size cached? `surely`: at every size that it may have; `likely`: at the likeliest one; else `no`. */
export type Fit = 'surely' | 'likely' | 'no';

/**
 * The one answer to whether a model caches a prefix of this size, as far as its size decides. Sums, forecasts and tints go by `likely`, so that
 * they agree; what is proposed, or called certain, must be `surely`. A long prefix is counted no further than to its minimum.
 */
export const fits = (prefix: Sized, { minimum, maximum }: Pick<ExplicitCaching, 'minimum' | 'maximum'>): Fit => {
  if (maximum !== undefined && exceeds(prefix, 'likely', maximum)) return 'no';
  if (reaches(prefix, 'low', minimum.likely)) return 'surely';
  return reaches(prefix, 'likely', minimum.likely) ? 'likely' : 'no';
};

/** Is a prefix too short at every size that it may have, whichever source of the minimum is right? */
export const surelyTooShort = (prefix: Band, { minimum }: Pick<ExplicitCaching, 'minimum'>): boolean => prefix.high < minimum.low;
