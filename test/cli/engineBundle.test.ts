import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import * as source from '../../src/core/engine';
import { describeProblem } from '../../src/core/rules/index';
import { numberFormats } from '../../src/core/figures/numbers';
import type { FileSource } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import { fixtureFiles, fixtures, samples } from '../support/fixtures';
import { partsByModule } from '../support/laterParts';
import { ruleFixtures } from '../support/ruleFixtures';
import { readLanguages } from '../unit/core/varies/volatileCorpus';

const root = join(import.meta.dirname, '..', '..');
const loadBundle = (name: string): unknown => createRequire(__filename)(join(root, 'dist', name));
const bundle = loadBundle('engine.js') as typeof source;
const formats = numberFormats('en', 'UTC');

const problemsBy = ({ analyze }: typeof source, ...args: Parameters<typeof source.analyze>): readonly string[] =>
  analyze(...args).problems.map((problem) => `${problem.span.start} ${problem.code} ${describeProblem(problem, formats)}`);

const checkSame = (...args: Parameters<typeof source.analyze>): void =>
  assert.deepEqual(problemsBy(bundle, ...args), problemsBy(source, ...args), args[0].slice(0, 500));

// The bundle has no part of `yaml` that only writes, and no source of a refusal.
describe('the bundle of the analysis', () => {
  it('finds in every fixture what the code finds', () => {
    for (const { text, format } of [...fixtures, ...samples]) checkSame(text, format, fixtureFiles, defaultSettings);
    for (const { text, format, files, settings } of ruleFixtures()) checkSame(text, format, files, settings);
  }).timeout(60_000);

  // The build works out what the code works out of the tables of languages when it runs.
  it('finds in every language what the code finds', () => {
    const { tuning, heldOut } = readLanguages();
    const lines = [...tuning, ...heldOut];
    const languages = [...new Set(lines.map(({ language }) => language))];
    assert.ok(languages.length > 20);
    for (const wanted of languages) {
      const own = lines.filter(({ language }) => language === wanted).map(({ text }) => text);
      checkSame(`# system:\n${own.join('\n\n')}\n<!-- cachePoint -->\n`, 'bedrock-prompt', fixtureFiles, defaultSettings);
    }
  }).timeout(60_000);

  it('reads any YAML as the code does', () => {
    const part = fc.constantFrom(
      ...[
        'a: ',
        'b: ',
        '- ',
        '? ',
        ': ',
        '\n',
        '\n  ',
        '&x ',
        '*x',
        '<<: *x\n',
        '!!set ',
        '!!binary ',
        '!!omap ',
        '!!timestamp ',
        '!!str ',
        '!own ',
      ],
      ...[
        '{a: 1}',
        '[1, b]',
        '{',
        ']',
        '"q\\x41"',
        "'it''s'",
        '|\n  x\n',
        '>-\n  y\n',
        '# note\n',
        '0x1f',
        '.inf',
        '2020-01-01',
        'yes',
        '~',
      ],
      ...['%YAML 1.1\n---\n', '%TAG ! x:\n---\n', '...\n', '\t', 'toolConfig:\n', 'tools: '],
    );
    const yaml = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    const tools =
      (text: string): FileSource =>
      (path) => ({ kind: 'text', text: path === 'a.yaml' ? text : '' });
    fc.assert(
      fc.property(yaml, (text) => {
        checkSame(`---\n${text}\n---\n# user:\nHello\n`, 'bedrock-prompt', fixtureFiles, defaultSettings);
        checkSame('---\ntoolConfig: ./a.yaml\n---\n# user:\nHello\n', 'bedrock-prompt', tools(text), defaultSettings);
      }),
      { seed: 20261128, numRuns: 200 },
    );
  }).timeout(60_000);

  it('makes of what is loaded later what the code makes', () => {
    const made = ({
      analyze,
      blockHover,
      countText,
      describeOverrideProblem,
      fixDocument,
      modelOverridesOf,
      notCountable,
    }: typeof source) => {
      const { problems, entries } = modelOverridesOf({
        ...defaultSettings,
        models: { 'own.model': { caching: 'none' }, 'amazon.nova-lite-v1:0': { name: 'Mine', tokens: 3, no: 1 } },
      });
      const [first] = samples.map(({ text, format }) => analyze(text, format, fixtureFiles, defaultSettings).prompts[0]);
      const fixed = fixtures.slice(0, 40).map(({ text, format }) => {
        const document = analyze(text, format, fixtureFiles, defaultSettings);
        return fixDocument(document, ['safe', 'moves']).text;
      });
      return {
        fixed,
        problems: problems.map(describeOverrideProblem),
        entries,
        hover: first && blockHover(0, first.plan, formats),
        count: countText('Nova', 12, 'emulator', formats),
        refusal: notCountable(undefined),
      };
    };
    const before = made(source);
    assert.equal(before.problems.length, 3);
    assert.ok(before.fixed.some((text, at) => text !== fixtures[at]?.text));
    assert.notEqual(before.hover, undefined);
    assert.deepEqual(made(bundle), before);
  });

  it('finds in the bundles that are loaded later each function that stands for one of theirs', () => {
    const parts = [...partsByModule()];
    assert.ok(parts.length > 20);
    for (const [part, name] of parts) {
      const names = [...readFileSync(join(root, `${part}.ts`), 'utf8').matchAll(/^export const (\w+)/gm)].map(([, one = '']) => one);
      const later = Object.keys(loadBundle(name) as object);
      assert.deepEqual(
        names.filter((one) => !later.includes(one)),
        [],
        `${part} in ${name}`,
      );
    }
  });
});
