import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesFrom, noFiles } from '../../../../src/core/prompt/files';
import { formats } from '../../../../src/core/formats/index';
import type { FormatId } from '../../../../src/core/prompt/model';
import { buildRequest, draftRequest, missingValues } from '../../../../src/core/request/build';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { callText, requestText } from '../../../../src/core/request/json';
import { fixtureFiles, fixtures, samples } from '../../../support/fixtures';
import { wrongSpan } from '../../../support/promptSpans';
import { parseOnly } from '../../../support/onlyPrompt';
import { anyText } from '../../../support/anyText';

const formatIds = Object.keys(formats) as readonly FormatId[]; // the table has exactly these keys

/** Reads the text, looks at every span, and makes the requests that it stands for. */
const check = (text: string, format: FormatId, files = fixtureFiles): void => {
  for (const { head, span, read } of formats[format].read(text, files).prompts) {
    const prompt = read();
    assert.ok(0 <= span.start && span.start <= head.start && head.end <= span.end && span.end <= text.length);
    assert.equal(wrongSpan(prompt), undefined, JSON.stringify(text.slice(0, 300)));
    requestText(draftRequest(prompt));
    requestText(buildRequest(prompt, () => '{{x}}'));
    callText(wireCall(prompt, () => undefined, ''));
    missingValues(prompt, () => undefined);
  }
};

/** Prefixes at every offset of a short text, at some of a long one. */
const prefixLengths = (text: string): readonly number[] => {
  const step = Math.max(1, Math.floor(text.length / 16));
  return Array.from({ length: Math.ceil(text.length / step) + 1 }, (_, index) => Math.min(text.length, index * step));
};

const all = [...fixtures, ...samples];

describe('any text is a prompt', () => {
  it('however much of a fixture or sample is typed', () => {
    for (const { text, format } of all) for (const length of prefixLengths(text)) check(text.slice(0, length), format);
  });

  it('whatever its end is cut from', () => {
    for (const { text, format } of fixtures) for (let from = 0; from < text.length; from += 23) check(text.slice(from), format);
  });

  it('when a fixture is read as another format', () => {
    for (const { text } of fixtures) for (const format of formatIds) check(text, format);
  });

  const anyCharacters = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\n',
    '\r\n',
    ':',
    '- ',
    '{{',
    '}}',
    '{{> ',
    '```',
    '---\n',
    '# user:\n',
    '<!-- cachePoint -->\n',
    '\t',
    '\0',
    '&a ',
    '*a',
    '|',
    '\uFEFF',
    '\ud800',
    '\u2028',
    ',',
    '#',
    '!',
    '? ',
  );
  const someText = fc.oneof(
    { weight: 3, arbitrary: fc.array(anyCharacters, { maxLength: 8 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: anyText({ maxLength: 12 }) },
  );

  it('after any edits of a fixture', () => {
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(30), inserted: someText });
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 4 }), ({ text, format }, edits) => {
        let edited = text;
        for (const { at, removed, inserted } of edits) {
          const start = Math.floor(at * edited.length);
          edited = edited.slice(0, start) + inserted + edited.slice(start + removed);
        }
        check(edited, format);
      }),
      { seed: 20261123, numRuns: 250 },
    );
  });

  it('whatever its characters', () => {
    const text = fc.oneof(
      fc.array(someText, { maxLength: 30 }).map((parts) => parts.join('')),
      anyText({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...formatIds), (any, format) => {
        check(any, format);
        check(`---\n${any}\n---\n`, 'bedrock-prompt');
        check(`# user:\n\`\`\`converse\n${any}\n\`\`\`\n`, 'bedrock-prompt');
      }),
      { seed: 20261123, numRuns: 250 },
    );
  });
});

describe('nesting without end', () => {
  const levels = 10_000;
  const json = '{"a":['.repeat(levels);
  const cases: Readonly<Record<string, readonly [string, FormatId]>> = {
    JSON: [json + ']}'.repeat(levels), 'converse-json'],
    'JSON that is not closed': [json, 'converse-json'],
    'JSON in a block': [`{"messages":[{"role":"user","content":[{"toolUse":${json}`, 'converse-json'],
    'flow YAML': [`---\ntoolConfig: ${'[{a: '.repeat(levels)}${'}]'.repeat(levels)}\n---\n`, 'bedrock-prompt'],
    'flow YAML that is not closed': [`---\ntoolConfig: ${'['.repeat(levels)}\n---\n`, 'bedrock-prompt'],
    'block YAML': [`---\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}---\n`, 'bedrock-prompt'],
    'YAML lists on one line': [`---\na: \n ${'- '.repeat(levels)}b\n---\n`, 'bedrock-prompt'],
    'YAML keys on one line': [`---\n${'? '.repeat(levels)}b\n---\n`, 'bedrock-prompt'],
    'a converse fence': [`# user:\n\`\`\`converse\n${json}\n\`\`\`\n`, 'bedrock-prompt'],
  };
  for (const [name, [text, format]] of Object.entries(cases)) {
    it(`in ${name} is told and nothing breaks`, () => {
      check(text, format);
      const { problems } = parseOnly(text, format, fixtureFiles);
      assert.ok(
        problems.some(({ code }) => code === 'syntax/too-deep' || code === 'syntax/front-matter'),
        JSON.stringify(problems.slice(0, 3)),
      );
    });
  }

  it('in a tools file is told where the file is named', () => {
    const files = filesFrom({ 'deep.json': json, 'deep.yaml': '['.repeat(levels) });
    for (const name of ['deep.json', 'deep.yaml']) {
      const text = `---\ntoolConfig: ./${name}\n---\n# user:\nHello.\n`;
      const { problems } = parseOnly(text, 'bedrock-prompt', files);
      assert.deepEqual(
        problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
        [['syntax/too-deep', `./${name}`]],
      );
    }
  });
});

