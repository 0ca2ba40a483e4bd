import type { NumberFormats } from '../../core/figures/numbers';
import { checkSummary, placeIn, type Fixable, type Summary } from '../../core/messages/commandLine';
import type { ProblemReport, ReportSeverity } from '../../core/report/types';
import { visibleLine } from '../../core/text/visible';
import type { Style, Terminal } from '../terminal';
import type { Finding } from './findings';

const styles: { readonly [S in ReportSeverity]: Style } = { error: 'red', warning: 'yellow', info: 'blue', hint: 'gray' };

/** As compilers write it, so that editors and terminals find the place: `path:line:column: severity: message [code]`. */
const problemLine = (path: string, { range, severity, message, code }: ProblemReport, { paint }: Terminal): string => {
  const place = paint('bold', `${visibleLine(placeIn(range.path ?? path, range.cell))}:${range.start.line}:${range.start.column}`);
  return `${place}: ${paint(styles[severity], severity)}: ${visibleLine(message)} ${paint('dim', `[${code}]`)}`;
};

/** For people: a line for each problem, and the sum. */
export const textReport = (
  findings: readonly Finding[],
  summary: Summary,
  fixable: Fixable,
  formats: NumberFormats,
  terminal: Terminal,
): string => {
  const lines = findings.map(({ path, problem }) => problemLine(path, problem, terminal));
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), ...checkSummary(summary, fixable, formats)].join('\n')}\n`;
};
