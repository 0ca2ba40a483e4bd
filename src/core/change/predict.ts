import { prefixChain, type ChainEntry } from '../cache/chain';
import { foundAt, lookBackOf } from '../cache/lookBack';
import type { CachePlan } from '../cache/plan';
import { isWritten } from '../cache/written';
import { minus, noTokens, plus, widen, type Band, type TokenEstimate } from '../figures/band';
import { costOf, type CallTokens, type Usd } from '../money/bill';
import { hasPrice } from '../money/rates';
import { doubtsOf, isWithheld, type Doubt } from '../models/doubts';
import { lifetimeMsOf } from '../models/lifetimes';
import type { ConverseRequest } from '../request/types';
import type { Prediction } from '../runs/record';

/** A call as it is sent, with the plan of that very request: values in place, not examples. Times are milliseconds on one clock. */
export interface SentCall {
  readonly request: ConverseRequest;
  readonly plan: CachePlan;
  /** Calls to other services, Regions or accounts share no cache. */
  readonly where?: string;
  readonly at: number;
  /** When its answer begins: from then on others can read what it writes. At once, unless said. */
  readonly begins?: number;
}

interface Entry {
  readonly ttl: string;
  readonly readableFrom: number;
  readonly until: number;
}

/** Prefixes that calls have written, by their hash. */
export type WarmPrefixes = ReadonlyMap<string, Entry>;

/** A written checkpoint with the place in the chain of the prefix that it ends. */
interface Point {
  readonly at: number;
  readonly ttl: string;
  readonly prefix: TokenEstimate;
}

/** What a call is predicted to do. */
export interface CallPrediction extends Prediction {
  /** What is written, by the lifetime that it is written, and billed, with. */
  readonly writeByTtl: Readonly<Record<string, TokenEstimate>>;
}

/** What the arithmetic needs of a call. */
interface Seen {
  readonly call: SentCall;
  readonly chain: readonly ChainEntry[];
  readonly points: readonly Point[];
  readonly keyOf: (at: number) => string;
}

const seen = (call: SentCall): Seen => {
  const { plan, request, where = '' } = call;
  const chain = prefixChain(request, plan);
  const points = plan.checkpoints.filter(isWritten).map(({ index, ttl, prefix }): Point => ({
    at: chain.findLastIndex((entry) => entry.index < index),
    ttl,
    prefix,
  }));
  return { call, chain, points: points.filter(({ at }) => at >= 0), keyOf: (at) => `${where} ${chain[at]?.hash ?? ''}` };
};

const isAlive = (entry: Entry | undefined, now: number): entry is Entry =>
  entry !== undefined && entry.readableFrom <= now && entry.until > now;

/** The place of the longest living prefix that a checkpoint of the call finds. */
const found = ({ call, points, keyOf }: Seen, warm: WarmPrefixes): number | undefined =>
  foundAt(
    points.map(({ at }) => at),
    lookBackOf(call.plan.caching),
    (at) => isAlive(warm.get(keyOf(at)), call.at),
  );

/** A few tokens of frame may stand on either side of a place. */
const frame = 4;

/** What stands between two places of a request. */
const between = (end: TokenEstimate, start: TokenEstimate | undefined): TokenEstimate =>
  start === undefined ? end : widen(minus(end, start), frame);

/** What a call does that finds the prefix at a place of its chain, or nothing. */
const predictFrom = (one: Seen, from: number | undefined): CallPrediction => {
  const { call, chain, points } = one;
  const { total } = call.plan;
  const none = noTokens(total.basis);
  const last = points.at(-1);
  if (last === undefined) return { cacheRead: none, cacheWrite: none, writeByTtl: {}, input: total, assumes: 'noCaching' };
  const read = from === undefined ? undefined : chain[from]?.tokens;
  const writeByTtl: Record<string, TokenEstimate> = {};
  let reached = read;
  for (const { at, ttl, prefix } of points) {
    if (at <= (from ?? -1)) continue;
    const more = between(prefix, reached);
    const before = writeByTtl[ttl];
    if (more.likely > 0) writeByTtl[ttl] = before === undefined ? more : plus(before, more);
    reached = prefix;
  }
  const whole = last.at <= (from ?? -1);
  return {
    cacheRead: read ?? none,
    cacheWrite: whole ? none : between(last.prefix, read),
    writeByTtl,
    input: between(total, whole ? read : last.prefix),
    assumes: read === undefined ? 'cold' : 'warm',
  };
};

