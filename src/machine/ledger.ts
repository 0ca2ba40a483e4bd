import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './errorCode';

/** Lines by day, in files that all windows of the editor write to. */
export interface Ledger {
  /** Adds a line to a day, named as `2026-11-28`. */
  append(day: string, line: string): Promise<void>;
  /** All lines of a day, of every window. */
  read(day: string): Promise<string>;
}

/** Days that are kept. */
const kept = 40;

/**
 * A ledger in a folder that is made when first written to. A line is added in one write to the end of the file, so that windows that write at once
 * lose nothing of each other. Rejects where the disk refuses.
 */
export const createLedger = (folder: string): Ledger => {
  const fileOf = (day: string): string => join(folder, `${day}.jsonl`);
  const forgetOld = async (): Promise<void> => {
    const days = (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name)).sort();
    await Promise.all(days.slice(0, -kept).map((name) => rm(join(folder, name), { force: true })));
  };
  let made = false;
  return {
    async append(day, line) {
      if (!made) {
        await mkdir(folder, { recursive: true });
        await forgetOld();
        made = true;
      }
      await appendFile(fileOf(day), line, { encoding: 'utf8', mode: 0o600 });
    },
    async read(day) {
      try {
        return await readFile(fileOf(day), 'utf8');
      } catch (error) {
        if (isMissing(error)) return '';
        throw error;
      }
    },
  };
};
