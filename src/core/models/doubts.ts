import { entryOf, type Resolution } from './resolve';

/** Why the service may do less with a working cache point than the documents say. */
export type Doubt =
  /** Cache points were accepted, and repeated prompts read nothing. */
  | 'govCloud'
  /** What a call wrote was gone within a minute. */
  | 'losesEntries'
  /** Another model may answer, and a cache belongs to one. */
  | 'router'
  /** Reads end before or after the cache point; only their sum with what is written is steady. */
  | 'splits'
  /** Calls may go to different Regions, and under load more of them write. */
  | 'crossRegion';

/** With these no saving is promised; the others are worth a word. */
const withholding: ReadonlySet<Doubt> = new Set<Doubt>(['govCloud', 'losesEntries', 'router']);

/**
 * What is known against the cache of a model, addressed in this way, the gravest first. Sources: a comment in the price table of AWS's document
 * processing accelerator, 2026 (GovCloud); recorded conversations of ten turns on Bedrock, 2025 (lost entries), and on Nova (reads beside the point);
 * AWS user guide, Prompt caching and Intelligent prompt routing, 2026-10 (cross-Region profiles, routers).
 */
export const doubtsOf = (resolution: Resolution): readonly Doubt[] => {
  const caching = entryOf(resolution)?.caching;
  if (caching?.kind !== 'explicit') return [];
  const isProfile = resolution.kind === 'profile';
  const found: readonly (readonly [Doubt, boolean])[] = [
    ['govCloud', isProfile && resolution.prefix === 'us-gov'],
    ['losesEntries', isProfile && caching.losesEntries === true],
    ['router', resolution.kind === 'opaque' && resolution.resource === 'promptRouter'],
    ['splits', caching.implicit],
    ['crossRegion', isProfile],
  ];
  return found.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
};

/** Must no saving be promised? */
export const isWithheld = (doubts: readonly Doubt[]): boolean => doubts.some((doubt) => withholding.has(doubt));
