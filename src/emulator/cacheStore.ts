import { lifetimeMs } from '../core/models/lifetimes';
import type { CacheTtl } from '../core/models/types';
import type { PrefixKey } from './prefix';

/** How long an entry lives after its last use, as usage names it. */
export type EntryTtl = CacheTtl;

/** One written prefix. */
export interface CacheEntry {
  readonly key: PrefixKey;
  readonly modelId: string;
  readonly tokens: number;
  readonly ttl: EntryTtl;
  /** Milliseconds on the injected clock. */
  readonly expiresAt: number;
}

/** Written prefixes with their expiry; every time is milliseconds on the caller's clock. */
export interface CacheStore {
  /** The entry when it is there and alive at `now`. */
  find(key: PrefixKey, now: number): CacheEntry | undefined;
  /** Starts the entry's lifetime again from `now`, as a hit does; never shortens it. */
  refresh(key: PrefixKey, now: number): void;
  /**
   * Keeps a prefix written by a request that started at `startedAt`. A living entry was written by another one while this was in flight: both
   * have paid for their writes, so it lives as long as either promised.
   */
  write(entry: Omit<CacheEntry, 'expiresAt'>, startedAt: number): void;
  /** Living entries, the one used longest ago first. */
  list(now: number): readonly CacheEntry[];
  clear(): void;
}

/** A store of at most `capacity` entries; the one used longest ago gives way. */
export const createCacheStore = (capacity: number): CacheStore => {
  const entries = new Map<PrefixKey, CacheEntry>();
  const keep = (entry: CacheEntry): void => {
    entries.delete(entry.key);
    entries.set(entry.key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= capacity) break;
      entries.delete(oldest);
    }
  };
  const find = (key: PrefixKey, now: number): CacheEntry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > now) return entry;
    entries.delete(key);
    return undefined;
  };
  const refresh = (key: PrefixKey, now: number): void => {
    const entry = find(key, now);
    if (entry !== undefined) keep({ ...entry, expiresAt: Math.max(entry.expiresAt, now + lifetimeMs[entry.ttl]) });
  };
  return {
    find,
    refresh,
    write: (entry, startedAt) => {
      const living = find(entry.key, startedAt);
      const ttl = living !== undefined && lifetimeMs[living.ttl] > lifetimeMs[entry.ttl] ? living.ttl : entry.ttl;
      keep({ ...entry, ttl, expiresAt: Math.max(living?.expiresAt ?? 0, startedAt + lifetimeMs[ttl]) });
    },
    list: (now) => [...entries.values()].filter(({ expiresAt }) => expiresAt > now),
    clear: () => entries.clear(),
  };
};
