import { realpath } from 'node:fs/promises';

/** The path with all symbolic links resolved; `undefined` where nothing is there. */
export const realPath = async (path: string): Promise<string | undefined> => {
  try {
    return await realpath(path);
  } catch {
    return undefined; // whatever hinders resolving it, there is no file to use
  }
};
