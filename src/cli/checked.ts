import type { Fixable } from '../core/messages/commandLine';
import type { FileReport, ProblemReport, ReportSeverity } from '../core/report/types';
import { once } from '../core/text/once';

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

/** What the sums of a check need of one file. */
export interface FileFigures {
  readonly prompts: number;
  readonly fixable: Fixable;
  readonly severities: Readonly<Record<ReportSeverity, number>>;
}

/** The result of one file, whether it was found out or kept: a kept report is not read before somebody asks for it. */
export interface FileResult extends FileFigures {
  /** The report as JSON text, in UTF-8, without line breaks. */
  readonly json: () => Uint8Array;
  readonly report: () => FileReport;
}

const severitiesOf = (report: FileReport): FileFigures['severities'] => {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of problemsOf(report)) counts[severity] += 1;
  return counts;
};

/** A result that was just found out. */
export const resultOf = ({ report, prompts, fixable }: CheckedFile): FileResult => ({
  prompts,
  fixable,
  severities: severitiesOf(report),
  // Kept and printed.
  json: once(() => Buffer.from(JSON.stringify(report))),
  report: () => report,
});

/** A result of an earlier check; `json` was written by `resultOf`. */
export const keptResult = ({ prompts, fixable, severities }: FileFigures, json: Buffer): FileResult => ({
  prompts,
  fixable,
  severities,
  json: () => json,
  report: () => JSON.parse(json.toString('utf8')) as FileReport,
});
