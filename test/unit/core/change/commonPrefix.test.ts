import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commonPrefix, comparedText } from '../../../../src/core/change/commonPrefix';
import type { ConverseRequest } from '../../../../src/core/request/types';

const request = (system: readonly string[], user: readonly string[] = []): ConverseRequest => ({
  modelId: 'm',
  system: system.map((text) => ({ text })),
  messages: [{ role: 'user', content: user.map((text) => ({ text })) }],
});

describe('the common prefix of two requests', () => {
  it('is the whole of equal requests', () => {
    const one = request(['a', 'b'], ['c']);
    assert.deepEqual(commonPrefix(one, request(['a', 'b'], ['c'])), { blocks: 3, offset: 0, characters: 3, equal: true });
  });

  it('ends in the first block that differs, at the first character that does', () => {
    assert.deepEqual(commonPrefix(request(['same', 'abcd']), request(['same', 'abXd'])), {
      blocks: 1,
      offset: 2,
      characters: 6,
      equal: false,
    });
  });

  it('ends where one request ends', () => {
    assert.deepEqual(commonPrefix(request(['a'], ['b']), request(['a'], ['b', 'c'])), {
      blocks: 2,
      offset: 0,
      characters: 2,
      equal: false,
    });
  });

  it('does not take a block of another field or role for the same', () => {
    assert.equal(commonPrefix(request(['a', 'b']), request(['a'], ['b'])).blocks, 1);
    const asked: ConverseRequest = { modelId: 'm', messages: [{ role: 'user', content: [{ text: 'a' }] }] };
    const said: ConverseRequest = { modelId: 'm', messages: [{ role: 'assistant', content: [{ text: 'a' }] }] };
    assert.deepEqual(commonPrefix(asked, said), { blocks: 0, offset: 0, characters: 0, equal: false });
  });

  it('compares files by their bytes', () => {
    const image = (bytes: number[]): ConverseRequest => ({
      modelId: 'm',
      messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: new Uint8Array(bytes) } } }] }],
    });
    assert.ok(commonPrefix(image([1, 2, 3]), image([1, 2, 3])).equal);
    assert.ok(!commonPrefix(image([1, 2, 3]), image([1, 2, 4])).equal);
  });

  it('reads a text block as its text and any other as JSON', () => {
    assert.equal(comparedText({ text: 'a' }), 'a');
    assert.equal(comparedText({ cachePoint: { type: 'default' } }), '{"cachePoint":{"type":"default"}}');
  });

  it('reads the contents of a file as one short text, another for other contents', () => {
    const image = (...bytes: number[]) => comparedText({ image: { format: 'png', source: { bytes: Uint8Array.from(bytes) } } });
    assert.equal(image(1, 2, 3), image(1, 2, 3));
    assert.equal(new Set([image(), image(0), image(0, 0), image(1, 2), image(2, 1)]).size, 5);
    assert.ok(image(...Array.from({ length: 1000 }, () => 7)).length < 100);
  });

  it('is symmetric, and no longer than either text', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\u{1F600}', '\u{1F601}') }), { maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const there = commonPrefix(request(a), request(b));
        assert.deepEqual(there, commonPrefix(request(b), request(a)));
        assert.ok(there.characters <= Math.min(a.join('').length, b.join('').length));
        assert.ok(a.join('').startsWith(b.join('').slice(0, there.characters)));
      }),
    );
  });
});
