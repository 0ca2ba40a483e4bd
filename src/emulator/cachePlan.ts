import type { Caching, Figure } from '../core/models/types';
import type { CacheEntry, CacheStore, EntryTtl } from './cacheStore';
import type { PrefixKey } from './prefix';
import { prefixKeys } from './prefix';
import type { SentRequest } from './request';
import type { Target } from './target';
import type { TokenCounts } from './tokens';

/** Which end of a model's minimum decides where sources disagree. */
export type MinimumChoice = keyof Pick<Figure, 'low' | 'likely' | 'high'>;

/** Tokens written with one lifetime. */
export interface CacheWrite {
  readonly ttl: EntryTtl;
  readonly tokens: number;
}

/** What the cache does for one request; `read` + `written` + `input` are all its input tokens. */
export interface CacheOutcome {
  /** Does the model report cache figures at all? */
  readonly reported: boolean;
  readonly read: number;
  readonly written: number;
  /** Input tokens neither read nor written. */
  readonly input: number;
  /** By lifetime, the longer first. */
  readonly writes: readonly CacheWrite[];
  /** Entries that the response, once begun, makes readable. */
  readonly entries: readonly Omit<CacheEntry, 'expiresAt'>[];
  /** Entries this request hit. */
  readonly hits: readonly PrefixKey[];
}

type Explicit = Extract<Caching, { kind: 'explicit' }>;

interface Checkpoint {
  /** Index of the last block it covers. */
  readonly block: number;
  readonly ttl: EntryTtl;
}

const checkpointsOf = (request: SentRequest, caching: Explicit, minimum: number, counts: TokenCounts): readonly Checkpoint[] => {
  const byBlock = new Map<number, Checkpoint>();
  for (const marker of request.markers) {
    const block = marker.after - 1;
    const tokens = counts.prefixes[block] ?? 0;
    const cacheable = block >= 0 && tokens >= minimum && tokens <= (caching.maximum ?? Infinity);
    if (cacheable && !byBlock.has(block)) byBlock.set(block, { block, ttl: marker.ttl ?? caching.defaultTtl });
  }
  return [...byBlock.values()];
};

interface Hit {
  readonly block: number;
  readonly key: PrefixKey;
}

type Find = (key: PrefixKey) => CacheEntry | undefined;

/** The longest written prefix that any checkpoint sees: at its own place, and on Claude at up to 19 blocks before it. */
const longestHit = (checkpoints: readonly Checkpoint[], keys: readonly PrefixKey[], window: number, find: Find): Hit | undefined => {
  for (const { block } of checkpoints.toReversed()) {
    for (let at = block; at >= 0 && at > block - window; at -= 1) {
      const key = keys[at] ?? '';
      if (find(key) !== undefined) return { block: at, key };
    }
  }
  return undefined;
};

const sumByTtl = (writes: readonly CacheWrite[]): readonly CacheWrite[] =>
  (['1h', '30m', '5m'] as const).flatMap((ttl) => {
    const tokens = writes.filter((write) => write.ttl === ttl).reduce((sum, write) => sum + write.tokens, 0);
    return tokens > 0 ? [{ ttl, tokens }] : [];
  });

const untouched = (reported: boolean, counts: TokenCounts): CacheOutcome => ({
  reported,
  read: 0,
  written: 0,
  input: counts.total,
  writes: [],
  entries: [],
  hits: [],
});

/**
 * Decides reads and writes of one request at the time `now` (the start of the request) without changing the store.
 * Rules: AWS user guide and Anthropic's guide on prompt caching, 2026-08 to 2026-10; `docs/emulator.md` names each.
 */
export const planCache = (
  request: SentRequest,
  target: Target,
  counts: TokenCounts,
  store: CacheStore,
  now: number,
  minimumChoice: MinimumChoice,
): CacheOutcome => {
  const { caching } = target.entry;
  if (caching.kind !== 'explicit') return untouched(false, counts);
  if (target.kind === 'provisioned' || request.markers.length === 0) return untouched(true, counts);
  const keys = prefixKeys(request, target);
  const find: Find = (key) => store.find(key, now);
  const checkpoints = checkpointsOf(request, caching, caching.minimum[minimumChoice], counts);
  const hit = longestHit(checkpoints, keys, caching.lookBack ?? 1, find);
  // Counted in this request: what a setting of the one that wrote it added, such as thinking, is no part of what is read.
  const read = hit === undefined ? 0 : (counts.prefixes[hit.block] ?? 0);
  let reached = read;
  const writes: CacheWrite[] = [];
  const entries: Omit<CacheEntry, 'expiresAt'>[] = [];
  const hits = new Set<PrefixKey>(hit === undefined ? [] : [hit.key]);
  for (const { block, ttl } of checkpoints) {
    const key = keys[block] ?? '';
    const prefix = counts.prefixes[block] ?? 0;
    if (find(key) !== undefined) {
      hits.add(key);
      continue;
    }
    if (hit === undefined || block > hit.block) {
      writes.push({ ttl, tokens: Math.max(0, prefix - reached) });
      reached = Math.max(reached, prefix);
    }
    entries.push({ key, modelId: target.entry.id, tokens: block > (hit?.block ?? -1) ? reached : prefix, ttl });
  }
  const written = reached - read;
  return { reported: true, read, written, input: counts.total - reached, writes: sumByTtl(writes), entries, hits: [...hits] };
};

/** What a response that has begun leaves in the store: what it wrote can be read, and what it hit lives on; `startedAt` is its request's start. */
export const settle = ({ hits, entries }: CacheOutcome, store: CacheStore, startedAt: number): void => {
  for (const key of hits) store.refresh(key, startedAt);
  for (const entry of entries) store.write(entry, startedAt);
};
