import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const rounds = 7;

const median = (values: readonly number[]): string =>
  ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN).toFixed(1);

/** Time of `activate()` in a real extension host, loading its bundle included: one VS Code a round, so each activation is a first one. */
export const benchActivation = (): Promise<void> => {
  if (!existsSync(join(root, 'dist', 'extension.js'))) {
    console.log('not built: npm run build');
    return Promise.resolve();
  }
  const loads: number[] = [];
  const activations: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const output = execFileSync(
      process.execPath,
      [
        join(root, 'test', 'host', 'runSuite.mjs'),
        '--suite',
        join(root, 'test', 'host', 'activation'),
        '--workspace',
        join(root, 'test', 'host', 'fixtures'),
      ],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const [, load, activate] = /load ([\d.]+) ms, activate ([\d.]+) ms/.exec(output) ?? [];
    if (load === undefined || activate === undefined) throw new Error(`No time in the output: ${output}`);
    loads.push(Number(load));
    activations.push(Number(activate));
  }
  const both = loads.map((load, round) => load + (activations[round] ?? Number.NaN));
  console.log(
    `${rounds} hosts, medians: load ${median(loads)} ms, activate() ${median(activations)} ms (limit 20), both ${median(both)} ms`,
  );
  return Promise.resolve();
};
