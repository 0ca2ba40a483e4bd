import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();

interface Import {
  /** A package's name, or the path of a source file below `src` without its extension. */
  readonly target: string;
  /** Does nothing of it remain when types are erased? */
  readonly typesOnly: boolean;
}

/** Each file is read once for all tests. */
const keep = <T>(read: (file: string) => T): ((file: string) => T) => {
  const known = new Map<string, T>();
  return (file) => {
    const result = known.get(file) ?? read(file);
    known.set(file, result);
    return result;
  };
};

const textOf = keep((file) => readFileSync(join(root, 'src', file), 'utf8'));

/** The source as the formatter leaves it: statements begin their lines, and texts stand in single quotes. A parser would take seconds. */
const statement = /^(?:import|export) (type )?(?:([^;'"`]*?) from )?'([^'\n]+)'/gm;
const inside = /(typeof )?\bimport\('([^'\n]+)'\)(\.[A-Z])?/g;

/** Does a clause, `{ type A, type B }`, name types alone? */
const namesTypes = (clause = ''): boolean =>
  /^\{[^]*\}$/.test(clause) &&
  clause
    .slice(1, -1)
    .split(',')
    .every((name) => /^\s*(?:type .*)?$/.test(name));

const importsOfText = (text: string): readonly Import[] => [
  ...[...text.matchAll(statement)].map(([, type, clause, target = '']) => ({
    target,
    typesOnly: type !== undefined || namesTypes(clause),
  })),
  ...[...text.matchAll(inside)].map(([, type, target = '', name]) => ({ target, typesOnly: (type ?? name) !== undefined })),
];

const importsOf = keep((file): readonly Import[] =>
  importsOfText(textOf(file)).map(({ target, typesOnly }) => ({
    target: target.startsWith('.') ? posix.join(posix.dirname(file), target).replace(/\.js$/, '') : target,
    typesOnly,
  })),
);

interface Layer {
  readonly files: RegExp;
  /** What may be imported at all. */
  readonly may: readonly RegExp[];
  /** What may be imported for its types only. */
  readonly notAsValue?: readonly RegExp[];
}

/** Which way imports point. A file belongs to the first layer whose pattern it matches. */
const layers: Readonly<Record<string, Layer>> = {
  'the YAML reader': { files: /^core\/text\/yamlTree\.ts$/, may: [/^core\//, /^yaml$/] },
  'the readers of packed files': { files: /^core\/tokens\/files\//, may: [/^core\//, /^fflate$/] },
  'the readers of code': {
    files: /^core\/code\/(?:reader|reading|remember|deferred|front|(?:python|typescript)\/.*)\.ts$/,
    may: [/^core\//, /^@lezer\//],
  },
  // Texts of programs that are written for people, who run them elsewhere.
  'programs that conversions write': { files: /^core\/convert\/readers\//, may: [/./] },
  core: { files: /^core\//, may: [/^core\//] },
  emulator: {
    files: /^emulator\//,
    may: [
      /^emulator\//,
      /^core\/(?:figures|models|tokens)\//,
      /^core\/service\//,
      /^core\/request\/(?:types|wirePlace)$/,
      /^core\/text\/(?:assertNever|chunks|json|memo)$/,
      /^node:/,
      /^@smithy\//,
      /^@aws-sdk\//,
    ],
  },
  // Its tokens alone are used: the page draws them itself.
  'the reader of Markdown': { files: /^view\/markdown\/parse\.ts$/, may: [/^markdown-it$/] },
  view: {
    files: /^view\//,
    may: [/^view\//, /^core\//],
    notAsValue: [
      /^core\/(?:models|formats|rules|advice|change|cache|varies|analysis|engine)/,
      /^core\/tokens\/(?!usage$)/,
      /^core\/text\/(?:yaml|json)Tree$/,
    ],
  },
  aws: { files: /^(?:aws\/|bedrock\.ts$)/, may: [/^aws\//, /^core\//, /^@aws-sdk\//, /^@smithy\//, /^node:/] },
  'the command line': {
    files: /^cli\//,
    may: [/^cli\//, /^core\//, /^node:/, /^emulator\/main$/, /^\.\.\/package\.json$/, /^(?:diff|ignore|picomatch|sarif)$/],
  },
  'the indexer': {
    files: /^indexer\//,
    may: [/^indexer\//, /^core\//, /^cli\/(?:files\/|outcome$)/, /^node:/, /^picomatch$/],
    notAsValue: [/^core\/(?:analysis|engine|code|readFile|formats|models|rules|change|report|tokens)/],
  },
  'the reader of CSV': { files: /^machine\/csv\.ts$/, may: [/^csv-parse\/sync$/, /^core\/messages\/editor\/machine$/] },
  machine: { files: /^machine\//, may: [/^machine\//, /^node:/, /^core\/text\/assertNever$/, /^core\/messages\/editor\/machine$/] },
  'what gestures need': {
    files: /^editor\/assist\.ts$/,
    may: [/^editor\//, /^core\/(?:editing|panel)\//],
  },
  'what runs need': { files: /^editor\/runsPart\.ts$/, may: [/^editor\/runs\//] },
  'what runs rows': {
    files: /^editor\/rows\//,
    may: [/^editor\//, /^core\//, /^vscode$/],
    notAsValue: [
      /^core\/(?:analysis|engine)$/,
      /^core\/formats\/index$/,
      /^core\/(?:models\/(?!lifetimes$)|rules\/|tokens\/)/,
      /^core\/messages\/(?!editor\/|(?:rowsText|warmText|chatText)$)/,
      /^core\/panel\/(?!(?:(?:rows|chat)(?:Protocol|View)|chatStart)$)/,
    ],
  },
  'what remembers runs': {
    files: /^editor\/history\//,
    may: [/^editor\//, /^core\//, /^vscode$/],
    notAsValue: [
      /^core\/(?:analysis|engine)$/,
      /^core\/formats\/index$/,
      /^core\/(?:models|rules|tokens)\//,
      /^core\/messages\/(?!editor\/|(?:failureText|identityText|runsTree|runsDialogs|runComparison)$)/,
      /^core\/panel\//,
    ],
  },
  editor: {
    files: /^editor\//,
    may: [/^editor\//, /^core\//, /^vscode$/],
    notAsValue: [
      /^core\/(?:analysis|engine)$/,
      /^core\/formats\/index$/,
      /^core\/(?:models|rules|tokens)\//,
      /^core\/messages\/(?!editor\/|ruleSections$|failureText$|identityText$|promptsView$|policyNotes$|account$|modelHelp$|storedPrompts$|recordedText$|warmText$)/,
      /^core\/panel\/(?!(?:protocol|state|valuesProtocol)$)/,
    ],
  },
  'the composition root': {
    files: /^(?:extension|history|rows)\.ts$/,
    may: [/^(?:editor|core|machine|aws)\//, /^(?:bedrock|history|rows)$/, /^vscode$/, /^node:/],
    notAsValue: [/^aws\//],
  },
  'what VS Code wakes': {
    files: /^main\.ts$/,
    may: [
      /^core\/formats\/names$/,
      /^editor\/(?:documents\/(?:documentFormat|surroundings)|panel\/panelType)$/,
      /^editor\/assist$/,
      /^extension$/,
      /^vscode$/,
    ],
    notAsValue: [/^extension$/],
  },
};

/** The rooms of core, each of which sees only those that stand after it. */
const rooms = [
  '', // analysis, engine, settings: what the outside comes in by
  'report',
  'panel',
  'editing',
  'rules',
  'messages',
  'advice',
  'history',
  'change',
  'rows',
  'chat',
  'traffic',
  'cache',
  'money',
  'runs',
  'varies',
  'code',
  'convert',
  'formats',
  'service',
  'tokens',
  'request',
  'prompt',
  'models',
  'figures',
  'text',
  'wording',
] as const;

const roomOf = (path: string): string | undefined =>
  /^core\/(?:([^/]+)\/)?/.exec(path)?.slice(1)[0] ?? (path.startsWith('core/') ? '' : undefined);

const layerOf = (file: string): string | undefined => Object.keys(layers).find((name) => layers[name]?.files.test(file));

describe('imports', () => {
  it('are found however they are written', () => {
    const text = [
      "import a, { type B } from './a';",
      "import type { C } from './c';",
      "import {\n  type D,\n  type E,\n} from './d';",
      "import 'effect';",
      "export * from './f';",
      "const g = await import('./g');",
      "type H = typeof import('./h');",
      "type I = import('./i').I;",
    ].join('\n');
    assert.deepEqual(
      importsOfText(text).map(({ target, typesOnly }) => `${target}${typesOnly ? ' for types' : ''}`),
      ['./a', './c for types', './d for types', 'effect', './f', './g', './h for types', './i for types'],
    );
  });
});

describe('layers', () => {
  it('hold every source file', () => {
    assert.deepEqual(
      sources.filter((file) => layerOf(file) === undefined),
      [],
    );
  });

  for (const [name, { may, notAsValue = [] }] of Object.entries(layers)) {
    it(`let ${name} import only what it may`, () => {
      const wrong = sources
        .filter((file) => layerOf(file) === name)
        .flatMap((file) =>
          importsOf(file)
            .filter(
              ({ target, typesOnly: erased }) =>
                !may.some((pattern) => pattern.test(target)) || (!erased && notAsValue.some((pattern) => pattern.test(target))),
            )
            .map(({ target }) => `${file} imports ${target}`),
        );
      assert.deepEqual(wrong, []);
    });
  }

  it('let each room of core see only the rooms below it', () => {
    const rank = (path: string): number => rooms.findIndex((room) => room === roomOf(path));
    const inCore = sources.filter((file) => file.startsWith('core/'));
    const wrong = inCore.flatMap((file) =>
      importsOf(file).flatMap(({ target }) =>
        target.startsWith('core/') && rank(target) < rank(file) ? [`${file} imports ${target}`] : [],
      ),
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      inCore.filter((file) => rank(file) === -1),
      [],
    );
  });

  it("leave writing to a prompt's writer", () => {
    const spelled = /<!--|replaceAt\(|replaceSpan\(|insertAt\(|['"`]cachePoint: |"cachePoint"\s*:|\.format\b(?!\.schema)|SourceEdit/;
    // What a rule says of a prompt may show how a cache point is written.
    const withoutSentence = (text: string): string => text.replace(/^ {2}says\b[^]*?^ {2}(?=[*}\w]|\/\/)/m, '');
    const wrong = sources
      .filter((file) => /^core\/(?:rules|advice)\//.test(file))
      .filter((file) => spelled.test(withoutSentence(textOf(file))));
    assert.deepEqual(wrong, []);
  });

  it('hold no circle of files, types included', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at !== -1) circles.push([...path.slice(at), file].join(' → '));
      if (at !== -1 || done.has(file)) return;
      for (const { target } of importsOf(file)) if (sources.includes(`${target}.ts`)) visit(`${target}.ts`, [...path, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
    assert.deepEqual(circles, []);
  });

  it('keep what activation loads free of the parsers', () => {
    const heavy = /^(?:yaml|@lezer\/.*|core\/(?:analysis|engine|code\/.*|formats\/index|text\/(?:yaml|json)Tree|models\/catalog))$/;
    const seen = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { target, typesOnly: erased } of importsOf(file)) {
        if (erased || target === 'bedrock') continue;
        assert.ok(!heavy.test(target) || target === 'core/engine', [...path, file, target].join(' → '));
        if (sources.includes(`${target}.ts`) && target !== 'core/engine') visit(`${target}.ts`, [...path, file]);
      }
    };
    visit('extension.ts', []);
    assert.ok(seen.size > 10);
  });

  it('leave time and chance out of core', () => {
    const forbidden =
      /(?<![\w.$|])(?:Date|performance|setTimeout|setInterval|queueMicrotask|crypto|process|globalThis|console)\b(?!\??:)|Math\.random/g;
    const namedIn = (text: string): readonly string[] =>
      text.replace(/'(?:\\.|[^'\\\n])*'|\/\*[^]*?\*\/|\/\/.*|\/\^.*[)$]\/[a-z]*/g, '').match(forbidden) ?? [];
    assert.deepEqual(namedIn("f(Date.now(), { process: 1 }, 'a Date', x.console); // crypto\n/** process */ Math.random();"), [
      'Date',
      'Math.random',
    ]);
    const found = sources.filter((one) => one.startsWith('core/')).map((file) => ({ file, names: namedIn(textOf(file)) }));
    assert.deepEqual(
      found.filter(({ names }) => names.length > 0),
      [],
    );
  });

  it('are named after folders that exist', () => {
    const folders = new Set(sources.map((file) => dirname(relative('.', file)).split(sep)[0]));
    for (const name of ['core', 'emulator', 'view', 'aws', 'machine', 'editor', 'cli', 'indexer']) assert.ok(folders.has(name), name);
  });
});
