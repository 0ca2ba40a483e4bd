import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { FileAnswer, FileSource } from '../../core/prompt/files';
import { isInside, resolveReference } from '../../core/prompt/reference';
import { systemCode } from '../outcome';
import { exists, maxBytes } from './text';

/** A file that a prompt asked for. */
export interface UsedFile {
  readonly path: string;
  readonly as: 'text' | 'bytes';
}

/** A path of this machine as the rule of what a prompt may refer to reads it: with `/`, beginning with one. */
const asUri = (path: string): string => (sep === '/' ? path : `/${path.replaceAll(sep, '/')}`.replace(/^\/+/, '/'));

/** The folder that holds the repository around a folder, if there is one. */
const repositoryAround = (folder: string): string | undefined => {
  for (let at = folder; ; at = dirname(at)) {
    if (exists(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
};

/** Finds the folder that a prompt may bring in files from: its repository, else the working directory, else its own folder. Each folder is looked at once. */
export const createRootFinder = (cwd: string): ((file: string) => string) => {
  const known = new Map<string, string | undefined>();
  return (file) => {
    const folder = dirname(file);
    if (!known.has(folder)) known.set(folder, repositoryAround(folder));
    return known.get(folder) ?? (isInside(asUri(file), asUri(cwd)) ? cwd : folder);
  };
};

export const rootOf = (file: string, cwd: string): string => createRootFinder(cwd)(file);

const refused = (reason: Extract<FileAnswer, { kind: 'refused' }>['reason']): FileAnswer => ({ kind: 'refused', reason });

/** Where the links of a path lead, in one call of the system. */
const realPath = realpathSync.native;

const readAnswer = (path: string, root: string, as: 'text' | 'bytes'): FileAnswer => {
  try {
    // Most of what is asked for are names that a module could have, and missing.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return refused('missing');
    // What a link leads to decides.
    const real = realPath(path);
    if (!isInside(asUri(real), asUri(realPath(root)))) return refused('outside');
    const stat = statSync(real);
    if (!stat.isFile()) return refused('unreadable');
    if (stat.size > maxBytes) return refused('tooLarge');
    const bytes = readFileSync(real);
    return as === 'bytes' ? { kind: 'bytes', bytes } : { kind: 'text', text: new TextDecoder().decode(bytes) };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return refused(code === 'ENOENT' ? 'missing' : 'unreadable');
  }
};

/** Answers from the disk what a prompt refers to; only inside `root`. Every file asked for is noted in `used`. */
export const filesBeside = (file: string, root: string, used: UsedFile[]): FileSource => {
  const known = new Map<string, FileAnswer>();
  return (path, as) => {
    const found = resolveReference(asUri(file), asUri(root), path);
    if (found === undefined) return refused('outside');
    const target = join(root, found.slice(asUri(root).length));
    const key = `${as} ${target}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = readAnswer(target, root, as);
    known.set(key, answer);
    used.push({ path: target, as });
    return answer;
  };
};
