import assert from 'node:assert/strict';
import { editImpact } from '../../../../src/core/change/editImpact';
import { foreignPlace, foreignProblems, inclusionsOf } from '../../../../src/core/editing/included';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { includedImpact, includedProblem, includedTitle } from '../../../../src/core/messages/includedText';
import { filesFrom } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';

const head = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n';
const files = filesFrom({
  'rules.md': 'A rule of the desk. '.repeat(800),
  'outer.md': 'Outer {{> ./inner.md}}',
  'inner.md': 'Inner',
  'tools.json': '[{"toolSpec":{"name":"find","inputSchema":{"json":{"type":"object"}}}}]',
});
const inclusions = (text: string, wanted: string) => {
  const { prompt, plan } = analyzeOnly(text, 'bedrock-prompt', files, defaultSettings);
  return inclusionsOf(prompt, plan, (path) => path === wanted).map(({ at, style, point }) => [text.slice(at.start, at.end), style, point]);
};

describe('the use of an included file', () => {
  it('is tinted as the prompt around it, with the cache point that covers it', () => {
    const text = `${head}---\n# system:\n{{> ./rules.md}}\n<!-- cachePoint -->\n# user:\n{{> ./inner.md}}\n`;
    assert.deepEqual(inclusions(text, 'rules.md'), [['{{> ./rules.md}}', 'checkpoint1', 1]]);
    assert.deepEqual(inclusions(text, 'inner.md'), [['{{> ./inner.md}}', 'unmarked', undefined]]);
    assert.deepEqual(inclusions(text, 'none.md'), []);
  });

  it('stands where the outermost include is written, each place once', () => {
    const text = `${head}---\n# user:\n{{> ./outer.md}} and {{> ./inner.md}}\n`;
    assert.deepEqual(
      inclusions(text, 'inner.md').map(([at]) => at),
      ['{{> ./outer.md}}', '{{> ./inner.md}}'],
    );
  });

  it('may be that of tools', () => {
    const text = `${head}toolConfig: ./tools.json\n---\n# user:\nHello\n`;
    assert.deepEqual(
      inclusions(text, 'tools.json').map(([at]) => at),
      ['./tools.json'],
    );
  });

  it('is said in one line', () => {
    const formats = numberFormats('en', 'UTC');
    const of = (name: string, isCached: boolean) => ({ name, isCached });
    assert.equal(includedTitle([of('Desk', true)], 1204, formats), 'Included by 1 prompt: Desk · 1,204 tok · cached');
    assert.equal(includedTitle([of('A', false), of('B', false)], 3, formats), 'Included by 2 prompts: A, B · 3 tok · not cached');
    assert.equal(
      includedTitle([of('A', true), of('B', false), of('C', true), of('D', true)], 3, formats),
      'Included by 4 prompts: A, B, C, … · 3 tok · cached in 3 of 4',
    );
  });
});

