import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '../../src/core/settings';
import { mixedText } from './corpus';
import { promptOf } from './pipeline';
import { median } from './process';

const root = join(import.meta.dirname, '..', '..');
/** A first read says more about what V8 happens to compile than about the code: five of them are off by a tenth. */
const rounds = 15;

interface Measured {
  readonly ms: number;
  /** Copying the same text through JSON, at the same time. */
  readonly anchorMs: number;
}

const measure = (dist: string, text: string, what: string): Measured => {
  const args = [join(root, 'test', 'bench', 'measure.mjs'), join(dist, 'engine.js'), text, JSON.stringify(defaultSettings), what];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured; // printed by the script
};

/** Texts of a megabyte: what the bench always used, and real ones of several kinds with some line ends CRLF. */
const texts = (): Readonly<Record<string, string>> => ({
  plain: promptOf(1_000_000),
  'mixed, CRLF': `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n${mixedText(1_000_000, 1, true)}\n<!-- cachePoint -->\n# user:\nHi\n`,
});

const build = (folder: string): string => {
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'dist');
};

/** Builds another commit beside this one, runs both in turn, and prints medians of CPU time and their ratio. */
export const benchAgainst = (reference: string): void => {
  const work = mkdtempSync(join(tmpdir(), 'cachepoint-against-'));
  const other = join(work, 'other');
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  git('worktree', 'add', '--detach', other, reference);
  try {
    symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'), 'dir');
    const builds = [build(other), build(root)] as const;
    const row = (name: string, before: number, now: number, unit: string, anchor = ''): void =>
      console.log(
        `${name.padEnd(24)} ${before.toFixed(1).padStart(8)} → ${now.toFixed(1).padStart(8)} ${unit}  ${(now / before).toFixed(2)} x  ${anchor}`,
      );
    for (const bundle of ['engine.js', 'extension.js']) {
      const [before, now] = builds.map((dist) => statSync(join(dist, bundle)).size / 1000) as [number, number]; // one for each
      row(bundle, before, now, 'kB');
    }
    for (const [name, text] of Object.entries(texts())) {
      const path = join(work, 'prompt.bedrock.md');
      writeFileSync(path, text);
      for (const what of ['edit', 'first', 'start']) {
        const runs = Array.from({ length: rounds }, () => builds.map((dist) => measure(dist, path, what)));
        const of = (index: 0 | 1, key: keyof Measured): number => median(runs.map((run) => run[index]?.[key] ?? Number.NaN));
        row(
          `${what} 1 MB, ${name}`,
          of(0, 'ms'),
          of(1, 'ms'),
          'ms CPU',
          `anchor ${of(0, 'anchorMs').toFixed(2)}, ${of(1, 'anchorMs').toFixed(2)} ms`,
        );
      }
    }
  } finally {
    git('worktree', 'remove', '--force', other);
    rmSync(work, { recursive: true, force: true });
  }
};
