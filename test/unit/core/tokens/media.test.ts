import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstBytes, textOfBytes } from '../../../../src/core/tokens/bytes';
import { readImageSize } from '../../../../src/core/tokens/imageSize';
import { pythonJson } from '../../../../src/core/tokens/json';
import { imageTokens } from '../../../../src/core/tokens/media';
import { countPdfPages } from '../../../../src/core/tokens/files/pdfPages';
import { anyText } from '../../../support/anyText';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((char) => char.charCodeAt(0)) : [...part])));
const patches = { kind: 'patches', longestEdge: 1568, most: 1568 } as const;

describe('reading an image header', () => {
  it('knows PNG, GIF and JPEG', () => {
    const png = bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 4, 0], [0, 0, 2, 88]);
    assert.deepEqual(readImageSize(png), { width: 1024, height: 600 });
    assert.deepEqual(readImageSize(bytes('GIF89a', [0x40, 1, 0xf0, 0])), { width: 320, height: 240 });
    const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0], [0xff, 0xff, 0xc2, 0, 17, 8, 2, 0, 3, 0, 3, 0, 0]);
    assert.deepEqual(readImageSize(jpeg), { width: 768, height: 512 });
  });

  it('knows the three kinds of WebP', () => {
    const riff = (kind: string, rest: readonly number[]): Uint8Array => bytes('RIFF', [0, 0, 0, 0], 'WEBP', kind, [0, 0, 0, 0], rest);
    assert.deepEqual(readImageSize(riff('VP8X', [0, 0, 0, 0, 0xff, 3, 0, 0xff, 1, 0])), { width: 1024, height: 512 });
    assert.deepEqual(readImageSize(riff('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x40, 1, 0xf0, 0])), { width: 320, height: 240 });
    const lossless = 319 | (239 << 14);
    const four = [lossless & 255, (lossless >> 8) & 255, (lossless >> 16) & 255, (lossless >> 24) & 255];
    assert.deepEqual(readImageSize(riff('VP8L', [0x2f, ...four])), { width: 320, height: 240 });
  });

  it('says nothing of a header that is broken, empty or absurd', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => readImageSize(any) === undefined || (readImageSize(any)?.width ?? 0) > 0),
    );
    assert.equal(readImageSize(bytes([0xff, 0xd8, 0xff, 0xe0])), undefined);
    assert.equal(readImageSize(bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 0, 0], [0, 0, 0, 0])), undefined);
  });

  it('turns a size into tokens by patches, fitted into what the model takes', () => {
    assert.equal(imageTokens({ width: 280, height: 280 }, patches).likely, 103);
    assert.equal(imageTokens({ width: 700, height: 530 }, { kind: 'tiles', edge: 336, tokens: 144, most: 16 }).likely, 7 * 144);
    assert.equal(imageTokens({ width: 200, height: 200 }, { kind: 'tiles', edge: 336, tokens: 144, most: 16 }).likely, 144);
    assert.ok(imageTokens({ width: 8000, height: 8000 }, patches).likely <= 1571);
    assert.ok(imageTokens({ width: 65535, height: 1 }, patches).likely >= 4);
    const unknown = imageTokens(undefined, patches);
    assert.ok(unknown.low < 10 && unknown.high > 1500);
  });
});

describe('reading bytes', () => {
  it('takes raw bytes and base64 of either alphabet, skipping strangers', () => {
    assert.deepEqual([...firstBytes('aGkh\n', 10)], [104, 105, 33]);
    assert.deepEqual([...firstBytes('_-8=', 10)], [...firstBytes('/+8=', 10)]);
    assert.deepEqual([...firstBytes(Uint8Array.of(1, 2, 3), 2)], [1, 2]);
    assert.equal(firstBytes(7, 5).length, 0);
  });

  it('reads UTF-8 as TextDecoder does, up to what replaces broken bytes', () => {
    fc.assert(
      fc.property(anyText(), (text) =>
        assert.equal(
          textOfBytes(new TextEncoder().encode(text)),
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
        ),
      ),
    );
    fc.assert(fc.property(fc.uint8Array(), (any) => typeof textOfBytes(any) === 'string'));
  });

  it('counts the pages of a PDF it can look into', () => {
    assert.equal(countPdfPages(bytes('%PDF-1.4 1 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>')), 2);
    assert.equal(countPdfPages(bytes('%PDF-1.7 <</Count 12 /Type /Pages /Kids []>>')), 12);
    assert.equal(countPdfPages(bytes('%PDF-1.5 nothing to see')), undefined);
    assert.equal(countPdfPages(bytes('no PDF')), undefined);
  });
});

describe('showing a tool', () => {
  it('writes JSON as Python does', () => {
    assert.equal(pythonJson({ a: [1, 'é'], b: { c: true, d: null } }), '{"a": [1, "\\u00e9"], "b": {"c": true, "d": null}}');
    assert.equal(pythonJson('😀'), '"\\ud83d\\ude00"');
  });
});
