import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCode } from '../../../../src/core/code';
import { languageOf, readModule } from '../../../../src/core/code/languages';
import type { Module, PartContent, Step } from '../../../../src/core/code/form';
import { noFiles } from '../../../../src/core/prompt/files';
import { isWholeProgram } from '../../../support/wholeProgram';

const prose = (name: string, count = 2): string =>
  Array.from({ length: count }, (_, at) => `${name} ${at}: the parcel has not come, and "the customer" asks what's next.\n`).join('');

const inPython = `import boto3
from a import b

ONE = """${prose('One')}"""
TWO = f'''${prose('Two')}{b.name!r} {{no}} ${prose('Then')}'''
RAW = r"""${prose('Raw')}\\d+ ${prose('Raw')}"""
ESCAPED = """${prose('Escaped')}\\n\\x41\\N{DASH} ${prose('Escaped')}"""
LINES = """${prose('Lines').replaceAll('\n', '\r\n')}"""
SHORT = "${'A line that is longer than a name, '.repeat(4)}"
TABLE = {"a": """${prose('First')}""", "b": {"c": [ONE, """${prose('Second')}""" + SHORT]}}
client = boto3.client("bedrock-runtime")
if b.flag == "${'this is what it is compared with, '.repeat(4)}":
    TWO = ONE


@b.tool(description="""${prose('Mark')}""")
def ask(text, kind="a"):
    """${prose('Doc')}"""
    extra = f"""${prose('Extra')}{text}${prose('Extra')}"""
    client.converse(
        modelId="us.anthropic.claude-opus-5",
        system=[{"text": ONE + TWO + RAW + ESCAPED}, {"text": TABLE[kind]}, {"cachePoint": {"type": "default"}}],
        messages=[{"role": "user", "content": [{"text": extra}, {"text": LINES}]}],
    )


def more(text):
    return client.converse(modelId="m", system=[{"text": """${prose('More')}"""}], messages=[{"role": "user", "content": [{"text": text}]}])


REST = """${prose('Rest')}"""
more(REST + TWO)
`;

const inScript = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({});
const one = \`${prose('One')}\`;
const two = \`${prose('Two')}\${one.length} $5 {no} ${prose('Then')}\`;
const raw = String.raw\`${prose('Raw')}\\d+ ${prose('Raw')}\`;
const escaped = \`${prose('Escaped')}\\n\\x41\\u{41} ${prose('Escaped')}\`;
const lines = \`${prose('Lines').replaceAll('\n', '\r\n')}\`;
const short = '${'A line that is longer than a name, '.repeat(4)}';
const table = { a: \`${prose('First')}\`, b: { c: [one, \`${prose('Second')}\` + short] } };

export async function ask(text: string, kind: 'a' | 'b') {
  const extra = \`${prose('Extra')}\${text}${prose('Extra')}\`;
  return client.send(
    new ConverseCommand({
      modelId: 'us.anthropic.claude-opus-5',
      system: [{ text: one + two + raw + escaped }, { text: table[kind] }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: extra }, { text: lines }] }],
    }),
  );
}

export const more = (text: string) => {
  return client.send(new ConverseCommand({ modelId: 'm', system: [{ text: \`${prose('More')}\` }], messages: [{ role: 'user', content: [{ text }] }] }));
};

const rest = \`${prose('Rest')}\`;
more(rest + two);
`;

const programs = { 'prompt.py': inPython, 'prompt.ts': inScript, 'agent.tsx': inScript } as const;

const readingOf = (text: string, path: string): string => {
  const reading = readCode(text, path, noFiles);
  return (
    JSON.stringify(reading.prompts.map(({ id, title, span, head, read }) => ({ id, title, span, head, prompt: read() }))) +
    JSON.stringify(reading.problems)
  );
};

const moduleOf = (text: string, path: string, key?: string): Module => {
  const language = languageOf(path);
  assert.ok(language !== undefined);
  return readModule('', text, language, path.slice(path.lastIndexOf('.') + 1), key);
};

/** A step may be an object that works out what it says. */
const stepOf = ({ kind, at, root, path, value, method, isLocal, keepsName, from }: Step): unknown => [
  ...[kind, at, root, path, value, method, isLocal, keepsName, from],
];

const contentOf = ({ calls, chains, figures }: PartContent): unknown => [
  calls.map(({ call, scope }) => [call, scope.name, scope.at]),
  [...chains, ...figures].map(({ expr, scope }) => [expr, scope.name, scope.at]),
];

/** All that was read of a file, without what leads around in circles. */
const toldOf = ({ scope, parts }: Module): unknown =>
  JSON.parse(
    JSON.stringify(
      [scope, parts.map((part) => [part.at, part.isDeferred, part.stars, part.names, contentOf(part.content())])],
      (key, value: unknown) =>
        key === 'steps' && Array.isArray(value) ? value.map(stepOf) : key === 'parent' || key === 'index' ? undefined : value,
    ),
  );

