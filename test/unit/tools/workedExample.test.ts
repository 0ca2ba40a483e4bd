import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { noFiles } from '../../../src/core/prompt/files';
import type { Problem } from '../../../src/core/prompt/problems';
import type { Fix, RuleInput } from '../../../src/core/rules/types';
import { defaultSettings } from '../../../src/core/settings';
import { applyEdits } from '../../../src/core/text/edit';
import { readMarked } from '../../support/marked';
import { analyzeOnly } from '../../support/onlyPrompt';
import { expand } from '../../support/ruleFixtures';

const root = join(import.meta.dirname, '..', '..', '..');

/** What the page's rule has, whose code is in no table. */
interface Example {
  check(input: RuleInput): Iterable<Pick<Problem, 'span' | 'data'> & { readonly code: string }>;
  fixes(problem: unknown, input: RuleInput): Iterable<Fix>;
}

/** The first fence after a text of the page. */
const fenceAfter = (page: string, text: string): string => {
  const found = /\n```\w*\n([^]*?)```/.exec(page.slice(page.indexOf(text)))?.[1];
  assert.ok(found !== undefined && page.includes(text), text);
  return found;
};

describe('the rule that CONTRIBUTING.md writes', () => {
  const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').replaceAll('\r\n', '\n');
  const folder = mkdtempSync(join(tmpdir(), 'cachepoint-example-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The rule of the page, as a module in a folder of its own: what it imports lies where it would lie beside other rules. */
  const readRule = (): Example => {
    const at = (path: string): string => join(root, 'src', 'core', 'rules', 'cache', path).replaceAll('\\', '/');
    const source = fenceAfter(page, "The rule's file becomes:").replace(
      / from '(\.[^']+)'/g,
      (_all, path: string) => ` from '${at(path)}'`,
    );
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const file = join(folder, 'writtenDefault.cjs');
    writeFileSync(file, ts.transpileModule(source, { compilerOptions: options }).outputText);
    const { writtenDefault } = createRequire(import.meta.url)(file) as { readonly writtenDefault: Example }; // as the page names it
    return writtenDefault;
  };

  const fixture = readMarked(expand(fenceAfter(page, 'In `shows.bedrock.md`')));
  const inputOf = (text: string): RuleInput => analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings).input;

  it('finds what the fixture beside it marks, in a prompt that has no other problem', () => {
    const rule = readRule();
    const found = [...rule.check(inputOf(fixture.text))];
    assert.deepEqual(
      found.map(({ code, span }) => [code, fixture.text.slice(span.start, span.end)]),
      [['cache/written-default', '<!-- cachePoint ttl=5m -->']],
    );
    assert.deepEqual(
      fixture.marks.map(({ code }) => code),
      ['cache/written-default'],
    );
    assert.deepEqual(analyzeOnly(fixture.text, 'bedrock-prompt', noFiles, defaultSettings).problems, []);
  });

  it('is silent in the fixtures that the page asks for, one of which its fix makes', () => {
    const rule = readRule();
    const input = inputOf(fixture.text);
    const [problem] = rule.check(input);
    const [fix] = rule.fixes(problem, input);
    assert.ok(fix);
    const fixed = applyEdits(fixture.text, fix.edits);
    assert.match(fixed, /\n<!-- cachePoint -->\n/);
    for (const text of [fixed, fixture.text.replace('ttl=5m', 'ttl=1h')]) assert.deepEqual([...rule.check(inputOf(text))], []);
  });
});
