import { haltTexts } from '../../core/messages/rowsText';
import type { RowLine, RowsHead } from '../../core/panel/rowsProtocol';
import { headOf, lineOf, type BatchShown } from '../../core/panel/rowsView';
import { meets, readExpectation } from '../../core/rows/expectation';
import { csvOf, jsonLinesOf } from '../../core/rows/exportRows';
import { entryLine, type BatchRecord, type JobResult, type MovedEntry } from '../../core/rows/journal';
import { lastTimeOf } from '../../core/rows/lastTime';
import type { GivenRow } from '../../core/rows/table';
import { totalsOf, usdOfUsage, type ModelMoney, type Totals } from '../../core/rows/totals';
import type { RunPort, Target } from '../../core/runs/port';
import { answerTextOf, type RunRecord } from '../../core/runs/record';
import type { NumberFormats } from '../../core/figures/numbers';
import type { JournalFile } from './ports';
import { BatchRunner, type PreparedJob, type RunnerPorts } from './runner';

/** What a batch is opened with. */
export interface BatchParts {
  readonly record: BatchRecord;
  /** Jobs that can be sent from here. */
  readonly jobs: readonly PreparedJob[];
  readonly rowOf: (row: number) => GivenRow | undefined;
  readonly money: readonly ModelMoney[];
  readonly earlier: BatchRecord | undefined;
  readonly target: Target;
  readonly most: number;
  readonly journal: JournalFile;
  readonly digest: (text: string) => string;
  readonly matchesPattern: (source: string, flags: string, text: string) => boolean | undefined;
  readonly port: RunPort;
  readonly formats: NumberFormats;
  /** May the rest be sent? Asked each time that calls begin to leave; the answer tells what was spent when they have ended. */
  readonly agree: (
    calls: number,
    usd: readonly [number, number] | undefined,
  ) => Promise<{ settle(usd: number | undefined): Promise<void> } | undefined>;
  readonly begin: RunnerPorts['begin'];
  readonly begun?: RunnerPorts['begun'];
  /** Answers of earlier sessions by their jobs, as far as they were kept. */
  readonly keptAnswers?: ReadonlyMap<number, string>;
}

/** A batch in this window: its runner, its journal, and what is shown of it. */
export interface OpenBatch {
  readonly id: string;
  readonly name: string;
  readonly record: BatchRecord;
  readonly totals: Totals;
  readonly head: RowsHead;
  readonly isRunning: boolean;
  line(row: number): RowLine;
  answerOf(job: number): string | undefined;
  /** Sends what waits, once the person has agreed; resolves when nothing is under way. */
  start(): Promise<void>;
  pause(): void;
  cancel(): Promise<void>;
  retryFailed(): Promise<void>;
  decide(send: boolean): Promise<void>;
  /** Files got other names. */
  moved(to: Pick<MovedEntry, 'prompt' | 'source'>): Promise<void>;
  exported(form: 'csv' | 'jsonLines'): string;
  /** Hears which rows changed; an empty list: the head alone. */
  onChange(hear: (rows: readonly number[]) => void): () => void;
  close(): Promise<void>;
}

const sumOf = (jobs: readonly PreparedJob[]): readonly [number, number] | undefined =>
  jobs.reduce<readonly [number, number] | undefined>((sum, { usd }) => sum && usd && [sum[0] + usd[0], sum[1] + usd[1]], [0, 0]);

