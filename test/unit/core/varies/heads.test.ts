import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cueWords } from '../../../../src/core/varies/cueWords';
import { headsOf, patternOfHeads } from '../../../../src/core/varies/heads';
import { cueTables } from '../../../../src/core/varies/tables';
import { headLength, scripts, wordOf } from '../../../../src/core/varies/words';

describe('the first letters of a pattern', () => {
  it('are those of all that it can match, at most four', () => {
    assert.deepEqual(headsOf('today'), ['toda']);
    assert.deepEqual(headsOf('now|ts'), ['now', 'ts']);
    assert.deepEqual([...headsOf('(?:a|b)c?d')].sort(), ['acd', 'ad', 'bcd', 'bd']);
    assert.deepEqual([...headsOf('i[ _]?dag')].sort(), ['i da', 'i_da', 'idag']);
    assert.deepEqual(headsOf('z\\.b'), ['z.b']);
  });

  it('end before what cannot be told', () => {
    assert.deepEqual(headsOf('now(?=[^\\S\\n]{0,2}[(:])'), ['now']);
    assert.deepEqual(headsOf('p\\sex'), ['p']);
  });

  it('begin every text that the pattern matches', () => {
    const letter = fc.constantFrom('a', 'b', 'c');
    const word = fc.array(letter, { minLength: 1, maxLength: 5 }).map((letters) => letters.join(''));
    const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 3 },
        word,
        word.map((text) => `${text}?`),
        tie('pattern').map((inner) => `(?:${inner})`),
        tie('pattern').map((inner) => `(?:${inner})?`),
        word.map((text) => `[${text}]`),
      ),
      pattern: fc
        .array(
          fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
          { minLength: 1, maxLength: 3 },
        )
        .map((all) => all.join('|')),
    }));
    fc.assert(
      fc.property(pattern, word, (source, text) => {
        const matches = new RegExp(`^(?:${source})$`).test(text);
        if (matches)
          assert.ok(
            headsOf(source).some((head) => text.startsWith(head)),
            `${source} ${text}`,
          );
      }),
      { numRuns: 500 },
    );
  });
});

describe('the pattern of all heads', () => {
  it('is short', () => {
    assert.equal(patternOfHeads(['toda', 'todo', 'tode', 'now', 'nowh']), '(?:tod[aoe]|now)');
    assert.equal(patternOfHeads(['a-b', 'a b', 'a.b', '-a']), '(?:a[\\- \\.]b|\\-a)');
  });

  it('matches where one of them stands, and nowhere else', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', ']', '^', '.'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), word, (heads, text) => {
        assert.equal(
          new RegExp(`^(?:${patternOfHeads(heads)})`).test(text),
          heads.some((head) => text.startsWith(head)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the words of cues', () => {
  it('stand in their tables with the letters by which they are looked up', () => {
    for (const script of scripts) {
      const lines = cueTables[script].words.flatMap(([, , all]) => all.split('\n'));
      assert.deepEqual(
        lines.map((line) => wordOf(line.slice(line.indexOf('\t') + 1))),
        cueWords(script).map(([, , word]) => word),
      );
      for (const line of lines) {
        const [letters = '', word = '', ...more] = line.split('\t');
        assert.ok(letters.length > 0 && letters.length % headLength === 0 && word !== '' && more.length === 0, line);
      }
    }
  });

  it('of other scripts have a letter that no Latin word has in whatever they begin with', () => {
    for (const [, , word] of cueWords('other'))
      assert.deepEqual(
        headsOf(word).filter((head) => !/[\u0370-\u1dff\u2e80-\uffff]/.test(head)),
        [],
        word,
      );
  });
});
