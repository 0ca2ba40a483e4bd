import { billOf } from '../money/bill';
import { costOfCall } from '../money/callCost';
import { pricesOnTier } from '../money/rates';
import type { Prices } from '../models/types';
import { countTokensOf, type Usage } from '../tokens/usage';
import type { BatchRecord, JobState, SendEntry } from './journal';

/** Sums over the answered calls of a batch, or of one of its models. Money in US dollars; `undefined` where a price is not known. */
export interface Totals {
  readonly jobs: number;
  readonly done: number;
  readonly failed: number;
  readonly doubtful: number;
  readonly leftOut: number;
  /** Expectations met, and all that could be tested. */
  readonly met: number;
  readonly tested: number;
  readonly read: number;
  readonly written: number;
  readonly input: number;
  readonly output: number;
  readonly usd: number | undefined;
  /** Had all calls been sent at once with nothing cached: each writes what it read. */
  readonly coldUsd: number | undefined;
  /** The same calls as plain input, without any cache. */
  readonly uncachedUsd: number | undefined;
  /** As a job of Bedrock batch inference: half the price, nothing cached (AWS user guide, Prompt caching, 2026-10). */
  readonly batchUsd: number | undefined;
  /** What the doubtful ones alone may have cost. */
  readonly doubtfulUsd: readonly [low: number, high: number] | undefined;
  /** What all calls may have cost whose end is not known: from nothing to all. */
  readonly doubtUsd: readonly [low: number, high: number] | undefined;
}

/** The lifetime that a call's writes have where the reply does not say; reads are taken for it too. */
const lifetimeOf = ({ writes }: Usage): string => writes[0]?.ttl ?? '5m';

interface CallSums {
  readonly usd: number | undefined;
  readonly coldUsd: number | undefined;
  readonly uncachedUsd: number | undefined;
  readonly batchUsd: number | undefined;
}

const likely = (usd: { readonly likely: number } | undefined): number | undefined => usd?.likely;

const sumsOf = (usage: Usage, prices: Prices | undefined, ttl: string): CallSums => {
  const { read = 0, written = 0, input = 0, output = 0, prompt = 0 } = countTokensOf(usage);
  const batch = prices && pricesOnTier(prices, 'batch');
  const lifetime = usage.writes.length > 0 ? lifetimeOf(usage) : ttl;
  const cost = costOfCall(usage, prices, lifetime);
  return {
    usd: likely(cost.total),
    coldUsd: likely(billOf({ read: 0, write: { [lifetime]: read + written }, input, output }, prices).total),
    uncachedUsd: likely(cost.withoutCaching),
    batchUsd: likely(billOf({ read: 0, write: {}, input: prompt, output }, batch).total),
  };
};

const add = (sum: number | undefined, more: number | undefined): number | undefined =>
  sum === undefined || more === undefined ? undefined : sum + more;

/** Money that a job's calls of an unknown end may have cost; nothing is certain of one without a price. */
const doubtOf = (ranges: readonly SendEntry['usd'][]): Totals['doubtUsd'] => {
  if (ranges.length === 0) return [0, 0];
  return ranges.some((range) => range === undefined) ? undefined : [0, ranges.reduce((sum, range) => sum + (range?.[1] ?? 0), 0)];
};

/** What is known of a model's prices and of the lifetime of its cache points. */
export interface ModelMoney {
  readonly prices: Prices | undefined;
  readonly ttl: string;
}

/** Sums over the jobs of the models that are asked for. */
export const totalsOf = (record: BatchRecord, money: readonly ModelMoney[], only?: number): Totals => {
  const models = record.batch.models.length;
  const jobs = record.jobs
    .map((state, index) => ({ state, model: index % models }))
    .filter(({ model }) => only === undefined || model === only);
  const count = (kind: JobState['kind']): number => jobs.filter(({ state }) => state.kind === kind).length;
  let sums: CallSums = { usd: 0, coldUsd: 0, uncachedUsd: 0, batchUsd: 0 };
  const tokens = { read: 0, written: 0, input: 0, output: 0 };
  let [met, tested] = [0, 0];
  for (const { state, model } of jobs) {
    if (state.kind !== 'done') continue;
    const { usage, met: is } = state.result;
    if (is !== undefined) tested += 1;
    if (is === true) met += 1;
    if (usage === undefined) continue;
    const counts = countTokensOf(usage);
    for (const kind of ['read', 'written', 'input', 'output'] as const) tokens[kind] += counts[kind] ?? 0;
    const call = sumsOf(usage, money[model]?.prices, money[model]?.ttl ?? '5m');
    sums = {
      usd: add(sums.usd, call.usd),
      coldUsd: add(sums.coldUsd, call.coldUsd),
      uncachedUsd: add(sums.uncachedUsd, call.uncachedUsd),
      batchUsd: add(sums.batchUsd, call.batchUsd),
    };
  }
  const open = jobs.flatMap(({ state }) => (state.kind === 'doubtful' || state.kind === 'sent' ? [state.usd] : []));
  return {
    jobs: jobs.length,
    done: count('done'),
    failed: count('failed'),
    doubtful: count('doubtful'),
    leftOut: count('leftOut'),
    met,
    tested,
    ...tokens,
    ...sums,
    doubtfulUsd: doubtOf(jobs.flatMap(({ state }) => (state.kind === 'doubtful' ? [state.usd] : []))),
    doubtUsd: doubtOf(only === undefined ? [...record.doubts, ...open] : open),
  };
};

/** What one answered call cost. */
export const usdOfUsage = (usage: Usage | undefined, prices: Prices | undefined, ttl: string): number | undefined =>
  usage && sumsOf(usage, prices, ttl).usd;
