import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCode } from '../../../../src/core/code';
import { noFiles } from '../../../../src/core/prompt/files';
import { segmentsOf, type Prompt } from '../../../../src/core/prompt/model';
import { wireOrder } from '../../../../src/core/request/build';
import { theDocument } from '../../../../src/core/text/place';
import { shownSpan } from '../../../../src/core/text/segment';
import type { Span } from '../../../../src/core/text/span';
import { analyzeCode, codeFixtures } from '../../../support/codeFixtures';

const pieces = [
  '"',
  "'",
  '"""',
  '`',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '${',
  ',',
  ':',
  '\n',
  '\\',
  '*',
  '**',
  '...',
  ' if ',
  ' for ',
  ' = ',
  '|',
  '#',
  '//',
  'class',
  'lambda x:',
  '=>',
  '\r\n',
  '\ufeff',
  '\ud800',
];

const inside = ({ start, end }: Span, text: string): boolean => 0 <= start && start <= end && end <= text.length;

const spansOf = (prompt: Prompt): readonly Span[] => [
  ...wireOrder(prompt).flatMap(({ block }) => [
    block.span,
    ...segmentsOf(block).flatMap((one) => [shownSpan(one), ...(one.at.source === theDocument ? [one.at.span] : [])]),
  ]),
  ...prompt.messages.map(({ span }) => span),
  ...(prompt.open?.gaps ?? []).map(({ at }) => at),
  ...prompt.problems.map(({ span }) => span),
  ...(prompt.header.modelId === undefined ? [] : [prompt.header.modelId.span]),
];

/** A program with some stretches cut out and some signs put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...codeFixtures),
    fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(40), fc.constantFrom('', ...pieces)), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([fixture, changes, isCut]) => {
    let { text } = fixture;
    for (const [place, length, put] of changes) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + put + text.slice(at + length);
    }
    return { path: fixture.path, files: fixture.files, text: isCut ? text.slice(0, Math.floor(text.length * 0.7)) : text };
  });

describe('reading code', () => {
  it('gives prompts or none for any text, with every span inside of it', () => {
    fc.assert(
      fc.property(mutated, ({ path, text, files }) => {
        const reading = readCode(text, path, files);
        for (const entry of reading.prompts) {
          assert.ok(inside(entry.span, text) && inside(entry.head, text), entry.title);
          for (const span of spansOf(entry.read())) assert.ok(inside(span, text), `${entry.title} ${span.start}-${span.end}`);
        }
        for (const { span } of reading.problems) assert.ok(inside(span, text));
      }),
      { numRuns: 120 },
    );
  });

  it('gives every prompt an id of its own, and analyses that do not fail', () => {
    fc.assert(
      fc.property(mutated, ({ path, text, files }) => {
        const analysis = analyzeCode(text, path, files);
        const ids = analysis.reading.prompts.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        for (const { span } of analysis.problems) assert.ok(inside(span, text));
      }),
      { numRuns: 40 },
    );
  });

  it('ends where names and calls go in circles, or deep', () => {
    const circles = [
      'import boto3\na = b\nb = a\nboto3.client("bedrock-runtime").converse(modelId=a, system=[{"text": b}], messages=[])',
      'import boto3\ndef f(x):\n    return g(x)\ndef g(x):\n    return f(x)\nboto3.client("bedrock-runtime").converse(modelId="m", system=[{"text": f("a")}], messages=[])',
      `import boto3\nx = ${'('.repeat(3000)}1${')'.repeat(3000)}\nboto3.client("bedrock-runtime").converse(modelId="m", system=[{"text": x}], messages=[])`,
      `import boto3\nx = ${Array.from({ length: 4000 }, (_, at) => `"line ${at}"`).join(' + ')}\nboto3.client("bedrock-runtime").converse(modelId="m", system=[{"text": x}], messages=[])`,
      `import boto3\n${Array.from({ length: 400 }, (_, at) => `x = f(x, x, ${at})`).join('\n')}\nboto3.client("bedrock-runtime").converse(modelId="m", system=[{"text": x}], messages=[])`,
    ];
    for (const text of circles) {
      const { prompts } = readCode(text, 'a.py', noFiles);
      assert.equal(prompts.length, 1);
      prompts[0]!.read();
    }
  });
});
