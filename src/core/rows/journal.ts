import type { FailureCode } from '../runs/failure';
import type { Service } from '../runs/events';
import { isRecord } from '../text/json';
import type { Usage } from '../tokens/usage';

/**
 * What is kept of a batch while it runs, as lines of JSON: figures, lengths and keyed hashes, never a value of a row. An answer's text stands in
 * it only where a person has said so.
 */

/** Written first: what the batch is. Jobs are rows times models, a row's models together: job = row × models + model. */
export interface BatchEntry {
  readonly t: 'batch';
  readonly id: string;
  /** Milliseconds since 1970, as all times of entries. */
  readonly at: number;
  /** The prompt: its document's address, its id, its name for a person. */
  readonly prompt: { readonly uri: string; readonly id: string; readonly name: string };
  /** Where the rows came from; `path` is the file to read them from again. */
  readonly source: { readonly kind: 'samples' | 'csv' | 'jsonLines'; readonly name: string; readonly path?: string };
  readonly models: readonly { readonly id: string; readonly name: string }[];
  readonly service: Service;
  /** The address as shown to a person. */
  readonly place: string;
  /** For each row: its number, a keyed hash of its values, and one of the body of each of its calls. */
  readonly rows: readonly { readonly number: number; readonly key: string; readonly calls: readonly string[] }[];
}

/** Written before a request leaves. `usd`: what it may cost, from nothing cached and the longest answer down to all read; absent where no price is known. */
export interface SendEntry {
  readonly t: 'send';
  readonly job: number;
  readonly at: number;
  readonly usd?: readonly [low: number, high: number];
}

/** What a call left that was answered to its end. */
export interface JobResult {
  readonly usage: Usage | undefined;
  readonly usd?: number;
  readonly ms?: number;
  readonly firstMs?: number;
  readonly stop?: string;
  /** A keyed hash and the length of the answer in UTF-16 units. */
  readonly answer: { readonly hash: string; readonly length: number; readonly text?: string };
  /** Did it meet the row's expectation? Absent where it has none, or one that cannot be tested. */
  readonly met?: boolean;
}

/** Written after a request's end. */
export type EndEntry =
  | { readonly t: 'end'; readonly job: number; readonly at: number; readonly ok: true; readonly result: JobResult }
  | { readonly t: 'end'; readonly job: number; readonly at: number; readonly ok: false; readonly code: FailureCode };

/** A person's choice about a doubtful job: send it again, or leave it out. */
export interface ChoiceEntry {
  readonly t: 'choice';
  readonly job: number;
  readonly at: number;
  readonly send: boolean;
}

/** The batch ended by itself, or by a person. */
export interface OverEntry {
  readonly t: 'over';
  readonly at: number;
  readonly how: 'done' | 'canceled';
}

/** The prompt's file, or that of the rows, got another name. */
export interface MovedEntry extends Pick<BatchEntry, 'prompt' | 'source'> {
  readonly t: 'moved';
  readonly at: number;
}

export type JournalEntry = BatchEntry | SendEntry | EndEntry | ChoiceEntry | OverEntry | MovedEntry;

const kinds: readonly unknown[] = ['batch', 'send', 'end', 'choice', 'over', 'moved'];

/** One entry as a line of its own. */
export const entryLine = (entry: JournalEntry): string => `${JSON.stringify({ v: 1, ...entry })}\n`;

const isUsage = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) && typeof value['input'] === 'number' && typeof value['output'] === 'number' && Array.isArray(value['writes']));

const isResult = (value: unknown): boolean =>
  isRecord(value) && isUsage(value['usage']) && isRecord(value['answer']) && typeof value['answer']['hash'] === 'string';

const saysWhere = ({ prompt, source }: Readonly<Record<string, unknown>>): boolean =>
  isRecord(prompt) && ['uri', 'id', 'name'].every((name) => typeof prompt[name] === 'string') && isRecord(source);

const isBatch = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value['id'] === 'string' &&
  saysWhere(value) &&
  Array.isArray(value['models']) &&
  value['models'].length > 0 &&
  value['models'].every((one) => isRecord(one) && typeof one['id'] === 'string') &&
  Array.isArray(value['rows']) &&
  value['rows'].every((row) => isRecord(row) && typeof row['key'] === 'string' && Array.isArray(row['calls']));

