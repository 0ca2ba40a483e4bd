import { messageInCell } from '../../core/messages/commandLine';
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

/** What is told of a problem to a program that shows it at a line of the file: lines of a notebook's cell are no such, and stand in the text. */
export const shownAt = ({
  range,
  message,
}: ProblemReport): { readonly message: string; readonly range: ProblemReport['range'] | undefined } =>
  range.cell === undefined ? { message, range } : { message: messageInCell(message, range.cell, range.start.line), range: undefined };
