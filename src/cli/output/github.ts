import type { ProblemReport, ReportSeverity } from '../../core/report/types';
import { shownAt, type Finding } from './findings';

/** Source: GitHub Docs, Workflow commands for GitHub Actions, as of 2026-10: error, warning and notice annotate a line. */
const commands: { readonly [S in ReportSeverity]: string } = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

const escapeText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const placeOf = (range: ProblemReport['range'] | undefined): string => {
  if (range === undefined) return '';
  const { start, end } = range;
  // A column is taken only where a place lies within one line.
  const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : '';
  return `,line=${start.line},endLine=${end.line}${columns}`;
};

const annotation = ({ path, problem }: Finding): string => {
  const { message, range } = shownAt(problem);
  const file = escapeProperty(problem.range.path ?? path);
  return `::${commands[problem.severity]} file=${file}${placeOf(range)},title=${escapeProperty(problem.code)}::${escapeText(message)}`;
};

/** Workflow commands that show each problem at its line in a pull request. */
export const githubReport = (findings: readonly Finding[]): string => findings.map((finding) => `${annotation(finding)}\n`).join('');
