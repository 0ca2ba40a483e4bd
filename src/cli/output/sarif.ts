import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { ReportSeverity } from '../../core/report/types';
import type { Finding } from './findings';

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

const resultOf = ({ path, problem: { code, severity, message, range } }: Finding, index: ReadonlyMap<string, number>): Result => ({
  ruleId: code,
  ...(index.has(code) ? { ruleIndex: index.get(code) ?? 0 } : {}),
  level: levels[severity],
  message: { text: message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(range.path ?? path) },
        region: {
          startLine: range.start.line,
          startColumn: range.start.column,
          endLine: range.end.line,
          endColumn: range.end.column,
          charOffset: range.start.offset,
          charLength: range.end.offset - range.start.offset,
        },
      },
    },
  ],
});

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
