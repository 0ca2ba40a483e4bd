import { createHash, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLine, blankLines } from './lineFile';

/** A file as the folder lists it. */
export interface FolderFile {
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/** A keyed hash and the name of its key. */
export interface KeyedHash {
  readonly name: string;
  digest(text: string): string;
}

/** The folder of the history. All reject with the system's error, except where a promise says what it gives instead. */
export interface HistoryFolder {
  /** None where there is no folder yet. */
  list(): Promise<readonly FolderFile[]>;
  /** An empty text where there is no such file. */
  read(name: string): Promise<string>;
  append(name: string, line: string): Promise<void>;
  /** Puts a whole text in the place of a file, all at once. */
  replace(name: string, text: string): Promise<void>;
  blank(name: string, isMeant: (line: string) => boolean): Promise<number>;
  rename(name: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The hash by the key of this installation, which is made on first use and never leaves the folder. */
  hash(): Promise<KeyedHash>;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

const keyFile = 'key';
const keyBytes = 32;
/** Bytes kept of a hash: two different blocks among a billion share one once in 10^20 times. */
const hashBytes = 16;

/** Several windows may make the key at once: the first one's is everybody's. */
const readKey = async (folder: string): Promise<Buffer> => {
  const path = join(folder, keyFile);
  const kept = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (kept?.length === keyBytes) return kept;
  // One that is torn or spoiled gives way: what it hashed is never compared with what the next one does.
  if (kept !== undefined) await rm(path, { force: true });
  await mkdir(folder, { recursive: true });
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  try {
    await link(fresh, path).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') return undefined;
      return rename(fresh, path); // not every disk has links
    });
    return await readFile(path);
  } finally {
    await rm(fresh, { force: true });
  }
};

const keyedHash = (key: Buffer): KeyedHash => ({
  name: createHash('sha256').update(key).digest('base64url').slice(0, 8),
  digest: (text) => createHmac('sha256', key).update(text).digest().subarray(0, hashBytes).toString('base64url'),
});

export const createHistoryFolder = (folder: string): HistoryFolder => {
  const at = (name: string): string => join(folder, name);
  let hash: Promise<KeyedHash> | undefined;
  return {
    async list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const files = await Promise.all(
        names.map(async (name): Promise<FolderFile | undefined> => {
          const facts = await stat(at(name)).catch(() => undefined); // another window may have removed it meanwhile
          return facts?.isFile() === true ? { name, bytes: facts.size, modified: facts.mtimeMs } : undefined;
        }),
      );
      return files.filter((file) => file !== undefined);
    },
    read: (name) =>
      readFile(at(name), 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return '';
        throw error;
      }),
    async append(name, line) {
      await mkdir(folder, { recursive: true });
      await appendLine(at(name), line);
    },
    async replace(name, text) {
      await mkdir(folder, { recursive: true });
      const fresh = at(`${name}.${process.pid}.${randomBytes(4).toString('hex')}`);
      await writeFile(fresh, text, { mode: 0o600 });
      await rename(fresh, at(name)).catch(async (error: unknown) => {
        await rm(fresh, { force: true });
        throw error;
      });
    },
    blank: (name, isMeant) => blankLines(at(name), isMeant),
    rename: (name, to) => rename(at(name), at(to)),
    remove: (name) => rm(at(name), { force: true }),
    hash() {
      hash ??= readKey(folder).then(keyedHash);
      hash.catch(() => (hash = undefined)); // a disk that refuses now may take it later
      return hash;
    },
  };
};
