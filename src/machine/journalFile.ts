import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './errorCode';

/** A file that grows by whole lines, each safely on the disk before anybody goes on. */
export interface JournalFile {
  /** Adds lines, each with its line end, in the order of the calls. Rejects where they may not be on the disk; after that every further call rejects too. */
  append(lines: string): Promise<void>;
  close(): Promise<void>;
}

/** Ends a line that was torn, so that the next one stands on its own. */
const endTornLine = async (file: FileHandle): Promise<void> => {
  const { size } = await file.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  if (last.toString() !== '\n') await file.appendFile('\n');
};

/** Opens a journal for appending, and makes it where there is none. */
export const openJournal = async (path: string): Promise<JournalFile> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  await endTornLine(file);
  let last: Promise<void> = Promise.resolve();
  return {
    append: (lines) => (last = last.then(() => write(file, lines))),
    async close() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
};

const write = async (file: FileHandle, lines: string): Promise<void> => {
  await file.appendFile(lines);
  await file.datasync();
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return codeOf(error) === 'EPERM';
  }
};

/** Takes a journal for this process alone, until it ends; `undefined` while another living process has it. */
export const lockJournal = async (path: string): Promise<(() => Promise<void>) | undefined> => {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rm(lock, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (Number.isSafeInteger(owner) && owner > 0 && isAlive(owner)) return undefined;
    await rm(lock, { force: true });
  }
  return undefined;
};

/** The journals of a folder with their texts, the newest first; at most `most`. A folder that is not there has none. */
export const readJournals = async (folder: string, most: number): Promise<readonly { readonly path: string; readonly text: string }[]> => {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.jsonl'));
  const dated = await Promise.all(names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })));
  const newest = dated.sort((a, b) => b.at - a.at);
  return Promise.all(newest.slice(0, most).map(async ({ path }) => ({ path, text: await readFile(path, 'utf8') })));
};

/** Removes all journals of a folder but the newest ones. */
export const pruneJournals = async (folder: string, keep: number): Promise<void> => {
  const all = await readJournals(folder, Number.MAX_SAFE_INTEGER);
  await Promise.all(all.slice(keep).map(({ path }) => rm(path, { force: true })));
};
