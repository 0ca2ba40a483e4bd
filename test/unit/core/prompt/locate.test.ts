import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Piece } from '../../../../src/core/prompt/model';
import { locate } from '../../../../src/core/prompt/locate';
import { decodeJson } from '../../../../src/core/text/jsonString';
import { parseOnly } from '../../../support/onlyPrompt';

const hex = (code: number): string => code.toString(16).padStart(4, '0');

/** One UTF-16 unit or pair of a JSON string, written in one of the ways JSON has. */
const written = fc
  .tuple(
    fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom('"', '\\', '/', '\n', '\t', 'é', '😀', '\u2028')),
    fc.nat(2),
  )
  .map(([character, way]) => {
    const unicode = [...character]
      .flatMap((one) => one.split(''))
      .map((unit) => `\\u${hex(unit.charCodeAt(0))}`)
      .join('');
    const plain = JSON.stringify(character).slice(1, -1);
    return way === 0 ? unicode : way === 1 && character === '/' ? '\\/' : plain;
  });
const escape = fc.constantFrom('\\ud83d', '\\ude00', '\\u00E9', '\\b', '\\f', '\\n', '\\r', '\\t', '\\"', '\\\\', '\\/');
const inside = fc.array(fc.oneof(written, escape), { maxLength: 40 }).map((parts) => parts.join(''));
const cut = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

const between = (length: number, [a, b]: readonly [number, number]): readonly [number, number] => {
  const ends = [Math.round(a * length), Math.round(b * length)].sort((x, y) => x - y);
  return [ends[0] ?? 0, ends[1] ?? 0];
};

const firstPiece = (text: string, format: 'bedrock-prompt' | 'converse-json'): Piece => {
  const prompt = parseOnly(text, format, noFiles);
  const [block] = prompt.system;
  assert.ok(block?.kind === 'text', JSON.stringify(prompt));
  const [piece] = block.pieces;
  assert.ok(piece);
  return piece;
};

describe('locate', () => {
  it('finds the source of any characters of a JSON string', () => {
    fc.assert(
      fc.property(inside, cut, (source, ends) => {
        const document = `{ "system": [{ "text": "${source}" }] }`;
        const piece = firstPiece(document, 'converse-json');
        assert.ok(piece.kind === 'literal');
        assert.equal(piece.text, JSON.parse(`"${source}"`));
        const [from, to] = between(piece.text.length, ends);
        const { start, end } = locate(document, piece, from, to);
        assert.equal(JSON.parse(`"${document.slice(start, end)}"`), piece.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });

  it('finds the source of any characters of a string that is no good JSON', () => {
    const odd = fc
      .array(fc.constantFrom('\\', 'u', '00', 'q', '\\u12', 'a', '\\n', '\\\\'), { maxLength: 20 })
      .map((parts) => parts.join('').replace(/\\$/, ''));
    fc.assert(
      fc.property(odd, cut, (source, ends) => {
        const document = `{ "system": [{ "text": "${source}" }] }`;
        const piece = firstPiece(document, 'converse-json');
        assert.ok(piece.kind === 'literal');
        const [from, to] = between(piece.text.length, ends);
        const { start, end } = locate(document, piece, from, to);
        assert.equal(decodeJson(document.slice(start, end)), piece.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });

  it('finds the source of any characters of text with CRLF', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '😀', 'é', '\r', '.'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), cut, (lines, ends) => {
        const document = `x${lines.join('\r\n')}x`;
        const piece = firstPiece(document, 'bedrock-prompt');
        assert.ok(piece.kind === 'literal');
        const [from, to] = between(piece.text.length, ends);
        const { start, end } = locate(document, piece, from, to);
        assert.equal(document.slice(start, end).replaceAll('\r\n', '\n'), piece.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });

  it('gives the whole place of what stands for other text', () => {
    const span = { start: 3, end: 9 };
    assert.deepEqual(locate('', { kind: 'variable', name: 'a', span }, 1, 2), span);
    assert.deepEqual(locate('', { kind: 'literal', text: 'included', form: 'opaque', span }, 1, 2), span);
  });
});
