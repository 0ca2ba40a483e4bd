import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { version } from '../../package.json';
import { keptResult, type FileFigures, type FileResult } from './checked';
import type { CheckOptions } from './checkOptions';
import type { FoundFile } from './files/find';
import type { UsedFile } from './files/included';
import type { SettingsFile } from './files/settingsFile';
import { systemCode } from './outcome';
import { createRecordWriter, readRecords, type RecordWriter } from './recordFile';
import { today } from './today';

/** What is kept of a file besides its report. */
interface Kept {
  /** When the file was as it was then, so far as the folder tells; empty where it had changed too shortly before to be sure. */
  readonly stamp: string;
  /** All that decides the result but the content of files. */
  readonly context: string;
  /** Hash of the content. */
  readonly content: string;
  /** Files that the result depends on, each with the hash of what it held; an empty one for a file that was not there. */
  readonly used: readonly (readonly [path: string, hash: string])[];
  /** What was said of the settings. */
  readonly notes: readonly string[];
  /** `null`: the file holds no prompt. */
  readonly figures: FileFigures | null;
}

/** What a check came upon besides its result. */
export interface Noticed {
  readonly used: readonly UsedFile[];
  /** What is to be said of the settings. */
  readonly notes: readonly string[];
}

/** Another build may find other problems, so its results are others. */
declare const CACHEPOINT_BUILD: string;

/** An answer from the store; `undefined` in it: the file holds no prompt. */
export interface KeptAnswer extends Pick<Noticed, 'notes'> {
  readonly result: FileResult | undefined;
}

/** Results of earlier checks. All of it may be deleted at any time. */
export interface ResultStore {
  /** By what the folder tells of the file, without reading it. */
  getUnread(file: FoundFile, settings: SettingsFile | undefined): KeptAnswer | undefined;
  get(file: FoundFile, settings: SettingsFile | undefined, bytes: Buffer): KeptAnswer | undefined;
  put(file: FoundFile, settings: SettingsFile | undefined, bytes: Buffer, noticed: Noticed, result: FileResult | undefined): void;
  save(): void;
}

/** Files whose results are kept for one working directory, about. */
const maxKept = 20_000;
/** A file that changed so shortly before it was looked at may change once more in the same moment of the clock. */
const settledMs = 2000;

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url');
};

const readHash = (path: string): string => {
  try {
    // Many names that a module could have are missing: to ask is cheaper than to fail.
    return statSync(path, { throwIfNoEntry: false }) === undefined ? '' : hashOf(readFileSync(path));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
};

/**
 * The folder for what can be made again, by the custom of each system. Sources: XDG Base Directory 0.8, by which a relative path counts as none; Apple,
 * File System Programming Guide.
 */
export const cacheFolder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string => {
  const set = env['XDG_CACHE_HOME'];
  if (set !== undefined && isAbsolute(set)) return join(set, 'cachepoint');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'cachepoint', 'cache');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'cachepoint') : join(home, '.cache', 'cachepoint');
};

const keepsNothing: ResultStore = { getUnread: () => undefined, get: () => undefined, put: () => undefined, save: () => undefined };

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'stamp' in value &&
  'context' in value &&
  'content' in value &&
  'used' in value &&
  'notes' in value;

/** The results of one working directory in one form. A store that cannot be read or written is no mistake: everything is found out again. */
export const createResultStore = ({ cache, format }: CheckOptions, cwd: string, now: number): ResultStore => {
  if (!cache) return keepsNothing;
  const path = join(cacheFolder(process.env, process.platform, homedir()), `${format === 'json' ? 'full' : 'brief'}-${hashOf(cwd)}`);
  // A model can have ended overnight.
  const build = `${version} ${CACHEPOINT_BUILD} ${today()}`;
  // Written by `save` below; what is anything else is as good as nothing.
  const before = readRecords(path, build, isKept);
  /** Used again. */
  const again = new Map<string, Kept>();
  const fresh = new Set<string>();
  let writer: RecordWriter<Kept> | undefined;
  const hashes = new Map<string, string>();
  let changed = false;
  /** Files that many others use are looked at once in a check. */
  const usedHashes = new Map<string, string>();
  const hashOfFile = (path: string): string => {
    const hash = usedHashes.get(path) ?? readHash(path);
    usedHashes.set(path, hash);
    return hash;
  };

  const settingsHash = (settings: SettingsFile | undefined): string => {
    if (settings === undefined) return '';
    const known = hashes.get(settings.path) ?? hashOf(settings.kind, settings.text);
    hashes.set(settings.path, known);
    return known;
  };
  const contextOf = (file: FoundFile, settings: SettingsFile | undefined): string => `${file.named} ${settingsHash(settings)}`;
  const stampOf = ({ stamp, changedMs }: FoundFile): string => (now - changedMs > settledMs ? stamp : '');
  const isUnchanged = ({ used }: Kept): boolean => used.every(([path, hash]) => hashOfFile(path) === hash);
  const answer = (file: FoundFile, kept: Kept): KeptAnswer => {
    again.set(file.path, { ...kept, stamp: stampOf(file) });
    return { notes: kept.notes, result: kept.figures === null ? undefined : keptResult(kept.figures, before.bodyOf(file.path)) };
  };

  return {
    getUnread(file, settings) {
      const kept = before.heads.get(file.path);
      if (kept === undefined || kept.stamp === '' || kept.stamp !== file.stamp) return undefined;
      return kept.context === contextOf(file, settings) && isUnchanged(kept) ? answer(file, kept) : undefined;
    },
    get(file, settings, bytes) {
      const kept = before.heads.get(file.path);
      if (kept === undefined || kept.context !== contextOf(file, settings)) return undefined;
      if (kept.content !== hashOf(bytes) || !isUnchanged(kept)) return undefined;
      changed ||= stampOf(file) !== '';
      return answer(file, kept);
    },
    put(file, settings, bytes, { used, notes }, result) {
      changed = true;
      writer ??= createRecordWriter(path, build, now);
      fresh.add(file.path);
      const head: Kept = {
        stamp: stampOf(file),
        context: contextOf(file, settings),
        content: hashOf(bytes),
        used: [...new Set(used.map((one) => one.path))].map((one) => [one, hashOfFile(one)]),
        notes,
        figures: result === undefined ? null : { prompts: result.prompts, fixable: result.fixable, severities: result.severities },
      };
      writer.add(file.path, head, result?.json() ?? Buffer.alloc(0));
    },
    save() {
      if (!changed) return;
      writer ??= createRecordWriter(path, build, now);
      for (const [name, head] of again) writer.add(name, head, before.bodyOf(name));
      // A check of a part keeps what is known of the rest, as long as that does not pile up.
      for (const [name, head] of before.heads.size > maxKept ? [] : before.heads)
        if (!again.has(name) && !fresh.has(name)) writer.add(name, head, before.bodyOf(name));
      writer.finish();
    },
  };
};