/** What ends a literal or begins something inside of one, and what does neither. */
const put = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '',
      'x',
      ' ',
      'word ',
      '\n',
      'def one():\n',
      '\nexport function x() {',
      '#',
      '/',
      '😀',
      '(',
      'x'.repeat(200),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('"', "'", '"""', "'''", '`', '\\', '{', '}', '{{', '$', '${', '\r\n', '\r', '\\"""', '<<<<<<< ours\n', '*/'),
  },
);

/** Where texts begin, end and hold something else, and anywhere. */
const edges = /["'`\\{}$]/g;

const change = fc.record({
  atEdge: fc.boolean(),
  place: fc.nat(1_000_000),
  by: fc.integer({ min: -3, max: 3 }),
  length: fc.constantFrom(0, 0, 0, 1, 1, 2, 30),
  put,
  isTakenBack: fc.boolean(),
});

type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

const changed = (text: string, { atEdge, place, by, length, put: typed }: Change): string => {
  const signs = atEdge ? [...text.matchAll(edges)].map(({ index }) => index + by) : [];
  const at = Math.max(0, Math.min(text.length, signs[place % signs.length] ?? place % (text.length + 1)));
  return text.slice(0, at) + typed + text.slice(at + length);
};

/** Signs that lie as near to each other as they may without being one. */
const traps = `${'Many parcels have not come. '.repeat(4)}"" " '' ' $ {no} {{a}} \\t \\\\ ${'Say when they will. '.repeat(4)}`;

const trapped = {
  'traps.py': `A = """${traps}"""\nR = r"""${traps}"""\nN = rf'''${traps}{A}'''\nB = f'''${traps}{A}${traps}'''\n`,
  'traps.ts': `const no = 1;\nconst a = \`${traps}\`;\nconst r = String.raw\`${traps}\`;\nconst b = \`${traps}\${a}${traps}\`;\nconst c = "${traps.replaceAll('"', "'")}";\n`,
};

describe('typing in literals', function () {
  this.timeout(60_000);

  const compare = (next: string, path: string, key: string): boolean => {
    const module = moduleOf(next, path, key);
    if (!isWholeProgram(next, path)) return false;
    assert.deepEqual(toldOf(module), toldOf(moduleOf(next, path)));
    return true;
  };

  it('tells at every place near a sign what it would tell of a new file', () => {
    for (const [path, text] of Object.entries(trapped)) {
      assert.ok(isWholeProgram(text, path), path);
      const places = new Set([...text.matchAll(edges)].flatMap(({ index }) => [-2, -1, 0, 1, 2].map((by) => index + by)));
      for (const at of places)
        for (const [length, typed] of [
          [1, ''],
          [2, ''],
          [1, 'x'],
          ...['x', '{', '}', '"', "'", '`', '$', '\\', '""', "''", '\n', '\r'].map((one) => [0, one] as const),
        ] as const) {
          moduleOf(text, path, path);
          compare(text.slice(0, at) + typed + text.slice(at + length), path, path);
        }
    }
  });

  it('tells of a name in quotes, short or long, what stands there now', () => {
    const withName = (name: string): string => `const agent = {\n  "${name}"(text) {\n    return text;\n  },\n};\n`;
    const name = (length: number): string => `answers ${'x'.repeat(length - 16)} letters`;
    for (const [before, after] of [
      [name(100), name(104)],
      [name(80), name(81)],
      [name(90), name(70)],
      [name(82), name(80)],
      [name(30), name(31)],
    ] as const)
      for (const [now, next] of [
        [before, after],
        [after, before],
      ] as const) {
        const key = `names-${now.length}-${next.length}.ts`;
        moduleOf(withName(now), key, key);
        assert.ok(compare(withName(next), key, key), key);
      }
  });

  it('tells of both sides that a merge left in a literal what stands there now', () => {
    const withSide = (side: string): string => `A = """${prose('A')}<<<<<<< ours\none\n=======\n${side}\n>>>>>>> theirs\n"""\n`;
    moduleOf(withSide('two'), 'merge.py', 'merge.py');
    assert.deepEqual(toldOf(moduleOf(withSide('three'), 'merge.py', 'merge.py')), toldOf(moduleOf(withSide('three'), 'merge.py')));
    moduleOf(withSide('two'), 'merge.py', 'merge.py');
    assert.deepEqual(toldOf(moduleOf(withSide('too'), 'merge.py', 'merge.py')), toldOf(moduleOf(withSide('too'), 'merge.py')));
  });

  it('tells after many edits what it would tell of a new file', () => {
    let fresh = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(programs)),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        ([path, text], changes) => {
          fresh += 1;
          const key = `typing-${fresh}/${path}`;
          const check = (next: string): void => {
            fresh += 1;
            const told = readingOf(next, key);
            if (compare(next, path, key)) assert.equal(told, readingOf(next, `new-${fresh}/${path}`));
          };
          let now = text;
          check(now);
          for (const one of changes) {
            const next = changed(now, one);
            check(next);
            if (one.isTakenBack) check(now);
            else now = next;
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
