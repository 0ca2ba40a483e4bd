import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;
/** Bytes kept of a hash. */
const hashBytes = 16;

const keyIn = async (folder: string): Promise<Buffer> => {
  const path = join(folder, 'key');
  const known = await readFile(path).catch(() => undefined);
  if (known?.length === keyBytes) return known;
  await mkdir(folder, { recursive: true });
  await rm(path, { force: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, randomBytes(keyBytes), { mode: 0o600 });
  // Of two windows that make it at once the first one's is everybody's.
  await link(fresh, path).catch(() => undefined);
  await rm(fresh, { force: true });
  return readFile(path);
};

/** A hash by a key that is made for this installation and kept in this folder: nobody else can tell from it what was hashed. */
export const digestOf = async (folder: string): Promise<(text: string) => string> => {
  const key = await keyIn(folder);
  return (text) => createHmac('sha256', key).update(text).digest().subarray(0, hashBytes).toString('base64url');
};
