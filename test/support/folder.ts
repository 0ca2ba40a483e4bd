import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of a test, real on the disk. */
export interface TestFolder {
  readonly path: string;
  at(name: string): string;
  put(files: Readonly<Record<string, string | Buffer>>): void;
  remove(): void;
}

export const makeFolder = (): TestFolder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'cachepoint-test-')));
  const at = (name: string): string => join(path, name);
  return {
    path,
    at,
    put(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(at(name)), { recursive: true });
        writeFileSync(at(name), content);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};
