import { isRecord } from '../text/json';
import type { HistoryLines } from './lines';
import type { StoredRun } from './stored';
import { mergeTotals, totalsOf, type PromptTotals } from './totals';

/** A file of the history, as its folder lists it. */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970, with their fractions. */
  readonly modified: number;
}

/** What is kept of a file so that it need not be read: true as long as its size and its time stay. */
export interface FileSummary extends FileFacts {
  readonly oldest: number;
  readonly newest: number;
  readonly later: number;
  readonly broken: number;
  readonly prompts: readonly PromptTotals[];
}

/** Files of the history have names of this form: `runs-<when and who>.jsonl`. */
export const isHistoryFile = (name: string): boolean => /^runs-[\w-]+\.jsonl$/.test(name);

export const summaryOf = (facts: FileFacts, { runs, later, broken }: HistoryLines): FileSummary => {
  const prompts = totalsOf(runs);
  return {
    ...facts,
    oldest: Math.min(...prompts.map(({ oldest }) => oldest)),
    newest: Math.max(...prompts.map(({ newest }) => newest)),
    later,
    broken,
    prompts,
  };
};

/** Does a summary still say what is in the file? */
export const isCurrent = (summary: FileSummary | undefined, { bytes, modified }: FileFacts): summary is FileSummary =>
  summary?.bytes === bytes && summary.modified === modified;

/** The summary of a file to which one more run was appended. */
export const withRun = (summary: FileSummary | undefined, facts: FileFacts, run: StoredRun): FileSummary => {
  const added = summaryOf(facts, { runs: [run], later: 0, broken: 0 });
  if (summary === undefined) return added;
  return edgesOf({ ...summary, ...facts, prompts: mergeTotals([summary.prompts, added.prompts]) });
};

const isSummary = (value: unknown): value is FileSummary =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['bytes'] === 'number' &&
  typeof value['modified'] === 'number' &&
  typeof value['later'] === 'number' &&
  typeof value['broken'] === 'number' &&
  Array.isArray(value['prompts']) &&
  value['prompts'].every((one) => isRecord(one) && typeof one['subject'] === 'string' && isRecord(one['usd']));

/** Version of the kept summaries; others are made again. */
const summariesVersion = 1;

/** A file without runs has no oldest one, which JSON cannot say. */
const edgesOf = (summary: FileSummary): FileSummary => ({
  ...summary,
  oldest: Math.min(...summary.prompts.map(({ oldest }) => oldest)),
  newest: Math.max(...summary.prompts.map(({ newest }) => newest)),
});

export const summariesText = (summaries: readonly FileSummary[]): string => JSON.stringify({ v: summariesVersion, files: summaries });

/** Kept summaries by the names of their files; whatever cannot be read is made again. */
export const readSummaries = (text: string): ReadonlyMap<string, FileSummary> => {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value['v'] !== summariesVersion || !Array.isArray(value['files'])) return new Map();
    return new Map(value['files'].filter(isSummary).map((one) => [one.name, edgesOf(one)]));
  } catch {
    return new Map();
  }
};

/** The files that must go so that the rest has at most so many bytes: those whose runs are oldest. `own` is being written and stays. */
export const filesToRemove = (files: readonly FileSummary[], own: string | undefined, most: number): readonly string[] => {
  let bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const gone: string[] = [];
  for (const { name, bytes: size } of [...files].sort((a, b) => a.newest - b.newest || a.modified - b.modified)) {
    if (bytes <= most) break;
    if (name === own) continue;
    gone.push(name);
    bytes -= size;
  }
  return gone;
};