/** A figure whose band reaches as far as another one's. */
const around = <B extends Band>(likely: B, other: Band): B => ({
  ...likely,
  low: Math.min(likely.low, other.low),
  high: Math.max(likely.high, other.high),
});

/** A prediction whose bands reach as far as another one's. */
const reaching = (likely: CallPrediction, other: CallPrediction): CallPrediction => {
  const none = noTokens(likely.input.basis);
  const ttls = [...new Set([...Object.keys(likely.writeByTtl), ...Object.keys(other.writeByTtl)])];
  return {
    cacheRead: around(likely.cacheRead, other.cacheRead),
    cacheWrite: around(likely.cacheWrite, other.cacheWrite),
    writeByTtl: Object.fromEntries(ttls.map((ttl) => [ttl, around(likely.writeByTtl[ttl] ?? none, other.writeByTtl[ttl] ?? none)])),
    input: around(likely.input, other.input),
    assumes: 'unsure',
  };
};

/** Recorded reads on models that also cache by themselves fell short of the point by up to this share, and went beyond it. */
const shortfall = 0.2;

/** Reads that need not end at the point: their sum with what is written and paid in full stays. */
const loosened = (prediction: CallPrediction, { total }: CachePlan): CallPrediction => {
  const { cacheRead, cacheWrite, input } = prediction;
  const missed = cacheRead.high * shortfall;
  return {
    ...prediction,
    cacheRead: { ...cacheRead, low: cacheRead.low * (1 - shortfall), high: Math.max(cacheRead.high, total.high) },
    cacheWrite: { ...cacheWrite, low: 0, high: cacheWrite.high + missed },
    input: { ...input, low: 0, high: input.high + missed },
  };
};

/** The likely course of a call, and the other one where the service may do otherwise. */
interface Outlook {
  readonly likely: CallPrediction;
  readonly other: CallPrediction | undefined;
  readonly doubts: readonly Doubt[];
}

const outlook = (one: Seen, warm: WarmPrefixes): Outlook => {
  const from = found(one, warm);
  const doubts = doubtsOf(one.call.plan.resolution);
  const [promised, cold] = [predictFrom(one, from), predictFrom(one, undefined)];
  if (from === undefined || !isWithheld(doubts)) return { likely: promised, other: undefined, doubts };
  // There nothing was ever seen to be read.
  return doubts.includes('govCloud') ? { likely: cold, other: promised, doubts } : { likely: promised, other: cold, doubts };
};

const predictionOf = ({ likely, other, doubts }: Outlook, plan: CachePlan): CallPrediction => {
  const prediction = other === undefined ? likely : reaching(likely, other);
  const isLoose = doubts.includes('splits') && prediction.cacheRead.likely > 0;
  return { ...(isLoose ? loosened(prediction, plan) : prediction), ...(doubts.length === 0 ? {} : { doubts }) };
};

/** What a call will read, write and pay in full, given what is warm. */
export const predictCall = (call: SentCall, warm: WarmPrefixes): CallPrediction => predictionOf(outlook(seen(call), warm), call.plan);

/** A prefix that a call touches: it lives from the start of the call, by the lifetime that it was written with. */
const touch = (warm: Map<string, Entry>, key: string, ttl: string, at: number, begins: number): void => {
  const known = warm.get(key);
  warm.set(key, {
    ttl: known?.ttl ?? ttl,
    readableFrom: Math.min(known?.readableFrom ?? Infinity, begins),
    until: Math.max(known?.until ?? 0, at + lifetimeMsOf(known?.ttl ?? ttl)),
  });
};

const living = (warm: WarmPrefixes, at: number): Map<string, Entry> => new Map([...warm].filter(([, { until }]) => until > at));

