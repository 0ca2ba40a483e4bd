import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/**
 * What may hold no text for people: `core/messages`, `core/wording` for those that are read below it, and the rules do, so that it can be translated in few
 * places. `words`: single words are looked at too.
 */
const rooms = ['advice', 'cache', 'change', 'chat', 'editing', 'history', 'money', 'panel', 'report', 'rows', 'runs', 'traffic'];
/** Those that read texts. */
const readers = ['code', 'convert', 'formats', 'prompt', 'text'];
const folders: readonly { readonly folder: string; readonly words: boolean }[] = [
  { folder: 'src/editor', words: true },
  ...rooms.map((room) => ({ folder: `src/core/${room}`, words: true })),
  ...readers.map((room) => ({ folder: `src/core/${room}`, words: false })),
  { folder: 'src/cli/engine', words: true },
  { folder: 'src/view', words: true },
  { folder: 'src/machine', words: false },
  { folder: 'src/aws', words: false },
  { folder: 'src/indexer', words: false },
];
const files = ['src/extension.ts', 'src/main.ts', 'src/rows.ts', 'src/history.ts', 'src/bedrock.ts'];

/** Texts that are none for people, or are the same in every language: everywhere, or in one file. */
const everywhere: readonly string[] = ['Cachepoint', 'Messages'];
const allowed: { readonly [file: string]: readonly string[] } = {
  'src/core/advice/policy.ts': ['Cachepoint{}', 'Allow', 'Runs{}', 'Counts', 'Mantle'], // a policy of IAM
  // Keys of places and of files.
  'src/core/cache/sentBlocks.ts': ['message {} {}'],
  'src/core/change/commonPrefix.ts': ['{} bytes {}'],
  'src/core/change/comparedBlocks.ts': ['message {} {}'],
  'src/core/history/textDifference.ts': ['^message {} '],
  // Written into a prompt, or kept in its place.
  'src/core/chat/appendTurn.ts': [' ttl={}'],
  'src/core/editing/bodyOffers.ts': ['<!-- {} ttl=1h -->'],
  'src/core/editing/frontMatterOffers.ts': [
    '\n  ${1:name}: { example: ${2:a value}, varies: ${3|request,session,never,grows|} }',
    '\n  tools:\n    - $0',
  ],
  'src/core/editing/jsonShape.ts': ['Block'], // a name of the API
  'src/core/history/masked.ts': ['[secret left out]'],
  'src/core/rows/exportRows.ts': ['failed: {}'], // read by programs
  'src/core/code/typescript/read.ts': ['ts jsx'], // names of a parser
  'src/core/formats/promptText.ts': ['marker {}'], // a key
  'src/editor/language/completion.ts': ['Property', 'Value', 'Variable', 'Keyword'], // names of icons
  'src/editor/runs/coldRun.ts': ['[Cold run {}]'], // sent to the model
  'src/editor/runs/regions.ts': ['eusc-de-east-1'],
  'src/editor/runs/runList.ts': ['pair {}{}'], // a key of two runs
  'src/editor/runs/warmMemory.ts': ['emulator {} '], // the beginning of a key
  'src/machine/matchesPattern.ts': ['new RegExp(source, flags).test(text)'],
  'src/aws/mantle.ts': ['attempt={}; max={}'],
  'src/aws/wire.ts': ['attempt={}; max={}'],
  'src/view/usageTable.ts': ['number share'], // classes
};
/** Files that hold what others read: the frame of a page as HTML, markers and patterns of them, programs and the words of their languages. */
const unheard =
  /^src\/(?:editor\/page|core\/formats\/(?:\w+Writer|\w+Edits|newPrompt|promptLines|stored\/storedWriter)|core\/code\/write\/\w+|core\/convert\/(?:names|promptBody|python|reading|typescript|readers\/\w+|targets\/\w+))\.ts$/;

/** Properties that are shown, or read out, whatever they hold. */
const shown =
  /^(?:title|label|description|detail|placeHolder|placeholder|prompt|tooltip|hint|alt|saveLabel|openLabel|accessibilityInformation|aria-label|message)$/;

