import type { Doubt } from '../models/doubts';
import type { Caching, Prices } from '../models/types';
import type { Door, WireCall } from '../request/types';
import type { Json } from '../text/json';
import type { Learned } from '../tokens/calibration/lesson';
import type { TokenEstimate } from '../figures/band';
import { assertNever } from '../text/assertNever';
import type { RunEvent, Service } from './events';
import type { RunWhy } from './explanation';
import type { Usage } from '../tokens/usage';
import type { RunFailure } from './failure';
import type { AnswerPart } from './parts';

/** What the analysis predicted for one call, in tokens. */
export interface Prediction {
  readonly cacheRead: TokenEstimate;
  readonly cacheWrite: TokenEstimate;
  readonly input: TokenEstimate;
  /**
   * `cold`: nothing that helps is cached yet; `warm`: something is read; `unsure`: something might be read, where the service is known not to keep
   * to it; `noCaching`: no cache point of the request works.
   */
  readonly assumes: 'cold' | 'warm' | 'unsure' | 'noCaching';
  /** Why the service may do otherwise; a sentence each is made in `messages`. */
  readonly doubts?: readonly Doubt[];
}

export interface RunPrompt {
  readonly document: string;
  readonly id: string;
  readonly hash?: string | undefined;
}

/** What is known before the first event. */
export interface RunStart {
  readonly id: string;
  /** Runs made together; `part` names this one's role. */
  readonly pair: { readonly id: string; readonly part: 'cold' | 'warm' } | undefined;
  /** The prompt as a person knows it. */
  readonly file: string;
  /** The same for all runs of one prompt, so that they are told from those of others. */
  readonly subject: string;
  /** Which prompt that is: the address of its document, its id there, and, once it is kept, the hash of the document's text. */
  readonly prompt?: RunPrompt | undefined;
  /** Which values it was sent with, as "Sample 2"; absent where the prompt takes none. */
  readonly row?: string | undefined;
  /** The batch of rows that it was a call of, and its place among the calls of that. */
  readonly batch?: { readonly id: string; readonly job: number } | undefined;
  /** A line that was put before the prefix so that nothing in the cache fits it, where a person wanted that. */
  readonly coldLine?: string | undefined;
  readonly modelId: string;
  readonly modelName: string;
  readonly service: Service;
  /** By which operation it was sent; absent in records of earlier versions. */
  readonly door?: Door | undefined;
  /** The address as shown to a person. */
  readonly endpoint: string;
  /** Absent where neither a setting nor a profile named one before the call. */
  readonly region?: string | undefined;
  readonly api?: WireCall['api'] | undefined;
  /** Wall clock, milliseconds since 1970, from the editor. */
  readonly startedAt: number;
  readonly prediction: Prediction | undefined;
  readonly prices: Prices | undefined;
  /** ISO date on which the prices were last compared with their source. */
  readonly pricesChecked?: string | undefined;
  /** What a person's contract made of the list prices; already in them. */
  readonly priceFactor?: number | undefined;
  /** What the catalog knows of the model's cache, so that the measured figures can be read. */
  readonly caching?: Caching | undefined;
}

/** A try that followed one that failed. */
export interface Retry {
  readonly attempt: number;
  /** What became of the one before, in a word. */
  readonly reason: string;
  /** How long was waited before it. */
  readonly waitMs?: number | undefined;
}