/** What is warm once a call was answered: each of its written checkpoints has an entry, and what it found lives on. */
const after = (one: Seen, warm: WarmPrefixes): WarmPrefixes => {
  const { call, points, keyOf } = one;
  const next = living(warm, call.at);
  const from = found(one, warm);
  for (const { at, ttl } of [...points, ...(from === undefined ? [] : [{ at: from, ttl: '' }])])
    touch(next, keyOf(at), ttl, call.at, call.begins ?? call.at);
  return next;
};

export const warmAfter = (call: SentCall, warm: WarmPrefixes): WarmPrefixes => after(seen(call), warm);

/** The longest prefix that a call would read: until when it lives, and by which lifetime; `undefined`: it would read nothing. */
export const warmEntry = (call: SentCall, warm: WarmPrefixes): { readonly until: number; readonly ttl: string } | undefined => {
  const one = seen(call);
  const from = found(one, warm);
  return from === undefined ? undefined : warm.get(one.keyOf(from));
};

/** A prefix that a call writes: `key` is the same for all calls that can read it. */
export interface WrittenPrefix {
  readonly key: string;
  readonly ttl: string;
  readonly tokens: TokenEstimate;
}

/** What is warm once a call that writes these prefixes was answered, which left at this time. */
export const warmWith = (prefixes: readonly Pick<WrittenPrefix, 'key' | 'ttl'>[], at: number, warm: WarmPrefixes): WarmPrefixes => {
  const next = living(warm, at);
  for (const { key, ttl } of prefixes) touch(next, key, ttl, at, at);
  return next;
};

/** For each block of a call, from the first on, the key of the prefix that it ends. */
export const chainKeys = (call: SentCall): readonly string[] => {
  const { chain, keyOf } = seen(call);
  return chain.map((_, at) => keyOf(at));
};

/** The prefixes that a call's working cache points write, the shortest first. */
export const writtenPrefixes = (call: SentCall): readonly WrittenPrefix[] => {
  const { points, keyOf } = seen(call);
  return points.map(({ at, ttl, prefix }) => ({ key: keyOf(at), ttl, tokens: prefix }));
};

/** A prediction with what the input costs; `undefined` where no price is known. */
export interface PricedPrediction extends CallPrediction {
  readonly usd: Usd | undefined;
}

type Size = 'low' | 'likely' | 'high';

const tokensAt = ({ cacheRead, writeByTtl, input }: CallPrediction, size: Size): CallTokens => ({
  read: cacheRead[size],
  write: Object.fromEntries(Object.entries(writeByTtl).map(([ttl, tokens]) => [ttl, tokens[size]])),
  input: input[size],
});

/** What the input of a predicted call costs: all counts at their low ends and low prices, up to all at their high ends and high prices. */
export const usdOfPrediction = (prediction: CallPrediction, { prices }: CachePlan): Usd | undefined =>
  hasPrice(prices)
    ? {
        low: costOf(tokensAt(prediction, 'low'), prices).low,
        likely: costOf(tokensAt(prediction, 'likely'), prices).likely,
        high: costOf(tokensAt(prediction, 'high'), prices).high,
      }
    : undefined;

/** What calls will read, write and pay, sent in the order of their times, beginning with nothing cached; in the order given. */
export const predictCalls = (calls: readonly SentCall[]): readonly PricedPrediction[] => {
  let warm: WarmPrefixes = new Map();
  const predicted = new Map<SentCall, PricedPrediction>();
  for (const call of [...calls].sort((a, b) => a.at - b.at)) {
    const one = seen(call);
    const { plan } = call;
    const ahead = outlook(one, warm);
    const [usd, otherUsd] = [usdOfPrediction(ahead.likely, plan), ahead.other && usdOfPrediction(ahead.other, plan)];
    predicted.set(call, { ...predictionOf(ahead, plan), usd: usd && otherUsd ? around(usd, otherUsd) : usd });
    warm = after(one, warm);
  }
  return calls.flatMap((call) => predicted.get(call) ?? []);
};
