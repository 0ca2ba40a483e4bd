import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBriefly, checkFully } from '../../../../src/cli/engine/checkDocument';
import { readDocument, type Document } from '../../../../src/cli/engine/documents';
import { problemsOf } from '../../../../src/cli/checked';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { readManifest } from '../../../support/manifest';
import { describeProblem } from '../../../../src/core/rules/index';
import type { PromptOrigin } from '../../../../src/core/prompt/model';
import { reportSeverity, ruleUrl } from '../../../../src/core/report/problemReport';
import type { CachePointReport, PromptReport } from '../../../../src/core/report/types';
import { defaultSettings, projectSettings, settingKeys } from '../../../../src/core/settings';
import { noFiles, type FileSource } from '../../../../src/core/prompt/files';
import { applyEdits, replaceAt } from '../../../../src/core/text/edit';
import { once } from '../../../../src/core/text/once';
import { checkGolden } from '../../../support/golden';
import { faultsOf } from '../../../support/jsonSchema';
import { ruleFixtures } from '../../../support/ruleFixtures';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const readJson = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(root, name), 'utf8')) as Readonly<Record<string, unknown>>; // each is an object
const schema = readJson('schemas/report.schema.json');
const formats = numberFormats('en', 'UTC');
const fixtures = ruleFixtures();
const documentOf = ({ name, text, files, settings }: (typeof fixtures)[number]): Document => ({ name, text, named: true, files, settings });
const checked = (document: Document, format: PromptOrigin, check = checkFully): ReturnType<typeof checkFully> =>
  check(document, readDocument(document, format), formats);
const fullReports = once(() => fixtures.map((fixture) => ({ fixture, report: checked(documentOf(fixture), fixture.format).report })));
const reportOfText = (text: string): PromptReport => {
  const document: Document = { name: 'a.bedrock.md', text, named: true, files: noFiles, settings: defaultSettings };
  const [report] = checked(document, 'bedrock-prompt').report.prompts;
  assert.ok(report);
  return report;
};

