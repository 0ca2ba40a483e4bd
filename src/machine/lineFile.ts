import { open } from 'node:fs/promises';

/** By which a change is seen. */
export interface FileState {
  readonly bytes: number;
  readonly modified: number;
}

const stateOf = ({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): FileState => ({ bytes: size, modified: mtimeMs });

const newline = 0x0a;
const space = 0x20;

/**
 * Appends a line, made with its folder, to a file that no other process appends to. It stands on a line of its own, also behind one that was
 * torn; where it cannot be written whole (full disk) nothing of it stays. Rejects with the system's error. Gives what the
 * file was, and what it is then.
 */
export const appendLine = async (path: string, line: string): Promise<{ readonly before: FileState; readonly after: FileState }> => {
  const file = await open(path, 'a+', 0o600);
  try {
    const was = await file.stat();
    const { size } = was;
    const last = size === 0 ? newline : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0];
    const bytes = Buffer.from(`${last === newline ? '' : '\n'}${line}${line.endsWith('\n') ? '' : '\n'}`);
    try {
      for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
    } catch (error) {
      await file.truncate(size).catch(() => undefined); // the next line begins on its own all the same
      throw error;
    }
    return { before: stateOf(was), after: stateOf(await file.stat()) };
  } finally {
    await file.close();
  }
};

/** Overwrites lines with blanks where they stand, so that other processes may go on appending meanwhile; gives how many. */
export const blankLines = async (path: string, isMeant: (line: string) => boolean): Promise<number> => {
  const file = await open(path, 'r+');
  try {
    const bytes = await file.readFile();
    let blanked = 0;
    for (let start = 0; start < bytes.length;) {
      const next = bytes.indexOf(newline, start);
      const end = next === -1 ? bytes.length : next;
      if (isMeant(bytes.toString('utf8', start, end))) {
        await file.write(Buffer.alloc(end - start, space), 0, end - start, start);
        blanked += 1;
      }
      start = end + 1;
    }
    return blanked;
  } finally {
    await file.close();
  }
};
