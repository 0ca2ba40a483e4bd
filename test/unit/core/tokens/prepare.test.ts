import assert from 'node:assert/strict';
import { prepare } from '../../../../src/core/tokens/prepare';

const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
const marks = all.filter((char) => /\p{M}/u.test(char));

describe('a text as the vocabularies see it', () => {
  it('is composed, wherever a letter or mark can change by it', () => {
    const letters = new Map<string, string>();
    for (const char of all) {
      const [letter = '', ...rest] = char.normalize('NFD');
      for (const mark of rest) letters.set(mark, letters.get(mark) ?? letter);
    }
    const pairs = marks.flatMap((mark, at) => [mark + (marks[at + 1] ?? ''), (marks[at + 1] ?? '') + mark]);
    const changed = [...all, ...[...letters].map(([mark, letter]) => letter + mark), ...pairs].filter(
      (text) => text.normalize('NFC') !== text && !/[\u2000-\u2bff]/.test(text),
    );
    assert.ok(changed.length > 1000);
    for (const text of changed) assert.equal(prepare(text).text, text.normalize('NFC'), JSON.stringify(text));
  });

  it('has its marks as they were where there are forty of them', () => {
    assert.ok(marks.length > 2000);
    for (let at = 0; at + 40 <= marks.length; at += 40) {
      const text = `e\u0301${marks.slice(at, at + 40).join('')}`;
      assert.equal(prepare(text).text, text);
    }
    const few = `a${'\u0301\u0316'.repeat(19)} b`;
    assert.equal(prepare(few).text, few.normalize('NFC'));
    assert.notEqual(prepare(few).text, few);
  });
});