/** Reads a line; `undefined` for a torn one, one of a later version, and whatever else is none of ours. */
export const readEntry = (line: string): JournalEntry | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['v'] !== 1 || !kinds.includes(value['t']) || typeof value['at'] !== 'number') return undefined;
  if (value['t'] === 'batch') return isBatch(value) ? (value as unknown as BatchEntry) : undefined;
  if (value['t'] === 'moved') return saysWhere(value) ? (value as unknown as MovedEntry) : undefined;
  if (value['t'] !== 'over' && !Number.isSafeInteger(value['job'])) return undefined;
  if (value['t'] === 'end' && value['ok'] === true && !isResult(value['result'])) return undefined;
  return value as unknown as JournalEntry; // the members that its kind needs were looked at above
};

/** What is known of a job. */
export type JobState =
  | { readonly kind: 'waiting' }
  /** It left, and has not ended. */
  | { readonly kind: 'sent'; readonly usd: SendEntry['usd'] }
  /** It had left when whoever sent it ended: it may have been answered and billed. */
  | { readonly kind: 'doubtful'; readonly usd: SendEntry['usd'] }
  | { readonly kind: 'done'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly usd: SendEntry['usd'] }
  | { readonly kind: 'leftOut'; readonly usd: SendEntry['usd'] };

/** A batch as its journal tells it. */
export interface BatchRecord {
  readonly batch: BatchEntry;
  readonly jobs: readonly JobState[];
  /** Ranges of cost of calls whose end is not known, also of those that were sent again. */
  readonly doubts: readonly SendEntry['usd'][];
  readonly over: OverEntry['how'] | undefined;
  /** Time of the last entry. */
  readonly at: number;
}

/** Failures after which the service may have worked on the request all the same. */
const mayBeBilled: ReadonlySet<FailureCode> = new Set(['unanswered', 'timeout', 'interrupted', 'canceled', 'unexpected']);

export const startBatch = (batch: BatchEntry): BatchRecord => ({
  batch,
  jobs: Array.from({ length: batch.rows.length * batch.models.length }, (): JobState => ({ kind: 'waiting' })),
  doubts: [],
  over: undefined,
  at: batch.at,
});

const usdOf = (state: JobState | undefined): SendEntry['usd'] => (state !== undefined && 'usd' in state ? state.usd : undefined);

/** Folds an entry into what is known. Total: an entry for a job that is not there changes nothing. */
export const afterEntry = (record: BatchRecord, entry: JournalEntry): BatchRecord => {
  if (entry.t === 'batch') return record;
  // No row of it is any newer.
  if (entry.t === 'moved') return { ...record, batch: { ...record.batch, prompt: entry.prompt, source: entry.source } };
  const at = Math.max(record.at, entry.at);
  if (entry.t === 'over') return { ...record, over: entry.how, at };
  const before = record.jobs[entry.job];
  if (before === undefined) return record;
  const become = (state: JobState, ...doubts: readonly SendEntry['usd'][]): BatchRecord => ({
    ...record,
    at,
    // Whatever goes on after its end is no ended batch.
    over: entry.t === 'send' ? undefined : record.over,
    jobs: record.jobs.with(entry.job, state),
    doubts: doubts.length === 0 ? record.doubts : [...record.doubts, ...doubts],
  });
  switch (entry.t) {
    case 'send':
      return become({ kind: 'sent', usd: entry.usd });
    case 'end':
      if (entry.ok) return become({ kind: 'done', result: entry.result });
      return become({ kind: 'failed', code: entry.code, usd: usdOf(before) }, ...(mayBeBilled.has(entry.code) ? [usdOf(before)] : []));
    case 'choice':
      return become(entry.send ? { kind: 'waiting' } : { kind: 'leftOut', usd: usdOf(before) }, usdOf(before));
  }
};

/** What a journal says when its batch is opened again: whatever had left without an end is doubtful. `undefined`: its first line is none. */
export const readJournal = (text: string): BatchRecord | undefined => {
  const [first, ...entries] = text.split('\n').flatMap((line) => readEntry(line) ?? []);
  if (first?.t !== 'batch') return undefined;
  const { jobs, ...record } = entries.reduce(afterEntry, startBatch(first));
  return { ...record, jobs: jobs.map((state): JobState => (state.kind === 'sent' ? { kind: 'doubtful', usd: state.usd } : state)) };
};

/** Has everything of it come to an end that nobody has to decide about? */
export const isSettled = ({ jobs }: BatchRecord): boolean =>
  jobs.every(({ kind }) => kind === 'done' || kind === 'failed' || kind === 'leftOut');
