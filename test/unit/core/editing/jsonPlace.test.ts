import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonPlaceAt } from '../../../../src/core/editing/jsonPlace';

interface Seen {
  readonly path: string;
  readonly kind: 'key' | 'value';
  readonly written: string;
  readonly hasValue: boolean;
  readonly members: readonly string[];
}

/** The place of the mark `|` in a text, which is taken out. */
const at = (marked: string): Seen | undefined => {
  const offset = marked.indexOf('|');
  const place = jsonPlaceAt(marked.replace('|', ''), offset);
  return (
    place && {
      path: place.path.join('.'),
      kind: place.kind,
      written: place.written,
      hasValue: place.hasValue,
      members: [...place.members.keys()],
    }
  );
};
const key = (path: string, written = '', members: readonly string[] = [], hasValue = false): Seen => ({
  path,
  kind: 'key',
  written,
  hasValue,
  members,
});
const value = (path: string, written = '', members: readonly string[] = []): Seen => ({
  path,
  kind: 'value',
  written,
  hasValue: false,
  members,
});

describe('a place in JSON', () => {
  const cases: readonly (readonly [string, Seen | undefined])[] = [
    ['{|}', key('')],
    ['{ | }', key('')],
    ['{ "a": 1, | }', key('', '', ['a'])],
    ['{ "a": 1, "b|" }', key('', '"b"', ['a'])],
    ['{ "a|": 1, "b": [2] }', key('', '"a"', ['b'], true)],
    ['{ |, "b": 2 }', key('', '', ['b'])],
    ['{ "system": [{ | }] }', key('system.*')],
    ['{ "system": [{ "cachePoint": { "t|', key('system.*.cachePoint', '"t')],
    ['{ "system": [|] }', value('system.*')],
    ['{ "a": | }', value('a', '', ['a'])],
    ['{ "a": "x|" }', value('a', '"x"', ['a'])],
    ['{ "a": tr|', value('a', 'tr', ['a'])],
    ['{ "a": { "b": 1 }, "c": "|', value('c', '"', ['a', 'c'])],
    ['{ "a": "say \\"{[|\\"" }', value('a', '"say \\"{[\\""', ['a'])],
    ['{ "a": 1 | }', undefined],
    ['{ "a": 1 }|', undefined],
    ['|', undefined],
  ];
  for (const [text, place] of cases) it(`is found: ${text}`, () => assert.deepEqual(at(text), place));

  it('is found or not in any text, and what is replaced is what is written', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b', '\\"', ' ', '\n', '1', 'tru', '"');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(), (pieces, place) => {
        const text = pieces.join('');
        const offset = place % (text.length + 1);
        const found = jsonPlaceAt(text, offset);
        if (found === undefined) return;
        assert.equal(text.slice(found.span.start, found.span.end), found.written);
        assert.ok(found.span.start <= offset && offset <= found.span.end);
      }),
    );
  });
});
