import { problemsOf } from '../checked';
import type { FileReport, ProblemReport } from '../../core/report/types';

/** A problem and the file that it was found in. */
export interface Finding {
  readonly path: string;
  readonly problem: ProblemReport;
}

/** All problems in the order of the files, and of the text in each. */
export const findingsOf = (files: readonly FileReport[]): readonly Finding[] =>
  files.flatMap((file) =>
    [...problemsOf(file)]
      .sort((a, b) => a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset)
      .map((problem) => ({ path: file.path, problem })),
  );
