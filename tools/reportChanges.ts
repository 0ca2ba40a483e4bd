// `npm run report:changes [FOLDER…]`: what the working tree says of prompts that the last commit did not, and the other way round: over the samples, the
// fixtures, the examples of the page of rules, and folders that are named. `-- --since REF` compares with another commit.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../src/core/report/types';
import { changesBetween, describeChanges } from './changes';
import { writeCorpus } from './corpus';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({ options: { since: { type: 'string', default: 'HEAD' } }, allowPositionals: true });
const most = 1 << 28;

/** Builds the tree at a folder and gives the path of its command line. */
const build = (folder: string): string => {
  execFileSync(process.execPath, ['esbuild.mjs', '--dev'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'dist', 'cli.js');
};

const check = (program: string, cwd: string): Report => {
  const words = [program, 'check', '--no-cache', '--format', 'json', '--fail-on', 'never', '.'];
  return JSON.parse(execFileSync(process.execPath, words, { cwd, encoding: 'utf8', maxBuffer: most })) as Report; // its own output
};

const main = (): void => {
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-changes-'));
  const before = join(temporary, 'before');
  try {
    execFileSync('git', ['worktree', 'add', '--quiet', '--detach', before, values.since], { cwd: root });
    symlinkSync(join(root, 'node_modules'), join(before, 'node_modules'), 'junction');
    const corpus = join(temporary, 'prompts');
    writeCorpus(root, corpus);
    cpSync(join(root, 'media', 'samples'), join(corpus, 'samples'), { recursive: true });
    for (const folder of positionals) cpSync(resolve(folder), join(corpus, basename(resolve(folder))), { recursive: true });
    const [old, now] = [check(build(before), corpus), check(build(root), corpus)];
    console.log(describeChanges(changesBetween(old, now), now.files.length));
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', before], { cwd: root });
    rmSync(temporary, { recursive: true, force: true });
  }
};

main();
