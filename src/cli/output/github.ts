import type { ReportSeverity } from '../../core/report/types';
import type { Finding } from './findings';

/** Source: GitHub Docs, Workflow commands for GitHub Actions, as of 2026-10: error, warning and notice annotate a line. */
const commands: { readonly [S in ReportSeverity]: string } = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

const escapeText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const annotation = ({ path, problem: { range, severity, message, code } }: Finding): string => {
  const { start, end } = range;
  const file = escapeProperty(range.path ?? path);
  // A column is taken only where a place lies within one line.
  const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : '';
  return `::${commands[severity]} file=${file},line=${start.line},endLine=${end.line}${columns},title=${escapeProperty(code)}::${escapeText(message)}`;
};

/** Workflow commands that show each problem at its line in a pull request. */
export const githubReport = (findings: readonly Finding[]): string => findings.map((finding) => `${annotation(finding)}\n`).join('');
