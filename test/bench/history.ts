import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOf } from '../../src/core/history/lines';
import type * as historyModule from '../../src/editor/history/runHistory';
import type * as treeModule from '../../src/editor/history/tree';
import { createHistoryFolder } from '../../src/machine/historyFolder';
import { createFakeVscode, loadEditor } from '../support/fakeVscode';
import { aStoredRun, somePrint } from '../support/storedRuns';

const runs = 100_000;
const prompts = 300;
/** Runs of a prompt before the next one is worked on; with 1 all prompts are in all files. */
const together = [200, 1];
const perFile = 2500;

/** A request of twelve blocks, which is a usual conversation. */
const sent = {
  ...somePrint,
  blocks: Array.from({ length: 12 }, (_, at) => [at === 0 ? 's' : `m${at}u`, `hash-of-22-characters-${at}`, 900] as const),
};

/** Files as windows would have left them, each about as large as one gets before it is closed. */
const fill = (folder: string, inTurn: number): void => {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file * perFile < runs; file += 1) {
    const lines = Array.from({ length: perFile }, (_, at) => {
      const number = file * perFile + at;
      const name = `prompt-${Math.floor(number / inTurn) % prompts}.bedrock.md`;
      return lineOf(aStoredRun({ id: `run-${number}`, startedAt: number * 1000, subject: `file:///${name}`, file: name }, undefined, sent));
    });
    writeFileSync(join(folder, `runs-bench${file}-1.jsonl`), lines.join(''));
  }
};

/** What the view reads when it is looked at: the prompts with their totals, and the first rows of the one that ran last. */
const look = async (folder: string): Promise<string> => {
  const load = () => ({
    ...(require('../../src/editor/history/runHistory') as typeof historyModule),
    ...(require('../../src/editor/history/tree') as typeof treeModule),
  });
  const { RunHistory, createLevels } = loadEditor(createFakeVscode(), load);
  const history = new RunHistory(createHistoryFolder(folder), 'bench', () => 1e9, {
    setAside: () => undefined,
    notWritten: () => undefined,
  });
  const levels = createLevels(history);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const top = await levels.prompts('');
  const [prompt] = top;
  const totals = performance.now() - started;
  const spent = process.cpuUsage(cpu);
  const rows = prompt?.kind === 'prompt' ? await levels.runs(prompt.totals, '') : [];
  const all = performance.now() - started;
  const newest = await history.newest(undefined, 200);
  const last = performance.now() - started - all;
  const { user, system } = process.cpuUsage(cpu);
  const { rss, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return `${top.length} prompts in ${totals.toFixed(0)} ms (${((spent.user + spent.system) / 1000).toFixed(0)} of the processor), ${rows.length} rows of the first by ${all.toFixed(0)} ms; the newest ${newest.length} of all in ${last.toFixed(0)} ms; ${((user + system) / 1000).toFixed(0)} ms of the processor; ${megabytes(rss)} MB resident, heap ${megabytes(heapUsed)} MB`;
};

/** The history with 100,000 runs: each look in a process of its own, first without summaries, then with them. */
export const benchHistory = (): Promise<void> => {
  for (const inTurn of together) {
    const folder = mkdtempSync(join(tmpdir(), 'cachepoint-history-'));
    try {
      fill(folder, inTurn);
      console.log(inTurn === 1 ? 'every prompt in every file:' : `${inTurn} runs of a prompt in turn:`);
      for (const when of ['without summaries', 'with summaries']) {
        const { stdout, stderr } = spawnSync(process.execPath, ['--require=tsx/cjs', __filename, folder], { encoding: 'utf8' });
        console.log(`  ${when}: ${stdout.trim()}${stderr}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return Promise.resolve();
};

const [, file, folder] = process.argv;
if (file === __filename && folder !== undefined) void look(folder).then((text) => console.log(text));
