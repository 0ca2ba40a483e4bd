import type { FileSummary } from './files';

/** Which runs are meant: of one prompt, or all. */
export type Subject = string | undefined;

/** The newest first; of two that began in the same millisecond, the one that was written later. */
export const newestFirst = <T extends { readonly startedAt: number }>(runs: readonly T[]): readonly T[] =>
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
