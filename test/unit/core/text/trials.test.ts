import assert from 'node:assert/strict';
import { replaceSpan } from '../../../../src/core/text/edit';
import { span } from '../../../../src/core/text/span';
import { createTrials } from '../../../../src/core/text/trials';

describe('what changes of a text are tried', () => {
  const put = (text: string) => [replaceSpan(span(0, 0), text)];
  const counted = (text: string) => {
    const reads: string[] = [];
    const trials = createTrials(text, (next) => {
      reads.push(next.slice(0, 3));
      return { read: next.slice(0, 3) };
    });
    return { trials, reads };
  };

  it('is read once for each change of a short text', () => {
    const { trials, reads } = counted('text');
    for (const letter of ['a', 'b', 'a', 'b']) assert.equal(trials(put(letter))?.read, `${letter}te`);
    assert.deepEqual(reads, ['ate', 'bte']);
  });

  it('is few changes of a long one, of which one asked about later is read again and counted once', () => {
    const { trials, reads } = counted('text'.repeat(250_000));
    for (const letter of ['a', 'b', 'c', 'd', 'e', 'f']) assert.equal(trials(put(letter))?.read, `${letter}te`);
    assert.equal(trials(put('g')), undefined);
    assert.equal(trials(put('a'))?.read, 'ate');
    assert.equal(reads.length, 7);
  });
});
