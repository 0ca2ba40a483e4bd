import type { TokenEstimate } from '../figures/band';
import type { Usd } from '../money/bill';
import { costOfCall } from '../money/callCost';
import { startRecord, type Prediction, type RunRecord, type RunStart } from '../runs/record';
import type { Digest, Fingerprint } from './fingerprint';

/** The version of the form of one line; lines of a later one are kept and not read. */
export const formVersion = 1;

/** What was sent and answered, word for word; kept only where a person turned it on. */
export interface RunTexts {
  /** As *Preview Request* shows it. */
  readonly request: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly toolUses: RunRecord['toolUses'];
  /** Absent in lines of before answers had further parts. */
  readonly parts?: RunRecord['parts'];
}

/** What a run left: figures, times, lengths and keyed hashes, and no text of prompt or answer unless `texts` holds it. */
export interface StoredRun
  extends
    RunStart,
    Pick<RunRecord, 'usage' | 'stopReason' | 'failure' | 'firstDeltaMs' | 'totalMs' | 'latencyMs' | 'attempts' | 'requestId'> {
  readonly v: typeof formVersion;
  readonly state: 'finished' | 'failed';
  /** Tells which key made the hashes: those of other keys are not compared. */
  readonly key: string;
  /** The hash of who called, as far as that was known. */
  readonly caller?: string | undefined;
  /** The hash of the account's id, where the keys said it. */
  readonly account?: string | undefined;
  /** The hash of who was to call by the settings, before any key was read. */
  readonly signer?: string | undefined;
  readonly sent: Fingerprint;
  /** By the price list of the day. */
  readonly usd?: Usd | undefined;
  readonly texts?: RunTexts | undefined;
  /** In memory alone: texts were kept, and are not here. */
  readonly hasTexts?: boolean | undefined;
}

const rounded = ({ low, likely, high, basis }: TokenEstimate): TokenEstimate => ({
  low: Math.round(low),
  likely: Math.round(likely),
  high: Math.round(high),
  basis,
});

const roundedPrediction = ({ cacheRead, cacheWrite, input, assumes, doubts }: Prediction): Prediction => ({
  cacheRead: rounded(cacheRead),
  cacheWrite: rounded(cacheWrite),
  input: rounded(input),
  assumes,
  ...(doubts === undefined ? {} : { doubts }),
});

/** The lifetime of what the service wrote without naming one. */
const usualTtl = ({ caching }: RunRecord): string | undefined => (caching?.kind === 'explicit' ? caching.defaultTtl : undefined);

/** What a run cost by its price list; `undefined` where that is not known. */
export const usdOfRun = (record: RunRecord): Usd | undefined =>
  record.usage && costOfCall(record.usage, record.prices, usualTtl(record)).total;

export interface StoringOptions {
  readonly key: string;
  readonly digest: Digest;
  readonly sent: Fingerprint;
  readonly texts?: RunTexts | undefined;
}

/** The stored form of a run that is over; `undefined` while it goes on. Every member is named here: nothing else of a record is ever written. */
export const storedRun = (record: RunRecord, { key, digest, sent, texts }: StoringOptions): StoredRun | undefined => {
  const { state, identity, accountId, signer, prediction, failure } = record;
  if (state !== 'finished' && state !== 'failed') return undefined;
  const { id, pair, file, subject, prompt, row, batch, modelId, modelName, service, endpoint, region, api, door, startedAt } = record;
  const { prices, pricesChecked, caching, usage, stopReason, firstDeltaMs, totalMs, latencyMs, attempts, requestId } = record;
  const hashed = (text: string | undefined): string | undefined => (text === undefined ? undefined : digest(text));
  return {
    v: formVersion,
    ...{ id, pair, file, subject, prompt, row, batch, modelId, modelName, service, endpoint, region, api, door, startedAt, state, key },
    caller: hashed(identity),
    account: hashed(accountId),
    signer: hashed(signer),
    ...{ prices, pricesChecked, caching, usage, stopReason, firstDeltaMs, totalMs, latencyMs, attempts, requestId },
    prediction: prediction && roundedPrediction(prediction),
    // The words of a service may quote the prompt.
    failure: failure && { ...failure, detail: '' },
    usd: usdOfRun(record),
    sent,
    texts,
  };
};

/** A stored run as the panel shows runs; without kept texts its answer is empty. */
export const recordOf = ({ texts, ...run }: StoredRun): RunRecord => ({
  ...startRecord(run),
  ...run,
  restored: texts === undefined ? 'figures' : 'whole',
  answer: texts?.answer ?? '',
  reasoning: texts?.reasoning ?? '',
  toolUses: texts?.toolUses ?? [],
  parts: texts?.parts ?? [],
});
