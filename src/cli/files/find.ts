import { isPlainPrompt } from '../../core/formats/names';
import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { fileMistakes } from '../../core/messages/commandLine';
import { exists, maxBytes } from './text';
import { attempt, isMistake, type Mistake } from '../outcome';
import { isIgnored, levelsAt, levelsBelow, type Levels } from './ignored';

/** A file to look at. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** As reports name it: relative to the working directory where it lies below, with `/`. */
  readonly name: string;
  /** Was it named by itself? Then it is looked at whatever its name says. */
  readonly named: boolean;
  /** Do its settings say that it is the text of a prompt? */
  readonly isText: boolean;
  /** Another one whenever the file was written, as far as its folder tells. */
  readonly stamp: string;
  /** When it was written last, in milliseconds since 1970. */
  readonly changedMs: number;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Files left out for their size, or because a program packed them. */
  readonly skipped: number;
  readonly mistakes: readonly Mistake[];
}

const candidate = /\.(?:bedrock\.md|jsonc?|jsonl|ya?ml|ipynb|py|[cm]?[jt]sx?)$/i;
const packed = /\.min\.[^.]+$/i;

export const isHidden = (name: string): boolean => name.startsWith('.');

const isPassedBy = (folder: string): boolean => isHidden(folder) || folder === 'node_modules';

/** As reports name a file. */
export const nameOf = (path: string, cwd: string): string => {
  const below = relative(cwd, path);
  return (below === '' || isAbsolute(below) ? path : below).split(sep).join('/');
};

interface Search {
  readonly cwd: string;
  readonly isPromptFile: (path: string) => boolean;
  readonly files: Map<string, FoundFile>;
  readonly mistakes: Mistake[];
  skipped: number;
}

const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Pick<FoundFile, 'stamp' | 'changedMs'> => ({
  stamp: `${size} ${mtimeMs} ${ctimeMs} ${ino}`,
  changedMs: Math.max(mtimeMs, ctimeMs),
});

/** Files of other kinds are read as what they are. */
const isText = ({ isPromptFile }: Search, path: string): boolean => !candidate.test(path) && isPromptFile(path);

const add = (search: Search, path: string, named: boolean): void => {
  const stat = statSync(path, { throwIfNoEntry: false });
  // A link to nowhere, a pipe, a device: nothing to read.
  if (stat?.isFile() !== true) return;
  const known = search.files.get(path);
  if (known !== undefined && (known.named || !named)) return;
  if (stat.size > maxBytes || packed.test(path)) search.skipped += known === undefined ? 1 : 0;
  else search.files.set(path, { path, name: nameOf(path, search.cwd), named, isText: isText(search, path), ...stampOf(stat) });
};

const entriesOf = (search: Search, folder: string): readonly Dirent[] => {
  const entries = attempt(
    () => readdirSync(folder, { withFileTypes: true }),
    (code) => fileMistakes.cannotRead(nameOf(folder, search.cwd), code),
  );
  if (!isMistake(entries)) return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  search.mistakes.push(entries);
  return [];
};

/** Adds what a folder holds. Linked folders are not followed: they lie elsewhere, or lead in a circle. */
const walk = (search: Search, folder: string, levels: Levels, wanted: (path: string) => boolean): void => {
  for (const entry of entriesOf(search, folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isPassedBy(entry.name) || isIgnored(levels, path, true)) continue;
      walk(search, path, levelsBelow(levels, path), wanted);
    } else if (mayBePrompt(search, path) && wanted(path) && !isIgnored(levels, path, false)) attemptAdd(search, path);
  }
};

const mayBePrompt = (search: Search, path: string): boolean =>
  candidate.test(path) || isPlainPrompt(nameOf(path, search.cwd)) || search.isPromptFile(path);

const attemptAdd = (search: Search, path: string): void => {
  const added = attempt(
    () => add(search, path, false),
    (code) => fileMistakes.cannotRead(nameOf(path, search.cwd), code),
  );
  if (isMistake(added)) search.mistakes.push(added);
};

/** Adds what a glob matches; files that it names without any wildcard in their last part are still found by their kind. */
const addGlob = (search: Search, glob: string): void => {
  const { base } = picomatch.scan(glob);
  const folder = resolve(search.cwd, base);
  const matches = picomatch(glob.replace(/^\.\//, ''), { dot: false });
  const before = search.files.size + search.skipped;
  const wanted = (path: string): boolean => matches(isAbsolute(glob) ? path.split(sep).join('/') : nameOf(path, search.cwd));
  if (exists(folder) && statSync(folder).isDirectory()) walk(search, folder, levelsAt(folder), wanted);
  if (search.files.size + search.skipped === before) search.mistakes.push({ kind: 'mistake', sentence: fileMistakes.noMatch(glob) });
};

const addPath = (search: Search, given: string): void => {
  const path = resolve(search.cwd, given);
  const stat = attempt(
    () => statSync(path, { throwIfNoEntry: false }),
    (code) => fileMistakes.cannotRead(given, code),
  );
  if (isMistake(stat)) search.mistakes.push(stat);
  else if (stat?.isDirectory() === true) walk(search, path, levelsAt(path), () => true);
  else if (stat !== undefined) add(search, path, true);
  else {
    const glob = process.platform === 'win32' ? given.replaceAll('\\', '/') : given;
    if (picomatch.scan(glob).isGlob) addGlob(search, glob);
    else search.mistakes.push({ kind: 'mistake', sentence: fileMistakes.cannotRead(given, 'ENOENT') });
  }
};

/**
 * The files that paths, folders and globs name, in the order of their names within each. In folders, what git ignores, hidden folders and
 * `node_modules` are left out. `isPromptFile` tells of further files that they are texts of prompts.
 */
export const findFiles = (paths: readonly string[], cwd: string, isPromptFile: (path: string) => boolean = () => false): FoundFiles => {
  const search: Search = { cwd, isPromptFile, files: new Map(), mistakes: [], skipped: 0 };
  for (const path of paths) addPath(search, path);
  return { files: [...search.files.values()], skipped: search.skipped, mistakes: search.mistakes };
};

/** A file of a folder as `findFiles` would give it among the others; `undefined` where that leaves it out, or where it is not there. */
export const findFile = (path: string, folder: string, isPromptFile: (path: string) => boolean): FoundFile | undefined => {
  const search: Search = { cwd: folder, isPromptFile, files: new Map(), mistakes: [], skipped: 0 };
  const parts = nameOf(path, folder).split('/').slice(0, -1);
  let levels = levelsAt(folder);
  let at = folder;
  for (const part of parts) {
    at = join(at, part);
    if (isPassedBy(part) || isIgnored(levels, at, true)) return undefined;
    levels = levelsBelow(levels, at);
  }
  if (mayBePrompt(search, path) && !isIgnored(levels, path, false)) attemptAdd(search, path);
  return search.files.get(path);
};
