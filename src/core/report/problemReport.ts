import type { NumberFormats } from '../figures/numbers';
import { describeProblem } from '../rules/index';
import type { Severity } from '../prompt/problems';
import type { RatedProblem } from '../rules/index';
import type { Fix } from '../rules/types';
import type { LineIndex } from '../text/lines';
import { theDocument } from '../text/place';
import type { Span } from '../text/span';
import type { FixReport, ProblemReport, Range, ReportSeverity } from './types';

/** Where every code has its page. */
const pages = 'https://github.com/cachepoint/cachepoint/blob/main/docs/rules.md';

/** The page of a code, as its heading is addressed on GitHub: without the slash. */
export const ruleUrl = (code: string): string => `${pages}#${code.replace('/', '')}`;

export const reportSeverity = (severity: Severity): ReportSeverity => (severity === 'information' ? 'info' : severity);

/** Where offsets of the text that was read stand for a reader of the report. */
export interface ReportLines extends Pick<LineIndex, 'positionOf'> {
  /** For a notebook: the cell in which an offset stands, and the offset at which it ends. */
  cellAt?(offset: number): { readonly index: number; readonly end: number };
}

export const rangeOf = ({ start, end }: Span, lines: ReportLines): Range => {
  const cell = lines.cellAt?.(start);
  const last = cell === undefined ? end : Math.min(end, cell.end);
  return { ...(cell === undefined ? {} : { cell: cell.index }), start: lines.positionOf(start), end: lines.positionOf(last) };
};

interface ProblemContext {
  readonly path: string;
  readonly lines: ReportLines;
  readonly formats: NumberFormats;
  fixesOf(problem: RatedProblem): readonly Fix[];
}

const fixReport = (fix: Fix, { path, lines }: ProblemContext): FixReport => ({
  title: fix.title,
  kind: fix.kind,
  preferred: fix.preferred,
  // Whoever reads a report knows the text of the document; an edit elsewhere is left to the editor, and with it the whole fix.
  edits: fix.edits.some(({ at }) => at.source !== theDocument)
    ? []
    : fix.edits.map(({ at, text }) => ({ path, range: rangeOf(at.span, lines), text })),
});

/** A problem as other programs read it. */
export const problemReport = (problem: RatedProblem, context: ProblemContext): ProblemReport => ({
  code: problem.code,
  severity: reportSeverity(problem.severity),
  message: describeProblem(problem, context.formats),
  range: rangeOf(problem.span, context.lines),
  url: ruleUrl(problem.code),
  fixes: context.fixesOf(problem).map((fix) => fixReport(fix, context)),
});
