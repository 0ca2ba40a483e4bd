import assert from 'node:assert/strict';
import { setImmediate as immediately } from 'node:timers/promises';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import * as engine from '../../../../src/core/engine';
import { filesFrom, type FileSource } from '../../../../src/core/prompt/files';
import type { FormatId } from '../../../../src/core/prompt/model';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { defaultSettings, type Settings } from '../../../../src/core/settings';
import { typingPauseMs } from '../../../../src/editor/debounce';
import type * as gitModule from '../../../../src/editor/documents/gitHead';
import type * as impactModule from '../../../../src/editor/language/impactLens';
import type * as runsModule from '../../../../src/editor/runs/runList';
import type { RunEvent } from '../../../../src/core/runs/events';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { useFakeTimers } from '../../../support/fakeTimers';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget, scripted, started } from '../../../support/scriptedRun';

class Position {
  constructor(readonly offset: number) {}
}
class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
  contains({ offset }: Position): boolean {
    return this.start.offset <= offset && offset <= this.end.offset;
  }
}
class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: { readonly title: string; readonly tooltip: string; readonly command: string },
  ) {}
}
class MarkdownString {
  value = '';
  appendMarkdown(text: string): void {
    this.value += text;
  }
  appendText(text: string): void {
    this.value += text;
  }
}
class Hover {
  constructor(readonly content: MarkdownString) {}
}

const fake = createFakeVscode();
const { EventEmitter, Uri } = fake.vscode;
type Listening = { dispose(): void };

interface LensProvider {
  readonly onDidChangeCodeLenses: (listener: () => void) => Listening;
  provideCodeLenses(document: unknown): readonly CodeLens[];
}
interface HoverProvider {
  provideHover(document: unknown, position: Position): Hover | undefined;
}
const providers: { lens?: LensProvider; hover?: HoverProvider } = {};
const nothing = { dispose: () => undefined };
let gitExtension: unknown;

Object.assign(fake.vscode, {
  Position,
  Range,
  CodeLens,
  MarkdownString,
  Hover,
  extensions: { getExtension: () => gitExtension },
  languages: {
    registerCodeLensProvider: (_selector: unknown, provider: LensProvider) => ((providers.lens = provider), nothing),
    registerHoverProvider: (_selector: unknown, provider: HoverProvider) => ((providers.hover = provider), nothing),
  },
});
Object.assign(fake.vscode.workspace, {
  getWorkspaceFolder: () => ({ uri: Uri.file('/shop') }),
  onDidCloseTextDocument: () => nothing,
});

const { registerEditImpact } = loadEditor(fake, () => require('../../../../src/editor/language/impactLens') as typeof impactModule);
const { createGitHead } = loadEditor(fake, () => require('../../../../src/editor/documents/gitHead') as typeof gitModule);
const { RunController } = loadEditor(fake, () => require('../../../../src/editor/runs/runList') as typeof runsModule);

