import type { ModelEntry } from './types';

/** A day as ISO 8601 writes it, such as 2026-11-28: two of them compare as text. */
export type Day = string;

/** Can the model no longer be called on a day? Without a day its entry decides, which says how things stood when it was compared with its sources. */
export const hasEnded = ({ lifecycle }: Pick<ModelEntry, 'lifecycle'>, today?: Day): boolean => {
  if (lifecycle.kind !== 'retired' && lifecycle.kind !== 'legacy') return false;
  const { kind, endOfLife } = lifecycle;
  return today === undefined || endOfLife === undefined ? kind === 'retired' : endOfLife <= today;
};
