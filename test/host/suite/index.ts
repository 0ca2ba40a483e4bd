import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import type Mocha from 'mocha';

// Where the host's process output does not reach the terminal, the launcher names a file that it copies there.
const outputFile = process.env['CACHEPOINT_TEST_OUTPUT'];
const resultFile = process.env['CACHEPOINT_TEST_RESULT'];
const testLimitMs = 20_000;

function say(...parts: readonly unknown[]): void {
  if (outputFile === undefined) console.log(...parts);
  else appendFileSync(outputFile, `${format(...parts)}\n`);
}

/** Runs every compiled test of one folder in this extension host, leaves the counts in the result file, rejects on a failure. */
export async function run(): Promise<void> {
  const folder = process.env['CACHEPOINT_TEST_FOLDER'] ?? __dirname;
  const { default: MochaRunner } = await import('mocha');
  const grep = process.env['CACHEPOINT_TEST_GREP'];
  const mocha = new MochaRunner({
    ui: 'bdd',
    color: false,
    timeout: testLimitMs,
    forbidOnly: true,
    ...(grep === undefined ? {} : { grep }),
  });
  MochaRunner.reporters.Base.consoleLog = say;
  for (const name of readdirSync(folder).sort()) if (name.endsWith('.test.js')) mocha.addFile(join(folder, name));
  const { runner, failures } = await new Promise<{ runner: Mocha.Runner; failures: number }>((resolve) => {
    const started = mocha.run((count) => {
      resolve({ runner: started, failures: count });
    });
  });
  if (runner.stats === undefined || runner.stats.tests === 0) throw new Error(`No test ran in ${folder}`);
  if (resultFile !== undefined) {
    mkdirSync(dirname(resultFile), { recursive: true });
    writeFileSync(resultFile, JSON.stringify({ stats: runner.stats }));
  }
  if (failures > 0) throw new Error(`${failures} failed`);
}
