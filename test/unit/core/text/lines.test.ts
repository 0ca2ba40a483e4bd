import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineIndex } from '../../../../src/core/text/lines';

const anyText = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '\uFEFF', '😀', 'line')).map((parts) => parts.join(''));

/** The same, character by character. */
const walk = (text: string, offset: number): { readonly line: number; readonly column: number } => {
  let line = 1;
  let column = 1;
  for (let at = 0; at < offset; at += 1) {
    const ends = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
    line += ends ? 1 : 0;
    column = ends ? 1 : column + 1;
  }
  return { line, column };
};

describe('the index of lines', () => {
  it('names every offset by line and column', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = lineIndex(text);
        for (let offset = 0; offset <= text.length; offset += 1)
          assert.deepEqual(lines.positionOf(offset), { offset, ...walk(text, offset) });
      }),
    );
  });

  it('finds each line by its beginning', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = lineIndex(text);
        for (let line = 1; line <= lines.count; line += 1)
          assert.deepEqual(lines.positionOf(lines.startOf(line)), { offset: lines.startOf(line), line, column: 1 });
        assert.equal(lines.startOf(lines.count + 1), text.length);
      }),
    );
  });

  it('takes what lies outside the text for its ends', () => {
    const lines = lineIndex('ab\ncd');
    assert.deepEqual(lines.positionOf(-3), { offset: 0, line: 1, column: 1 });
    assert.deepEqual(lines.positionOf(99), { offset: 5, line: 2, column: 3 });
  });

  it('takes time in proportion to the text, whatever ends its lines', () => {
    const lines = lineIndex('a\r\n'.repeat(200_000));
    assert.equal(lines.positionOf(600_000).line, 200_001);
  });
});
