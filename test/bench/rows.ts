import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeClients, run } from '../../src/bedrock';
import * as engine from '../../src/core/engine';
import { numberFormats } from '../../src/core/figures/numbers';
import { noFiles } from '../../src/core/prompt/files';
import { entryLine, startBatch, type BatchEntry } from '../../src/core/rows/journal';
import type { GivenRow } from '../../src/core/rows/table';
import { defaultSettings } from '../../src/core/settings';
import type * as historyModule from '../../src/editor/history/runHistory';
import type * as recorderModule from '../../src/editor/history/recorder';
import type * as callsModule from '../../src/editor/rows/keptCalls';
import { openBatch } from '../../src/editor/rows/openBatch';
import { prepareBatch } from '../../src/editor/rows/prepare';
import { createEmulatorProcess } from '../../src/machine/emulatorProcess';
import { createHistoryFolder } from '../../src/machine/historyFolder';
import { openJournal } from '../../src/machine/journalFile';
import { matchesPattern } from '../../src/machine/matchesPattern';
import { createFakeVscode, loadEditor } from '../support/fakeVscode';
import { analyzeOnly } from '../support/onlyPrompt';
import { promptOf } from './pipeline';

const rows = 1_000;
const bytes = 100_000;
/** Keys come at this pace, and for so long each time. Milliseconds. */
const keyMs = 60;
const keys = 250;
/** Typing while a batch runs may take so many times what it takes without one. */
const most = 1.5;

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

interface Typed {
  /** From when a key was due to when its prompt is analyzed, as a person feels it: whatever else the machine does counts, so it should do nothing else. */
  readonly felt: readonly number[];
  /** What this process worked from one analyzed key to the next, also while no key waited for it. */
  readonly worked: readonly number[];
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const type = async (source: string, goesOn: () => boolean): Promise<Typed> => {
  const middle = source.indexOf('\n', source.length >> 1) - 10;
  const [felt, worked]: [number[], number[]] = [[], []];
  let typed = '';
  let cpu = process.cpuUsage();
  for (let due = performance.now() + keyMs; felt.length < keys && goesOn(); due = Math.max(due + keyMs, performance.now())) {
    const wait = due - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
    typed += String.fromCharCode(97 + (typed.length % 26));
    analyzeOnly(source.slice(0, middle) + typed + source.slice(middle), 'bedrock-prompt', noFiles, defaultSettings);
    felt.push(performance.now() - due);
    worked.push(cpuMs(cpu));
    cpu = process.cpuUsage();
  }
  return { felt, worked };
};

/** Typing in a prompt of 100 kB, alone and while 1,000 rows of it are read and sent to the emulator at its own pace, with journal and history on the disk. */
export const benchRows = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cachepoint-rows-'));
  const { RunHistory, createRecorder, beginRow } = loadEditor(createFakeVscode(), () => ({
    ...(require('../../src/editor/history/runHistory') as typeof historyModule),
    ...(require('../../src/editor/history/recorder') as typeof recorderModule),
    ...(require('../../src/editor/rows/keptCalls') as typeof callsModule),
  }));
  const emulator = createEmulatorProcess(join(__dirname, '..', '..', 'dist', 'emulator.js'), () => undefined);
  try {
    const endpoint = await emulator.start(0);
    const source = promptOf(bytes);
    const analysis = analyzeOnly(source, 'bedrock-prompt', noFiles, defaultSettings);
    const given = Array.from({ length: rows }, (_, row): GivenRow => ({
      number: row + 1,
      values: { tenant: `Tenant ${row % 20}`, question: `Question ${row}?` },
    }));
    const port = createHistoryFolder(folder);
    const { digest } = await port.hash();
    const history = new RunHistory(port, 'bench', () => 64_000_000, { setAside: () => undefined, notWritten: () => undefined });
    const recorder = createRecorder({ engine: () => engine, history, folder: port, keepsTexts: () => false, mostOfBatch: () => 0 });
    await type(source, () => true);
    const alone = await type(source, () => true);

    let reading = true;
    const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
    const preparing = prepareBatch([analysis], given, 'here', { engine: () => engine, digest, breathe }).finally(() => (reading = false));
    const whileRead = await type(source, () => reading);
    const prepared = await preparing;

    const batch: BatchEntry = {
      ...{ t: 'batch', id: 'bench', at: 0, prompt: { uri: 'file:///p', id: 'only', name: 'p' }, source: { kind: 'csv', name: 'rows.csv' } },
      ...{ models: [{ id: analysis.plan.modelId, name: 'model' }], service: 'emulator', place: endpoint, rows: prepared.rows },
    };
    const target = { service: 'emulator', endpoint, region: 'us-east-1', profile: undefined, timeoutMs: 60_000, maxAttempts: 1 } as const;
    const journal = await openJournal(join(folder, 'journal.jsonl'));
    await journal.append(entryLine(batch));
    const deps = {
      engine: () => engine,
      warm: { prefixes: new Map() },
      history: () => ({ keep: async (...call: Parameters<typeof recorder.write>) => void (await recorder.write(...call)) }),
    };
    const ref = { uri: createFakeVscode().vscode.Uri.file('/p'), id: 'only' };
    const opened = openBatch({
      ...{ record: startBatch(batch), jobs: prepared.jobs, rowOf: (row) => given[row], money: prepared.money, earlier: undefined, target },
      ...{ most: 4, journal, digest, matchesPattern, port: run, formats: numberFormats('en') },
      begin: (job, call, startedAt) => beginRow({ job, batch, ref, target, startedAt, analysis, row: given[job.index] }, call, deps),
      agree: () => Promise.resolve({ settle: () => Promise.resolve() }),
    });
    const sending = opened.start();
    const whileSent = await type(source, () => opened.isRunning);
    const done = opened.totals.done;
    opened.pause();
    await opened.cancel();
    await sending;
    await opened.close();
    const after = await type(source, () => true);

    const p = (times: readonly number[]): string => `p50 ${at(times, 0.5).toFixed(1)}, p95 ${at(times, 0.95).toFixed(1)} ms`;
    const line = (name: string, { felt, worked }: Typed): string => `${name}: ${p(felt)}; of the processor ${p(worked)} a key`;
    // What else the machine does slows one of the two times alone at the most.
    const ratio = at(whileSent.felt, 0.95) / Math.min(at(alone.felt, 0.95), at(after.felt, 0.95));
    console.log(line('typing alone', alone));
    console.log(line('typing alone afterwards', after));
    console.log(line(`while ${rows} rows are read`, whileRead));
    console.log(
      `${line(`while rows are sent (${done} answered)`, whileSent)}: felt ${ratio.toFixed(2)} times, ${ratio <= most ? 'ok' : 'over'} (limit ${most})`,
    );
  } finally {
    emulator.dispose();
    disposeClients();
    rmSync(folder, { recursive: true, force: true });
  }
};
