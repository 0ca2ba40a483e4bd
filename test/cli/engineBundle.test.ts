import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import * as source from '../../src/core/engine';
import { describeProblem } from '../../src/core/rules/index';
import { numberFormats } from '../../src/core/figures/numbers';
import type { FileSource } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import { fixtureFiles, fixtures, samples } from '../support/fixtures';
import { ruleFixtures } from '../support/ruleFixtures';

const bundle = createRequire(__filename)(join(import.meta.dirname, '..', '..', 'dist', 'engine.js')) as typeof source;
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
});