// How the time for such texts grows is the bench's to measure (`npm run bench -- --only growth`).
describe('much of the same', () => {
  const size = 4_000;
  const text = (part: string): string => part.repeat(Math.ceil(size / part.length));
  const parts: Readonly<Record<string, string>> = {
    'unclosed fences': '```a\n',
    'fences that close': '```\n```\n',
    'opened variables': '{{',
    'opened includes': '{{> ',
    variables: '{{a}}',
    escapes: '\\{{',
    'escaped roles': '\\user:\n',
    'escaped roles and markers': '\\user:\n<!-- cachePoint -->\n',
    roles: 'user:\n',
    markers: 'a\n<!-- cachePoint -->\n',
    'inline markers': 'a <!-- cachePoint --> ',
    'opened inline markers': 'a <!-- cachePoint ',
    'the word of markers': 'cachePoint',
    'media lines': '![](a.png)\n',
    brackets: '[',
    spaces: ' ',
    'blank lines': '\n',
    tildes: '~',
    'backticks and spaces': '` ',
    'converse fences': '```converse\n{"text":"a"}\n```\n',
  };
  for (const [name, part] of Object.entries(parts)) {
    it(`is read: ${name}`, () => {
      const body = text(part);
      check(`# user:\n${body}`, 'bedrock-prompt', noFiles);
      check(`# user:\n${body}\n# assistant:\nx${body}s`, 'bedrock-prompt', noFiles);
    });
  }

  it('is read: fences of ever smaller length', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `${'`'.repeat(102 - index)}a\n`).join('');
    check(lines, 'bedrock-prompt');
    check(lines + '```\n'.repeat(1_000), 'bedrock-prompt');
  });

  it('is read: a line of spaces in each special form', () => {
    const spaces = ' '.repeat(3_000);
    for (const line of [
      `${spaces}user`,
      `#${spaces}user`,
      `\\${spaces}user`,
      `<!--${spaces}cachePoint`,
      `<!-- cachePoint${spaces}`,
      `{{>${spaces}`,
      `{{${spaces}`,
      `\`\`\`${spaces}\``,
      `![](${spaces}`,
      `user:${spaces}x`,
    ])
      check(`# user:\n${line}x\n`, 'bedrock-prompt');
  });

  const json: Readonly<Record<string, string>> = {
    texts: '{"text":"a\\n"},',
    'odd members': '{"a":1},',
    strings: '"\\',
    comments: '/**/ ',
    'line comments': '//\n',
    commas: ',',
    'closed brackets': ']',
    nonsense: 'a:',
  };
  for (const [name, part] of Object.entries(json)) {
    it(`is read as JSON: ${name}`, () => {
      const body = text(part);
      check(`{"system":[${body}]}`, 'converse-json');
      check(`{${body}}`, 'converse-json');
    });
  }

  it('is read as front matter', () => {
    const keys = Array.from({ length: 400 }, (_, index) => `key${index}: { a: 1 }\n`).join('');
    check(`---\n${keys}---\n`, 'bedrock-prompt');
    check(`---\nvariables:\n${keys.replace(/^/gm, '  ')}\n---\n`, 'bedrock-prompt');
  });

  it('keeps aliases from multiplying the front matter', () => {
    const layers = Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]\n`).join('');
    const text = `---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n${layers}---\n# user:\nHello.\n`;
    check(text, 'bedrock-prompt');
    const { problems } = parseOnly(text, 'bedrock-prompt', fixtureFiles);
    assert.ok(problems.some(({ code }) => code === 'syntax/front-matter'));
    const many = `---\na: &a x\nb: [${'*a, '.repeat(400)}]\n---\n`;
    check(many, 'bedrock-prompt');
  });

  it('keeps includes from multiplying', () => {
    const files = filesFrom(
      Object.fromEntries(Array.from({ length: 9 }, (_, depth) => [`${depth}.md`, depth === 8 ? '' : `{{> ${depth + 1}.md}}`.repeat(100)])),
    );
    const { problems } = parseOnly('# user:\n{{> 0.md}}\n', 'bedrock-prompt', files);
    assert.ok(problems.length > 0 && problems.length < 10);
  });

  it('takes a file of many variables as an include', () => {
    const files = filesFrom({ 'a.md': '{{a}} '.repeat(15_000) });
    const prompt = parseOnly('# user:\n{{> a.md}}\n', 'bedrock-prompt', files);
    const [block] = prompt.messages[0]?.content ?? [];
    assert.ok(block?.kind === 'text');
    assert.equal(block.segments.length, 30_000);
  });
});
