import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as inRun from '../../../../src/core/tokens/inRun';
import * as shapes from '../../../../src/core/tokens/shapes';
import { scanRuns } from '../../../../src/core/tokens/textRuns';
import { anyText } from '../../../support/anyText';

const scanned = (text: string) => {
  const { codes, list, length, shapes: counts, extraDigits } = scanRuns(text);
  const runs = Array.from({ length: length / inRun.size }, (_, run) => {
    const [kind, about = 0, start, end, hash, check, goesOn] = list.subarray(run * inRun.size, (run + 1) * inRun.size);
    if (kind === inRun.single) return String.fromCodePoint(about);
    return [kind, about, String.fromCharCode(...codes.subarray(start, end)), hash, check, goesOn];
  });
  return { runs, counts: Array.from(counts.subarray(0, shapes.count)), extraDigits };
};

const countOf = (text: string, shape: number): number => scanned(text).counts[shape] ?? 0;

describe('what a text is made of', () => {
  it('does not depend on what was read before it', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (text, before) => {
        const alone = scanned(text);
        for (const other of [before, `${before}${before}`.repeat(40), '1'.repeat(20_000), ' \t'.repeat(9000)]) {
          scanRuns(other);
          assert.deepEqual(scanned(text), alone);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is every character that is no blank, digit or line end, once', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { runs } = scanned(text);
        const letters = runs.map((run) => (typeof run === 'string' ? run : String(run[2]))).join('');
        assert.equal(letters, text.replace(/[0-9\t\u000b\f \u00a0\u2000-\u200a\u2028\u2029\u3000\r\n]/g, ''));
      }),
    );
  });

  it('tells blanks by what they are made of, and where they stand', () => {
    assert.equal(countOf('a\n        b', shapes.indentSpaces + 7), 1);
    assert.equal(countOf(`a\n${' '.repeat(56)}b`, shapes.moreIndentSpaces), 3);
    assert.equal(countOf(`a\n${'\t'.repeat(30)}b`, shapes.moreIndentTabs), 8);
    assert.equal(countOf('a\n \tb', shapes.otherBlank), 2);
    assert.equal(countOf('a    b', shapes.gapLength + 2), 1);
    assert.equal(countOf(`a${' '.repeat(100)}b`, shapes.gapLength + 5), 3);
    assert.equal(countOf('a\t\t\tb', shapes.moreTabs), 2);
    assert.equal(countOf('a\u00a0b', shapes.otherBlank), 1);
  });

  it('has digits by threes, and line ends with their carriage returns', () => {
    assert.equal(countOf('12345', shapes.digitGroup), 2);
    assert.equal(scanned('12345').extraDigits, 3);
    assert.equal(countOf('a\r\n\r\nb\r\n', shapes.carriage), 2);
    assert.equal(countOf(`a${'\n'.repeat(33)}b`, shapes.moreNewlines), 2);
  });
});
