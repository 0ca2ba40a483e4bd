import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noFiles } from '../../../../src/core/prompt/files';
import { segmentsOf } from '../../../../src/core/prompt/model';
import { wireOrder } from '../../../../src/core/request/build';
import { decode, opaque, plain } from '../../../../src/core/text/notation';
import type { Sources } from '../../../../src/core/text/place';
import { placeOf, shownPlace, shownSpan, type TextSegment } from '../../../../src/core/text/segment';
import { fixtures, parseFixture, samples } from '../../../support/fixtures';
import { ruleFixtures } from '../../../support/ruleFixtures';
import { drawBy } from '../../../support/draw';
import { parseOnly } from '../../../support/onlyPrompt';
import { anyCharacter } from '../../../support/anyText';

const hex = (code: number): string => code.toString(16).padStart(4, '0');

/** One UTF-16 unit or pair of a JSON string, written in one of the ways JSON has. */
const written = fc
  .tuple(fc.oneof(anyCharacter, fc.constantFrom('"', '\\', '/', '\n', '\t', 'é', '😀', '\u2028')), fc.nat(2))
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

const firstText = (text: string, format: 'bedrock-prompt' | 'converse-json'): readonly [Sources, TextSegment] => {
  const prompt = parseOnly(text, format, noFiles);
  const [block] = prompt.system;
  assert.ok(block?.kind === 'text', JSON.stringify(prompt));
  const [segment] = block.segments;
  assert.ok(segment?.kind === 'text');
  return [prompt.sources, segment];
};

/** What the source of a segment says between two of its characters. */
const saidBetween = (sources: Sources, segment: TextSegment, from: number, to: number): string => {
  const { source, span } = placeOf(sources, segment, from, to);
  return decode(segment.notation, sources[source]?.text ?? '', span);
};

describe('the place of characters', () => {
  it('is found in any JSON string', () => {
    fc.assert(
      fc.property(inside, cut, (source, ends) => {
        const document = `{ "system": [{ "text": "${source}" }] }`;
        const [sources, segment] = firstText(document, 'converse-json');
        assert.equal(segment.text, JSON.parse(`"${source}"`));
        const [from, to] = between(segment.text.length, ends);
        const { start, end } = placeOf(sources, segment, from, to).span;
        assert.equal(JSON.parse(`"${document.slice(start, end)}"`), segment.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 800 },
    );
  });

  it('is found in a string that is no good JSON', () => {
    const odd = fc
      .array(fc.constantFrom('\\', 'u', '00', 'q', '\\u12', 'a', '\\n', '\\\\'), { maxLength: 20 })
      .map((parts) => parts.join('').replace(/\\$/, ''));
    fc.assert(
      fc.property(odd, cut, (source, ends) => {
        const [sources, segment] = firstText(`{ "system": [{ "text": "${source}" }] }`, 'converse-json');
        const [from, to] = between(segment.text.length, ends);
        assert.equal(saidBetween(sources, segment, from, to), segment.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('is found in text with CRLF', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '😀', 'é', '\r', '.'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), cut, (lines, ends) => {
        const document = `x${lines.join('\r\n')}x`;
        const [sources, segment] = firstText(document, 'bedrock-prompt');
        const [from, to] = between(segment.text.length, ends);
        const { start, end } = placeOf(sources, segment, from, to).span;
        assert.equal(document.slice(start, end).replaceAll('\r\n', '\n'), segment.text.slice(from, to));
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('is the whole of what stands for other text', () => {
    const at = { source: 0, span: { start: 3, end: 9 } };
    assert.deepEqual(placeOf([], { kind: 'variable', name: 'a', at }, 1, 2), at);
    assert.deepEqual(placeOf([], { kind: 'unknown', source: 'a()', varies: 'unclear', at }, 1, 2), at);
    assert.deepEqual(placeOf([], { kind: 'text', text: 'included', notation: opaque, at }, 1, 2), at);
  });

  it('is shown, for text of another file, where the document brings it in', () => {
    const via = { start: 3, end: 9 };
    const segment: TextSegment = { kind: 'text', text: 'ab', notation: plain, at: { source: 1, span: { start: 5, end: 7 } }, via };
    assert.deepEqual(placeOf([], segment, 1, 2), { source: 1, span: { start: 6, end: 7 } });
    assert.deepEqual(shownPlace([], segment, 1, 2), via);
    assert.deepEqual(shownSpan(segment), via);
  });
});

describe('every text of every fixture', () => {
  const prompts = [
    ...[...fixtures, ...samples].map((fixture) => ({
      name: fixture.name,
      read: (text: string) => parseFixture({ ...fixture, text }),
      text: fixture.text,
    })),
    ...ruleFixtures().map(({ name, text, format, files }) => ({ name, read: (other: string) => parseOnly(other, format, files), text })),
  ];

  /** Each character on its own, of a long text those at its beginning, and 200 ranges drawn by a seed. */
  const rangesOf = (length: number, draw: () => number): readonly (readonly [number, number])[] => {
    const single = Array.from({ length: Math.min(length, 1500) }, (_, at) => [at, at + 1] as const);
    const drawn = Array.from({ length: 200 }, () => between(length, [draw(), draw()]));
    return [...single, ...drawn];
  };

  const checkText = (sources: Sources, segment: TextSegment, draw: () => number): void => {
    const source = sources[segment.at.source]?.text ?? '';
    assert.equal(decode(segment.notation, source, segment.at.span), segment.text);
    for (const [from, to] of rangesOf(segment.text.length, draw)) {
      const { span } = placeOf(sources, segment, from, to);
      const said = decode(segment.notation, source, span);
      if (said !== segment.text.slice(from, to))
        assert.fail(`${JSON.stringify(said)} for ${from} to ${to} of ${JSON.stringify(segment.text)}`);
      assert.ok(span.start >= segment.at.span.start && span.end <= segment.at.span.end);
    }
  };

  it('maps to its place and back, also with Windows line ends', function () {
    this.timeout(60_000);
    const seen = new Set<string>();
    for (const { name, read, text } of prompts)
      for (const version of [text, text.replaceAll(/\r?\n/g, '\r\n')]) {
        const prompt = read(version);
        const draw = drawBy(version.length);
        for (const { block } of wireOrder(prompt))
          for (const segment of segmentsOf(block)) {
            if (segment.kind !== 'text' || segment.notation === opaque) continue;
            const key = `${segment.notation.name} ${segment.text}`;
            if (seen.has(key)) continue;
            seen.add(key);
            try {
              checkText(prompt.sources, segment, draw);
            } catch (error) {
              throw new Error(name, { cause: error });
            }
          }
      }
    assert.ok(seen.size > 300, `${seen.size} texts`);
  });
});
