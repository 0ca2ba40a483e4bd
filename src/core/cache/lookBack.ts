import type { Caching } from '../models/types';

/** Blocks at whose end a cache point looks for an earlier entry, its own first. Source: AWS user guide, Prompt caching, 2026-10; Anthropic, Prompt caching, 2026-08. */
export const lookBackOf = (caching: Caching | undefined): number => (caching?.kind === 'explicit' ? Math.max(1, caching.lookBack ?? 1) : 1);

/** The place of the longest prefix that cache points at these places, in the order of the request, find alive. Places count blocks with content. */
export const foundAt = (places: readonly number[], lookBack: number, isAlive: (place: number) => boolean): number | undefined => {
  for (const place of places.toReversed()) for (let at = place; at >= 0 && at > place - lookBack; at -= 1) if (isAlive(at)) return at;
  return undefined;
};
