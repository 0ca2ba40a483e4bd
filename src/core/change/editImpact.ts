import type { Prompt } from '../prompt/model';
import type { CacheField } from '../models/types';
import type { Place } from '../text/place';
import type { Standing } from '../text/segment';
import { span, type Span } from '../text/span';
import { minus, noTokens, type TokenEstimate } from '../figures/band';
import { lastingValues, placeOfDifference, readsTheSame, sentBlocks, sentText, standingOf, type SentBlock } from './comparedBlocks';
import { prefixChain, type ChainEntry } from '../cache/chain';
import { foundAt, lookBackOf } from '../cache/lookBack';
import type { ConverseRequest } from '../request/types';
import { prefixSettings, type CacheSetting, type PrefixSetting } from '../cache/prefixSettings';
import { buildRequest } from '../request/build';
import type { CachePlan, Checkpoint } from '../cache/plan';
import { costOf, type Usd } from '../money/bill';
import { callTokens } from '../traffic/savings';
import type { Values } from '../request/values';

/** What the first difference between two versions of a prompt is. */
export type Change =
  | { readonly kind: 'none' }
  /** Only what stands behind every checkpoint of use. */
  | { readonly kind: 'tail' }
  | { readonly kind: 'model'; readonly from: string; readonly to: string }
  /** Not a block, and yet part of what the cache compares. */
  | { readonly kind: 'setting'; readonly setting: CacheSetting }
  | { readonly kind: 'content'; readonly field: CacheField }
  /** Content that reads the same and is sent with other bytes: white space, order of members, ways of writing a letter. */
  | { readonly kind: 'bytes'; readonly field: CacheField }
  /** The content is the same, the markers are not. */
  | { readonly kind: 'markers'; readonly how: 'added' | 'removed' | 'moved' | 'lifetime' };

/** What becomes of the lost tokens with the next call; USD. */
export type Rewrite =
  | { readonly kind: 'written'; readonly cost: Usd }
  /** No checkpoint works any more: the tokens are paid in full with each call. */
  | { readonly kind: 'uncached' }
  | { readonly kind: 'unpriced' };

/** What an edit does to what calls with the earlier version have cached. */
export interface Impact {
  readonly change: Change;
  /** The first difference in the later text; `undefined` when there is none. */
  readonly at: Span | undefined;
  /** Where that is truly written when another file brings it in. */
  readonly foreign?: Place;
  /** Useful checkpoints of the earlier version that calls with the later one do not read, in order. */
  readonly lost: readonly Checkpoint[];
  /** Tokens that were read from the cache and no longer are; by the earlier version's estimate. */
  readonly lostTokens: TokenEstimate;
  /** Tokens that are still read. */
  readonly keptTokens: TokenEstimate;
  readonly rewrite: Rewrite;
}

/** One version of a prompt. */
export interface Version {
  readonly prompt: Prompt;
  readonly text: string;
  readonly plan: CachePlan;
}

/** A version as the cache compares it. */
interface Side extends Version {
  readonly values: Values;
  /** With values that are the same in each request; every other variable stays a placeholder. */
  readonly request: ConverseRequest;
  readonly chain: readonly ChainEntry[];
  /** The blocks of the chain. */
  readonly sent: readonly SentBlock[];
  /** Each checkpoint with the number of blocks before it that are no markers. */
  readonly points: readonly { readonly point: Checkpoint; readonly position: number }[];
}

const sides = new WeakMap<CachePlan, Side>();

const readSide = ({ prompt, text, plan }: Version): Side => {
  // The checkpoints are the markers among the blocks, in the same order.
  const points = plan.checkpoints.map((point, at) => ({ point, position: point.index - at }));
  const values = lastingValues(prompt);
  const request = buildRequest(prompt, values);
  return { prompt, text, plan, values, request, chain: prefixChain(request, plan), sent: sentBlocks(prompt, plan.blocks), points };
};

/** Read once of each version: the earlier one stays while somebody types. */
const sideOf = (version: Version): Side => {
  const side = sides.get(version.plan) ?? readSide(version);
  sides.set(version.plan, side);
  return side;
};

const isUseful = ({ verdict, reuse }: Checkpoint): boolean => verdict.kind === 'caches' && reuse.kind !== 'never';

/** How many entries two chains have alike from their beginning. */
const alike = ({ chain: a }: Side, { chain: b }: Side, by: 'own' | 'hash'): number => {
  const at = a.findIndex((entry, index) => entry[by] !== b[index]?.[by]);
  return at === -1 ? a.length : at;
};

