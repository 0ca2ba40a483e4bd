import assert from 'node:assert/strict';
import type { CodeLens, Hover, TextDocument, Uri } from 'vscode';
import type * as diagnosticsModule from '../../../../src/editor/language/diagnostics';
import type * as includedModule from '../../../../src/editor/language/includedFiles';
import type * as includedImpactModule from '../../../../src/editor/language/includedImpact';
import type * as impactModule from '../../../../src/editor/language/impactLens';
import { useFakeTimers } from '../../../support/fakeTimers';
import { createFakeWorkspace, loadFeatures, type FakeDocument } from '../../../support/fakeWorkspace';

interface Position {
  readonly line: number;
  readonly character: number;
}
interface Told {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly code: { readonly value: string };
  readonly relatedInformation: readonly { readonly location: { readonly uri: Uri }; readonly message: string }[];
}

const workspace = createFakeWorkspace();
const { fake, disk, open, close, type } = workspace;
const { EventEmitter, Disposable } = fake.vscode;
const told = new Map<string, readonly Told[]>();
const collectionOf = () => {
  const own = new Set<string>();
  return {
    set: (uri: Uri, problems: readonly Told[]) => {
      own.add(uri.path);
      if (problems.length > 0) told.set(uri.path, problems);
      else told.delete(uri.path);
    },
    delete: ({ path }: Uri) => void (own.has(path) && told.delete(path)),
    dispose: () => {
      for (const path of own) told.delete(path);
    },
  };
};
const lenses: ((document: TextDocument) => CodeLens[])[] = [];
const hovers: ((document: TextDocument, position: Place) => Hover | undefined)[] = [];
const shown = new EventEmitter<unknown>();
const moved = new EventEmitter<unknown>();
const nothing = new Disposable(() => undefined);
class Place {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}
class Pair {
  constructor(
    readonly location: unknown,
    readonly message: unknown,
  ) {}
}
Object.assign(fake.vscode, {
  Position: Place,
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
  Hover: Pair,
  MarkdownString: class {
    value = '';
    appendMarkdown(text: string): void {
      this.value += text;
    }
    appendText(text: string): void {
      this.value += text;
    }
  },
  DiagnosticRelatedInformation: Pair,
  DiagnosticTag: { Unnecessary: 1 },
  Diagnostic: class {
    constructor(
      readonly range: unknown,
      readonly message: unknown,
      readonly severity: unknown,
    ) {}
  },
  languages: {
    createDiagnosticCollection: collectionOf,
    registerCodeLensProvider: (_selector: unknown, provider: { provideCodeLenses: (document: TextDocument) => CodeLens[] }) => {
      lenses.push(provider.provideCodeLenses);
      return nothing;
    },
    registerHoverProvider: (_selector: unknown, provider: { provideHover: (typeof hovers)[number] }) => {
      hovers.push(provider.provideHover);
      return nothing;
    },
  },
});
Object.assign(fake.vscode.window, { onDidChangeVisibleTextEditors: shown.event, onDidChangeTextEditorSelection: moved.event });
const prompts = ['/ws/desk.bedrock.md', '/ws/triage.bedrock.md'];
Object.assign(fake.vscode.workspace, { findFiles: () => Promise.resolve(prompts.map((path) => fake.vscode.Uri.file(path))) });
const { registerDiagnostics, registerIncludedFiles, registerIncludedImpact, registerEditImpact, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/language/diagnostics') as typeof diagnosticsModule),
  ...(require('../../../../src/editor/language/includedFiles') as typeof includedModule),
  ...(require('../../../../src/editor/language/includedImpact') as typeof includedImpactModule),
  ...(require('../../../../src/editor/language/impactLens') as typeof impactModule),
}));

const promptOf = (name: string, include = '{{> ./rules.md}}') =>
  `---\nname: ${name}\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n${include}\n<!-- cachePoint -->\n# user:\nHello\n`;
const rules = 'A rule of the desk.\n'.repeat(800);
const varying = `${rules}It is now 14:03.\n`;
const head = {
  commitOf: () => undefined,
  readText: () => Promise.resolve(undefined),
  readBytes: () => Promise.resolve(undefined),
  onDidChange: new EventEmitter<void>().event,
  dispose: () => undefined,
};

