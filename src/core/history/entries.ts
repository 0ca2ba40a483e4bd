import { foundAt, lookBackOf } from '../cache/lookBack';
import { lifetimeMsOf } from '../models/lifetimes';
import type { CacheField } from '../models/types';
import { hashOf } from '../text/hash';
import { countTokensOf, mentionsCache } from '../tokens/usage';
import { fieldOfList, type Fingerprint } from './fingerprint';
import type { StoredRun } from './stored';

const fields: readonly CacheField[] = ['tools', 'system', 'messages'];

/** Calls to other ones of these share no cache, surely. */
const placeOf = ({ service, endpoint, region, caller, account, api }: StoredRun): readonly unknown[] => [
  service,
  service === 'aws' ? '' : endpoint,
  region,
  account ?? caller,
  api,
];

/** For each number of blocks, from one on, the key of the prefix that they make: equal for two runs exactly where the cache takes them for the same. */
export const prefixKeys = (run: StoredRun): readonly string[] => {
  const { model, blocks, settings }: Fingerprint = run.sent;
  let key = hashOf([run.key, model, ...placeOf(run)]);
  let reached = -1;
  return blocks.map(([list, hash]) => {
    for (const at = fields.indexOf(fieldOfList(list)); reached < at; reached += 1) {
      const own = settings.filter(({ from }) => from === fields[reached + 1]);
      if (own.length > 0) key = hashOf([key, ...own.flatMap(({ name, hash: value }) => [name, value])]);
    }
    return (key = hashOf([key, list, hash]));
  });
};

/** What a call left in the cache, as far as the service's own figures bear it out. */
export interface LeftEntry {
  /** So many blocks of the request make the prefix. */
  readonly blocks: number;
  readonly ttl: string;
}

/** Estimates of a prefix fall short of what the service counts, or go beyond it, by this share. */
const doubt = 0.05;
const frame = 16;

/** Tokens that a call read or wrote: the longest prefix that it left has so many. */
export const leftTokens = ({ usage }: StoredRun): number => {
  const counts = usage && countTokensOf(usage);
  return counts !== undefined && mentionsCache(counts) ? (counts.read ?? 0) + (counts.written ?? 0) : 0;
};

/** Cache points of a run that can have been taken: long enough by estimate, or perhaps. */
export const workingPoints = ({ sent }: StoredRun) =>
  sent.points.filter(({ verdict, after }) => after > 0 && (verdict === 'caches' || verdict === 'unknownModel'));

/** The prefixes that a call left, the longest last; none where the service reported neither a read nor a write. */
export const leftEntries = (run: StoredRun): readonly LeftEntry[] => {
  const left = leftTokens(run);
  if (left === 0) return [];
  const possible = run.sent.points.filter(
    ({ after, verdict }) => after > 0 && !/^(?:tooMany|refused|unsupported|notOnDemand)/.test(verdict),
  );
  const within = possible.filter(({ tokens: [low] }) => low <= left * (1 + doubt) + frame);
  const working = within.filter(({ verdict }) => verdict === 'caches' || verdict === 'unknownModel');
  // Something was left: where by estimate nothing was long enough, the estimate was wrong.
  const entries = working.length > 0 ? working : within.slice(-1);
  return entries.map(({ after, ttl }) => ({ blocks: after, ttl }));
};

/** A living or expired entry of the cache as the runs show it. */
export interface KnownEntry {
  readonly ttl: string;
  /** When the first answer that wrote it had begun; calls before cannot read it. */
  readonly readableFrom: number;
  /** When it was written or read last. */
  readonly usedAt: number;
}

/** When the answer of a call had begun, as far as that is known. */
export const begunAt = ({ startedAt, firstDeltaMs, totalMs }: StoredRun): number => startedAt + (firstDeltaMs ?? totalMs ?? 0);

const isAlive = ({ ttl, usedAt, readableFrom }: KnownEntry, at: number): boolean => readableFrom <= at && usedAt + lifetimeMsOf(ttl) > at;

/** Is an entry there to be read at this time? */
export const isReadable = (entry: KnownEntry | undefined, at: number): boolean => entry !== undefined && isAlive(entry, at);

/** An entry after a call that wrote it, or read it (`isHit`). */
const touch = (before: KnownEntry | undefined, run: StoredRun, ttl: string, isHit: boolean): KnownEntry => {
  const at = run.startedAt;
  const isThere = before !== undefined && before.usedAt + lifetimeMsOf(before.ttl) > at;
  // A read leaves the lifetime that the entry was written with.
  if (isThere && isHit && before.readableFrom <= at) return { ...before, usedAt: Math.max(before.usedAt, at) };
  const own = { ttl: ttl === '' ? '5m' : ttl, readableFrom: begunAt(run), usedAt: at };
  if (!isThere || before.readableFrom <= at) return own;
  // Two calls in flight have both paid for it: the longer of their lifetimes holds.
  const longer = lifetimeMsOf(before.ttl) > lifetimeMsOf(own.ttl) ? before.ttl : own.ttl;
  return { ttl: longer, readableFrom: Math.min(before.readableFrom, own.readableFrom), usedAt: Math.max(before.usedAt, at) };
};

/** All entries that runs have left, by the keys of their prefixes; runs in the order of their starts. */
export const entriesOf = (runs: readonly StoredRun[]): ReadonlyMap<string, KnownEntry> => {
  const entries = new Map<string, KnownEntry>();
  for (const run of runs) {
    const left = leftEntries(run);
    if (left.length === 0) continue;
    const keys = prefixKeys(run);
    const at = run.startedAt;
    const isHit = (run.usage?.cacheRead ?? 0) > 0;
    const found = isHit
      ? foundAt(
          left.map(({ blocks }) => blocks - 1),
          lookBackOf(run.caching),
          (place) => isReadable(entries.get(keys[place] ?? ''), at),
        )
      : undefined;
    const touched = [...left, ...(found === undefined ? [] : [{ blocks: found + 1, ttl: '' }])];
    for (const { blocks, ttl } of touched) {
      const key = keys[blocks - 1];
      if (key === undefined) continue;
      entries.set(key, touch(entries.get(key), run, ttl, isHit));
    }
  }
  return entries;
};
