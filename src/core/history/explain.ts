import { lookBackOf } from '../cache/lookBack';
import { lifetimeMsOf } from '../models/lifetimes';
import { countTokensOf, mentionsCache } from '../tokens/usage';
import { alignedEnds } from './align';
import { blockDifference, commonBlocks, differenceBetween, settingDifferences } from './difference';
import { begunAt, entriesOf, isReadable, leftEntries, leftTokens, prefixKeys, workingPoints, type KnownEntry } from './entries';
import type { Cause, Explanation, PlacePart } from '../runs/explanation';
import { fieldOfList } from './fingerprint';
import { usdOfLost } from './lost';
import { newestFirst } from './pages';
import type { StoredRun } from './stored';

/** A read may fall short of what was left by this share, or by so many tokens, and still be all of it: frames move. */
const shortfall = 0.05;
/** On models that also cache by themselves recorded reads fell short by up to this share. */
const looseShortfall = 0.2;
const frame = 16;

const isLoose = ({ caching }: StoredRun): boolean => caching?.kind === 'implicit' || (caching?.kind === 'explicit' && caching.implicit);

/** Is that all of what had been left? */
const isAll = (read: number, left: number, run: StoredRun): boolean =>
  read >= left - Math.max(frame, left * (isLoose(run) ? looseShortfall : shortfall));

const places: readonly (readonly [PlacePart, (run: StoredRun) => string | undefined])[] = [
  ['service', ({ service, endpoint }) => (service === 'aws' ? service : `${service} ${endpoint}`)],
  ['region', ({ region }) => region],
  ['account', ({ account }) => account],
  ['identity', ({ caller }) => caller],
  ['api', ({ api }) => api],
];

/** Whose keys they were is told from whose account only where both calls know their account. */
const isOther = (part: PlacePart, was: StoredRun, is: StoredRun, of: (run: StoredRun) => string | undefined): boolean => {
  const bothKnown = was.account !== undefined && is.account !== undefined;
  if (part === 'account' && !bothKnown) return false;
  if (part === 'identity' && bothKnown) return false;
  return of(was) !== of(is);
};

/** Hashes tell that something is another one, and nothing to a person. */
const isNamed = (part: PlacePart): boolean => part !== 'account' && part !== 'identity';

/** The first part of the place that is another one; the rest follows from it. */
const otherPlace = (was: StoredRun, is: StoredRun): Cause | undefined => {
  for (const [part, of] of places)
    if (isOther(part, was, is, of))
      return { kind: 'other_place', part, was: isNamed(part) ? (of(was) ?? '') : '', is: isNamed(part) ? (of(is) ?? '') : '' };
  return undefined;
};

const changedBlocks = (was: StoredRun, is: StoredRun, most: number): Cause | undefined => {
  const difference = blockDifference(was.sent, is.sent, most);
  return difference && { kind: `${difference.at.field}_changed`, ...difference };
};

const minimumOf = ({ caching }: StoredRun) => (caching?.kind === 'explicit' || caching?.kind === 'implicit' ? caching.minimum : undefined);

/** Did the call write nothing because its prefixes are too short? */
const tooShort = (run: StoredRun): Cause | undefined => {
  const longest = run.sent.points.at(-1);
  const minimum = minimumOf(run);
  if (longest === undefined || minimum === undefined || leftTokens(run) > 0) return undefined;
  const [, likely, high] = longest.tokens;
  if (likely >= minimum.high) return undefined;
  return { kind: 'below_minimum', tokens: likely, minimum: minimum.likely, certain: high < minimum.low };
};

/** Does no cache point of the call see an entry that ends after so many blocks of an earlier one? */
const outOfSight = (was: StoredRun, is: StoredRun, blocks: number): Cause | undefined => {
  if (is.sent.points.length === 0) return { kind: 'marker_not_sent' };
  const short = tooShort(is);
  if (short !== undefined) return short;
  // How far a model looks back is a matter of the model, and not of where the points stand.
  const window = lookBackOf(was.sent.model === is.sent.model ? is.caching : was.caching);
  const points = workingPoints(is).map(({ after }) => after);
  const ends = alignedEnds(was.sent, is.sent, blocks, points);
  if (ends.some((after) => after >= blocks && after < blocks + window)) return undefined;
  const next = ends.find((after) => after >= blocks);
  if (next !== undefined && window > 1) return { kind: 'lookback_exceeded', blocks: next - blocks, window };
  const now = next ?? ends.at(-1);
  return now === undefined ? undefined : { kind: 'moved_cache_point', was: blocks, is: now };
};

/** What an entry's own time has to do with it. */
const inTime = (entry: KnownEntry | undefined, was: StoredRun, is: StoredRun, blocks: number): readonly Cause[] => {
  if (entry === undefined || isReadable(entry, is.startedAt)) return [];
  if (entry.readableFrom > is.startedAt) return [{ kind: 'parallel_first_calls', aheadMs: begunAt(was) - is.startedAt }];
  const ageMs = is.startedAt - entry.usedAt;
  const expired: Cause = { kind: 'expired', ttl: entry.ttl, ageMs };
  const now = is.sent.points.find(({ after }) => after >= blocks)?.ttl;
  const isLonger = now !== undefined && lifetimeMsOf(now) > lifetimeMsOf(entry.ttl) && ageMs < lifetimeMsOf(now);
  return isLonger ? [expired, { kind: 'ttl_changed', was: entry.ttl, is: now }] : [expired];
};