const long = Array.from({ length: 220 }, (_, at) => `Rule ${at} says what the desk answers to a customer.`).join('\n');
const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
${long}
<!-- cachePoint -->
# user:
Hello
`;
const edited = text.replace('Rule 7 says', 'Rule 7 said');
const files: Record<string, string> = {};
const read = (source: string): PromptAnalysis => analyzeOnly(source, 'bedrock-prompt', filesFrom(files), defaultSettings);

/** An open prompt whose text can be changed, the feature around it, and a HEAD to compare with. */
const open = (start: string, given: Partial<Settings> = {}) => {
  let settings: Settings = { ...defaultSettings, ...given };
  let analysis = read(start);
  let complete = true;
  const errors: string[] = [];
  const storeChanged = new EventEmitter<unknown>();
  const settingsChanged = new EventEmitter<void>();
  const headChanged = new EventEmitter<void>();
  const head = {
    commit: undefined as string | undefined,
    contents: {} as Record<string, string>,
    asked: [] as string[],
    commitOf: () => head.commit,
    readText: (uri: { readonly path: string }, commit: string) => {
      head.asked.push(`${commit} ${uri.path}`);
      return Promise.resolve(head.contents[uri.path]);
    },
    readBytes: () => Promise.resolve(undefined),
    onDidChange: headChanged.event,
    dispose: () => undefined,
  };
  const uri = Uri.file('/shop/desk.bedrock.md');
  const document = {
    uri,
    offsetAt: ({ offset }: Position) => offset,
    positionAt: (offset: number) => new Position(offset),
    getWordRangeAtPosition: () => undefined as Range | undefined,
  };
  const deps = {
    engine: () => engine,
    store: {
      get: () => ({ prompts: [analysis] }),
      read: (_document: unknown, format: FormatId, source: string, some: FileSource) => engine.analyze(source, format, some, settings),
      isComplete: () => complete,
      onDidChange: storeChanged.event,
    },
    documents: { formatOf: () => 'bedrock-prompt' as const },
    settings: { read: () => settings, onDidChange: settingsChanged.event },
    formats: numberFormats('en'),
    log: { error: (message: string) => errors.push(message) },
  };
  const feature = registerEditImpact(deps, head);
  let refreshed = 0;
  providers.lens?.onDidChangeCodeLenses(() => (refreshed += 1));
  return {
    feature,
    head,
    errors,
    document,
    refreshed: () => refreshed,
    type: (source: string) => {
      analysis = read(source);
      storeChanged.fire(document);
    },
    ran: (source: string) => feature.ran({ uri, id: 'only' }, read(source)),
    set: (change: Partial<Settings>) => {
      settings = { ...settings, ...change };
      settingsChanged.fire();
    },
    pending: () => (complete = false),
    moveHead: (commit: string | undefined) => {
      head.commit = commit;
      headChanged.fire();
    },
    lens: () =>
      providers.lens?.provideCodeLenses(document).map(({ command, range }) => ({ title: command.title, at: range.start.offset })) ?? [],
    hover: (at: number) => providers.hover?.provideHover(document, new Position(at))?.content.value,
  };
};

/** Long enough for what is read in the background. */
const settle = () => immediately();

const difference = edited.indexOf('said') + 2;

describe('the lens of an edit', () => {
  const pass = useFakeTimers();

  it('says nothing before a run and without Git', () => {
    const prompt = open(edited);
    assert.deepEqual(prompt.lens(), []);
    assert.equal(prompt.hover(difference), undefined);
    prompt.feature.dispose();
  });

  it('stands at the first difference since the last run, and goes when it is undone', () => {
    const prompt = open(text);
    prompt.ran(text);
    assert.deepEqual(prompt.lens(), []);
    prompt.type(edited);
    const [lens] = prompt.lens();
    assert.equal(lens?.at, difference);
    assert.match(lens.title, /^This edit invalidates \d,\d{3} cached tokens since the last run$/);
    assert.match(prompt.hover(difference) ?? '', /since the last run.*Nothing of the earlier cache.*again, for \$/s);
    assert.equal(prompt.hover(text.indexOf('Rule 50')), undefined);
    prompt.feature.moveKeys((key) => `${key}.bak`);
    assert.deepEqual(prompt.lens(), [], 'the run is that of the file of another name');
    prompt.feature.moveKeys((key) => key.replace('.bak', ''));
    assert.equal(prompt.lens().length, 1);
    prompt.type(text.replace('Hello', 'Good evening'));
    assert.deepEqual(prompt.lens(), []);
    prompt.feature.dispose();
  });

  it('compares with Git HEAD where nothing was run, read once for each commit', async () => {
    const prompt = open(edited);
    prompt.head.contents['/shop/desk.bedrock.md'] = text;
    prompt.head.commit = 'a1';
    assert.deepEqual(prompt.lens(), [], 'it is being read');
    await settle();
    assert.match(prompt.lens()[0]?.title ?? '', /since Git HEAD$/);
    prompt.lens();
    assert.deepEqual(prompt.head.asked, ['a1 /shop/desk.bedrock.md']);
    prompt.head.contents['/shop/desk.bedrock.md'] = edited;
    prompt.moveHead('b2');
    prompt.lens();
    await settle();
    assert.deepEqual(prompt.lens(), []);
    assert.deepEqual(prompt.head.asked, ['a1 /shop/desk.bedrock.md', 'b2 /shop/desk.bedrock.md']);
    prompt.feature.dispose();
  });

  it('asks once for a file that is not tracked', async () => {
    const prompt = open(edited);
    prompt.head.commit = 'a1';
    for (let count = 0; count < 3; count += 1) {
      assert.deepEqual(prompt.lens(), []);
      await settle();
    }
    assert.equal(prompt.head.asked.length, 1);
    assert.deepEqual(prompt.errors, []);
    prompt.feature.dispose();
  });

  it('lets the last run count where both differ, and tells the same once', async () => {
    const prompt = open(edited);
    prompt.head.contents['/shop/desk.bedrock.md'] = text;
    prompt.head.commit = 'a1';
    prompt.lens();
    await settle();
    prompt.ran(text);
    assert.deepEqual(
      prompt.lens().map(({ title }) => title.replace(/.*since/, 'since')),
      ['since the last run'],
    );
    assert.equal(prompt.hover(difference)?.match(/This edit invalidates/g)?.length, 1);
    prompt.ran(edited);
    assert.deepEqual(prompt.lens(), [], 'what was run is in the cache');
    assert.match(prompt.hover(difference) ?? '', /since Git HEAD/);
    prompt.feature.dispose();
  });

  it('follows the settings', async () => {
    const prompt = open(edited, { editImpact: 'run' });
    prompt.head.contents['/shop/desk.bedrock.md'] = text;
    prompt.head.commit = 'a1';
    prompt.lens();
    await settle();
    assert.deepEqual(prompt.head.asked, [], 'Git is not asked');
    prompt.set({ editImpact: 'git' });
    prompt.ran(edited);
    prompt.lens();
    await settle();
    assert.match(prompt.lens()[0]?.title ?? '', /Git HEAD/);
    prompt.set({ codeLens: false });
    assert.deepEqual(prompt.lens(), []);
    prompt.set({ codeLens: true, editImpact: 'off' });
    assert.deepEqual(prompt.lens(), []);
    assert.equal(prompt.hover(difference), undefined);
    prompt.feature.dispose();
  });

  it('waits for files that are being read', () => {
    const prompt = open(edited);
    prompt.ran(text);
    prompt.pending();
    assert.deepEqual(prompt.lens(), []);
    prompt.feature.dispose();
  });

  it('reads what is included at HEAD too, and nothing outside the workspace folder', async () => {
    const including = text.replace(long, '{{> ./parts/rules.md}}\n{{> ../elsewhere.md}}\n{{> /etc/rules.md}}');
    files['parts/rules.md'] = long.replace('Rule 7 ', 'Rule seven ');
    const prompt = open(including);
    prompt.head.contents['/shop/desk.bedrock.md'] = including;
    prompt.head.contents['/shop/parts/rules.md'] = `${long.slice(0, 900)}{{> ./more.md}}${long.slice(900)}`;
    prompt.head.contents['/shop/parts/more.md'] = 'More.';
    prompt.head.commit = 'a1';
    prompt.lens();
    await settle();
    assert.equal(prompt.lens()[0]?.at, including.indexOf('{{> ./parts'));
    assert.deepEqual(prompt.head.asked, ['a1 /shop/desk.bedrock.md', 'a1 /shop/parts/rules.md', 'a1 /shop/parts/more.md']);
    prompt.feature.dispose();
  });

  it('is drawn again a moment after the last of many changes', async () => {
    const prompt = open(text);
    prompt.ran(text);
    for (let count = 0; count < 20; count += 1) prompt.type(edited);
    assert.equal(prompt.refreshed(), 0);
    await pass(typingPauseMs);
    assert.equal(prompt.refreshed(), 1);
    prompt.type(text);
    prompt.feature.dispose();
    await pass(10 * typingPauseMs);
    assert.equal(prompt.refreshed(), 1, 'not after it was released');
  });
});

describe('a run', () => {
  const job = {
    file: 'desk.bedrock.md',
    ref: { uri: Uri.file('/shop/desk.bedrock.md'), id: 'only' },
    analysis: read(text),
    values: {},
    target: localTarget,
  };
  const last: { readonly [name: string]: RunEvent } = {
    finished: { type: 'finished', at: 8, requestId: 'r', attempts: 1 },
    failed: { type: 'failed', at: 8, failure: { code: 'canceled', detail: '', requestId: undefined } },
  };
  for (const { end, twice, told } of [
    { end: 'finished', twice: false, told: 1 },
    { end: 'finished', twice: true, told: 2 },
    { end: 'failed', twice: true, told: 0 },
  ])
    it(`is compared with when it has ${end}${twice ? ', each of two calls' : ''}`, async () => {
      const port = scripted([started(), last[end] ?? started()]);
      const seen: PromptAnalysis[] = [];
      const observer = {
        changed: () => undefined,
        append: () => undefined,
        finished: (done: { analysis: PromptAnalysis }) => void seen.push(done.analysis),
      };
      await new RunController(() => engine, observer).run({ ...job, twice }, port, new AbortController());
      assert.deepEqual(seen.length, told);
      assert.ok(seen.every((analysis) => analysis === job.analysis));
    });
});

describe('Git HEAD', () => {
  const createGit = (enabled: boolean) => {
    const enablement = new EventEmitter<boolean>();
    const [openedOne, closedOne] = [new EventEmitter<unknown>(), new EventEmitter<unknown>()];
    const state = new EventEmitter<void>();
    const repository = {
      rootUri: Uri.file('/shop'),
      state: { HEAD: { commit: 'a1' } as { commit: string } | undefined, onDidChange: state.event },
      show: (ref: string, path: string) =>
        path.endsWith('gone.md') ? Promise.reject(new Error('not tracked')) : Promise.resolve(`${ref} ${path}`),
      buffer: () => Promise.resolve(new Uint8Array([1])),
    };
    const api = {
      repositories: [] as unknown[],
      onDidOpenRepository: openedOne.event,
      onDidCloseRepository: closedOne.event,
      getRepository: (uri: { readonly path: string }) => (uri.path.startsWith('/shop') ? repository : null),
    };
    const git = {
      enabled,
      onDidChangeEnablement: enablement.event,
      ready: true,
      getAPI: () => {
        if (!git.enabled || !git.ready) throw new Error('Git model not found');
        return api;
      },
    };
    return { git, enablement, openedOne, state, repository, extension: { activate: () => Promise.resolve(git) } };
  };
  const errors: unknown[] = [];
  const log = { error: (...parts: unknown[]) => void errors.push(parts) };
  const uri = Uri.file('/shop/desk.bedrock.md');
  const create = () => {
    const head = createGitHead(log);
    let changes = 0;
    head.onDidChange(() => (changes += 1));
    return { head, changes: () => changes };
  };

  beforeEach(() => errors.splice(0));

  it('is nothing without the Git extension', async () => {
    gitExtension = undefined;
    const { head } = create();
    assert.equal(head.commitOf(uri), undefined);
    await settle();
    assert.equal(await head.readText(uri, 'a1'), undefined);
    assert.deepEqual(errors, []);
    head.dispose();
  });

  it('is nothing when the extension cannot be started', async () => {
    gitExtension = { activate: () => Promise.reject(new Error('no')) };
    const { head } = create();
    assert.equal(head.commitOf(uri), undefined);
    await settle();
    assert.equal(head.commitOf(uri), undefined);
    assert.equal(errors.length, 1);
    head.dispose();
  });

  it('is the commit of the repository, and files of it', async () => {
    const { extension } = createGit(true);
    gitExtension = extension;
    const { head, changes } = create();
    assert.equal(head.commitOf(uri), undefined);
    await settle();
    assert.equal(changes(), 1, 'told when it is there');
    assert.equal(head.commitOf(uri), 'a1');
    assert.equal(await head.readText(uri, 'a1'), 'a1 /shop/desk.bedrock.md');
    assert.deepEqual(await head.readBytes(uri, 'a1'), new Uint8Array([1]));
    assert.equal(await head.readText(Uri.file('/shop/gone.md'), 'a1'), undefined);
    assert.equal(head.commitOf(Uri.file('/elsewhere/a.md')), undefined);
    head.dispose();
  });

  it('waits until Git is switched on, and for a repository that opens later', async () => {
    const { git, extension, enablement, openedOne, repository, state } = createGit(false);
    gitExtension = extension;
    const { head, changes } = create();
    head.commitOf(uri);
    await settle();
    assert.equal(head.commitOf(uri), undefined);
    git.enabled = true;
    // As the extension does: it tells before its API can be asked for.
    git.ready = false;
    enablement.fire(true);
    git.ready = true;
    await settle();
    assert.equal(head.commitOf(uri), 'a1');
    openedOne.fire({ ...repository });
    openedOne.fire({ ...repository });
    const before = changes();
    state.fire();
    assert.equal(changes(), before, 'the same commit is no change');
    repository.state.HEAD = { commit: 'b2' };
    state.fire();
    assert.equal(changes(), before + 1);
    repository.state.HEAD = undefined;
    state.fire();
    assert.equal(head.commitOf(uri), undefined);
    git.enabled = false;
    enablement.fire(false);
    await settle();
    assert.equal(head.commitOf(uri), undefined);
    head.dispose();
    assert.deepEqual(errors, []);
  });
});
