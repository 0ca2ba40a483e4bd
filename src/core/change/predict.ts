import { prefixChain, type ChainEntry } from '../cache/chain';
import { isWritten, type CachePlan } from '../cache/plan';
import { minus, noTokens, plus, widen, type TokenEstimate } from '../figures/band';
import { costOf, type CallTokens, type Usd } from '../money/bill';
import { hasPrice } from '../money/rates';
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

/**
 * The place of the longest living prefix that a checkpoint of the call finds: at its own place, or looking back over the blocks before it where
 * the model does. Source of the look-back: AWS user guide, Prompt caching, 2026-10; Anthropic, Prompt caching, 2026-08.
 */
const foundAt = ({ call, points, keyOf }: Seen, warm: WarmPrefixes): number | undefined => {
  const { caching } = call.plan;
  const window = caching?.kind === 'explicit' ? Math.max(1, caching.lookBack ?? 1) : 1;
  for (const point of [...points].reverse())
    for (let at = point.at; at >= 0 && at > point.at - window; at -= 1) if (isAlive(warm.get(keyOf(at)), call.at)) return at;
  return undefined;
};

/** A few tokens of frame may stand on either side of a place. */
const frame = 4;

/** What stands between two places of a request. */
const between = (end: TokenEstimate, start: TokenEstimate | undefined): TokenEstimate =>
  start === undefined ? end : widen(minus(end, start), frame);

const predict = (one: Seen, warm: WarmPrefixes): CallPrediction => {
  const { call, chain, points } = one;
  const { total } = call.plan;
  const none = noTokens(total.basis);
  const last = points.at(-1);
  if (last === undefined) return { cacheRead: none, cacheWrite: none, writeByTtl: {}, input: total, assumes: 'noCaching' };
  const found = foundAt(one, warm);
  const read = found === undefined ? undefined : chain[found]?.tokens;
  const writeByTtl: Record<string, TokenEstimate> = {};
  let reached = read;
  for (const { at, ttl, prefix } of points) {
    if (at <= (found ?? -1)) continue;
    const more = between(prefix, reached);
    const before = writeByTtl[ttl];
    if (more.likely > 0) writeByTtl[ttl] = before === undefined ? more : plus(before, more);
    reached = prefix;
  }
  const whole = last.at <= (found ?? -1);
  return {
    cacheRead: read ?? none,
    cacheWrite: whole ? none : between(last.prefix, read),
    writeByTtl,
    input: between(total, whole ? read : last.prefix),
    assumes: read === undefined ? 'cold' : 'warm',
  };
};

/** What a call will read, write and pay in full, given what is warm. */
export const predictCall = (call: SentCall, warm: WarmPrefixes): CallPrediction => predict(seen(call), warm);

/**
 * What is warm once a call was answered. Each of its written checkpoints has an entry, and what it found lives on: from the start of the call, by
 * the lifetime that the entry was written with.
 */
const after = (one: Seen, warm: WarmPrefixes): WarmPrefixes => {
  const { call, points, keyOf } = one;
  const next = new Map([...warm].filter(([, { until }]) => until > call.at));
  const found = foundAt(one, warm);
  const touched = [...points.map(({ at, ttl }) => ({ at, ttl })), ...(found === undefined ? [] : [{ at: found, ttl: '' }])];
  for (const { at, ttl } of touched) {
    const known = next.get(keyOf(at));
    const lifetime = lifetimeMsOf(known?.ttl ?? ttl);
    next.set(keyOf(at), {
      ttl: known?.ttl ?? ttl,
      readableFrom: Math.min(known?.readableFrom ?? Infinity, call.begins ?? call.at),
      until: Math.max(known?.until ?? 0, call.at + lifetime),
    });
  }
  return next;
};

export const warmAfter = (call: SentCall, warm: WarmPrefixes): WarmPrefixes => after(seen(call), warm);

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
  const found = new Map<SentCall, PricedPrediction>();
  for (const call of [...calls].sort((a, b) => a.at - b.at)) {
    const one = seen(call);
    const prediction = predict(one, warm);
    found.set(call, { ...prediction, usd: usdOfPrediction(prediction, call.plan) });
    warm = after(one, warm);
  }
  return calls.flatMap((call) => found.get(call) ?? []);
};
