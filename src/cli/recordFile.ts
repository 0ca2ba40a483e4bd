import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attempt, systemCode } from './outcome';

/** Records by their names: a head, which is read at once, and a body of which only the bytes are handed out. */
export interface Records<H> {
  readonly heads: ReadonlyMap<string, H>;
  /** The bytes of a record's body; none for a name that is not there. */
  bodyOf(name: string): Buffer;
}

/** What stands at the end of the file: the heads, and where the bodies before it lie. */
interface Index {
  readonly build: string;
  readonly records: readonly (readonly [name: string, head: unknown, start: number, end: number])[];
}

/** The last bytes of a file say where its index begins. */
const trailerLength = 16;

const none: Records<never> = { heads: new Map<string, never>(), bodyOf: () => Buffer.alloc(0) };

const isIndex = (value: unknown): value is Index =>
  typeof value === 'object' && value !== null && 'build' in value && 'records' in value && Array.isArray(value.records);

/** Reads records that this build wrote; of a file that is not there, or not whole, there are none. */
export const readRecords = <H>(path: string, build: string, isHead: (value: unknown) => value is H): Records<H> => {
  try {
    const bytes = readFileSync(path);
    const at = Number(bytes.toString('latin1', bytes.length - trailerLength));
    const index: unknown = JSON.parse(bytes.toString('utf8', at, bytes.length - trailerLength));
    if (!isIndex(index) || index.build !== build) return none;
    const heads = new Map<string, H>();
    const places = new Map<string, readonly [number, number]>();
    for (const [name, head, start, end] of index.records) {
      if (!isHead(head)) continue;
      heads.set(name, head);
      places.set(name, [start, end]);
    }
    return { heads, bodyOf: (name) => bytes.subarray(...(places.get(name) ?? [0, 0])) };
  } catch {
    return none;
  }
};

/** Takes records one after the other, so that none is held in memory. */
export interface RecordWriter<H> {
  add(name: string, head: H, body: Uint8Array): void;
  /** Puts the finished file in place of the old one. */
  finish(): void;
}

/** What a check that was broken off has left behind is taken away after so long. */
const staleMs = 3_600_000;

const removeStale = (path: string, now: number): void => {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const left = join(dirname(path), name);
    if (name.startsWith(start) && now - statSync(left).mtimeMs > staleMs) rmSync(left, { force: true });
  }
};

const openFresh = (path: string, fresh: string, now: number): number | undefined => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    removeStale(path, now);
    return openSync(fresh, 'w');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
};

/** Writes records into a file of its own, which takes the place of `path` when it is finished. What cannot be written is no mistake: it is left. */
export const createRecordWriter = <H>(path: string, build: string, now: number): RecordWriter<H> => {
  const fresh = `${path}.${process.pid}`;
  const records: (readonly [string, H, number, number])[] = [];
  let file = openFresh(path, fresh, now);
  let at = 0;
  const write = (bytes: Uint8Array): void => {
    if (file === undefined) return;
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      closeSync(file);
      rmSync(fresh, { force: true });
      file = undefined;
    }
  };
  return {
    add(name, head, body) {
      write(body);
      records.push([name, head, at, at + body.length]);
      at += body.length;
    },
    finish() {
      const index: Index = { build, records };
      write(Buffer.from(JSON.stringify(index) + String(at).padStart(trailerLength, '0')));
      if (file === undefined) return;
      closeSync(file);
      file = undefined;
      attempt(
        () => renameSync(fresh, path),
        () => '',
      );
    },
  };
};
