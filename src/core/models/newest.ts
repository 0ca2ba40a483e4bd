import { catalogWith } from './catalog';
import { suggestProfile, type Reach } from './profiles';
import type { ModelEntry } from './types';

const isOffered = ({ lifecycle, surfaces, caching, name }: ModelEntry): boolean =>
  lifecycle.kind === 'active' && surfaces.includes('runtime') && caching.kind === 'explicit' && name.startsWith('Claude Sonnet');

/** The id that a new prompt names: the newest Claude Sonnet, neither the smallest nor the dearest, as it is called from a Region. */
export const modelForNewPrompt = (region: string | undefined, overrides: readonly ModelEntry[] = [], reach?: Reach): string => {
  const entry = catalogWith(overrides).findLast(isOffered);
  if (entry === undefined) return '';
  return suggestProfile(entry, region, reach)[0] ?? suggestProfile(entry, undefined, reach)[0] ?? entry.id;
};
