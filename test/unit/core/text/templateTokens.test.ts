import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scanTemplate } from '../../../../src/core/text/templateTokens';

const scan = (text: string) => [...scanTemplate(text)].map((token) => ({ ...token, at: text.slice(token.start, token.end) }));
const told = (text: string): readonly string[] =>
  scan(text).map((token) => (token.kind === 'variable' ? token.name : token.kind === 'include' ? `> ${token.path}` : 'escape'));

describe('scanTemplate', () => {
  it('finds variables with and without spaces', () => {
    assert.deepEqual(told('{{a}} {{ b_1 }} {{\tc.d-e\t}}{{_f}}'), ['a', 'b_1', 'c.d-e', '_f']);
  });

  it('finds includes', () => {
    assert.deepEqual(told('{{> ./a.md}} {{>b.md }} {{> my file.md}}'), ['> ./a.md', '> b.md', '> my file.md']);
  });

  it('takes what is not quite a token for text', () => {
    assert.deepEqual(told('{{}} {{ }} {{1}} {{a b}} {{a} {{a\n}} {{> }} {{>\n}} {a}} {{> a{b}}'), []);
  });

  it('lets a backslash keep the braces as text', () => {
    assert.deepEqual(told('\\{{a}} {{b}}'), ['escape', 'b']);
    assert.deepEqual(told('\\{{> a.md}}'), ['escape']);
    assert.deepEqual(told('\\\\{{a}}'), ['escape']);
  });

  it('finds the inner braces of more than two', () => {
    assert.deepEqual(scan('{{{a}}}'), [{ kind: 'variable', name: 'a', start: 1, end: 6, at: '{{a}}' }]);
  });

  it('gives tokens in order, inside the text and apart', () => {
    const parts = fc.constantFrom('{', '{{', '}}', '}', '\\', 'a', ' ', '{{> ', '\n', '{{b}}');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (some) => {
        const text = some.join('');
        let end = 0;
        for (const token of scanTemplate(text)) {
          assert.ok(token.start >= end && token.end > token.start && token.end <= text.length);
          ({ end } = token);
        }
      }),
    );
  });
});
