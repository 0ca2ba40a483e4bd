import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { CheckedFile } from './checked';
import type { CheckOptions } from './checkOptions';
import type { FoundFile } from './files/find';
import type { UsedFile } from './files/included';
import type { SettingsFile } from './files/settingsFile';
import { systemCode } from './outcome';
import { today } from './today';

/** The result of a file as it is kept; `null`: the file holds no prompt. */
interface Kept {
  readonly key: string;
  /** Files that the result depends on, each with the hash of what it held; an empty one for a file that was not there. */
  readonly used: readonly (readonly [path: string, hash: string])[];
  readonly checked: CheckedFile | null;
}

/** Results of earlier checks. All of it may be deleted at any time. */
export interface ResultStore {
  /** A hash of all that decides the result of a file but the files that it brings in. */
  keyOf(file: FoundFile, bytes: Buffer, settings: SettingsFile | undefined): string;
  get(file: FoundFile, key: string): Kept | undefined;
  put(file: FoundFile, key: string, used: readonly UsedFile[], checked: CheckedFile | null): void;
  save(): void;
}

/** Files whose results are kept for one working directory, about. */
const maxKept = 20_000;

/** Another build may find other problems, so its results are others. */
declare const CACHEPOINT_BUILD: string;

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url');
};

const hashOfFile = (path: string): string => {
  try {
    return hashOf(readFileSync(path));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
};

/** The folder for what can be made again, by the custom of each system. Sources: XDG Base Directory 0.8; Apple, File System Programming Guide. */
export const cacheFolder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string => {
  const set = env['XDG_CACHE_HOME'];
  if (set !== undefined && set !== '') return join(set, 'cachepoint');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'cachepoint', 'cache');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'cachepoint') : join(home, '.cache', 'cachepoint');
};

const nothing: ResultStore = { keyOf: () => '', get: () => undefined, put: () => undefined, save: () => undefined };

const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null && 'key' in value && 'used' in value;

const readKept = (path: string): Map<string, Kept> => {
  try {
    // Written by `save` below; a file that is anything else is as good as none.
    const value = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
    return new Map(Object.entries(value).flatMap(([name, kept]) => (isKept(kept) ? [[name, kept] as const] : [])));
  } catch {
    return new Map();
  }
};

/** The results of one working directory in one form. A store that cannot be read or written is no mistake: everything is found out again. */
export const createResultStore = ({ cache, format }: CheckOptions, cwd: string): ResultStore => {
  // A report with everything in it is as large as the files themselves.
  if (!cache || format === 'json') return nothing;
  const folder = cacheFolder(process.env, process.platform, homedir());
  const path = join(folder, `check-${hashOf(cwd)}.json`);
  const before = readKept(path);
  const after = new Map<string, Kept>();
  let changed = false;
  return {
    keyOf: (file, bytes, settings) =>
      hashOf(`${version} ${CACHEPOINT_BUILD} ${today()} ${file.name} ${file.named}`, settings?.kind ?? '', settings?.text ?? '', bytes),
    get(file, key) {
      const kept = before.get(file.path);
      if (kept?.key !== key || kept.used.some(([used, hash]) => hashOfFile(used) !== hash)) return undefined;
      after.set(file.path, kept);
      return kept;
    },
    put(file, key, used, checked) {
      changed = true;
      after.set(file.path, { key, used: [...new Set(used.map((one) => one.path))].map((one) => [one, hashOfFile(one)]), checked });
    },
    save() {
      if (!changed) return;
      // A check of a part keeps what is known of the rest, as long as that does not pile up.
      const all = Object.fromEntries(before.size > maxKept ? after : [...before, ...after]);
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${path}.${process.pid}`;
        writeFileSync(fresh, JSON.stringify(all));
        renameSync(fresh, path);
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
      }
    },
  };
};
