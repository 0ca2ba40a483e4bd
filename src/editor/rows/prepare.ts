import type { PromptAnalysis } from '../../core/analysis';
import type { WarmPrefixes } from '../../core/change/predict';
import type { Usd } from '../../core/money/bill';
import { billOf } from '../../core/money/bill';
import type { BatchEntry, SendEntry } from '../../core/rows/journal';
import { rowFault, type RowFault } from '../../core/rows/rowFault';
import type { GivenRow } from '../../core/rows/table';
import type { ModelMoney } from '../../core/rows/totals';
import { callBody } from '../../core/request/json';
import { isRecord } from '../../core/text/json';
import type { EnginePort } from '../ports';
import type { PreparedJob } from './runner';

/** A batch that could be sent. */
export interface PreparedBatch {
  readonly jobs: readonly PreparedJob[];
  /** For the journal: a keyed hash of each row's values and of each of its calls. */
  readonly rows: BatchEntry['rows'];
  readonly faults: readonly { readonly row: number; readonly fault: RowFault }[];
  readonly money: readonly ModelMoney[];
  /** Of all calls together: all read, up to all cold with the longest answers; `undefined` where a price is not known. */
  readonly usd: readonly [low: number, high: number] | undefined;
}

export interface PrepareDeps {
  readonly engine: EnginePort;
  /** A keyed hash. */
  readonly digest: (text: string) => string;
  /** Lets whoever types have their turn. */
  readonly breathe: () => Promise<void>;
  /** The prompt's id for the service's logs, where they are to know it. */
  readonly tag?: string | undefined;
}

/** Work goes on for this long before others have their turn. Milliseconds. */
const slice = 8;

/** The longest answer that a request allows, in tokens, where it says. */
const maxTokensOf = (request: unknown): number | undefined => {
  const config = isRecord(request) ? request['inferenceConfig'] : undefined;
  const most = isRecord(config) ? config['maxTokens'] : undefined;
  return typeof most === 'number' && most > 0 ? most : undefined;
};

const rangeOf = (warm: Usd | undefined, cold: Usd | undefined, answer: Usd | undefined): SendEntry['usd'] =>
  warm === undefined || cold === undefined || answer === undefined ? undefined : [Math.min(warm.low, cold.low), cold.high + answer.high];

const noPrefixes: WarmPrefixes = new Map();

/** The lifetime of a plan's writes, where the service does not say. */
const ttlOf = ({ plan }: PromptAnalysis): string => plan.checkpoints.at(-1)?.ttl ?? '5m';

/** Fills the prompt with each row on each model, in slices: a thousand rows must not be felt by whoever types. `analyses`: one for each model. */
export const prepareBatch = async (
  analyses: readonly PromptAnalysis[],
  rows: readonly GivenRow[],
  where: string,
  { engine, digest, breathe, tag }: PrepareDeps,
): Promise<PreparedBatch> => {
  const { planRequest, predictCall, runValues, usdOfPrediction, warmAfter, wireCall, withTags, writtenPrefixes } = engine();
  const jobs: PreparedJob[] = [];
  const faults: { readonly row: number; readonly fault: RowFault }[] = [];
  const kept: { readonly number: number; readonly key: string; readonly calls: string[] }[] = [];
  let sum: readonly [number, number] | undefined = [0, 0];
  let began = performance.now();
  for (const [at, row] of rows.entries()) {
    const entry = {
      number: row.number,
      key: digest(JSON.stringify(Object.entries(row.values).sort(([a], [b]) => (a < b ? -1 : 1)))),
      calls: [] as string[],
    };
    for (const [model, analysis] of analyses.entries()) {
      const { prompt } = analysis;
      const { plan, request } = planRequest(analysis, row.values);
      const call = () => {
        const made = wireCall(prompt, runValues(prompt.header.variables, row.values), plan.modelId, plan.door);
        return tag === undefined ? made : withTags(made, { prompt: tag, request, plan });
      };
      const first = call();
      const fault = rowFault(first);
      if (fault !== undefined && model === 0) faults.push({ row: row.number, fault });
      const sent = { request: { ...request, modelId: plan.modelId }, plan, where, at: 0 };
      const [cold, warm] = [predictCall(sent, noPrefixes), predictCall({ ...sent, at: 1 }, warmAfter(sent, noPrefixes))];
      const answer = billOf({ read: 0, write: {}, input: 0, output: maxTokensOf(request) ?? 0 }, plan.prices).total;
      const usd = rangeOf(usdOfPrediction(warm, plan), usdOfPrediction(cold, plan), answer);
      sum = sum && usd && [sum[0] + usd[0], sum[1] + usd[1]];
      entry.calls.push(digest(`${plan.modelId}\n${callBody(first)}`));
      jobs.push({
        index: at * analyses.length + model,
        model,
        prefixes: writtenPrefixes(sent).map(({ key, ttl }) => ({ key, ttl })),
        call,
        ...(usd === undefined ? {} : { usd }),
      });
    }
    kept.push(entry);
    if (performance.now() - began < slice) continue;
    await breathe();
    began = performance.now();
  }
  return { jobs, rows: kept, faults, usd: sum, money: analyses.map((one) => ({ prices: one.plan.prices, ttl: ttlOf(one) })) };
};
