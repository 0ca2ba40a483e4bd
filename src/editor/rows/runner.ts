import type { CancelSignal } from '../../core/runs/cancel';
import type { FailureCode, RunFailure } from '../../core/runs/failure';
import type { RunPort, Target } from '../../core/runs/port';
import { answerTextOf, reduceRun, type RunRecord } from '../../core/runs/record';
import {
  afterEntry,
  isSettled,
  type BatchRecord,
  type JobResult,
  type JournalEntry,
  type MovedEntry,
  type SendEntry,
} from '../../core/rows/journal';
import { afterAnswer, afterThrottle, startPace, type Pace } from '../../core/rows/pace';
import { createGate, sendingOrder, type Gate, type Job } from '../../core/rows/schedule';
import type { WireCall } from '../../core/request/types';

/** A job that can be sent. Its call is made when it leaves: a thousand of them at once would take a thousand times the prompt. */
export interface PreparedJob extends Job {
  readonly model: number;
  call(): WireCall;
  readonly usd?: SendEntry['usd'];
}

/** Why a batch stands still. */
export type Halt =
  /** A person said so. */
  | { readonly kind: 'paused' }
  /** What goes wrong with one call would go wrong with all. */
  | { readonly kind: 'failing'; readonly failure: RunFailure }
  /** The journal cannot be written: no further call leaves, as nobody would know of it. */
  | { readonly kind: 'journal'; readonly detail: string }
  /** The limit of what may be spent is reached. */
  | { readonly kind: 'limit' };

export interface RunnerPorts {
  readonly run: RunPort;
  /** Resolves when the entries are safely on the disk; rejects when they may not be. */
  readonly append: (entries: readonly JournalEntry[]) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Wakes up after so many milliseconds; gives a function that forgets it. */
  readonly after: (ms: number, work: () => void) => () => void;
  /** What an answer comes to: its hash, its cost, whether it meets its row's expectation. */
  readonly judge: (job: PreparedJob, record: RunRecord) => JobResult;
  /** May a call that costs at most this much be sent? */
  readonly maySpend: (usd: number | undefined) => Promise<boolean>;
  /** Something of these jobs, or of the batch as a whole, is different. */
  readonly changed: (jobs: readonly number[]) => void;
  /** The record that a call begins with, and who hears what became of it once it is not tried again. */
  readonly begin: (
    job: PreparedJob,
    call: WireCall,
    startedAt: number,
  ) => { readonly record: RunRecord; readonly keep: (record: RunRecord) => void };
  /** The answer of a call has begun, so that others can read what it wrote; `startedAt` is when it left. */
  readonly begun?: (job: PreparedJob, startedAt: number) => void;
}

/** A call that was throttled is tried this often in all, one that found the service unavailable too. Neither is billed. */
const mostTries = 6;

/** So many failures with no answer between them, and the rest waits for a person. */
const mostInRow = 5;

/** With these no other call of the batch would do better. */
const stopsAll: ReadonlySet<FailureCode> = new Set(['credentials', 'signIn', 'regionMissing', 'network', 'otherAnswer']);
/** With these no other call of the same model would. */
const stopsModel: ReadonlySet<FailureCode> = new Set(['accessDenied', 'modelNotFound']);

const isAnswering = ({ state, toolUses }: RunRecord): boolean => state === 'streaming' || state === 'finished' || toolUses.length > 0;

/** Sends the jobs of a batch: few at a time, the first of each prefix alone, each written down before it leaves and after it has ended. */
export class BatchRunner {
  #record: BatchRecord;
  #halt: Halt | undefined = { kind: 'paused' };
  #pace: Pace;
  #failuresInRow = 0;
  #running: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  readonly #order: readonly PreparedJob[];
  readonly #jobs: ReadonlyMap<number, PreparedJob>;
  readonly #gate: Gate;
  readonly #tries = new Map<number, number>();
  readonly #flights = new Map<number, AbortController>();
  readonly #target: Target;
  readonly #ports: RunnerPorts;
  readonly #answers = new Map<number, string>();

