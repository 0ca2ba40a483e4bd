import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, fixesOf, type DocumentAnalysis } from '../../../../src/core/analysis';
import { optimizeAll } from '../../../../src/core/advice/optimum';
import { detectFormat } from '../../../../src/core/formats/index';
import { noFiles } from '../../../../src/core/prompt/files';
import { segmentsOf } from '../../../../src/core/prompt/model';
import { wireOrder } from '../../../../src/core/request/build';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { decode } from '../../../../src/core/text/notation';
import { placeOf } from '../../../../src/core/text/segment';
import { describeDocument } from '../../../support/codeFixtures';
import { expand } from '../../../support/ruleFixtures';

/**
 * Documents that keep prompts, each in a file of `test/fixtures/stored`: first the name that gives the format, then the text, and behind
 * `=== expected` what is found. `UPDATE_GOLDEN=1` writes that again.
 */
const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'stored');

const open = (path: string, text: string): DocumentAnalysis | undefined => {
  const format = detectFormat(path, text);
  return format && analyze(text, format, noFiles, defaultSettings);
};

interface Fixture {
  readonly name: string;
  readonly head: string;
  readonly path: string;
  readonly text: string;
  readonly expected: string;
}

const fixtures = readdirSync(folder).map((name): Fixture => {
  const source = readFileSync(join(folder, name), 'utf8');
  const at = source.indexOf('\n=== expected\n');
  const head = at === -1 ? source : source.slice(0, at + 1);
  const line = head.indexOf('\n');
  const text = expand(head.slice(line + 1)).replaceAll('@@crlf\n', '\r\n');
  return { name, head, path: head.slice(0, line), text, expected: at === -1 ? '' : source.slice(at + 14).trim() };
});

const described = ({ path, text }: Fixture): string => {
  const document = open(path, text);
  return document === undefined ? 'nothing' : describeDocument(document, path);
};

describe('a document that keeps prompts', () => {
  for (const fixture of fixtures) {
    it(`is read as ${fixture.name} says`, async () => {
      const found = described(fixture);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        const { writeFileSync } = await import('node:fs');
        writeFileSync(join(folder, fixture.name), `${fixture.head}=== expected\n${found}\n`);
      } else assert.equal(found, fixture.expected);
    });

    it(`has every character of ${fixture.name} in its place`, () => {
      const { path, text } = fixture;
      for (const { prompt } of open(path, text)?.prompts ?? [])
        for (const segment of wireOrder(prompt).flatMap(({ block }) => segmentsOf(block))) {
          if (segment.kind !== 'text' || segment.notation.name === 'opaque') continue;
          for (let offset = 0; offset < segment.text.length; offset += 1) {
            const { span } = placeOf(prompt.sources, segment, offset, offset + 1);
            // What two written characters say as one, or one as two, is said as a whole.
            assert.ok(decode(segment.notation, text, span).includes(segment.text.charAt(offset)), `${offset} of ${segment.text}`);
          }
        }
    });

    it(`keeps the prompts of ${fixture.name} through each fix`, () => {
      const { path, text } = fixture;
      const document = open(path, text);
      for (const problem of document?.problems ?? []) {
        const own = problem.prompt === undefined ? undefined : document?.of(problem.prompt);
        for (const { edits, title } of own === undefined ? [] : fixesOf(own, problem)) {
          const after = open(path, applyEdits(text, edits));
          assert.deepEqual(
            after?.reading.prompts.map(({ id }) => id),
            document?.reading.prompts.map(({ id }) => id),
            title,
          );
          assert.deepEqual(
            after?.problems.filter(({ code }) => code.startsWith('syntax/')),
            document?.problems.filter(({ code }) => code.startsWith('syntax/')),
          );
        }
      }
    });
  }
});

describe('a variant of Prompt Management', () => {
  it('is given cache points with the usual lifetime, as it has no other', () => {
    const { path, text } = fixtures.find(({ name }) => name === 'template.txt') ?? assert.fail();
    const first = open(path, text)?.of('First.main') ?? assert.fail();
    const placement = optimizeAll(first.input, { traffic: first.input.traffic });
    assert.ok(placement.kind !== 'none');
    const after = applyEdits(text, placement.edits);
    assert.match(after, /^ {16}- CachePoint: \{ Type: default \}$/m);
    assert.deepEqual(
      open(path, after)
        ?.of('First.main')
        ?.plan.checkpoints.map(({ ttl }) => ttl),
      ['5m'],
    );
  });
});
