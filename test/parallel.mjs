// Runs test files in one process for each core: `node test/parallel.mjs "test/unit/**/*.test.ts"`, with any flags of mocha.
// mocha left alone would leave one core idle, which on a machine with two is half of them.
// @ts-check
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..');

/** The arguments of Node that run mocha. It is Node that gets the loader, not mocha, which would start a second process for it. */
export const mocha = ['--require=tsx/cjs', join('node_modules', 'mocha', 'bin', 'mocha.js')];

/** What tests make is thrown away at once: with more room for what is young, less of it is moved about. Megabytes. */
const roomForYoung = '--max-semi-space-size=64';

export const parallelMocha = [roomForYoung, ...mocha, '--parallel', '--jobs', String(Math.max(2, availableParallelism()))];

if (process.argv[1] === fileURLToPath(import.meta.url))
  spawn(process.execPath, [...parallelMocha, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on('close', (code) => {
    process.exitCode = code ?? 1;
  });
