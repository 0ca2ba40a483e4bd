import { spawn } from 'node:child_process';

/** What a process of its own took. */
export interface Spent {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMb: number;
}

/** Printed by `time` of GNU as the last line: seconds of user and system time, kilobytes. */
const format = '%U %S %M';

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs a program and measures it with `/usr/bin/time`, which counts the time of its children as well. */
export const measureProcess = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Spent> => {
  const started = performance.now();
  const child = spawn('/usr/bin/time', ['-f', format, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const [user = 0, system = 0, kilobytes = 0] = (err.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      resolve({ cpuMs: (user + system) * 1000, wallMs: performance.now() - started, peakMb: kilobytes / 1000 });
    });
  });
};