export const openBatch = (parts: BatchParts): OpenBatch => {
  const { jobs, journal, rowOf, money, formats, target } = parts;
  const { batch } = parts.record;
  const models = batch.models.length;
  const listeners = new Set<(rows: readonly number[]) => void>();
  const compare = lastTimeOf(parts.earlier);
  let sums: { readonly of: BatchRecord; readonly all: Totals; readonly byModel: readonly Totals[] } | undefined;

  const judge = (job: PreparedJob, record: RunRecord): JobResult => {
    const { usage, totalMs, firstDeltaMs, stopReason } = record;
    const text = answerTextOf(record);
    const own = money[job.model];
    const usd = usdOfUsage(usage, own?.prices, own?.ttl ?? '5m');
    const expect = rowOf(Math.floor(job.index / models))?.expect;
    const met = expect === undefined ? undefined : meets(readExpectation(expect), text, parts.matchesPattern);
    return {
      usage,
      ...(usd === undefined ? {} : { usd }),
      ...(totalMs === undefined ? {} : { ms: Math.round(totalMs) }),
      ...(firstDeltaMs === undefined ? {} : { firstMs: Math.round(firstDeltaMs) }),
      ...(stopReason === undefined ? {} : { stop: stopReason }),
      answer: { hash: parts.digest(text), length: text.length },
      ...(met === undefined ? {} : { met }),
    };
  };

  const tell = (rows: readonly number[]): void => listeners.forEach((hear) => hear(rows));
  const runner: BatchRunner = new BatchRunner(parts.record, jobs, target, parts.most, {
    run: parts.port,
    append: (entries) => journal.append(entries.map(entryLine).join('')),
    now: Date.now,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    judge,
    begin: parts.begin,
    maySpend: () => Promise.resolve(true),
    changed: (changed) => tell([...new Set(changed.map((job) => Math.floor(job / models)))]),
    ...(parts.begun === undefined ? {} : { begun: parts.begun }),
  });

  /** An answer of this session, or one that was kept. */
  const answerOf = (job: number): string | undefined => runner.answerOf(job) ?? parts.keptAnswers?.get(job);

  const totals = () => {
    const { record } = runner;
    if (sums?.of !== record)
      sums = { of: record, all: totalsOf(record, money), byModel: batch.models.map((_, model) => totalsOf(record, money, model)) };
    return sums;
  };
  const waiting = (): readonly PreparedJob[] => jobs.filter(({ index }) => runner.record.jobs[index]?.kind === 'waiting');
  /** Rows that wait, and cannot be sent from here. */
  const lost = (): number =>
    new Set(runner.record.jobs.flatMap(({ kind }, job) => (kind === 'waiting' && !runner.isReady(job) ? [Math.floor(job / models)] : [])))
      .size;
  let running: Promise<void> | undefined;

  const notice = (): string => {
    const { halt } = runner;
    if (running !== undefined && halt === undefined) return '';
    if (halt?.kind === 'journal') return haltTexts.journal(halt.detail);
    if (halt?.kind === 'failing') return haltTexts.failing(halt.failure.code);
    if (halt?.kind === 'limit') return haltTexts.limit;
    const gone = lost();
    return gone === 0 ? '' : haltTexts.changedRows(gone, formats);
  };
  const shown: BatchShown = {
    get record() {
      return runner.record;
    },
    answerOf,
    rowOf,
    lastTimeOf: (job) => compare(runner.record, job),
    formats,
  };
  const state = (): RowsHead['state'] => {
    if (running !== undefined) return runner.halt === undefined ? 'running' : 'pausing';
    const { over, jobs: states } = runner.record;
    return over !== undefined || states.every(({ kind }) => kind !== 'waiting' && kind !== 'doubtful') ? 'over' : 'paused';
  };

  const go = async (): Promise<void> => {
    const rest = waiting();
    const before = totals().all.usd;
    const agreement = rest.length === 0 ? undefined : await parts.agree(rest.length, sumOf(rest));
    if (rest.length > 0 && agreement === undefined) return;
    try {
      await runner.start();
    } finally {
      const { usd, doubtUsd } = totals().all;
      // What may have been billed counts as if it were: a limit is to be kept.
      const spent = usd === undefined || before === undefined || doubtUsd === undefined ? undefined : usd - before + doubtUsd[1];
      await agreement?.settle(spent);
    }
  };

  return {
    id: batch.id,
    get name() {
      return runner.record.batch.prompt.name;
    },
    get record() {
      return runner.record;
    },
    get totals() {
      return totals().all;
    },
    get isRunning() {
      return running !== undefined;
    },
    get head() {
      const { all, byModel } = totals();
      return headOf(
        all,
        byModel,
        {
          service: { kind: target.service, text: batch.place },
          state: state(),
          notice: notice(),
          inFlight: runner.inFlight,
          canResume: waiting().length > 0,
          expects: batch.rows.some((_, row) => rowOf(row)?.expect !== undefined),
        },
        shown,
      );
    },
    line: (row) => lineOf(row, shown),
    answerOf,
    start: () =>
      (running ??= go().finally(() => {
        running = undefined;
        tell([]);
      })),
    pause: () => runner.pause(),
    cancel: () => runner.cancel(),
    async retryFailed() {
      runner.retryFailed();
      await this.start();
    },
    async decide(send) {
      await runner.decide(
        runner.record.jobs.flatMap(({ kind }, job) => (kind === 'doubtful' ? [job] : [])),
        send,
      );
      if (send) await this.start();
    },
    moved: (to) => runner.moved(to),
    exported: (form) => (form === 'csv' ? csvOf : jsonLinesOf)({ record: runner.record, rowOf, answerOf }),
    onChange(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    async close() {
      runner.pause();
      await running;
      await journal.close();
    },
  };
};
