import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nearestAmong, nearestWord } from '../../../../src/core/text/nearest';

const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');

/** Every word that one slip makes of another. */
const slips = (word: string): readonly string[] => {
  const letters = [...'abc_x'];
  return [...word, ''].flatMap((_, at) => [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ...letters.flatMap((letter) => [word.slice(0, at) + letter + word.slice(at), word.slice(0, at) + letter + word.slice(at + 1)]),
  ]);
};

const nearestBySlips = (word: string, known: readonly string[]): string | undefined => {
  const own = plain(word);
  const alike = known.filter((one) => plain(one) === own);
  if (alike.length > 0) return alike.length === 1 ? alike[0] : undefined;
  const near = known.filter((one) => own.length >= 4 && plain(one).length >= 4 && slips(plain(one)).includes(own));
  return near.length === 1 ? near[0] : undefined;
};

describe('nearestWord', () => {
  it('finds the word that was meant, whatever its case and joints', () => {
    assert.equal(nearestWord('modelID', ['modelId', 'name']), 'modelId');
    assert.equal(nearestWord('max_tokens', ['maxTokens', 'topP']), 'maxTokens');
    assert.equal(nearestWord('inferenceconfg', ['inferenceConfig']), 'inferenceConfig');
    assert.equal(nearestWord('nmae', ['name']), 'name');
  });

  it('finds none for another word, a short one, a very long one, and where two are as near', () => {
    assert.equal(nearestWord('endpoint', ['modelId', 'name']), undefined);
    assert.equal(nearestWord('z', ['x']), undefined);
    assert.equal(nearestWord('topK', ['topP']), 'topP');
    assert.equal(nearestWord('x'.repeat(101), ['x'.repeat(101)]), undefined);
    assert.equal(nearestWord('note', ['nota', 'noted']), undefined);
  });

  it('finds what going through every slip finds', () => {
    const word = fc
      .string({ unit: fc.constantFrom('a', 'b', 'B', 'c', '_'), minLength: 1, maxLength: 7 })
      .filter((one) => plain(one) !== '');
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 6 }), (wanted, known) => {
        assert.equal(nearestWord(wanted, known), nearestBySlips(wanted, known));
        assert.equal(nearestAmong(known)(wanted), nearestBySlips(wanted, known));
      }),
      { numRuns: 400, seed: 20261128 },
    );
  });
});

describe('nearestAmong', () => {
  it('looks up every word among as many as there are', () => {
    const known = Array.from({ length: 3000 }, (_, at) => `variable_${at}_name`);
    const nearest = nearestAmong(known);
    for (const at of [0, 51, 2999]) assert.equal(nearest(`varaible_${at}_name`), `variable_${at}_name`);
    assert.equal(nearest('variable_77_names'), 'variable_77_name');
    assert.equal(nearest('other_name'), undefined);
  });
});
