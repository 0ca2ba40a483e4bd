import assert from 'node:assert/strict';
import { noFiles } from '../../../../src/core/prompt/files';
import { applyEdits } from '../../../../src/core/text/edit';
import { parseOnly } from '../../../support/onlyPrompt';

/** The file after the literal was declared static, and what it then lists. */
const declare = (text: string, literal: string): { readonly text: string; readonly listed: readonly string[] | undefined } => {
  const edits = parseOnly(text, 'bedrock-prompt', noFiles).write.declareStatic(literal);
  assert.ok(edits);
  const after = applyEdits(text, edits);
  const prompt = parseOnly(after, 'bedrock-prompt', noFiles);
  assert.deepEqual(prompt.problems, []);
  return { text: after, listed: prompt.header.staticTexts };
};

const body = '# user:\nHello\n';

describe('declaring a text static', () => {
  for (const [where, text, expected] of [
    ['in a file without front matter', body, ['1 May 2026']],
    ['in front matter without the key', `---\nname: a\n---\n${body}`, ['1 May 2026']],
    ['behind a list in block style', `---\nstatic:\n  - first\nname: a\n---\n${body}`, ['1 May 2026', 'first']],
    ['behind a list without indent', `---\nstatic:\n- first\n---\n${body}`, ['1 May 2026', 'first']],
    ['in a list in brackets', `---\nstatic: [first]\n---\n${body}`, ['first', '1 May 2026']],
    ['in an empty list', `---\nstatic: []\n---\n${body}`, ['1 May 2026']],
    ['behind a key half typed', `---\nstatic:\nname: a\n---\n${body}`, ['1 May 2026']],
  ] as const) {
    it(`works ${where}`, () => assert.deepEqual(declare(text, '1 May 2026').listed, expected));
    it(`works ${where}, with CRLF`, () => {
      const after = declare(text.replaceAll('\n', '\r\n'), '1 May 2026');
      assert.deepEqual(after.listed, expected);
      assert.doesNotMatch(after.text, /[^\r]\n/);
    });
  }

  it('quotes what YAML would read otherwise', () => {
    assert.deepEqual(declare(body, 'now: "10:30" # today').listed, ['now: "10:30" # today']);
  });
});
