import assert from 'node:assert/strict';
import type { ProblemReport } from '../../../src/core/report/types';
import { githubReport } from '../../../src/cli/output/github';
import { sarifLog } from '../../../src/cli/output/sarif';
import { table } from '../../../src/cli/engine/table';

const problem = (severity: ProblemReport['severity'], endLine = 3): ProblemReport => ({
  code: 'cache/missing',
  severity,
  message: '50% of it,\nor: more',
  range: { start: { offset: 10, line: 3, column: 2 }, end: { offset: 14, line: endLine, column: 6 } },
  url: 'https://example.com/rules.md#cachemissing',
  fixes: [],
});

describe('annotations for GitHub', () => {
  it('escape what has a meaning in a command', () => {
    assert.equal(
      githubReport([{ path: 'a,b:c/d.md', problem: problem('info') }]),
      '::notice file=a%2Cb%3Ac/d.md,line=3,endLine=3,col=2,endColumn=6,title=cache/missing::50%25 of it,%0Aor: more\n',
    );
  });
  it('name columns within one line only', () => {
    assert.match(githubReport([{ path: 'a.md', problem: problem('error', 4) }]), /^::error file=a\.md,line=3,endLine=4,title=/);
  });
});

/** Lines of a cell are not those of the file. */
const inCell: ProblemReport = { ...problem('warning'), range: { ...problem('warning').range, cell: 1 } };

describe('a problem in the cell of a notebook', () => {
  it('is told of the file, with its place in words', () => {
    assert.equal(
      githubReport([{ path: 'a.ipynb', problem: inCell }]),
      '::warning file=a.ipynb,title=cache/missing::cell 2, line 3: 50%25 of it,%0Aor: more\n',
    );
    const [result] = sarifLog([{ path: 'a.ipynb', problem: inCell }], '1.2.3').runs[0]?.results ?? [];
    assert.equal(result?.message.text, 'cell 2, line 3: 50% of it,\nor: more');
    assert.deepEqual(result.locations, [{ physicalLocation: { artifactLocation: { uri: 'a.ipynb' } } }]);
  });
});

describe('a SARIF log', () => {
  const log = sarifLog(
    [
      { path: 'my prompts/ä.md', problem: problem('hint') },
      { path: 'C:/x/b.md', problem: { ...problem('error'), code: 'syntax/json' } },
      { path: 'c.md', problem: problem('warning') },
    ],
    '1.2.3',
  );
  const results = log.runs[0]?.results ?? [];
  it('has each rule once, and results that point at it', () => {
    const rules = log.runs[0]?.tool.driver.rules?.map(({ id }) => id);
    assert.deepEqual(rules, ['cache/missing', 'syntax/json']);
    const pointed = results.map(({ ruleIndex, level }) => `${ruleIndex ?? ''} ${level ?? ''}`);
    assert.deepEqual(pointed, ['0 note', '1 error', '0 warning']);
  });
  it('writes paths as references', () => {
    const uris = results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    assert.deepEqual(uris, ['my%20prompts/%C3%A4.md', 'file:///C:/x/b.md', 'c.md']);
  });
});

describe('a table', () => {
  it('aligns its columns and leaves no space at the end of a line', () =>
    assert.equal(
      table([
        ['a', 'bb', ''],
        ['ccc', 'd', ''],
      ]),
      'a    bb\nccc  d',
    ));
});
