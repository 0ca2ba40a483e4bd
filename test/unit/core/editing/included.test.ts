import assert from 'node:assert/strict';
import { inclusionsOf } from '../../../../src/core/editing/included';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { includedTitle } from '../../../../src/core/messages/includedText';
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
