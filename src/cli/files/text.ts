import { isUtf8 } from 'node:buffer';
import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileMistakes } from '../../core/messages/commandLine';
import { attempt, isMistake, mistake, systemCode, type Mistake } from '../outcome';

/** Larger files are left out, as the editor refuses to include them. */
export const maxBytes = 5_000_000;

/** Is something there? What nobody may look at counts as missing. */
export const exists = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
};

/** The bytes of a file; `name` is what a mistake calls it. */
export const readBytes = (path: string, name: string): Buffer | Mistake =>
  attempt(
    () => readFileSync(path),
    (code) => fileMistakes.cannotRead(name, code),
  );

/** The text of a file, its byte order mark included, so that offsets are those of the file. */
export const textOf = (bytes: Buffer, name: string): string | Mistake =>
  isUtf8(bytes) ? bytes.toString('utf8') : mistake(fileMistakes.notText(name));

export const readText = (path: string, name: string): string | Mistake => {
  const bytes = readBytes(path, name);
  return isMistake(bytes) ? bytes : textOf(bytes, name);
};

/**
 * Writes by renaming a finished file over the old one, so that there is never half a file; the rights of the file stay, and so do links that lead to
 * it. A temporary folder beside it holds the new file until then.
 */
export const replaceText = (path: string, name: string, text: string): Mistake | undefined => {
  let folder: string | undefined;
  const done = attempt(
    () => {
      const real = realpathSync(path);
      const { mode } = statSync(real);
      folder = mkdtempSync(join(dirname(real), '.cachepoint-'));
      const fresh = join(folder, basename(real));
      writeFileSync(fresh, text, { mode });
      renameSync(fresh, real);
    },
    (code) => fileMistakes.cannotWrite(name, code),
  );
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  return isMistake(done) ? done : undefined;
};
