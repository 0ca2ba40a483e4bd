import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nearestAmong, nearestWord } from '../../../../src/core/text/nearest';

/** The whole table of distances, as the textbook fills it. */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let at = 1; at <= a.length; at += 1) {
    const above = rows[at - 1] ?? [];
    const row = [at];
    for (let column = 1; column <= b.length; column += 1)
      row.push(
        Math.min((above[column - 1] ?? 0) + (a[at - 1] === b[column - 1] ? 0 : 1), (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1),
      );
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
};

const nearestByTable = (word: string, known: readonly string[]): string | undefined => {
  const limit = Math.min(8, Math.max(1, Math.floor(word.length / 3)));
  const distances = known.map((one) => distance(word.toLowerCase(), one.toLowerCase()));
  const least = Math.min(...distances);
  return least <= limit ? known[distances.indexOf(least)] : undefined;
};

describe('nearestWord', () => {
  it('finds a word with few other letters, whatever their case', () => {
    assert.equal(nearestWord('modelID', ['modelId', 'name']), 'modelId');
    assert.equal(nearestWord('inferenceconfg', ['inferenceConfig']), 'inferenceConfig');
    assert.equal(nearestWord('endpoint', ['modelId', 'name']), undefined);
    assert.equal(nearestWord('x'.repeat(101), ['x'.repeat(101)]), undefined);
  });

  it('takes no word with more than eight other letters, however long it is', () => {
    const word = 'x'.repeat(60);
    assert.equal(nearestWord(word, [`${'y'.repeat(8)}${word.slice(8)}`])?.length, 60);
    assert.equal(nearestWord(word, [`${'y'.repeat(9)}${word.slice(9)}`]), undefined);
  });

  it('finds the first of the nearest words, as the whole table of distances does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'c'), minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 12 }), (wanted, known) => {
        assert.equal(nearestWord(wanted, known), nearestByTable(wanted, known));
      }),
      { numRuns: 500 },
    );
  });
});

describe('nearestAmong', () => {
  it('looks up as many words as it is told, and no more', () => {
    const nearest = nearestAmong(['tenant'], 2);
    assert.deepEqual(['tennant', 'tenent', 'tenant'].map(nearest), ['tenant', 'tenant', undefined]);
  });
});
