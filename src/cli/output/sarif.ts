import type { Log, Region, ReportingDescriptor, Result } from 'sarif';
import type { ProblemReport, ReportSeverity } from '../../core/report/types';
import { shownAt, type Finding } from './findings';

const levels: { readonly [S in ReportSeverity]: NonNullable<Result['level']> } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** A path as a relative reference of RFC 3986. */
const uriOf = (path: string): string =>
  path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^([A-Za-z])%3A\//, 'file:///$1:/');

const regionOf = ({ start, end }: ProblemReport['range']): Region => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
  charOffset: start.offset,
  charLength: end.offset - start.offset,
});

const resultOf = ({ path, problem }: Finding, index: ReadonlyMap<string, number>): Result => {
  const { code, severity } = problem;
  const { message, range } = shownAt(problem);
  const artifactLocation = { uri: uriOf(problem.range.path ?? path) };
  return {
    ruleId: code,
    ...(index.has(code) ? { ruleIndex: index.get(code) ?? 0 } : {}),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, ...(range === undefined ? {} : { region: regionOf(range) }) } }],
  };
};

/** The log of a run in SARIF 2.1.0 (OASIS, 2023-08), as code scanning takes it: the rules that were broken, and where. */
export const sarifLog = (findings: readonly Finding[], version: string): Log => {
  const rules = new Map<string, ReportingDescriptor>();
  for (const { problem } of findings) if (!rules.has(problem.code)) rules.set(problem.code, { id: problem.code, helpUri: problem.url });
  const index = new Map([...rules.keys()].map((code, at) => [code, at]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Cachepoint',
            semanticVersion: version,
            informationUri: 'https://github.com/cachepoint/cachepoint',
            rules: [...rules.values()],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, index)),
      },
    ],
  };
};
