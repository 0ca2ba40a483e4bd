import assert from 'node:assert/strict';
import type { ProblemReport, Report } from '../../../src/core/report/types';
import { changesBetween, describeChanges } from '../../../tools/changes';

const problem = (line: number, code: string, message: string): ProblemReport => {
  const at = { offset: 0, line, column: 1 };
  return { code, severity: 'warning', message, range: { start: at, end: at }, url: '', fixes: [] };
};

const report = (...problems: readonly ProblemReport[]): Report => ({
  version: 1,
  files: [{ path: 'a.bedrock.md', prompts: [], problems }],
  summary: { files: 1, skipped: 0, prompts: 0, errors: 0, warnings: 0, infos: 0, hints: 0, fixed: 0 },
});

describe('what a change does to prompts', () => {
  const before = report(problem(1, 'a/same', 'Same.'), problem(2, 'a/gone', 'Gone.'), problem(3, 'a/other', 'Before.'));
  const after = report(problem(1, 'a/same', 'Same.'), problem(3, 'a/other', 'After.'), problem(4, 'a/new', 'New.'));

  it('tells problems that are new, gone, and told in other words', () => {
    assert.equal(
      describeChanges(changesBetween(before, after), 1),
      [
        'a.bedrock.md',
        '  - 2:1 warning a/gone: Gone.',
        '  + 4:1 warning a/new: New.',
        '  ~ 3:1 warning a/other: Before.',
        '    3:1 warning a/other: After.',
        '1 added, 1 gone, 1 changed, in 1 file',
        '',
      ].join('\n'),
    );
  });

  it('tells apart several problems of one code at one place', () => {
    const two = report(problem(1, 'a/same', 'One.'), problem(1, 'a/same', 'Two.'));
    assert.deepEqual(
      changesBetween(two, report(problem(1, 'a/same', 'One.'))).gone.map(({ message }) => message),
      ['Two.'],
    );
    assert.deepEqual(changesBetween(two, two), { added: [], gone: [], changed: [] });
  });
});
