import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createFakeVscode, withFakeVscode, type FakeVscode } from '../../support/fakeVscode';

const load = createRequire(__filename);
const manifest = load('../../../package.json') as { contributes: { commands: readonly { command: string }[] } };
const commandIds = manifest.contributes.commands.map(({ command }) => command);

interface Page {
  readonly webview: unknown;
}

/** `main` as VS Code wakes it, with these documents open, and the extension behind it played by what notes how it is used. */
const wake = (languages: readonly string[] = [], prompts: readonly string[] = [], said: Readonly<Record<string, boolean>> = {}) => {
  const fake: FakeVscode = createFakeVscode();
  const opened: ((document: unknown) => void)[] = [];
  const restored: unknown[] = [];
  const starts: unknown[] = [];
  const ran: unknown[] = [];
  let deserialize: (panel: Page, kept: unknown) => Promise<void> = () => Promise.reject(new Error('nothing takes a panel over'));
  const documentOf = (languageId: string) => ({
    languageId,
    version: 1,
    uri: fake.vscode.Uri.file(`/project/file.${languageId}`),
    getText: () => '',
    lineCount: 0,
  });
  const context = {
    subscriptions: [] as { dispose(): unknown }[],
    extension: { packageJSON: manifest },
    workspaceState: { get: (key: string, otherwise: unknown) => (key === 'cachepoint.promptFiles' ? said : otherwise) },
    globalStorageUri: fake.vscode.Uri.file('/storage'),
  };
  Object.assign(fake.vscode.workspace, {
    textDocuments: languages.map(documentOf),
    findFiles: () => Promise.resolve(prompts.map((path) => fake.vscode.Uri.file(path))),
    onDidOpenTextDocument: (listener: (document: unknown) => void) => {
      opened.push(listener);
      return new fake.vscode.Disposable(() => opened.splice(opened.indexOf(listener), 1));
    },
  });
  Object.assign(fake.vscode.window, {
    registerWebviewPanelSerializer: (_type: string, serializer: { deserializeWebviewPanel: typeof deserialize }) => {
      deserialize = (panel, kept) => serializer.deserializeWebviewPanel(panel, kept);
      return new fake.vscode.Disposable(() => undefined);
    },
  });
  Object.assign(fake.vscode.commands, {
    executeCommand: (id: string, ...words: unknown[]) => fake.commands.get(id)?.(...words),
  });
  const extension = {
    activate: () => {
      starts.push(context);
      for (const id of commandIds) fake.vscode.commands.registerCommand(id, (...words) => void ran.push([id, ...words]));
      return { restorePanel: (...words: unknown[]) => void restored.push(words) };
    },
  };
  const path = load.resolve('../../../src/extension');
  withFakeVscode(fake, () => {
    delete load.cache[load.resolve('../../../src/main')];
    load.cache[path] = { id: path, filename: path, loaded: true, exports: extension } as unknown as NodeJS.Module;
    (load('../../../src/main') as { activate(context: unknown): void }).activate(context);
  });
  const open = (languageId: string): void => {
    for (const listener of [...opened]) listener(documentOf(languageId));
  };
  return {
    starts,
    ran,
    restored,
    context,
    open,
    run: (id: string, ...words: unknown[]) => fake.commands.get(id)?.(...words),
    restore: (panel: Page, kept: unknown) => deserialize(panel, kept),
    listeners: () => opened.length,
  };
};

describe('what VS Code wakes', () => {
  afterEach(() => {
    delete load.cache[load.resolve('../../../src/extension')];
  });

  it('loads nothing while no document holds a prompt', () => {
    const { starts, open } = wake(['json', 'plaintext']);
    open('json');
    assert.equal(starts.length, 0);
  });

  it('starts the extension for a prompt that is open, once', () => {
    const { starts, open, listeners } = wake(['json', 'bedrock-prompt', 'bedrock-prompt']);
    open('bedrock-prompt');
    assert.equal(starts.length, 1);
    assert.equal(listeners(), 0);
  });

  it('starts the extension for a prompt that is opened later', () => {
    const { starts, open } = wake(['json']);
    open('bedrock-prompt');
    assert.equal(starts.length, 1);
  });

  it('starts the extension for a text that stands beside prompts, which may include it', async () => {
    for (const [language, prompts, expected] of [
      ['markdown', ['/project/desk.bedrock.md'], 1],
      ['markdown', [], 0],
      ['css', ['/project/desk.bedrock.md'], 0],
    ] as const) {
      const { starts } = wake([language, language], prompts);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(starts.length, expected, language);
    }
  });

  it('goes by what people said of a file', () => {
    const file = 'file:/project/file.json';
    assert.equal(wake(['json'], [], { [file]: true }).starts.length, 1);
    assert.equal(wake(['json'], [], { [file]: false }).starts.length, 0);
    assert.equal(wake(['json'], [], { 'file:/project/other.json': true }).starts.length, 0);
  });

  for (const id of [commandIds[0], commandIds.at(-1)])
    it(`starts the extension for ${id}, which then runs with the words it was given`, () => {
      const { starts, ran, run } = wake();
      run(id ?? '', 'a word');
      assert.deepEqual([starts.length, ran], [1, [[id, 'a word']]]);
    });

  it('hands a kept panel on', async () => {
    const { restored, restore } = wake();
    const panel = { webview: {} };
    await restore(panel, { file: 'desk.bedrock.md' });
    assert.deepEqual(restored, [[panel, { file: 'desk.bedrock.md' }]]);
  });

  it('releases what it holds when VS Code ends it before anything was used', () => {
    const { context, listeners } = wake();
    for (const one of context.subscriptions) one.dispose();
    assert.equal(listeners(), 0);
  });
});
