import { readJournal, type BatchRecord } from '../../core/rows/journal';
import { rowsFolder, type RowsDeps, type RowsMachine } from './ports';

/** Journals that are kept; the oldest go first. */
export const keptJournals = 50;

/** A journal of this prompt, or another's. */
export interface KnownBatch {
  readonly path: string;
  readonly record: BatchRecord;
}

export interface FlowDeps extends RowsDeps {
  readonly rows: RowsMachine;
}

export const folderOf = ({ storage }: RowsDeps): string => rowsFolder(storage).fsPath;

/** The batches that are kept, the newest first. */
export const knownBatches = async (deps: FlowDeps): Promise<readonly KnownBatch[]> =>
  (await deps.rows.readJournals(folderOf(deps), keptJournals))
    .flatMap(({ path, text }) => {
      const record = readJournal(text);
      return record === undefined ? [] : [{ path, record }];
    })
    // A journal that was only told of another name is no newer for that.
    .sort((a, b) => b.record.at - a.record.at);

/** Is there something that waits, or that a person has to decide about? */
export const isUnfinished = ({ over, jobs }: BatchRecord): boolean =>
  over === undefined && jobs.some(({ kind }) => kind === 'waiting' || kind === 'doubtful');
