import { createHash, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, isMissing } from './errorCode';

/** A keyed hash and the name of its key. */
export interface KeyedHash {
  readonly name: string;
  digest(text: string): string;
}

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

/** By a key that nobody keeps. */
export const sessionHash = (): KeyedHash => keyedHash(randomBytes(keyBytes));

/** The hash by a key that is made for this installation and kept in this folder: nobody else can tell from it what was hashed. */
export const keyedHashIn = async (folder: string): Promise<KeyedHash> => keyedHash(await readKey(folder));