describe('the report', () => {
  it('of every fixture fits the schema', () => {
    for (const { fixture, report } of fullReports()) {
      const summary = { files: 1, skipped: 0, prompts: 1, errors: 0, warnings: 0, infos: 0, hints: 0, fixed: 0 };
      assert.deepEqual(faultsOf({ version: 1, files: [report], summary }, schema), [], fixture.name);
    }
  });

  it('is told apart from anything else by the schema', () => {
    assert.deepEqual(faultsOf({ version: 2, files: [{ path: 1, prompts: [], more: 1 }] }, schema), [
      '$.summary is missing',
      '$.version is not 1',
      '$.files[0].problems is missing',
      '$.files[0].path is no string',
      '$.files[0].more is not known',
    ]);
  });

  it('has the problems that the editor shows, each once, at the same places', () => {
    for (const { fixture, report } of fullReports()) {
      const shown = fixture
        .analyze(fixture.text)
        .problems.map((problem) => [
          problem.code,
          reportSeverity(problem.severity),
          problem.span.start,
          problem.span.end,
          describeProblem(problem, formats),
        ]);
      for (const one of [report, checked(documentOf(fixture), fixture.format, checkBriefly).report]) {
        const told = problemsOf(one).map(({ code, severity, range, message }) => [
          code,
          severity,
          range.start.offset,
          range.end.offset,
          message,
        ]);
        assert.deepEqual(told, shown, fixture.name);
      }
    }
  });

  it('has edits that give the text after a fix', () => {
    const [fixture] = fixtures.filter(({ name }) => name === 'cache-missing/handbook.bedrock.md');
    assert.ok(fixture);
    const { report } = checked(documentOf(fixture), fixture.format);
    const [fix] = problemsOf(report)[0]?.fixes ?? [];
    const edits = (fix?.edits ?? []).map(({ range, text }) => replaceAt(range.start.offset, range.end.offset, text));
    assert.equal(applyEdits(fixture.text, edits), fixture.fixed);
  });

  it('leads from each problem to its page', () => {
    assert.match(ruleUrl('cache/missing'), /^https:\/\/github\.com\/.*\/docs\/rules\.md#cachemissing$/);
  });

  for (const name of ['cache-below-minimum/short.bedrock.md', 'syntax-unused-ignore/comments.converse.json'])
    it(`of ${name} is as it was`, () => {
      const fixture = fixtures.find((one) => one.name === name);
      assert.ok(fixture);
      const { report } = checked(documentOf(fixture), fixture.format);
      checkGolden(join(root, 'test', 'fixtures', 'report', `${name.replace('/', '-')}.golden.json`), report);
    });
});

describe('the report of a prompt', () => {
  const long = 'Every answer names the rule of the policy that it rests on.\n'.repeat(200);
  const prompt = (model: string, points: string): PromptReport =>
    reportOfText(
      `---\nmodelId: ${model}\nvariables:\n  x: { value: fixed }\n---\n# system:\n${long}{{x}} {{y}}\n${points}\n# user:\n{{y}}\n`,
    );
  const cachedOf = ({ cachePoints }: PromptReport): readonly CachePointReport['cached'][] => cachePoints.map(({ cached }) => cached);

  it('shows values that are always the same, and names holes by their variables', () => {
    const { system, unknown, holes } = prompt('us.anthropic.claude-sonnet-4-5-20250929-v1:0', '');
    assert.ok(system?.endsWith('fixed ⟦y⟧'));
    assert.deepEqual(unknown, ['y', 'y']);
    assert.deepEqual(
      holes.map(({ range }) => [range.start.line, range.start.column]),
      [
        [207, 7],
        [210, 1],
      ],
    );
  });

  it('tells in which file following a hole ended, from where the document is named', () => {
    const text = `import boto3
from texts import today
boto3.client("bedrock-runtime").converse(
    modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    system=[{"text": today()}], messages=[{"role": "user", "content": [{"text": "Hi"}]}])
`;
    const imported = 'import datetime\n\ndef today():\n    return f"Now it is {datetime.date.today()}."\n';
    const files: FileSource = (path) => (path === 'texts.py' ? { kind: 'text', text: imported } : { kind: 'refused', reason: 'missing' });
    const document: Document = { name: 'app/ask.py', text, named: true, files, settings: defaultSettings };
    const [hole, ...rest] = checked(document, 'code').report.prompts.flatMap(({ holes }) => holes);
    const start = imported.indexOf('datetime.date');
    assert.deepEqual(rest, []);
    assert.equal(hole?.range.path, undefined);
    assert.deepEqual(
      [hole?.source, hole?.range.start.line, hole?.end?.path, hole?.end?.start],
      ['datetime.date.today()', 5, 'app/texts.py', { offset: start, line: 4, column: start - imported.lastIndexOf('\n', start) }],
    );
  });

  it('says how sure it is that something is cached', () => {
    assert.deepEqual(cachedOf(prompt('us.anthropic.claude-sonnet-4-5-20250929-v1:0', '<!-- cachePoint -->')), ['surely']);
    assert.deepEqual(cachedOf(prompt('us.meta.llama3-3-70b-instruct-v1:0', '<!-- cachePoint -->')), ['no']);
    const short = reportOfText('---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\nshort\n<!-- cachePoint -->\n# user:\nHi');
    assert.deepEqual(cachedOf(short), ['no']);
    assert.equal(short.cachePoints[0]?.reason, 'Below the minimum of 1,024');
  });

  it('reads nothing while the request would be refused', () => {
    const text = (user: string) =>
      reportOfText(`---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n${long}<!-- cachePoint -->\n${user}`);
    assert.ok(text('# user:\nHi').readable.likely > 1024);
    assert.equal(text('').readable.likely, 0);
  });

  it('knows what it does not know', () => {
    const report = reportOfText('# system:\n{{> nowhere.md}}\n# user:\nHi');
    assert.deepEqual([report.complete, report.modelId, report.modelCertain, report.usd], [false, null, false, null]);
  });
});

describe('the schema of cachepoint.json', () => {
  interface Manifest {
    readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, object>> }[] };
  }
  it('has the settings of a project as the manifest describes them', () => {
    const manifest = readManifest() as unknown as Manifest; // ours
    const described = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties)) as Record<
      string,
      object
    >;
    const expected = projectSettings.map((name) => {
      const key = settingKeys[name];
      const { scope: _scope, order: _order, ...rest } = described[`cachepoint.${key}`] as { scope?: string; order?: number };
      return [key, rest];
    });
    assert.deepEqual(readJson('schemas/cachepoint.schema.json')['properties'], {
      $schema: { type: 'string' },
      ...Object.fromEntries(expected),
    });
  });
});