/** Properties that hold styles and keys. */
const unread = /^(?:class|border|borderWidth|margin|id)$/;

/** Functions whose texts go to the log, with what failed. */
const logs = /^(?:guarded|attempt|now|later)$|\blog\.(?:error|warn|info|debug|trace)$|#log\.\w+$/;

const sentence = /(?:^|[^\p{L}])\p{Ll}{2,}(?:$|[^\p{L}])/u;
const word = /^\p{Lu}\p{Ll}+…?$/u;

const nameOf = (node: ts.Node): string =>
  ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? node.name.text : '';

/** The property whose value a text is, also where it is one of two. */
const propertyOf = (node: ts.Node): string => {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node ? nameOf(parent) : '';
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : '';
  const isPart = ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isBinaryExpression(parent);
  return isPart ? propertyOf(parent) : '';
};

/** Is it compared with what something else says, or given as a name that nobody reads? */
const isName = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return /^[!=]==$/.test(parent.operatorToken.getText());
  return ts.isCaseClause(parent) || ts.isElementAccessExpression(parent) || ts.isPropertyDeclaration(parent);
};

/** Does it stand in a call whose texts go to the log, in a pattern, or in an error that only a mistake of ours throws: those begin small? */
const isForUs = (node: ts.Node, text: string): boolean => {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return logs.test(parent.expression.getText());
  const made = ts.isNewExpression(parent) ? parent.expression.getText() : '';
  return made === 'RegExp' || (made === 'Error' && /^\p{Ll}/u.test(text));
};

const textOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}') : undefined;
};

/** What of a text is words: no icons, no places for values, no name of ours. */
const wordsOf = (text: string): string => text.replace(/\$\([\w-]+\)|\{\}|^Cachepoint:/g, ' ').trim();

/** The texts of a module that a person may read, each with its line. */
const textsOf = (file: string, source: string, words: boolean): readonly string[] => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    const text = textOf(node);
    const isAllowed = text !== undefined && (everywhere.includes(text) || allowed[file]?.includes(text) === true);
    if (text !== undefined && !isAllowed && !isName(node) && !isForUs(node, text)) {
      const property = propertyOf(node);
      const said = wordsOf(text);
      const isShown = words && shown.test(property) && /\p{L}{2}/u.test(said);
      const isText = (/ /.test(text) && sentence.test(said)) || (words && word.test(said));
      if ((isShown || isText) && !unread.test(property))
        found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${JSON.stringify(text)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => !unheard.test(file));

describe('texts for people', () => {
  it('are found where they stand in code', () => {
    const source = [
      "import { a } from './some file';",
      "void vscode.window.showInformationMessage('The prompt is gone.');",
      "const items = [{ label: isNow ? 'current' : '', id: 'some-id' }];",
      "el('button', { class: 'link faint', 'aria-label': `row ${index}` }, 'Open');",
      "log.error('It went wrong', error);",
      "if (choice === 'Open it now') throw new Error('no record of it');",
      "throw new Error('This cannot be renamed.');",
    ].join('\n');
    assert.deepEqual(textsOf('a.ts', source, true), [
      'a.ts:2: "The prompt is gone."',
      'a.ts:3: "current"',
      'a.ts:4: "row {}"',
      'a.ts:4: "Open"',
      'a.ts:7: "This cannot be renamed."',
    ]);
  });

  it('have their figures and dates from figures/numbers alone', () => {
    const elsewhere = filesBelow('src').filter(
      (file) =>
        // The emulator answers in English; the reader of code names such calls in programs.
        !/^src\/(?:core\/figures\/numbers\.ts|emulator\/)/.test(file) &&
        /\bIntl\.(?:Number|DateTime|RelativeTime|List)|\.toLocale(?:Date|Time)?String\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(elsewhere, []);
  });

  for (const { folder, words } of [...folders, ...files.map((folder) => ({ folder, words: true }))])
    it(`stand in core/messages, not in ${folder}`, () => {
      const below = folder.endsWith('.ts') ? [folder] : filesBelow(folder);
      assert.deepEqual(
        below.flatMap((file) => textsOf(file, readFileSync(join(root, file), 'utf8'), words)),
        [],
      );
    });
});