export interface RunRecord extends RunStart {
  readonly state: 'waiting' | 'streaming' | 'finished' | 'failed';
  readonly identity: string | undefined;
  /** As whom it was to be signed, before any key was read: the same for the same settings. */
  readonly signer?: string | undefined;
  /** The account that its keys are of, where they say so. */
  readonly accountId?: string | undefined;
  readonly answer: string;
  readonly reasoning: string;
  readonly toolUses: readonly { readonly name: string; readonly input: Json; readonly byService?: true }[];
  readonly parts: readonly AnswerPart[];
  /** The blocks of the answer as they have to be sent back when the conversation goes on; absent where some of it cannot be. */
  readonly content?: readonly Json[];
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
  readonly failure: RunFailure | undefined;
  readonly retry: Retry | undefined;
  /** All tries after the first, in their order. */
  readonly retries?: readonly Retry[];
  /** Stamp of the `started` event on the run's own clock. */
  readonly openedAt: number | undefined;
  readonly firstDeltaMs: number | undefined;
  readonly totalMs: number | undefined;
  /** As the service measured it. */
  readonly latencyMs: number | undefined;
  readonly attempts: number | undefined;
  readonly requestId: string | undefined;
  /** What it did beside an earlier run; worked out after its end, and absent where the service said nothing of the cache. */
  readonly why?: RunWhy | undefined;
  /** Nothing was sent: when the answer that is given again was recorded, in milliseconds since 1970. */
  readonly replayedFrom?: number | undefined;
  /** It comes from the history: with its texts, or with figures alone. */
  readonly restored?: 'figures' | 'whole' | undefined;
  /** What the run taught about the estimates of its model; absent where it taught nothing. */
  readonly learned?: Learned | undefined;
}

/** The text of an answer; of one that only calls tools, these as JSON. */
export const answerTextOf = ({ answer, toolUses }: Pick<RunRecord, 'answer' | 'toolUses'>): string =>
  answer === '' && toolUses.length > 0 ? JSON.stringify(toolUses) : answer;

export const startRecord = (start: RunStart): RunRecord => ({
  ...start,
  state: 'waiting',
  identity: undefined,
  answer: '',
  reasoning: '',
  toolUses: [],
  parts: [],
  usage: undefined,
  stopReason: undefined,
  failure: undefined,
  retry: undefined,
  openedAt: undefined,
  firstDeltaMs: undefined,
  totalMs: undefined,
  latencyMs: undefined,
  attempts: undefined,
  requestId: undefined,
});

const since = (record: RunRecord, at: number): number | undefined =>
  record.openedAt === undefined ? undefined : Math.max(0, at - record.openedAt);

const firstDelta = (record: RunRecord, at: number): Partial<RunRecord> =>
  record.firstDeltaMs === undefined ? { state: 'streaming', firstDeltaMs: since(record, at) } : { state: 'streaming' };

const toolUseOf = ({ name, input, byService }: Extract<RunEvent, { type: 'toolUse' }>): RunRecord['toolUses'][number] => ({
  name,
  input,
  ...(byService === true ? { byService } : {}),
});

/** Folds one event into the record. Total: an event after the end, or in an unknown order, changes nothing it should not. */
export const reduceRun = (record: RunRecord, event: RunEvent): RunRecord => {
  if (record.state === 'finished' || record.state === 'failed') return record;
  switch (event.type) {
    case 'started':
      return { ...record, openedAt: event.at, identity: event.identity, signer: event.identity };
    case 'replayed':
      return { ...record, replayedFrom: event.recordedAt };
    case 'signedIn':
      return { ...record, identity: event.identity, ...(event.accountId === undefined ? {} : { accountId: event.accountId }) };
    case 'retrying': {
      const { attempt, reason, waitMs } = event;
      const retry = waitMs === undefined ? { attempt, reason } : { attempt, reason, waitMs };
      return { ...record, retry, retries: [...(record.retries ?? []), retry] };
    }
    case 'text':
      return { ...record, ...firstDelta(record, event.at), answer: record.answer + event.delta };
    case 'reasoning':
      return { ...record, ...firstDelta(record, event.at), reasoning: record.reasoning + event.delta };
    case 'toolUse':
      return { ...record, ...firstDelta(record, event.at), toolUses: [...record.toolUses, toolUseOf(event)] };
    case 'part':
      return { ...record, parts: [...record.parts, event.part] };
    case 'usage':
      return { ...record, usage: event.usage, latencyMs: event.latencyMs };
    case 'stopped':
      return { ...record, stopReason: event.reason, ...(event.content === undefined ? {} : { content: event.content }) };
    case 'finished':
      return { ...record, state: 'finished', totalMs: since(record, event.at), attempts: event.attempts, requestId: event.requestId };
    case 'failed':
      return { ...record, state: 'failed', totalMs: since(record, event.at), failure: event.failure, requestId: event.failure.requestId };
    default:
      return assertNever(event);
  }
};
