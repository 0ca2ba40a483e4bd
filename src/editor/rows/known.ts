import * as vscode from 'vscode';
import { readJournal, type BatchRecord } from '../../core/rows/journal';
import type { RowsDeps, RowsMachine } from './ports';

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

export const folderOf = ({ storage }: RowsDeps): string => vscode.Uri.joinPath(storage, 'rows').fsPath;

/** The batches that are kept, the newest first. */
export const knownBatches = async (deps: FlowDeps): Promise<readonly KnownBatch[]> =>
  (await deps.rows.readJournals(folderOf(deps), keptJournals)).flatMap(({ path, text }) => {
    const record = readJournal(text);
    return record === undefined ? [] : [{ path, record }];
  });

/** Is there something that waits, or that a person has to decide about? */
export const isUnfinished = ({ over, jobs }: BatchRecord): boolean =>
  over === undefined && jobs.some(({ kind }) => kind === 'waiting' || kind === 'doubtful');
