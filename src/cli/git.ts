import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gitMistakes } from '../core/messages/commandLine';
import { isMistake, mistake, type Mistake } from './outcome';

/** Lines of a file, from 1, both ends included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Which lines changed since a commit, by absolute path; `all` for a file that git does not know yet. */
export type ChangedLines = ReadonlyMap<string, readonly Lines[] | 'all'>;

const git = (cwd: string, args: readonly string[]): string =>
  execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const stderrOf = (error: unknown): string =>
  error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? (error.stderr.trim().split('\n')[0] ?? '') : '';

const run = (cwd: string, args: readonly string[], otherwise: string | undefined): string | Mistake => {
  try {
    return git(cwd, args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') return mistake(gitMistakes.noGit);
    return mistake(otherwise ?? gitMistakes.failed(stderrOf(error)));
  }
};

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

/**
 * A path as git writes it in a diff: in quotes with C escapes where it holds control characters, quotes or backslashes, and with a tab behind it where
 * it holds a space.
 */
export const unquotePath = (written: string): string => {
  const path = written.replace(/\t$/, '');
  if (!path.startsWith('"')) return path;
  return path
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_all, octal: string | undefined, letter: string) =>
      octal === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(parseInt(octal, 8)),
    );
};

const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/** Reads a diff without context lines and without prefixes: the lines of each file as it is now that are new or changed. */
export const readDiff = (diff: string): ReadonlyMap<string, readonly Lines[]> => {
  const changed = new Map<string, Lines[]>();
  let lines: Lines[] = [];
  let left = 0;
  for (const line of diff.split('\n')) {
    // Inside a hunk every line is text, whatever it looks like.
    if (left > 0 && /^[+\-\\]/.test(line)) {
      if (line[0] !== '\\') left -= 1;
      continue;
    }
    const found = hunk.exec(line);
    if (found !== null) {
      const from = Number(found[1]);
      const count = Number(found[2] ?? 1);
      if (count > 0) lines.push({ from, to: from + count - 1 });
      left = count + Number(/^@@ -\d+(?:,(\d+))?/.exec(line)?.[1] ?? 1);
    } else if (line.startsWith('+++ ')) {
      lines = [];
      const path = unquotePath(line.slice(4));
      if (path !== '/dev/null') changed.set(path, lines);
    }
  }
  return changed;
};

/** What is read here, whatever git is set to; a line that has only come under another name is no changed one. */
const diffOptions = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-prefix', '--find-renames'];
const withoutContext = ['--unified=0', '--inter-hunk-context=0'];

/** Files that changed and of which git shows no lines, as it takes them for binary or is told to, out of `--numstat -z`. */
export const readUnshown = (numstat: string): readonly string[] => {
  const paths: string[] = [];
  const parts = numstat.split('\0');
  for (let at = 0; at < parts.length; at += 1) {
    const [added, , path] = (parts[at] ?? '').split('\t');
    // A renamed file has its two names behind it.
    const name = path === '' ? parts[(at += 2)] : path;
    if (added === '-' && name !== undefined) paths.push(name);
  }
  return paths;
};

/** The lines that changed between a commit and the files as they are now. */
export const changedSince = (reference: string, cwd: string): ChangedLines | Mistake => {
  const root = run(cwd, ['rev-parse', '--show-toplevel'], gitMistakes.noRepository);
  if (isMistake(root)) return root;
  const top = root.trim();
  const commit = run(
    top,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`],
    gitMistakes.noReference(reference),
  );
  if (isMistake(commit)) return commit;
  const diff = run(top, ['diff', ...diffOptions, ...withoutContext, commit.trim(), '--'], undefined);
  if (isMistake(diff)) return diff;
  const numstat = run(top, ['diff', ...diffOptions, '--numstat', '-z', commit.trim(), '--'], undefined);
  if (isMistake(numstat)) return numstat;
  const fresh = run(top, ['ls-files', '--others', '--exclude-standard', '-z'], undefined);
  if (isMistake(fresh)) return fresh;
  const changed = new Map<string, readonly Lines[] | 'all'>();
  for (const path of readUnshown(numstat)) changed.set(join(top, path), 'all');
  for (const [path, lines] of readDiff(diff)) changed.set(join(top, path), lines);
  for (const path of fresh.split('\0')) if (path !== '') changed.set(join(top, path), 'all');
  return changed;
};

/** Does a place, by its lines, touch what changed in its file? */
export const isChanged = (changed: readonly Lines[] | 'all' | undefined, place: Lines): boolean =>
  changed === 'all' || (changed ?? []).some(({ from, to }) => place.from <= to && from <= place.to);
