import type { RunEvent } from '../../src/core/runs/events';
import type { RunFailure } from '../../src/core/runs/failure';
import type { RunPort, Target } from '../../src/core/runs/port';
import { startRecord } from '../../src/core/runs/record';
import type { WireCall } from '../../src/core/request/types';
import { startBatch, type BatchEntry, type BatchRecord, type JobResult, type JournalEntry } from '../../src/core/rows/journal';
import { BatchRunner, type PreparedJob, type RunnerPorts } from '../../src/editor/rows/runner';
import { localTarget, started } from './scriptedRun';

/** A batch of rows whose calls begin with these prefixes, by their names. */
export const batchOf = (rows: readonly (readonly string[])[], models = ['m']): BatchEntry => ({
  t: 'batch',
  id: 'b',
  at: 0,
  prompt: { uri: 'file:///a.bedrock.md', id: 'only', name: 'a.bedrock.md' },
  source: { kind: 'samples', name: 'Samples' },
  models: models.map((id) => ({ id, name: id })),
  service: 'emulator',
  place: '127.0.0.1',
  rows: rows.map((_, index) => ({ number: index + 1, key: `row ${index}`, calls: models.map((id) => `call ${index} ${id}`) })),
});

export const callOf = (index: number): WireCall => ({
  api: 'converse',
  modelId: 'm',
  body: { modelId: 'm', messages: [{ role: 'user', content: [{ text: `row ${index}` }] }] },
});

export const jobsOf = (rows: readonly (readonly string[])[], models = 1): readonly PreparedJob[] =>
  rows.flatMap((prefixes, row) =>
    Array.from({ length: models }, (_, model): PreparedJob => ({
      index: row * models + model,
      model,
      prefixes: prefixes.map((key) => ({ key: `${key} ${model}`, ttl: '5m' })),
      call: () => callOf(row * models + model),
      usd: [0.001, 0.01],
    })),
  );

/** The record of a call of which nothing is kept. */
export const beginBlank: RunnerPorts['begin'] = (job, { modelId }, startedAt) => ({
  record: startRecord({
    id: String(job.index),
    pair: undefined,
    file: '',
    subject: '',
    modelId,
    modelName: modelId,
    service: 'emulator',
    endpoint: '',
    startedAt,
    prediction: undefined,
    prices: undefined,
  }),
  keep: () => undefined,
});

/** A call that a test lets begin and end. */
export interface Flight {
  readonly row: number;
  begin(): void;
  end(): void;
  fail(failure: Partial<RunFailure> & Pick<RunFailure, 'code'>): void;
}

/** A service whose calls wait for the test. */
export const heldService = () => {
  const flights: Flight[] = [];
  const sent: number[] = [];
  const port: RunPort = async function* (call, _target, signal) {
    const row = Number(/row (\d+)/.exec(JSON.stringify(call.body))?.[1]);
    sent.push(row);
    const queue: RunEvent[] = [started()];
    let wake = (): void => undefined;
    const give = (...events: readonly RunEvent[]): void => {
      queue.push(...events);
      wake();
    };
    const fail = (failure: object): void =>
      give({
        type: 'failed',
        at: 9,
        failure: { detail: '', requestId: undefined, midStream: false, attempts: 1, ...failure } as unknown as RunFailure,
      });
    signal.addEventListener('abort', () => fail({ code: 'canceled' }));
    flights.push({
      row,
      begin: () => give({ type: 'text', at: 1, delta: `Answer ${row}` }),
      end: () =>
        give(
          { type: 'usage', at: 2, usage: { input: 10, output: 5, cacheRead: 100, cacheWrite: 0, writes: [] }, latencyMs: 3 },
          { type: 'stopped', at: 2, reason: 'end_turn' },
          { type: 'finished', at: 3, requestId: undefined, attempts: 1 },
        ),
      fail,
    });
    for (;;) {
      const event = queue.shift();
      if (event === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      yield event;
      if (event.type === 'finished' || event.type === 'failed') return;
    }
  };
  return { port, flights, sent };
};

/** Lets everything happen that can without a timer. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await new Promise<void>((resolve) => setImmediate(resolve));
};

export interface TestBatch {
  readonly runner: BatchRunner;
  readonly service: ReturnType<typeof heldService>;
  readonly entries: JournalEntry[];
  /** Moves the clock, and wakes up who waited for it. */
  advance(ms: number): void;
  breakJournal(): void;
  /** Calls under way, by row. */
  readonly inFlight: () => readonly number[];
  flight(row: number): Flight;
}

export const resultOf = (text: string): JobResult => ({ usage: undefined, answer: { hash: text, length: text.length } });

/** A runner over a held service and a journal in memory. */
export const testBatch = (
  rows: readonly (readonly string[])[],
  options: {
    readonly most?: number;
    readonly models?: readonly string[];
    readonly record?: BatchRecord;
    readonly target?: Target;
    readonly maySpend?: RunnerPorts['maySpend'];
    readonly begin?: RunnerPorts['begin'];
  } = {},
): TestBatch => {
  const models = [...(options.models ?? ['m'])];
  const service = heldService();
  const entries: JournalEntry[] = [];
  let now = 1_000;
  let isBroken = false;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const runner = new BatchRunner(
    options.record ?? startBatch(batchOf(rows, models)),
    jobsOf(rows, models.length),
    options.target ?? localTarget,
    options.most ?? 4,
    {
      run: service.port,
      append: async (more) => {
        await Promise.resolve();
        if (isBroken) throw new Error('ENOSPC: no space left on device, write');
        entries.push(...more);
      },
      now: () => now,
      after(ms, work) {
        const timer = { at: now + ms, work };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      judge: (_job, record) => ({ ...resultOf(record.answer), usage: record.usage }),
      maySpend: options.maySpend ?? (() => Promise.resolve(true)),
      changed: () => undefined,
      begin: options.begin ?? beginBlank,
    },
  );
  return {
    runner,
    service,
    entries,
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) if (timer.at <= now) timer.work();
    },
    breakJournal: () => void (isBroken = true),
    inFlight: () => runner.record.jobs.flatMap(({ kind }, index) => (kind === 'sent' ? [index] : [])),
    flight(row) {
      const found = service.flights.findLast((one) => one.row === row);
      if (found === undefined) throw new Error(`row ${row} was not sent`);
      return found;
    },
  };
};
