import { daysUntil } from '../figures/days';
import type { ModelEntry } from '../models/types';

/** Prices that were compared with their sources longer ago are called old. */
const freshDays = 90;

/** Days since prices were checked (an ISO date), where they are too many to go by them; else `undefined`. `at`: milliseconds since 1970. */
export const oldPriceDays = (checked: string | undefined, at: number): number | undefined => {
  const days = checked === undefined ? undefined : daysUntil(checked, at);
  return days !== undefined && days > freshDays ? days : undefined;
};

/** When the catalog's prices of a model were checked; `undefined` for those that settings give in their place. */
export const pricesCheckedOf = ({ checked, overridden = [] }: Pick<ModelEntry, 'checked' | 'overridden'>): string | undefined =>
  overridden.includes('prices') ? undefined : checked;