  /** `jobs`: those that can be sent; the batch may have others, whose rows are not there any more. `target` makes one try a call. */
  constructor(record: BatchRecord, jobs: readonly PreparedJob[], target: Target, most: number, ports: RunnerPorts) {
    this.#record = record;
    this.#jobs = new Map(jobs.map((job) => [job.index, job]));
    this.#order = sendingOrder(jobs) as readonly PreparedJob[]; // the same jobs in another order
    this.#gate = createGate(jobs);
    this.#target = { ...target, maxAttempts: 1 };
    this.#pace = startPace(most);
    this.#ports = ports;
  }

  get record(): BatchRecord {
    return this.#record;
  }

  /** Why nothing further is sent; `undefined` while calls leave. */
  get halt(): Halt | undefined {
    return this.#halt;
  }

  get inFlight(): number {
    return this.#flights.size;
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** An answer of this session. */
  answerOf(job: number): string | undefined {
    return this.#answers.get(job);
  }

  /** Can this job be sent from here? */
  isReady(job: number): boolean {
    return this.#jobs.has(job);
  }

  /** Sends what waits; resolves when nothing is under way any more. */
  start(): Promise<void> {
    if (this.#halt !== undefined) {
      this.#halt = undefined;
      this.#failuresInRow = 0;
      this.#ports.changed([]);
    }
    this.#wake();
    return (this.#running ??= this.#loop().finally(() => {
      this.#running = undefined;
      this.#halt ??= { kind: 'paused' };
      this.#ports.changed([]);
    }));
  }

  /** What is under way goes on to its end. */
  pause(): void {
    this.#stop({ kind: 'paused' });
  }

  /** Ends what is under way, and the batch with it. */
  async cancel(): Promise<void> {
    this.pause();
    for (const flight of this.#flights.values()) flight.abort();
    await this.#running;
    await this.#write([{ t: 'over', at: this.#ports.now(), how: 'canceled' }]);
  }

  /** Failed jobs wait again. */
  retryFailed(): void {
    const failed = this.#record.jobs.flatMap(({ kind }, index) => (kind === 'failed' && this.isReady(index) ? [index] : []));
    this.#record = {
      ...this.#record,
      over: undefined,
      jobs: this.#record.jobs.map((state, index) => (failed.includes(index) ? { kind: 'waiting' } : state)),
    };
    for (const index of failed) this.#tries.delete(index);
    this.#ports.changed(failed);
  }

  /** A person's choice about doubtful jobs. */
  async decide(jobs: readonly number[], send: boolean): Promise<void> {
    const doubtful = jobs.filter((job) => this.#record.jobs[job]?.kind === 'doubtful');
    await this.#write(doubtful.map((job) => ({ t: 'choice', job, at: this.#ports.now(), send })));
  }

  /** Its files got other names. */
  async moved(to: Pick<MovedEntry, 'prompt' | 'source'>): Promise<void> {
    await this.#write([{ t: 'moved', at: this.#ports.now(), ...to }]);
  }

  #stop(halt: Halt): void {
    this.#halt ??= halt;
    this.#wake();
    this.#ports.changed([]);
  }

  /** Writes entries down and believes them then; where that fails the batch stands still. */
  async #write(entries: readonly JournalEntry[]): Promise<boolean> {
    if (entries.length === 0) return true;
    try {
      await this.#ports.append(entries);
    } catch (error) {
      this.#halt = { kind: 'journal', detail: error instanceof Error ? error.message : String(error) };
      this.#wake();
      return false;
    } finally {
      this.#ports.changed(entries.flatMap((entry) => ('job' in entry ? [entry.job] : [])));
    }
    this.#record = entries.reduce(afterEntry, this.#record);
    this.#ports.changed(entries.flatMap((entry) => ('job' in entry ? [entry.job] : [])));
    return true;
  }

  readonly #isWaiting = (job: PreparedJob): boolean => this.#record.jobs[job.index]?.kind === 'waiting' && !this.#flights.has(job.index);

  async #loop(): Promise<void> {
    const flights = new Set<Promise<void>>();
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const now = this.#ports.now();
      const mayLeave = this.#halt === undefined && now >= this.#pace.notBefore;
      for (const job of mayLeave ? this.#order : []) {
        if (this.#flights.size >= this.#pace.limit) break;
        if (!this.#isWaiting(job) || !this.#gate.mayStart(job, now)) continue;
        this.#gate.started(job, now);
        const controller = new AbortController();
        this.#flights.set(job.index, controller);
        const flight: Promise<void> = this.#fly(job, controller.signal).finally(() => {
          this.#flights.delete(job.index);
          flights.delete(flight);
          this.#wake();
        });
        flights.add(flight);
      }
      if (flights.size === 0 && (this.#halt !== undefined || !this.#order.some(this.#isWaiting))) break;
      const forget = now < this.#pace.notBefore ? this.#ports.after(this.#pace.notBefore - now, this.#wake) : undefined;
      await woken;
      forget?.();
    }
    if (this.#halt === undefined && isSettled(this.#record)) await this.#write([{ t: 'over', at: this.#ports.now(), how: 'done' }]);
  }

  /** One call from the entry before it leaves to the one after its end. */
  async #fly(job: PreparedJob, signal: CancelSignal): Promise<void> {
    const { now, run, maySpend } = this.#ports;
    if (!(await maySpend(job.usd?.[1]))) {
      this.#gate.failed(job);
      return this.#stop({ kind: 'limit' });
    }
    const at = now();
    const isWritten =
      this.#halt === undefined &&
      (await this.#write([{ t: 'send', job: job.index, at, ...(job.usd === undefined ? {} : { usd: job.usd }) }]));
    if (!isWritten) return this.#gate.failed(job);
    const call = job.call();
    const begun = this.#ports.begin(job, call, at);
    let { record } = begun;
    let hasBegun = false;
    try {
      for await (const event of run(call, this.#target, signal)) {
        record = reduceRun(record, event);
        if (hasBegun || !isAnswering(record)) continue;
        hasBegun = true;
        this.#gate.begun(job);
        this.#ports.begun?.(job, at);
        this.#wake();
      }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      record = reduceRun(record, { type: 'failed', at: 0, failure: { code: 'unexpected', detail, requestId: undefined } });
    }
    if (record.state === 'finished') await this.#answered(job, record, at);
    else {
      this.#gate.failed(job);
      const isOver = await this.#failed(job, record.failure ?? { code: 'interrupted', detail: '', requestId: undefined });
      if (!isOver) return;
    }
    begun.keep(record);
  }

  async #answered(job: PreparedJob, record: RunRecord, startedAt: number): Promise<void> {
    this.#gate.begun(job);
    this.#pace = afterAnswer(this.#pace, startedAt, this.#ports.now());
    this.#failuresInRow = 0;
    const result = this.#ports.judge(job, record);
    this.#answers.set(job.index, answerTextOf(record));
    await this.#write([{ t: 'end', job: job.index, at: this.#ports.now(), ok: true, result }]);
  }

  /** `false`: it is tried again. */
  async #failed(job: PreparedJob, failure: RunFailure): Promise<boolean> {
    const { now } = this.#ports;
    const { code } = failure;
    const isPassing = (code === 'throttled' && !failure.midStream) || code === 'unavailable';
    if (isPassing) this.#pace = afterThrottle(this.#pace, now());
    const tries = (this.#tries.get(job.index) ?? 0) + 1;
    this.#tries.set(job.index, tries);
    const end = (index: number): JournalEntry => ({ t: 'end', job: index, at: now(), ok: false, code });
    const alike = stopsModel.has(code) ? this.#order.filter((other) => other.model === job.model && this.#isWaiting(other)) : [];
    const isWritten = await this.#write([job, ...alike].map(({ index }) => end(index)));
    if (isPassing && tries < mostTries) {
      if (isWritten) this.#record = { ...this.#record, jobs: this.#record.jobs.with(job.index, { kind: 'waiting' }) };
      return !isWritten;
    }
    if (code === 'canceled') return true;
    this.#failuresInRow += 1;
    if (stopsAll.has(code) || this.#failuresInRow >= mostInRow) this.#stop({ kind: 'failing', failure });
    return true;
  }
}
