import type { FileSummary } from './files';
import type { StoredRun } from './stored';

/** Which runs are meant: of one prompt, or all. */
export type Subject = string | undefined;

/** The newest first; of two that began in the same millisecond, the one that was written later. */
export const newestFirst = (runs: readonly StoredRun[]): readonly StoredRun[] =>
  runs
    .map((run, at) => ({ run, at }))
    .sort((a, b) => b.run.startedAt - a.run.startedAt || b.at - a.at)
    .map(({ run }) => run);

/** Files that hold runs of a prompt, the one with the newest first, each with the time of its newest run of it. */
export const filesOf = (
  summaries: readonly FileSummary[],
  subject: Subject,
): readonly { readonly file: FileSummary; readonly newest: number }[] =>
  summaries
    .flatMap((file) => {
      const own = subject === undefined ? file.prompts : file.prompts.filter((one) => one.subject === subject);
      return own.length === 0 ? [] : [{ file, newest: Math.max(...own.map(({ newest }) => newest)) }];
    })
    .sort((a, b) => b.newest - a.newest);

/** Are the first `count` of these found for sure, when no file is left with a newer run than `next`? */
export const isSettled = (found: readonly StoredRun[], count: number, next: number | undefined): boolean => {
  const last = newestFirst(found)[count - 1];
  return next === undefined || (last !== undefined && last.startedAt > next);
};