/** An inference profile may send a call to another Region than the one before. */
const profileOf = (was: StoredRun, is: StoredRun): 'other' | 'many' | undefined =>
  was.modelId !== is.modelId
    ? 'other'
    : /^(?:[a-z]{2,6})\.[a-z]/.test(is.modelId) || is.modelId.includes(':inference-profile/')
      ? 'many'
      : undefined;

/** Every reason, each enough by itself, for which a call could not read the longest prefix that an earlier one had left. */
const causesBetween = (was: StoredRun, is: StoredRun, entries: ReadonlyMap<string, KnownEntry>): readonly Cause[] => {
  const blocks = leftEntries(was).at(-1)?.blocks ?? 0;
  const last = was.sent.blocks[blocks - 1];
  const upTo = last === undefined ? 'messages' : fieldOfList(last[0]);
  const causes = [
    was.sent.model === is.sent.model ? undefined : ({ kind: 'model_changed', was: was.modelName, is: is.modelName } as const),
    otherPlace(was, is),
    changedBlocks(was, is, blocks),
    ...settingDifferences(was.sent, is.sent, upTo).map(({ name, from }) => ({ kind: 'setting_changed', setting: name, from }) as const),
    ...inTime(entries.get(prefixKeys(was)[blocks - 1] ?? ''), was, is, blocks),
    outOfSight(was, is, blocks),
  ];
  return causes.filter((cause) => cause !== undefined);
};

interface Candidate {
  readonly run: StoredRun;
  readonly common: number;
  readonly causes: readonly Cause[];
}

/** How many earlier runs of the prompt are looked at. */
const mostCandidates = 50;

/** The earlier run with which a call is best compared: the one that shares most with it, then the one that least stands in the way of, then the newest. */
const nearest = (run: StoredRun, earlier: readonly StoredRun[], entries: ReadonlyMap<string, KnownEntry>): Candidate | undefined => {
  let best: Candidate | undefined;
  for (const other of earlier.slice(0, mostCandidates)) {
    const common = Math.min(commonBlocks(other.sent, run.sent), leftEntries(other).at(-1)?.blocks ?? 0);
    if (best !== undefined && common < best.common) continue;
    const causes = causesBetween(other, run, entries);
    if (best === undefined || common > best.common || causes.length < best.causes.length) best = { run: other, common, causes };
  }
  return best;
};

/** Did it leave before the other, or at the same time without being answered at once? */
const isBefore = (other: StoredRun, run: StoredRun): boolean =>
  other.startedAt < run.startedAt || (other.startedAt === run.startedAt && begunAt(other) > run.startedAt);

/** Of a call that had nothing to read: what it did itself. */
const first = (run: StoredRun): Explanation => {
  const counts = run.usage && countTokensOf(run.usage);
  const wrote = (counts?.written ?? 0) > 0;
  const own = wrote
    ? { kind: 'not_cached_before' as const }
    : run.sent.points.length === 0
      ? { kind: 'marker_not_sent' as const }
      : tooShort(run);
  return { against: undefined, outcome: 'first', causes: own === undefined ? [] : [own], difference: undefined, lost: 0 };
};

/**
 * Why a call did not read from the cache what an earlier one of its prompt had left, by the figures that the service reported of both. `others`:
 * all that is remembered of other runs, in any order. `undefined`: the service said nothing of the cache, so nothing is claimed.
 */
export const explain = (run: StoredRun, others: readonly StoredRun[]): Explanation | undefined => {
  const counts = run.usage && countTokensOf(run.usage);
  if (counts === undefined || !mentionsCache(counts)) return undefined;
  const read = counts.read ?? 0;
  // Hashes by another key say nothing of these.
  const before = newestFirst(others.filter((other) => other.id !== run.id && other.key === run.key && isBefore(other, run)));
  const entries = entriesOf(before.toReversed());
  const own = before.filter((other) => other.subject === run.subject && leftTokens(other) > 0);
  const best = nearest(run, own, entries);
  if (best === undefined) return read > 0 ? { ...first(run), outcome: 'hit', causes: [] } : first(run);
  const left = leftTokens(best.run);
  const difference = differenceBetween(best.run.sent, run.sent);
  const compared = { against: best.run.id, difference };
  if (isAll(read, left, run)) return { ...compared, outcome: 'hit', causes: [], lost: 0 };
  const lost = Math.max(0, Math.min(left, counts.prompt ?? left) - read);
  const outcome = read > 0 ? 'part' : 'miss';
  const unexplained: Cause = { kind: 'possible_eviction_or_region', profile: profileOf(best.run, run) };
  const causes = best.causes.length > 0 ? best.causes : [unexplained];
  return { ...compared, outcome, causes, lost, lostUsd: usdOfLost(run, lost) };
};
