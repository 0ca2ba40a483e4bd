import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeConverseFiles } from './corpus';
import { measureProcess, median, type Spent } from './process';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'dist', 'cli.js');
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const rounds = 3;

/** CPU time of `check` on a thousand requests beside that of a linter for JSON, and of what costs nothing but the start. */
export const benchCommandLine = async (): Promise<void> => {
  const folder = writeConverseFiles(1000);
  const cache = { XDG_CACHE_HOME: join(folder, '.cache') };
  const node = process.execPath;
  const check = [node, program, 'check', '--fail-on', 'never'];
  const runs: Readonly<Record<string, readonly string[]>> = {
    'node -e 0': [node, '-e', '0'],
    'cachepoint --version': [node, program, '--version'],
    'biome lint': [node, biome, 'lint', '--max-diagnostics=none', '.'],
    check: [...check, '--no-cache'],
    'check --format json': [...check, '--format', 'json', '--no-cache'],
    'json, first': [...check, '--format', 'json'],
    'json, again': [...check, '--format', 'json'],
    'check, first': check,
    'check, again': check,
  };
  const spent = new Map<string, Spent[]>();
  for (let round = 0; round < rounds; round += 1) {
    rmSync(join(folder, '.cache'), { recursive: true, force: true });
    for (const [name, args] of Object.entries(runs))
      spent.set(name, [...(spent.get(name) ?? []), await measureProcess(args, folder, cache)]);
  }
  const cpu = (name: string): number => median((spent.get(name) ?? []).map(({ cpuMs }) => cpuMs));
  for (const [name, list] of spent) {
    const peak = Math.max(...list.map(({ peakMb }) => peakMb));
    const of = name.includes('version') ? 'node -e 0' : 'biome lint';
    console.log(
      [
        name.padEnd(22),
        `${cpu(name).toFixed(0)} ms CPU`.padStart(13),
        `${median(list.map(({ wallMs }) => wallMs)).toFixed(0)} ms`.padStart(9),
        `${peak.toFixed(0)} MB`.padStart(7),
        `${(cpu(name) / cpu(of)).toFixed(2)} x ${of}`,
      ].join('  '),
    );
  }
  rmSync(folder, { recursive: true, force: true });
};
