/** Entry of the bundle `dist/rows.js`: rows of a prompt as a batch, loaded when the first is run or a prompt says what its answers should be. */
import type * as vscode from 'vscode';
import { createRowsPart, type RowsPart } from './editor/rows/part';
import type { RowsDeps } from './editor/rows/ports';
import { readCsv } from './machine/csv';
import { createHistoryFolder } from './machine/historyFolder';
import { lockJournal, openJournal, pruneJournals, readJournals } from './machine/journalFile';
import { matchesPattern } from './machine/matchesPattern';

const digestOf = async (folder: string): Promise<(text: string) => string> => (await createHistoryFolder(folder).hash()).digest;

export const createRows = (deps: RowsDeps, state: vscode.Memento): RowsPart =>
  createRowsPart(deps, { readCsv, matchesPattern, openJournal, lockJournal, readJournals, pruneJournals, digestOf }, state);