describe('a problem of a prompt', () => {
  const rules = 'A rule of the desk. '.repeat(800);
  const told = (parts: Readonly<Record<string, string>>, front = '') => {
    const text = `${head}${front}---\n# system:\n{{> ./outer.md}}\n<!-- cachePoint -->\n# user:\nHello\n`;
    const { prompt, problems } = analyzeOnly(text, 'bedrock-prompt', filesFrom(parts), defaultSettings);
    return foreignProblems(prompt, problems).map(({ path, text: file, span, problem }) => [
      path,
      file.slice(span.start, span.end),
      problem.code,
      text.slice(problem.span.start, problem.span.end),
    ]);
  };

  it('stands in the file where it is written, and where the outermost include is', () => {
    const at = '{{> ./outer.md}}';
    assert.deepEqual(told({ 'outer.md': `${rules}It is now 14:03. Hello {{name}}.` }), [
      ['outer.md', '{{name}}', 'request/undefined-variable', at],
      ['outer.md', '14:03', 'cache/volatile-prefix', at],
    ]);
    assert.deepEqual(told({ 'outer.md': `${rules}\r\n{{> ./inner.md}}`, 'inner.md': 'password: hunter2hunter2!X {{> ./none.md}}' }), [
      ['inner.md', '{{> ./none.md}}', 'request/include', at],
      ['inner.md', 'hunter2hunter2!X', 'cache/shared-secret', at],
    ]);
    assert.deepEqual(told({ 'outer.md': `\uFEFF${rules}\n<!-- cachePoint -->` }), [
      ['outer.md', '<!-- cachePoint -->', 'syntax/inert-marker', at],
    ]);
  });

  it('may stand in the file of the tools', () => {
    const tools = '[{"toolSpec":{"name":"find","inputSchema":{"json":{"type":"object"}},"descriptions":"x"}}]';
    assert.deepEqual(told({ 'outer.md': rules, 'tools.json': tools }, 'toolConfig: ./tools.json\n'), [
      ['tools.json', '"descriptions"', 'request/unknown-field', './tools.json'],
    ]);
    assert.deepEqual(
      told({ 'outer.md': rules, 'tools.json': '[{]' }, 'toolConfig: ./tools.json\n').map(([path, at, code]) => [path, at, code]),
      [['tools.json', ']', 'syntax/json']],
    );
  });

  it('stands in none where the prompt itself has it', () => {
    assert.deepEqual(told({ 'outer.md': rules }, 'variables: [{ name: never }]\n'), []);
    assert.deepEqual(told({}), []);
  });

  it('names those who bring the file in', () => {
    assert.equal(includedProblem(['Desk', 'Desk'], 'It varies.'), 'In Desk: It varies.');
    assert.equal(includedProblem(['Desk', 'Triage'], 'It varies.'), 'In Desk and 1 other prompt: It varies.');
    assert.equal(includedProblem(['A', 'B', 'C'], 'It varies.'), 'In A and 2 other prompts: It varies.');
  });
});

describe('the edit of an included file', () => {
  const rules = 'A rule of the desk. '.repeat(800);
  const read = (parts: Readonly<Record<string, string>>, name = 'Desk') =>
    analyzeOnly(
      `---\nname: ${name}\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n{{> ./outer.md}}\n<!-- cachePoint -->\n# user:\nHello\n`,
      'bedrock-prompt',
      filesFrom(parts),
      defaultSettings,
    );
  const edit = (before: string, after: string) => {
    const later = read({ 'outer.md': after });
    const impact = editImpact(read({ 'outer.md': before }), later);
    const place = foreignPlace(later.prompt, impact.foreign);
    return { impact, place: place && [place.path, place.text.slice(place.span.start, place.span.end)] };
  };

  it('stands at its first difference in the file', () => {
    assert.deepEqual(edit(rules, rules.replace('desk', 'Desk')).place, ['outer.md', 'D']);
    assert.deepEqual(edit(rules, rules.slice(0, -40)).place, ['outer.md', '']);
    assert.equal(edit(rules, rules).place, undefined);
  });

  it('is told with the prompts that lose by it, the dearest first', () => {
    const { impact } = edit(rules, rules.replace('desk', 'Desk'));
    const less = edit(rules.slice(0, -4000), rules.slice(0, -4000).replace('desk', 'Desk')).impact;
    const formats = numberFormats('en', 'UTC');
    const lines = includedImpact(
      [
        { name: 'Triage', impact: less, baseline: 'git' },
        { name: 'Desk', impact, baseline: 'run' },
      ],
      formats,
    );
    assert.match(lines[0] ?? '', /^This edit invalidates 5,\d{3} cached tokens since the last run, in Desk and 1 other prompt$/);
    assert.match(
      lines.find((line) => line.startsWith('Triage')) ?? '',
      /^Triage: This edit invalidates [34],\d{3} cached tokens since Git HEAD\.$/,
    );
  });
});
