import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Cold `require` of a bundle in a fresh Node process, in milliseconds. `vscode` is not there, so the extension is loaded with an empty one. */
const script = (file: string): string => `
const Module = require('node:module');
const original = Module._load;
Module._load = (request, ...rest) => request === 'vscode' ? new Proxy({}, { get: () => class {} }) : original(request, ...rest);
const before = process.hrtime.bigint();
require(${JSON.stringify(file)});
console.log(Number(process.hrtime.bigint() - before) / 1e6);`;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const limits: Readonly<Record<string, number>> = { 'main.js': 5_000, 'extension.js': 100_000, 'engine.js': 470_000, 'code.js': 250_000 };

/** Size of each bundle, and how long a fresh process takes to load it. */
export const benchBundles = (): Promise<void> => {
  console.log('bundle         kB     limit kB   load ms (median of 11)');
  for (const name of [
    'main.js',
    'extension.js',
    'engine.js',
    'yaml.js',
    'bodies.js',
    'stored.js',
    'files.js',
    'weights.js',
    'weights-beyond.js',
    'weights-old.js',
    'panel.js',
    'texts.js',
    'assist.js',
    'history.js',
    'rows.js',
    'runs.js',
    'convert.js',
    'code.js',
    'code-data.js',
    'code-python.js',
    'code-reader.js',
    'code-typescript.js',
    'aws.js',
    'view.js',
    'rowsView.js',
    'emulator.js',
  ]) {
    const file = join(root, 'dist', name);
    if (!existsSync(file)) {
      console.log(`${name.padEnd(14)} not built: npm run build`);
      continue;
    }
    const loads =
      name === 'view.js' || name === 'rowsView.js' || name === 'emulator.js'
        ? []
        : Array.from({ length: 11 }, () =>
            Number(execFileSync(process.execPath, ['-e', script(file)], { stdio: ['ignore', 'pipe', 'ignore'] })),
          );
    const limit = limits[name] === undefined ? '–' : (limits[name] / 1000).toFixed(0);
    console.log(
      `${name.padEnd(12)} ${(statSync(file).size / 1000).toFixed(1).padStart(6)} ${limit.padStart(8)}       ${loads.length === 0 ? '–' : median(loads).toFixed(1)}`,
    );
  }
  const vsix = join(root, 'cachepoint.vsix');
  console.log(existsSync(vsix) ? `VSIX ${(statSync(vsix).size / 1000).toFixed(0)} kB (limit 1,000)` : 'VSIX not packaged: npm run package');
  return Promise.resolve();
};