/** The first setting that differs and takes part in the comparison. */
const changedSetting = (before: Side, after: Side): PrefixSetting | undefined => {
  const earlier = prefixSettings(before.request, before.plan.model);
  return prefixSettings(after.request, after.plan.model).find(({ value }, at) => value !== earlier[at]?.value);
};

const fieldOrder = { tools: 0, system: 1, messages: 2 } as const;

/**
 * Does a call with the later version find what was written after `position` blocks? At a marker of its own, or from one close after it where
 * the model looks back.
 */
const isRead = (position: number, { plan, points }: Side): boolean => {
  // A marker that makes the call fail counts too: what is wrong with it is told elsewhere, and it spoils no cache.
  const places = points.map((own) => own.position);
  return foundAt(places, lookBackOf(plan.caching), (at) => at === position) !== undefined;
};

const rewriteOf = (after: Side, lost: readonly Checkpoint[], kept: Checkpoint | undefined, otherModel: boolean): Rewrite => {
  const { prices } = after.plan;
  const working = after.plan.checkpoints.filter(({ verdict }) => verdict.kind === 'caches');
  const last = working.at(-1);
  if (last === undefined) return after.plan.model === undefined ? { kind: 'unpriced' } : { kind: 'uncached' };
  if (prices === undefined) return { kind: 'unpriced' };
  // Another model counts tokens its own way.
  if (otherModel) return { kind: 'written', cost: costOf({ read: 0, write: callTokens(after.plan, undefined).write, input: 0 }, prices) };
  const write: Record<string, number> = {};
  let from = kept?.prefix.likely ?? 0;
  for (const { number, prefix } of lost) {
    // Billed by the lifetime of the marker that closes the segment now.
    const { ttl } = working.find((point) => point.number >= number) ?? last;
    write[ttl] = (write[ttl] ?? 0) + Math.max(0, prefix.likely - from);
    from = Math.max(from, prefix.likely);
  }
  return { kind: 'written', cost: costOf({ read: 0, write, input: 0 }, prices) };
};

/** Lists by the order in which Bedrock reads them. */
const listNumber = ({ wire: { place } }: SentBlock): number => (place.field === 'messages' ? 2 + place.message : fieldOrder[place.field]);

/** Where a difference after `shared` equal blocks stands in the later text. */
const placeAt = (before: Side, after: Side, shared: number): Standing => {
  const [a, b] = [before.sent[shared], after.sent[shared]];
  if (a !== undefined && b !== undefined && a.list === b.list)
    return placeOfDifference(after.prompt.sources, a.wire.block, b.wire.block, before.values, after.values);
  // Something was added here; else something after the last equal block was removed.
  if (b !== undefined && (a === undefined || listNumber(b) <= listNumber(a))) return standingOf(b.wire.block);
  const end = after.sent[shared - 1]?.wire.block.span.end ?? b?.wire.block.span.start ?? 0;
  return { span: span(end, end) };
};

const startOfHeader = ({ prompt }: Side): Span => {
  const start = prompt.header.span?.start ?? 0;
  return span(start, start);
};

const placeOfSetting = (after: Side, setting: CacheSetting, shared: number, before: Side): Span => {
  const field = after.prompt.header.fields[setting];
  if (field !== undefined) return field.span;
  return setting === 'images' || setting === 'citations' ? placeAt(before, after, shared).span : startOfHeader(after);
};

/** Do the text blocks of one list, from a block on, say this text, white space at their ends aside? */
const continues = ({ sent, values }: Side, from: number, text: string): boolean => {
  const list = sent[from - 1]?.list;
  let rest = text.trim();
  for (const { list: own, wire } of sent.slice(from)) {
    const part = own === list ? sentText(wire.block, values)?.trim() : undefined;
    // A further marker may part the other text too.
    if (rest === '' || part?.startsWith(rest) === true) return true;
    if (part === undefined || !rest.startsWith(part)) return false;
    rest = rest.slice(part.length).trim();
  }
  return rest === '';
};

/** Is the first difference only that a marker parts a text, or parts it no longer? */
const isPartedText = (before: Side, after: Side, shared: number): boolean => {
  const [a, b] = [before.sent[shared], after.sent[shared]];
  if (a === undefined || b === undefined || a.list !== b.list) return false;
  const [left, right] = [sentText(a.wire.block, before.values), sentText(b.wire.block, after.values)];
  if (left === undefined || right === undefined) return false;
  const parted = left.length < right.length ? before : after;
  const [short, whole] = parted === before ? [left, right] : [right, left];
  return (
    whole.startsWith(short) &&
    parted.points.some(({ position }) => position === shared + 1) &&
    continues(parted, shared + 1, whole.slice(short.length))
  );
};

