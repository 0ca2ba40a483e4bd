import assert from 'node:assert/strict';
import { letters } from '../../../../src/core/varies/words';

/** Source: Unicode 16, Blocks.txt: those that the texts of the tables' languages, and of their neighbors, are written in. */
const blocks: readonly (readonly [from: number, to: number])[] = [
  [0x0000, 0x02af],
  [0x0380, 0x03ff],
  [0x0400, 0x052f],
  [0x05d0, 0x05ea],
  [0x0620, 0x064a],
  [0x1e00, 0x1eff],
  [0x3040, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7af],
];

const lowerCase = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)).filter((char) => char.toLowerCase() === char);

describe('the letters between which no word of the tables ends', () => {
  const known = new RegExp(`[${letters}]`);
  const isLetter = (char: string): boolean => /\p{L}/u.test(char);

  it('are letters', () => {
    assert.deepEqual(
      lowerCase(0, 0xffff).filter((char) => known.test(char) && !isLetter(char)),
      [],
    );
  });

  it('are all that the languages are written with', () => {
    const all = blocks.flatMap(([from, to]) => lowerCase(from, to));
    assert.deepEqual(
      all.filter((char) => isLetter(char) && !known.test(char)),
      [],
    );
  });
});
