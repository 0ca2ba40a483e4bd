/** A process that sends a batch and may be killed at a write: what `journal.test` starts. */
import { appendFileSync, readFileSync } from 'node:fs';
import { disposeClients, run } from '../../../src/bedrock';
import type { WireCall } from '../../../src/core/request/types';
import { entryLine, readJournal, startBatch, type BatchEntry } from '../../../src/core/rows/journal';
import { BatchRunner, type PreparedJob } from '../../../src/editor/rows/runner';
import { openJournal } from '../../../src/machine/journalFile';
import { beginBlank } from '../../support/batches';

interface Order {
  readonly url: string;
  readonly path: string;
  readonly rows: number;
  readonly model: string;
  /** Which write, from 0 on, and when the process is killed. */
  readonly kill?: { readonly write: number; readonly when: 'before' | 'in' | 'after' };
  readonly choose?: 'send';
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

const shared = 'The rules of the house. '.repeat(400);
// As many words as tell one row from another where they are counted.
const callOf = (row: number): WireCall => ({
  api: 'converse',
  modelId: order.model,
  body: {
    modelId: order.model,
    system: [{ text: shared }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'word '.repeat(20 * (row + 1)) }] }],
    inferenceConfig: { maxTokens: 5 },
  },
});

const main = async (): Promise<void> => {
  const journal = await openJournal(order.path);
  let write = 0;
  const append = async (lines: string): Promise<void> => {
    const { kill } = order;
    const isIt = kill?.write === write;
    write += 1;
    if (isIt && kill.when === 'before') die();
    if (isIt && kill.when === 'in') {
      appendFileSync(order.path, lines.slice(0, lines.length / 2));
      die();
    }
    await journal.append(lines);
    if (isIt) die();
  };
  const known = readJournal(readFileSync(order.path, 'utf8'));
  const batch: BatchEntry = {
    t: 'batch',
    id: 'killed',
    at: Date.now(),
    prompt: { uri: 'file:///p', id: 'only', name: 'p' },
    source: { kind: 'samples', name: 'Samples' },
    models: [{ id: order.model, name: 'model' }],
    service: 'emulator',
    place: order.url,
    rows: Array.from({ length: order.rows }, (_, row) => ({ number: row + 1, key: String(row), calls: [String(row)] })),
  };
  if (known === undefined) await append(entryLine(batch));
  const jobs = batch.rows.map((_, index): PreparedJob => ({
    index,
    model: 0,
    prefixes: [{ key: 'shared', ttl: '5m' }],
    call: () => callOf(index),
    usd: [0.001, 0.01],
  }));
  const target = {
    service: 'emulator',
    endpoint: order.url,
    region: 'us-east-1',
    profile: undefined,
    timeoutMs: 10_000,
    maxAttempts: 1,
  } as const;
  const runner = new BatchRunner(known ?? startBatch(batch), jobs, target, 2, {
    run,
    append: (entries) => append(entries.map(entryLine).join('')),
    now: Date.now,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    judge: (_job, { answer, usage }) => ({ usage, answer: { hash: answer, length: answer.length } }),
    maySpend: () => Promise.resolve(true),
    changed: () => undefined,
    begin: beginBlank,
  });
  const doubtful = runner.record.jobs.flatMap(({ kind }, index) => (kind === 'doubtful' ? [index] : []));
  if (order.choose === 'send') await runner.decide(doubtful, true);
  await runner.start();
  await journal.close();
  disposeClients();
  console.log(
    JSON.stringify({ doubtful, kinds: runner.record.jobs.map(({ kind }) => kind), doubts: runner.record.doubts.length, halt: runner.halt }),
  );
};

void main();
