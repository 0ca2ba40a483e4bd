import type { CacheTtl } from './types';

const minute = 60_000;

/** How long an entry lives after its last use, in milliseconds, the shortest first. Source: AWS user guide, Prompt caching, 2026-10. */
export const lifetimeMs: Readonly<Record<CacheTtl, number>> = { '5m': 5 * minute, '30m': 30 * minute, '1h': 60 * minute };

/** Is it the name of a lifetime that some model has? */
export const isLifetime = (name: string): name is CacheTtl => Object.hasOwn(lifetimeMs, name);

/** Milliseconds of a lifetime by its name; an unknown name counts as the default, five minutes. */
export const lifetimeMsOf = (ttl: string): number => lifetimeMs[isLifetime(ttl) ? ttl : '5m'];
