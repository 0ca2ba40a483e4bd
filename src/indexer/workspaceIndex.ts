import { isAbsolute, relative } from 'node:path';
import { findFile, findFiles, type FoundFile } from '../cli/files/find';
import type { PromptIndex } from '../core/report/promptIndex';
import { createFileReader, type FileReader, type FileRecord, type Readers } from './fileReader';
import type { FromIndexer, ToIndexer } from '../core/indexProtocol';

/** Work is given up this often, so that messages are heard. */
const sliceMs = 10;
/** What was found so far is told this often. */
const tellMs = 500;

const isBelow = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
};

/** Lets messages have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Keeps the prompts of a workspace, and tells of them. */
export const createWorkspaceIndex = (readers: Readers, tell: (message: FromIndexer) => void, now: () => number) => {
  let folders: readonly FileReader[] = [];
  const records = new Map<string, FileRecord>();
  /** Of documents that are open and not saved. */
  const typed = new Map<string, string>();
  /** Another one stops the search before. */
  let search = 0;
  let state: 'searching' | 'complete' | 'stopped' = 'complete';

  const indexNow = (): PromptIndex => {
    const chains = [...records].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, { prompts }]) => prompts);
    return readers.engine.promptIndex(
      chains.map(({ of }) => of),
      readers.engine.sharedPrefixes(chains),
    );
  };
  const tellIndex = (): void => tell({ kind: 'index', index: indexNow(), state });
  const look = (reader: FileReader, { path, isText }: FoundFile): boolean => {
    const before = records.get(path);
    const record = reader.read(path, isText, typed.get(path));
    if (record === undefined) records.delete(path);
    else records.set(path, record);
    return record !== undefined || before !== undefined;
  };

  const start = async ({ folders: named, today }: Extract<ToIndexer, { kind: 'start' }>): Promise<void> => {
    const own = (search += 1);
    state = 'searching';
    folders = named.map((folder) => createFileReader(folder, today, readers));
    records.clear();
    const files = folders.flatMap((reader) => {
      const found = findFiles([reader.root], reader.root, reader.isPromptFile);
      for (const { sentence } of found.mistakes) tell({ kind: 'note', text: sentence });
      return found.files.map((file) => ({ reader, file }));
    });
    let [sliceFrom, toldAt, isNew] = [now(), now(), false];
    for (const [done, { reader, file }] of files.entries()) {
      isNew = look(reader, file) || isNew;
      if (now() - sliceFrom < sliceMs) continue;
      tell({ kind: 'progress', done: done + 1, of: files.length });
      if (isNew && now() - toldAt > tellMs) {
        tellIndex();
        [toldAt, isNew] = [now(), false];
      }
      await pause();
      if (own !== search) return;
      sliceFrom = now();
    }
    state = 'complete';
    tellIndex();
  };
  const lookAgain = (path: string): void => {
    const reader = folders.find(({ root }) => isBelow(path, root));
    if (reader === undefined) return;
    const file = findFile(path, reader.root, reader.isPromptFile);
    if (file === undefined) records.delete(path);
    else look(reader, file);
  };
  const changed = ({ files }: Extract<ToIndexer, { kind: 'changed' }>): void => {
    const paths = new Set(files.map(({ path }) => path));
    for (const { path, text } of files)
      if (text === undefined) typed.delete(path);
      else typed.set(path, text);
    // What rests on them, too.
    for (const [path, { used }] of records) if ([...used].some((one) => paths.has(one))) paths.add(path);
    for (const path of paths) lookAgain(path);
    if (state !== 'searching') tellIndex();
  };
  const stop = (): void => {
    if (state !== 'searching') return;
    search += 1;
    state = 'stopped';
    tellIndex();
  };
  return {
    receive(message: ToIndexer): Promise<void> | void {
      if (message.kind === 'start') return start(message);
      return message.kind === 'changed' ? changed(message) : stop();
    },
  };
};
