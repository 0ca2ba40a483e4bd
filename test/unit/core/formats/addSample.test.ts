import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noFiles } from '../../../../src/core/prompt/files';
import { applyEdits } from '../../../../src/core/text/edit';
import { parseOnly } from '../../../support/onlyPrompt';

const body = '# user:\nHello {{who}} {{text}}\n';
const row = { who: 'Ann: "A"', text: 'First line\n\n  - second\n' };
const write = (text: string, values: Readonly<Record<string, string>> = row): string | undefined => {
  const edits = parseOnly(text, 'bedrock-prompt', noFiles).write.addSample?.(values);
  return edits && applyEdits(text, edits);
};
const rowsIn = (text: string) => parseOnly(text, 'bedrock-prompt', noFiles).header.samples.map(({ value }) => value);
const front = (lines: string): string => `---\n${lines}---\n${body}`;
const places = [
  ['in a file without front matter', body],
  ['in front matter without the key', front('name: a\n')],
  ['where the list is empty', front('samples: []\nname: a\n')],
  ['where the list is half typed', front('samples:\nname: a\n')],
  ['after rows with a line for each value', front('samples:\n  - who: Bob\n    text: b # so\nname: a\n')],
  ['after a row that ends with a text of several lines', front('samples:\n  - who: Bob\n    text: |\n      one\n      two\nname: a\n')],
  ['after a row that keeps its empty lines', front('samples:\n  - who: Bob\n    text: |+\n      one\n\nname: a\n')],
  ['after rows in braces', front('samples:\n- { who: Bob, text: b }\n- { who: Cyd, text: c }\nname: a\n')],
  ['in a list in brackets', front('samples: [{ who: Bob, text: b }, { who: Cyd }]\nname: a\n')],
  ['at the end of front matter', front('name: a\nsamples:\n    - who: Bob\n')],
] as const;

describe('writing a row of values into a prompt', () => {
  for (const [where, text] of places)
    for (const newline of ['\n', '\r\n'])
      it(`works ${where}${newline === '\n' ? '' : ', with CRLF'}`, () => {
        const given = text.replaceAll('\n', newline);
        const after = write(given) ?? '';
        assert.deepEqual(parseOnly(after, 'bedrock-prompt', noFiles).problems, []);
        assert.deepEqual(rowsIn(after), [...rowsIn(given), row]);
        if (newline === '\r\n') assert.doesNotMatch(after, /[^\r]\n/);
      });

  it('writes a text of several lines as lines', () => {
    assert.equal(
      write(front('samples:\n  - who: Bob\n'), { who: 'Ann', text: 'one\ntwo' }),
      front('samples:\n  - who: Bob\n  - who: Ann\n    text: |-\n      one\n      two\n'),
    );
  });

  it('says each value that can be typed', () => {
    const values = fc.record(
      {
        who: fc.string({ unit: 'binary' }),
        text: fc.string({ unit: fc.constantFrom('\n', ' ', 'a', '#', ':', '-', '{{x}}', '\t') }),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(values, fc.constantFrom(...places), (given, [, text]) => {
        assert.deepEqual(rowsIn(write(text, given) ?? ''), [...rowsIn(text), given]);
      }),
    );
  });

  it('leaves rows that are none, or stand below their sign, to a person', () => {
    assert.equal(write(front('samples:\n  - text\n')), undefined);
    assert.equal(write(front('samples:\n  -\n    who: Bob\n')), undefined);
    assert.equal(write(front('samples: text\n')), undefined);
  });

  it('is not offered where a prompt has no front matter', () => {
    assert.equal(parseOnly('{"messages":[]}', 'converse-json', noFiles).write.addSample, undefined);
  });
});
