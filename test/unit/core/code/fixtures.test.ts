import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentsOf } from '../../../../src/core/prompt/model';
import { wireOrder } from '../../../../src/core/request/build';
import { decode } from '../../../../src/core/text/notation';
import { offsetAt, placeOf } from '../../../../src/core/text/segment';
import { analyzeCode, codeFixtures, codeFolder, describeDocument } from '../../../support/codeFixtures';
import { drawBy } from '../../../support/draw';

const update = process.env['UPDATE_GOLDEN'] === '1';

describe('programs', () => {
  for (const fixture of codeFixtures) {
    const { name, head, path, text, files, expected } = fixture;
    it(`are read as they should be: ${name}`, () => {
      const found = describeDocument(analyzeCode(text, path, files), path);
      if (update) writeFileSync(join(codeFolder, name), `${head}=== expected\n${found}\n`);
      else assert.equal(found, expected);
    });

    it(`have each character at its place: ${name}`, () => {
      for (const { prompt } of analyzeCode(text, path, files).prompts) {
        for (const { block } of wireOrder(prompt)) {
          for (const segment of segmentsOf(block)) {
            if (segment.kind !== 'text' || segment.notation.name === 'opaque') continue;
            const source = prompt.sources[segment.at.source]?.text ?? '';
            assert.equal(decode(segment.notation, source, segment.at.span), segment.text);
            const draw = drawBy(segment.at.span.start + name.length);
            const below = (most: number): number => Math.floor(draw() * most);
            for (let at = 0; at < segment.text.length; at += segment.text.length > 500 ? 17 : 1) {
              const place = placeOf(prompt.sources, segment, at, at + 1);
              assert.ok(decode(segment.notation, source, place.span).includes(segment.text.charAt(at)));
              const back = offsetAt(prompt.sources, segment, place.span.start);
              assert.ok(back <= at && at - back < 2);
            }
            for (let count = 0; count < 20; count += 1) {
              const from = below(segment.text.length + 1);
              const to = from + below(segment.text.length - from + 1);
              const { span } = placeOf(prompt.sources, segment, from, to);
              assert.ok(decode(segment.notation, source, span).includes(segment.text.slice(from, to)));
            }
          }
        }
      }
    });
  }
});