describe('an included file', () => {
  const pass = useFakeTimers();
  const settle = async () => {
    for (let turns = 0; turns < 20; turns += 1) await pass(200);
  };
  const documents: ReturnType<typeof open>[] = [];
  const openAlso = (path: string, text: string, language?: string) => {
    const document = open(path, text, language);
    documents.push(document);
    return document;
  };
  const look = async (...visible: readonly FakeDocument[]) => {
    Object.assign(fake.vscode.window, { visibleTextEditors: visible.map((document) => ({ document })) });
    shown.fire(undefined);
    await settle();
  };
  const messages = (path = '/ws/rules.md') => (told.get(path) ?? []).map(({ message }) => message);
  const parts: { dispose(): unknown }[] = [];
  let impact: impactModule.EditImpact;
  beforeEach(() => {
    Object.assign(fake.vscode.window, { visibleTextEditors: [], activeTextEditor: undefined });
    disk.set('/ws/desk.bedrock.md', promptOf('Support desk'));
    disk.set('/ws/triage.bedrock.md', promptOf('Triage'));
    disk.set('/ws/rules.md', varying);
    lenses.splice(0);
    hovers.splice(0);
    const included = registerIncludedFiles(deps);
    impact = registerEditImpact(deps, head);
    parts.push(included, impact, registerIncludedImpact(deps, included, impact));
    parts.push(registerDiagnostics(deps, fake.vscode.Uri.file('/extension'), included));
  });
  afterEach(() => {
    for (const document of documents.splice(0)) close(document);
    for (const part of parts.splice(0)) part.dispose();
    assert.deepEqual([...told], []);
  });

  it('shows the problems of an open prompt where they are written, until that is closed', async () => {
    const desk = openAlso('/ws/desk.bedrock.md', promptOf('Support desk'));
    await settle();
    const [problem] = told.get('/ws/rules.md') ?? [];
    assert.match(problem?.message ?? '', /^In Support desk: This looks like the present time \(14:03\)/);
    assert.deepEqual(problem?.range.start, new Place(800, 10));
    assert.deepEqual(
      problem?.relatedInformation.map(({ location, message }) => [location.uri.path, message]),
      [['/ws/desk.bedrock.md', 'Support desk brings this file in here.']],
    );
    assert.equal(told.get('/ws/desk.bedrock.md')?.[0]?.relatedInformation[0]?.location.uri.path, '/ws/rules.md');
    close(documents.splice(documents.indexOf(desk), 1)[0] ?? desk);
    await settle();
    assert.deepEqual(messages(), []);
  });

  it('shows each once, however many prompts bring it in, and goes on while one of them does', async () => {
    const desk = openAlso('/ws/desk.bedrock.md', promptOf('Support desk'));
    const triage = openAlso('/ws/triage.bedrock.md', promptOf('Triage'));
    await settle();
    assert.equal(messages().length, 1);
    assert.match(messages()[0] ?? '', /^In Support desk and 1 other prompt: /);
    type(desk, promptOf('Support desk', 'Nothing.'));
    await settle();
    assert.match(messages()[0] ?? '', /^In Triage: /);
    type(triage, promptOf('Triage', 'Nothing.'));
    await settle();
    assert.deepEqual(messages(), []);
  });

  it('shows those of prompts that are not open while it is in sight', async () => {
    const document = openAlso('/ws/rules.md', varying, 'markdown');
    await look(document);
    assert.match(messages()[0] ?? '', /^In Support desk and 1 other prompt: /);
    type(document, rules);
    await settle();
    assert.deepEqual(messages(), []);
    type(document, varying);
    await settle();
    assert.equal(messages().length, 1);
    await look();
    assert.deepEqual(messages(), []);
  });

  it('says what an edit of it costs the prompts that bring it in', async () => {
    const document = Object.assign(openAlso('/ws/rules.md', varying, 'markdown'), { getWordRangeAtPosition: () => undefined });
    await look(document);
    type(document, rules);
    await settle();
    const at = (path: string) => fake.vscode.Uri.file(path);
    const read = async (path: string, name: string) => {
      const analysis = await deps.store.readSettled({ uri: at(path), languageId: 'bedrock-prompt' }, 'bedrock-prompt', promptOf(name));
      return analysis.prompts[0];
    };
    const titles = () => lenses.flatMap((provide) => provide(document)).map(({ command }) => command?.title ?? '');
    const [desk, triage] = [await read('/ws/desk.bedrock.md', 'Support desk'), await read('/ws/triage.bedrock.md', 'Triage')];
    assert.ok(desk && triage);
    impact.ran({ uri: at('/ws/desk.bedrock.md'), id: 'only' }, desk);
    await settle();
    assert.equal(titles().length, 1, 'nothing is changed yet');
    type(document, rules.replace('desk.\nA', 'desks.\nA'));
    await settle();
    assert.match(titles().at(-1) ?? '', /^This edit invalidates \d,\d{3} cached tokens since the last run, in Support desk$/);
    impact.ran({ uri: at('/ws/triage.bedrock.md'), id: 'only' }, triage);
    await settle();
    assert.match(titles().at(-1) ?? '', /, in Support desk and 1 other prompt$/);
    const hover = hovers.flatMap((provide) => provide(document, new Place(0, 18)) ?? []).at(-1);
    assert.match(JSON.stringify(hover), /Triage: This edit invalidates/);
    type(document, rules);
    await settle();
    assert.equal(titles().length, 1);
  });
});
