import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunks } from '../../../../src/core/text/chunks';
import { forgetTexts } from '../../../../src/core/text/memo';
import { memoByPiece, remember } from '../../../../src/core/text/pieces';

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, at) => `${word} in line ${at}, and more\n`).join('');

describe('remembering results by the pieces of texts', () => {
  it('gives one result for each piece, also when the text was edited', () => {
    const lengths = memoByPiece((piece) => ({ length: piece.length }));
    const edit = fc.record({ at: fc.nat(), put: fc.string() });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.array(edit, { maxLength: 4 }), (count, edits) => {
        let text = lines(count, 'some text');
        for (const { at, put } of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + put + text.slice(start);
          const { pieces, results } = lengths(text);
          assert.deepEqual(pieces, chunks(text));
          assert.deepEqual(
            results.map(({ length }) => length),
            pieces.map(({ length }) => length),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('computes little again after an edit, and keeps what two ask about apart', () => {
    let computed = 0;
    const count = memoByPiece((piece) => ({ computed: (computed += 1), piece }));
    const other = memoByPiece((piece) => piece.toUpperCase());
    const text = lines(4000, 'words');
    count(text);
    const first = computed;
    count(text);
    assert.equal(computed, first);
    const middle = text.length >> 1;
    const { pieces, results } = count(`${text.slice(0, middle)}x${text.slice(middle)}`);
    assert.ok(computed - first <= 3, `${computed - first} pieces of ${pieces.length}`);
    assert.deepEqual(
      results.map(({ piece }) => piece),
      pieces,
    );
    assert.equal(other(text).results.join(''), text.toUpperCase());
  });

  it('forgets all where it is told to', () => {
    let computed = 0;
    const count = memoByPiece((piece) => ({ computed: (computed += 1), piece }));
    const text = lines(2000, 'told');
    count(text);
    const first = computed;
    forgetTexts();
    count(text);
    assert.equal(computed, 2 * first);
  });

  it('forgets what has not been asked for while many megabytes went by', () => {
    let computed = 0;
    const count = memoByPiece((piece) => ({ computed: (computed += 1), piece }));
    const text = lines(100, 'first');
    count(text);
    for (let at = 0; at < 60; at += 1) count(lines(6000, `prompt ${at}`));
    const before = computed;
    count(text);
    assert.ok(computed > before);
  });

  it('forgets all of them where another text is to be remembered alone', () => {
    let asked = 0;
    const count = memoByPiece((piece) => ({ length: piece.length, asked: (asked += 1) }));
    const text = lines(20, 'some text');
    for (const again of [false, false, true]) {
      if (again) remember('pieces');
      count(text);
    }
    assert.equal(asked, 2);
  });
});
