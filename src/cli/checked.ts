import type { Fixable } from '../core/messages/commandLine';
import type { FileReport, ProblemReport } from '../core/report/types';

/** What a check found in one file. A brief one has all problems beside the file, without the ways to fix them. */
export interface CheckedFile {
  readonly report: FileReport;
  readonly prompts: number;
  readonly fixable: Fixable;
}

export const problemsOf = ({ problems, prompts }: FileReport): readonly ProblemReport[] => [
  ...problems,
  ...prompts.flatMap((prompt) => prompt.problems),
];