type MarkerChange = Extract<Change, { kind: 'markers' }>['how'];

const howMarkersDiffer = (before: Side, after: Side): MarkerChange | undefined => {
  const [a, b] = [before.points, after.points];
  if (a.length !== b.length) return a.length < b.length ? 'added' : 'removed';
  if (a.some(({ position }, at) => position !== b[at]?.position)) return 'moved';
  return a.some(({ point }, at) => point.ttl !== b[at]?.point.ttl) ? 'lifetime' : undefined;
};

/** A marker of the later text that the earlier one had not, else the place where one stood. */
const placeOfMarkers = (before: Side, after: Side, how: MarkerChange, lost: readonly Checkpoint[]): Span => {
  const known = new Set(before.points.map(({ position, point }) => `${position} ${point.ttl}`));
  const own = after.points.find(({ position, point }) => !known.has(`${position} ${point.ttl}`));
  if (own !== undefined && how !== 'removed') return own.point.marker.span;
  const gone =
    before.points.find(({ point }) => lost.includes(point)) ??
    before.points.find(({ position }) => !after.points.some((point) => point.position === position));
  const end = after.sent[(gone?.position ?? 0) - 1]?.wire.block.span.end ?? 0;
  return span(end, end);
};

interface Finding {
  readonly change: Change;
  readonly at: Span | undefined;
  readonly foreign?: Place;
}

const findChange = (
  before: Side,
  after: Side,
  shared: number,
  reach: number,
  setting: PrefixSetting | undefined,
  lost: readonly Checkpoint[],
): Finding => {
  const equal = shared === before.sent.length && shared === after.sent.length;
  const markers = howMarkersDiffer(before, after);
  const lastUseful = before.points.findLast(({ point }) => isUseful(point))?.position;
  if (setting !== undefined && reach < shared && (lastUseful ?? 0) > reach)
    return { change: { kind: 'setting', setting: setting.setting }, at: placeOfSetting(after, setting.setting, shared, before) };
  // What was written is all there, and no marker finds it.
  const missed = before.points.some(({ point, position }) => point === lost[0] && position <= reach);
  if (markers !== undefined && (equal || missed))
    return { change: { kind: 'markers', how: markers }, at: placeOfMarkers(before, after, markers, lost) };
  if (equal) return { change: setting === undefined ? { kind: 'none' } : { kind: 'tail' }, at: undefined };
  const { span: at, foreign } = placeAt(before, after, shared);
  const where = { at, ...(foreign && { foreign }) };
  if (lastUseful !== undefined && lastUseful <= shared) return { change: { kind: 'tail' }, ...where };
  if (isPartedText(before, after, shared)) return { change: { kind: 'markers', how: markers ?? 'moved' }, ...where };
  const [a, b] = [before.sent[shared], after.sent[shared]];
  const first = a !== undefined && (b === undefined || listNumber(a) < listNumber(b)) ? a : b;
  const field = first?.wire.place.field ?? 'messages';
  const bytes =
    a !== undefined && b !== undefined && a.list === b.list && readsTheSame(a.wire.block, b.wire.block, before.values, after.values);
  return { change: { kind: bytes ? 'bytes' : 'content', field }, ...where };
};

/**
 * What becomes of the cache of an earlier version of a prompt when calls are made with a later one. Variables are compared by their names unless
 * they always have the same value. Pure, and linear in the length of the texts.
 */
export const editImpact = (earlier: Version, later: Version): Impact => {
  const [before, after] = [sideOf(earlier), sideOf(later)];
  const useful = before.points.filter(({ point }) => isUseful(point));
  const [from, to] = [earlier.plan.modelId, later.plan.modelId];
  const shared = alike(before, after, 'own');
  const reach = from !== to ? -1 : alike(before, after, 'hash');
  const setting = changedSetting(before, after);
  const kept = useful.findLast(({ position }) => position <= reach && isRead(position, after));
  const lost = useful.slice(kept === undefined ? 0 : useful.indexOf(kept) + 1).map(({ point }) => point);
  const { basis } = before.plan.total;
  const last = lost.at(-1);
  const found: Finding =
    from !== to
      ? { change: { kind: 'model', from, to }, at: after.prompt.header.modelId?.span ?? startOfHeader(after) }
      : findChange(before, after, shared, reach, setting, lost);
  return {
    ...found,
    lost,
    lostTokens: last === undefined ? noTokens(basis) : minus(last.prefix, kept?.point.prefix),
    keptTokens: kept?.point.prefix ?? noTokens(basis),
    rewrite: last === undefined ? { kind: 'unpriced' } : rewriteOf(after, lost, kept?.point, from !== to),
  };
};
