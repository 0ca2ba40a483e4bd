import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Module } from '../../../../src/core/code/form';
import { languageOf, readModule } from '../../../../src/core/code/languages';
import { codeFixtures } from '../../../support/codeFixtures';
import { isWholeProgram } from '../../../support/wholeProgram';

const moduleOf = (text: string, path: string, key?: string): Module => {
  const language = languageOf(path);
  assert.ok(language !== undefined);
  return readModule('', text, language, path.slice(path.lastIndexOf('.') + 1), key);
};

/** What a file gives names at its top, and which of its statements are read later. */
const told = ({ scope, parts }: Module): unknown => ({
  steps: scope.steps.map(({ root, at, isLocal, value }) => [root, at, isLocal, value?.kind]),
  parts: parts.map(({ at, isDeferred, names }) => [at, isDeferred, names.calls]),
});

const later = (text: string, path: string): readonly string[] =>
  moduleOf(text, path).parts.flatMap(({ at, isDeferred }) => (isDeferred ? [text.slice(at.start, at.end)] : []));

const python = {
  plain: 'def one(a):\n    return a\n',
  decorated: '@app.post(\n    "/x",\n)\n@other\nasync def two(\n    a,\n) -> str:\n    return a\n',
  ofStrings: "class Three(Base):\n    text = \"\"\"\ndef no():\n    pass\n\"\"\"\n    other = '''it\\'''s'''\n",
};

const script = {
  plain: 'export async function one(a: string) {\n  return a;\n}\n',
  ofTemplates: 'export class Two extends Base {\n  text = `\nfunction no() {\n}\n${`}\n${{ a: 1 }.a}`}\n`;\n  // `\n}\n',
  named: 'const three = async (\n  a: string,\n): Promise<string> => {\n  return a;\n};\n',
};

describe('functions and classes at the top of a file', () => {
  it('are found by their outlines', () => {
    const trimmed = (texts: Readonly<Record<string, string>>): readonly string[] => Object.values(texts).map((text) => text.trimEnd());
    assert.deepEqual(later(`import a\n\n${Object.values(python).join('\n\n')}\nx = 1\n`, 'a.py'), trimmed(python));
    assert.deepEqual(later(`import a from 'a';\n\n${Object.values(script).join('\n')}\nfoo();\n`, 'a.ts'), trimmed(script));
  });

  it('are read with the rest of the file where their outlines are not sure', () => {
    for (const text of [
      'def one(a):\n    x = call(\n"text",\n    )\n    return x\n',
      'def one(a):\nx = 1\n',
      'x = """\ndef one(a):\n    return a\n"""\n',
      '# """\nx = "\'\'\'"\nif x:\n    def one(a):\n        return a\n',
    ])
      assert.deepEqual(later(text, 'a.py'), [], text);
    for (const text of [
      'function one(a: string): void;\n',
      'function one() { return 1; }\nfoo();\n',
      'const x = `\nfunction one() {\n}\n`;\n',
      '@made()\nexport class One {\n}\n',
      'foo(\nfunction one() {\n}\n);\n',
      '/*\nfunction one() {\n}\n*/\n',
      'export default function one() {\n}\n',
    ])
      assert.deepEqual(later(text, 'a.ts'), [], text);
  });

  it('give their names what they would if they were read at once', () => {
    const at = 'export async function one() {\n}\n'.indexOf('async');
    const [one] = moduleOf('export async function one() {\n}\n', 'a.ts').scope.steps;
    assert.deepEqual(one?.value?.at, one?.at);
    assert.equal(one?.at.start, at);
    const [two] = moduleOf(`${python.decorated}\nx = 1\n`, 'a.py').scope.steps;
    assert.equal(two?.value?.kind, 'function');
    assert.equal(two.at.start, two.value.at.start);
  });

  it('hold a name as a word of its own', () => {
    const [python] = moduleOf('def one(a=None):\n    return two + $x\n', 'a.py').parts;
    const [script] = moduleOf('function one(a) {\n  return this.#two($x, xone);\n}\n', 'a.ts').parts;
    const names = ['one', 'on', 'None', 'two', '#two', 'x', '$x', ''];
    assert.deepEqual(
      names.filter((name) => python?.holds(name)),
      ['one', 'None', 'two', '$x'],
    );
    assert.deepEqual(
      names.filter((name) => script?.holds(name)),
      ['one', 'two', '#two', '$x'],
    );
  });

  const pieces = [
    'def x():\n',
    '    ',
    '\n',
    '"""',
    "'''",
    '"',
    '`',
    '/*',
    '}',
    '${',
    '{',
    '(',
    '#',
    '@a\n',
    'function x() {\n',
    '};\n',
    'x',
    '\\',
  ];

  it('are found after an edit where they are found in a new file', () => {
    let fresh = 0;
    const change = fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom('', ...pieces));
    fc.assert(
      fc.property(fc.constantFrom(...codeFixtures), fc.array(change, { minLength: 1, maxLength: 8 }), ({ text, path }, changes) => {
        if (languageOf(path) === undefined) return;
        // Some of it twice: more than one function stands before and behind a change.
        const whole = `${text}\n${Object.values(path.endsWith('.py') ? python : script).join('\n')}\n${text}`;
        fresh += 1;
        const key = `outlined-${fresh}`;
        let next = whole;
        moduleOf(next, path, key);
        for (const [place, length, put] of [...changes, undefined].map((one) => one ?? ([0, 0, ''] as const))) {
          const at = place % (next.length + 1);
          next = next.slice(0, at) + put + next.slice(at + length);
          const after = told(moduleOf(next, path, key));
          if (isWholeProgram(next, path)) assert.deepEqual(after, told(moduleOf(next, path)));
        }
      }),
      { numRuns: 60 },
    );
  });
});
