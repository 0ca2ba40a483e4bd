import type { PromptAnalysis } from '../../core/analysis';
import type { Target } from '../../core/runs/port';
import type { Table, TableProblem } from '../../core/rows/table';
import type { DestinationDeps } from '../runs/destination';
import type { FeatureDeps } from '../feature';
import type { HistoryPart } from '../history/part';
import type { PromptRef } from '../promptRef';
import type { WarmMemory } from '../runs/warmMemory';
import * as vscode from 'vscode';

/** A file that grows by whole lines. */
export interface JournalFile {
  /** Resolves when the lines are safely on the disk; rejects where they may not be. */
  append(lines: string): Promise<void>;
  close(): Promise<void>;
}

/** What only Node can do for batches. */
export interface RowsMachine {
  readonly readCsv: (text: string) => Table | TableProblem;
  readonly matchesPattern: (source: string, flags: string, text: string) => boolean | undefined;
  readonly openJournal: (path: string) => Promise<JournalFile>;
  readonly lockJournal: (path: string) => Promise<(() => Promise<void>) | undefined>;
  readonly readJournals: (folder: string, most: number) => Promise<readonly { readonly path: string; readonly text: string }[]>;
  readonly pruneJournals: (folder: string, keep: number) => Promise<void>;
  /** The keyed hash of this installation, whose key is in this folder. */
  readonly digestOf: (folder: string) => Promise<(text: string) => string>;
}

/** Calls that may be made. */
export interface BatchAgreement {
  /** They are over, for now: what they cost in the end; `undefined` where that is not known. */
  settle(usd: number | undefined): Promise<void>;
}

/** What is asked before calls of a batch are made. */
export interface BatchAsk {
  readonly calls: number;
  readonly usd: readonly [low: number, high: number] | undefined;
  readonly target: Target;
  readonly analysis: PromptAnalysis;
  /** What the person is asked, given where the calls go. */
  readonly question: (destination: string) => string;
}

/** What the rest of the editor does for batches. */
export interface RowsHost {
  /** The prompt as it can be run from here, or `undefined`, which has been said. */
  runnable(ref: PromptRef): Promise<PromptAnalysis | undefined>;
  readyTarget(): Promise<Target>;
  /** `undefined`: the person turned back, or the day has cost enough, which has been said. */
  agree(ask: BatchAsk): Promise<BatchAgreement | undefined>;
}

export interface RowsDeps extends FeatureDeps, DestinationDeps, RowsHost {
  readonly warm: WarmMemory;
  /** Runs that are remembered; the first call loads them. */
  readonly history: () => Pick<HistoryPart, 'keep' | 'answersOf' | 'showCall' | 'warmBefore'>;
  readonly extension: vscode.Uri;
  /** The extension's folder of this machine, for all windows. */
  readonly storage: vscode.Uri;
}

/** In the workspace's state: until when something that calls of this workspace left may live. Milliseconds since 1970. */
export const warmUntilKey = 'cachepoint.warmUntil';

/** The journals of batches, in the extension's folder of this machine. */
export const rowsFolder = (storage: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(storage, 'rows');

/** Set in the workspace's state while rows are not finished, so that the next window can say so. */
export const openRowsKey = 'cachepoint.openRows';
