import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCode } from '../../../../src/core/code';
import type { Reading } from '../../../../src/core/formats/format';
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

type Change = readonly [place: number, length: number, put: string];

const change: fc.Arbitrary<Change> = fc.tuple(fc.nat(1_000_000), fc.nat(40), fc.constantFrom('', 'x', ...pieces));

const changed = (text: string, [place, length, put]: Change): string => {
  const at = place % (text.length + 1);
  return text.slice(0, at) + put + text.slice(at + length);
};

/** A program with some stretches cut out and some signs put in. */
const mutated = fc
  .tuple(fc.constantFrom(...codeFixtures), fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([fixture, changes, isCut]) => {
    const text = changes.reduce(changed, fixture.text);
    return { path: fixture.path, files: fixture.files, text: isCut ? text.slice(0, Math.floor(text.length * 0.7)) : text };
  });

const lines = (text: string): readonly string[] => text.split('\n');

const mark = (text: string, at: number): string => {
  const all = lines(text);
  const from = at % all.length;
  const side = all.slice(from, from + 3);
  return [...all.slice(0, from), '<<<<<<< ours', ...side, '=======', ...side.reverse(), '>>>>>>> theirs', ...all.slice(from + 3)].join(
    '\n',
  );
};

/** What happens to files: each makes another text of one, at a place. */
const accidents: Readonly<Record<string, (text: string, at: number) => string>> = {
  'a line deleted': (text, at) =>
    lines(text)
      .toSpliced(at % lines(text).length, 1)
      .join('\n'),
  'a line twice': (text, at) =>
    lines(text)
      .flatMap((line, index, all) => (index === at % all.length ? [line, line] : [line]))
      .join('\n'),
  'a stretch twice': (text, at) => text + text.slice(at % text.length),
  'merge marks': mark,
  'a merge mark alone': (text, at) =>
    lines(text)
      .toSpliced(at % lines(text).length, 0, '<<<<<<< HEAD')
      .join('\n'),
  'cut off': (text, at) => text.slice(0, at % (text.length + 1)),
  'its beginning cut off': (text, at) => text.slice(at % (text.length + 1)),
  'tabs for spaces': (text) => text.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4)),
  'a tab among spaces': (text, at) =>
    lines(text)
      .map((line, index, all) => (index === at % all.length ? `\t${line}` : line))
      .join('\n'),
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  'some CRLF': (text, at) =>
    lines(text)
      .map((line, index) => ((index + at) % 3 === 0 ? `${line}\r` : line))
      .join('\n'),
  'a byte-order mark': (text) => `\ufeff${text}`,
  'half of a character': (text, at) => `${text.slice(0, at % text.length)}\ud83d${text.slice(at % text.length)}`,
};

/** Everything that was read of a document, its places included. */
const told = (reading: Reading): string =>
  JSON.stringify(reading.prompts.map(({ id, title, span, head, read }) => ({ id, title, span, head, prompt: read() }))) +
  JSON.stringify(reading.problems);

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

  for (const [turn, [what, accident]] of Object.entries(accidents).entries()) {
    it(`takes a file with ${what}`, () => {
      for (const [index, { text, path, files }] of codeFixtures.entries()) {
        // Each accident happens to other programs.
        if (text === '' || (index + turn) % 5 !== 0) continue;
        const broken = accident(text, index * 97 + 13);
        const analysis = analyzeCode(broken, path, files);
        for (const { span } of analysis.problems) assert.ok(inside(span, broken));
        for (const { prompt } of analysis.prompts) for (const span of spansOf(prompt)) assert.ok(inside(span, broken));
      }
    });
  }

  it('tells of a file that was changed what it would tell of a new one', () => {
    let fresh = 0;
    fc.assert(
      fc.property(fc.constantFrom(...codeFixtures), fc.array(change, { minLength: 1, maxLength: 6 }), ({ text, path, files }, changes) => {
        let next = text;
        fresh += 1;
        const key = `typed-${fresh}/${path}`;
        readCode(next, key, files);
        for (const one of [...changes, undefined]) {
          // At last it is again what it was.
          next = one === undefined ? text : changed(next, one);
          fresh += 1;
          assert.equal(told(readCode(next, key, files)), told(readCode(next, `new-${fresh}/${path}`, files)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells of statements that have moved what it would tell of them in a new file', () => {
    const grown =
      'import boto3\nblocks = []\nrequest = {"system": blocks}\nblocks.append({"text": "Answer in one word."})\nboto3.client("bedrock-runtime").converse(modelId="m", messages=[], **request)\n';
    for (const { text, path, files } of [...codeFixtures, { text: grown, path: 'grown.py', files: noFiles }]) {
      const moved = `\n\n${text}`;
      readCode(text, `moved/${path}`, files);
      assert.equal(told(readCode(moved, `moved/${path}`, files)), told(readCode(moved, `unmoved/${path}`, files)), path);
    }
  });

  it('keeps what it told of an earlier version', () => {
    for (const { text, path, files } of codeFixtures) {
      const before = readCode(text, `kept/${path}`, files);
      readCode(`\n\n${text}\n`, `kept/${path}`, files);
      assert.equal(told(before), told(readCode(text, `other/${path}`, files)));
    }
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

  it('knows nothing of a text that another operator changes, and goes on', () => {
    const call = (name: string): string => `client.converse(modelId="amazon.nova-lite-v1:0", system=[{"text": ${name}}], messages=[])`;
    for (const change of ['-=', '*=', '|=', '//=']) {
      const { prompts } = readCode(`import boto3\nTEXT = "Be brief."\nTEXT ${change} other\n${call('TEXT')}\n`, 'a.py', noFiles);
      const text = prompts[0]?.read().system.flatMap((block) => segmentsOf(block).map(({ kind }) => kind));
      assert.ok(!text?.includes('text'), change);
    }
    const script = "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nlet text = '';\n";
    const sent = "new BedrockRuntimeClient({}).send(new ConverseCommand({ modelId: 'a', system: [{ text }], messages: [] }));\n";
    for (const change of ['??=', '||=', '-='])
      assert.equal(readCode(`${script}text ${change} 'b';\n${sent}`, 'a.ts', noFiles).prompts.length, 1);
  });
});
