import assert from 'node:assert/strict';
import { readPromptLines } from '../../../../src/core/formats/promptLines';

const shown = (text: string): readonly string[] =>
  readPromptLines(text, 0).lines.flatMap(({ kind, span: { start, end } }) => (kind === 'role' ? [text.slice(start, end)] : []));

describe('the lines that begin a section', () => {
  it('are role lines in each of their spellings', () => {
    assert.deepEqual(shown('system:\nA.\n  # User :  \nB.\r\n#assistant:\r\nC.'), ['system:', '  # User :  ', '#assistant:']);
  });

  it('are not those of a log in a fence, nor those that are escaped', () => {
    assert.deepEqual(shown('# user:\nThis is the log:\n```\nuser:\n  hello\nassistant:\n```\n\\user:\nDone.\n# assistant:\n'), [
      '# user:',
      '# assistant:',
    ]);
  });

  it('are those behind a fence that is never closed', () => {
    assert.deepEqual(shown('# user:\n```\nhalf typed\n# assistant:\n'), ['# user:', '# assistant:']);
  });
});
