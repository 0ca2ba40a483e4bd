import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { exists } from './text';

/** The `.gitignore` of one folder. */
interface Level {
  readonly folder: string;
  readonly rules: Ignore;
}

/** All that decides whether git would ignore something in a folder: its own file and those of the folders around it, outermost first. */
export type Levels = readonly Level[];

/** Git minds large and small letters except where it made the repository on a disk that does not; these systems have such disks by default. */
const ignorecase = process.platform === 'win32' || process.platform === 'darwin';

const rulesOf = (path: string): Ignore | undefined => {
  try {
    return ignore({ ignorecase }).add(readFileSync(path, 'utf8'));
  } catch {
    // There is none, or nobody may read it: then it says nothing.
    return undefined;
  }
};

const levelOf = (folder: string, file = join(folder, '.gitignore')): readonly Level[] => {
  const rules = rulesOf(file);
  return rules === undefined ? [] : [{ folder, rules }];
};

/** The folders from `folder` up to the one that holds the repository, innermost first; only `folder` itself outside of any. */
const upToRepository = (folder: string): { readonly folders: readonly string[]; readonly root: string | undefined } => {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(at);
    if (exists(join(at, '.git'))) return { folders, root: at };
    if (dirname(at) === at) return { folders: [folder], root: undefined };
  }
};

/** What counts one folder further down. */
export const levelsBelow = (levels: Levels, folder: string): Levels => [...levels, ...levelOf(folder)];

/** Would git ignore this? The innermost file that says something decides. */
export const isIgnored = (levels: Levels, path: string, isFolder: boolean): boolean => {
  let ignored = false;
  for (const { folder, rules } of levels) {
    const from = relative(folder, path).split(sep).join('/');
    const answer = rules.test(isFolder ? `${from}/` : from);
    if (answer.ignored) ignored = true;
    else if (answer.unignored) ignored = false;
  }
  return ignored;
};

/**
 * What counts for the entries of the folder where a search begins. Whoever begins in a folder that is ignored wants what is in it: there only the files
 * within it say what is not.
 */
export const levelsAt = (folder: string): Levels => {
  const { folders, root } = upToRepository(folder);
  let levels: Levels = root === undefined ? [] : levelOf(root, join(root, '.git', 'info', 'exclude'));
  for (const at of [...folders].reverse()) levels = at !== root && isIgnored(levels, at, true) ? levelOf(at) : levelsBelow(levels, at);
  return levels;
};
