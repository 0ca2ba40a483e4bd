import assert from 'node:assert/strict';
import type { CodeLens, TextDocument } from 'vscode';
import type * as includedModule from '../../../../src/editor/language/includedFiles';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { useFakeTimers } from '../../../support/fakeTimers';

const workspace = createFakeWorkspace();
const { fake, disk, open, close, trust } = workspace;
let lensesOf: (document: TextDocument) => CodeLens[] = () => [];
const shown = new fake.vscode.EventEmitter<unknown>();
Object.assign(fake.vscode.languages, {});
Object.assign(fake.vscode, {
  languages: {
    registerCodeLensProvider: (_selector: unknown, provider: { provideCodeLenses: typeof lensesOf }) => {
      lensesOf = provider.provideCodeLenses;
      return new fake.vscode.Disposable(() => undefined);
    },
  },
  Position: class {
    constructor(
      readonly line: number,
      readonly character: number,
    ) {}
  },
  Location: class {
    constructor(
      readonly uri: unknown,
      readonly range: unknown,
    ) {}
  },
  CodeLens: class {
    constructor(
      readonly range: unknown,
      readonly command: unknown,
    ) {}
  },
});
Object.assign(fake.vscode.window, { onDidChangeVisibleTextEditors: shown.event });
const prompts = ['/ws/desk.bedrock.md', '/ws/other.bedrock.md', '/ws/deep/third.bedrock.md'];
Object.assign(fake.vscode.workspace, {
  findFiles: () => Promise.resolve(prompts.map((path) => fake.vscode.Uri.file(path))),
});
const { registerIncludedFiles, deps } = loadFeatures(
  workspace,
  () => require('../../../../src/editor/language/includedFiles') as typeof includedModule,
);

const head = '---\nname: Support desk\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n';
const rules = 'A rule of the desk. '.repeat(800);

describe('a file that prompts include', () => {
  const pass = useFakeTimers();
  const settle = async () => {
    for (let turns = 0; turns < 20; turns += 1) await pass(200);
  };
  let included: includedModule.IncludedFiles;
  let document: ReturnType<typeof open>;
  beforeEach(async () => {
    disk.set('/ws/desk.bedrock.md', `${head}# system:\n{{> ./rules.md}}\n<!-- cachePoint -->\n# user:\nHello\n`);
    disk.set('/ws/other.bedrock.md', '# user:\nHello {{> ./else.md}}\n');
    disk.set('/ws/deep/third.bedrock.md', '# user:\n{{> ../rules.md}}\n');
    document = open('/ws/rules.md', rules, 'markdown');
    Object.assign(fake.vscode.window, { visibleTextEditors: [{ document }] });
    included = registerIncludedFiles(deps);
    await settle();
  });
  afterEach(() => {
    included.dispose();
    close(document);
    trust(true);
  });

  it('says which prompts those are, and leads to the places', () => {
    const [lens] = lensesOf(document);
    assert.match(lens?.command?.title ?? '', /^Included by 2 prompts: Support desk, third · \d,\d{3} tok · cached in 1 of 2$/);
    const places = (lens?.command?.arguments?.[2] ?? []) as readonly { readonly uri: { readonly path: string } }[];
    assert.deepEqual(
      places.map(({ uri }) => uri.path),
      ['/ws/desk.bedrock.md', '/ws/deep/third.bedrock.md'],
    );
  });

  it('is tinted as the first of them', () => assert.equal(included.styleOf(document), 'checkpoint1'));

  it('is not told about where no prompt includes it, nor in a workspace that is not trusted', async () => {
    const other = open('/ws/notes.md', 'Notes', 'markdown');
    Object.assign(fake.vscode.window, { visibleTextEditors: [{ document: other }] });
    shown.fire(undefined);
    await settle();
    assert.deepEqual([lensesOf(other), included.styleOf(other)], [[], undefined]);
    close(other);
    trust(false);
    Object.assign(fake.vscode.window, { visibleTextEditors: [{ document }] });
    shown.fire(undefined);
    await settle();
    assert.deepEqual(lensesOf(document), []);
  });
});
