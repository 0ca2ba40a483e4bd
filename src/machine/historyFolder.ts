import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './errorCode';
import { keyedHashIn, sessionHash, type KeyedHash } from './keyedHash';
import { appendLine, blankLines, type FileState } from './lineFile';

/** A file as the folder lists it. */
export interface FolderFile {
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/** The folder of the history. All reject with the system's error, except where a promise says what it gives instead. */
export interface HistoryFolder {
  /** None where there is no folder yet. */
  list(): Promise<readonly FolderFile[]>;
  /** An empty text where there is no such file. */
  read(name: string): Promise<string>;
  /** The lines of a file in which a text stands, none of a missing one. Bytes are searched: most of a file is never made a text. */
  lines(name: string, mark: string): Promise<readonly string[]>;
  /** Gives what the file was, and what it is then. */
  append(name: string, line: string): Promise<{ readonly before: FileState; readonly after: FileState }>;
  /** Puts a whole text in the place of a file, all at once. */
  replace(name: string, text: string): Promise<void>;
  blank(name: string, isMeant: (line: string) => boolean): Promise<number>;
  rename(name: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The hash by the key of this installation, which is made on first use and never leaves the folder; never rejects. */
  hash(): Promise<KeyedHash>;
}

const lineEnd = 10;

const linesWith = (bytes: Buffer, mark: string): readonly string[] => {
  const wanted = Buffer.from(mark);
  const lines: string[] = [];
  for (let at = bytes.indexOf(wanted); at !== -1;) {
    const next = bytes.indexOf(lineEnd, at);
    const end = next === -1 ? bytes.length : next;
    lines.push(bytes.toString('utf8', bytes.lastIndexOf(lineEnd, at) + 1, end));
    at = bytes.indexOf(wanted, end);
  }
  return lines;
};

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
    lines: (name, mark) =>
      readFile(at(name)).then(
        (bytes) => linesWith(bytes, mark),
        (error: unknown) => {
          if (isMissing(error)) return [];
          throw error;
        },
      ),
    async append(name, line) {
      await mkdir(folder, { recursive: true });
      return appendLine(at(name), line);
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
      // Where no key can be kept, one of this session does: what it hashes is compared within the session alone.
      return (hash ??= keyedHashIn(folder).catch(() => sessionHash()));
    },
  };
};
