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

/** What a fixture says of each prompt: its first line and its system text. */
const promptsIn = (described: string): readonly string[] =>
  described
    .split('\n\n')
    .filter((part) => /^.+ (?:converse|messages|nova|text), .+, messages .+, tools /.test(part))
    .map((part) => part.split('\n  unknown')[0] ?? '');

describe('programs', () => {
  const count = { found: 0, missed: 0, false: 0 };
  after(() =>
    console.log(`    ${codeFixtures.length} programs: ${count.found} prompts found, ${count.missed} missed, ${count.false} false`),
  );

  for (const fixture of codeFixtures) {
    const { name, head, path, text, files, expected } = fixture;
    it(`are read as they should be: ${name}`, () => {
      const found = describeDocument(analyzeCode(text, path, files), path);
      const [wanted, got] = [promptsIn(expected), promptsIn(found)];
      count.found += wanted.filter((one) => got.includes(one)).length;
      count.missed += wanted.filter((one) => !got.includes(one)).length;
      count.false += got.filter((one) => !wanted.includes(one)).length;
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
