import assert from 'node:assert/strict';
import { noCalibration } from '../../../src/core/tokens/calibrate';
import type { TextDocument } from 'vscode';
import { onlyPrompt } from '../../../src/core/prompt/model';
import { commandNames, type CommandName } from '../../../src/editor/commandIds';
import type * as tableModule from '../../../src/editor/commandTable';
import type { Subject } from '../../../src/editor/documents/choosePrompt';
import type { PanelSession } from '../../../src/editor/panel/session';
import type { PromptRef } from '../../../src/editor/promptRef';
import { unexpected } from '../../support/fakePorts';
import { createMemento } from '../../support/memento';
import { fakeHistory } from '../../support/fakeHistory';
import { addPanels } from '../../support/fakePanel';
import { createFakeWorkspace, loadFeatures } from '../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, open, close, shown, set, edits } = workspace;
const { ports, updates, extension, activate } = addPanels(workspace);
const { createCommandTable, deps } = loadFeatures(workspace, () => require('../../../src/editor/commandTable') as typeof tableModule);

const text = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello\n';
const refTo = ({ uri }: TextDocument): PromptRef => ({ uri, id: onlyPrompt });
const openPrompt = 'Open a prompt first: a *.bedrock.md file, or JSON that is a Converse request or a body of InvokeModel.';

/** A panel that notes what is asked of it. */
const asked: string[] = [];
const note = (what: string) => (subject?: { readonly uri: { readonly path: string } }) =>
  void asked.push(subject === undefined ? what : `${what} ${subject.uri.path}`);
const session = {
  prompt: undefined as PromptRef | undefined,
  visible: true,
  controller: { cancel: note('cancel'), clear: note('clear'), lastAnswered: () => undefined, busy: false },
  reveal: note('reveal'),
  select: note('select'),
  showTab: (tab: string) => void asked.push(`tab ${tab}`),
};
/** What a conversion was asked for. */
const converts =
  (what: string) =>
  ({ ref }: { readonly ref: PromptRef }): Promise<void> =>
    Promise.resolve(void asked.push(`${what} ${ref.uri.path}`));
const treated: string[] = [];
const refreshed: string[] = [];
const table = createCommandTable({
  ...deps,
  ...ports,
  documents: {
    ...deps.documents,
    treatAsPrompt: ({ path }: { path: string }, isPrompt: boolean) => Promise.resolve(void treated.push(`${path} ${isPrompt}`)),
  },
  store: Object.assign(deps.store, { refresh: () => void refreshed.push('refresh') }),
  log: Object.assign(deps.log, { show: note('log') }),
  session: session as unknown as PanelSession, // the members that are used here
  account: { of: () => undefined, remember: () => undefined },
  preview: { show: (ref) => Promise.resolve(note('preview')(ref)) },
  assist: () => ({ ...deps.assist(), copyPromptAs: converts('copy'), extractPrompt: converts('extract') }),
  memory: {
    current: noCalibration,
    counted: [],
    keepCounted: unexpected('keepCounted'),
    learnFromCount: unexpected('learnFromCount'),
    nameOf: () => undefined,
    forget: unexpected('forget'),
    onDidChange: () => ({ dispose: () => undefined }),
  },
  prompts: () => ({
    showView: note('view'),
    askForFilter: () => Promise.resolve(note('filter')()),
    refresh: note('look again'),
    writePolicy: () => Promise.resolve(note('policy')()),
    stop: note('stop'),
    dispose: () => undefined,
  }),
  history: () => fakeHistory(asked),
  rows: () => ({
    run({ uri }: PromptRef, onModels: boolean) {
      asked.push(`rows ${uri.path}${onModels ? ' on models' : ''}`);
      return Promise.resolve(undefined);
    },
    show: () => Promise.resolve(note('rows of earlier')()),
    showClock: note('clock'),
    simulate: ({ uri }: PromptRef) => Promise.resolve(void asked.push(`simulate ${uri.path}`)),
    continueRun({ uri }: PromptRef) {
      asked.push(`continue ${uri.path}`);
      return Promise.resolve(undefined);
    },
    keepWarm: ({ uri }: PromptRef) => Promise.resolve(void asked.push(`keep warm ${uri.path}`)),
    stopKeepingWarm: note('stop keeping warm'),
    tellUnfinished: () => Promise.resolve(),
    moveKeys: unexpected('moveKeys'),
    tests: { follow: () => undefined, dispose: () => undefined },
    dispose: () => undefined,
  }),
  spending: () => ({ today: unexpected('today'), judge: unexpected('judge'), book: unexpected('book') }),
  warm: { forget: () => undefined },
  context: { extensionUri: extension, workspaceState: createMemento(), extension: { packageJSON: { version: '1.2.3' } } },
});
const call = async (name: CommandName, subject?: Subject): Promise<readonly string[]> => {
  asked.splice(0);
  shown.splice(0);
  await table.handlers[name](subject, subject);
  return [...asked];
};

describe('the table of commands', () => {
  let desk: ReturnType<typeof open>;
  let other: ReturnType<typeof open>;
  beforeEach(() => {
    desk = open('/ws/desk.bedrock.md', text);
    other = open('/ws/other.bedrock.md', text);
    session.prompt = undefined;
    activate(undefined);
    for (const list of [updates, treated, refreshed, edits]) list.splice(0);
  });
  afterEach(() => {
    close(desk);
    close(other);
  });
  after(() => table.dispose());

  it('has every command', () => {
    assert.deepEqual(Object.keys(table.handlers).toSorted(), [...commandNames].toSorted());
  });

  it('shows the prompt that a command was called on, else the one in front', async () => {
    activate(desk);
    assert.deepEqual(await call('openPanel', refTo(other)), ['select /ws/other.bedrock.md', 'reveal']);
    assert.deepEqual(await call('openPanel', other.uri), ['select /ws/other.bedrock.md', 'reveal']);
    assert.deepEqual(await call('openPanel'), ['select /ws/desk.bedrock.md', 'reveal']);
  });

  it('means the prompt of the panel when no prompt is in front, as when the panel has the focus', async () => {
    session.prompt = refTo(other);
    assert.deepEqual(await call('previewRequest'), ['preview /ws/other.bedrock.md']);
    activate(desk);
    assert.deepEqual(await call('previewRequest'), ['preview /ws/desk.bedrock.md']);
    activate(open('/ws/notes.txt', 'Notes', 'plaintext'));
    assert.deepEqual(await call('previewRequest'), ['preview /ws/other.bedrock.md']);
  });

  for (const [name, tab] of [
    ['compareModels', 'models'],
    ['forecast', 'forecast'],
  ] as const)
    it(`opens the panel at its tab: ${name}`, async () => {
      activate(desk);
      assert.deepEqual(await call(name), ['select /ws/desk.bedrock.md', 'reveal', `tab ${tab}`]);
    });

  it('hands runs on to those who remember them', async () => {
    assert.deepEqual(await call('filterRuns'), ['filter runs']);
    assert.deepEqual(await call('compareRuns'), ['compare runs']);
    assert.deepEqual(await call('exportRuns'), ['export runs']);
    assert.deepEqual(await call('deleteRuns'), ['remove runs']);
  });

  it('opens the panel without a prompt too', async () => {
    assert.deepEqual(await call('openPanel'), ['reveal']);
    assert.deepEqual(shown, []);
  });

  for (const name of ['run', 'runTwice', 'runWithValues', 'previewRequest', 'optimize', 'fixAll', 'compareSamples', 'countTokens'] as const)
    it(`asks for a prompt where there is none: ${name}`, async () => {
      assert.deepEqual(await call(name), []);
      assert.deepEqual(
        shown.map(({ text: said }) => said),
        [openPrompt],
      );
    });

  it('leads to the runs, the log and the emulator', async () => {
    assert.deepEqual([await call('cancelRun'), await call('clearRuns'), await call('showLog')], [['cancel'], ['clear'], ['log']]);
    await call('startEmulator');
    assert.deepEqual(updates, [['endpoint', 'emulator']]);
    assert.match(shown[0]?.text ?? '', /^The local emulator answers at http:\/\/127\.0\.0\.1:\d+\. /);
    await call('stopEmulator');
    assert.equal(ports.emulator.url, undefined);
  });

  it('asks for a rule that is not named, by the page that is installed', async () => {
    workspace.disk.set('/extension/docs/rules.md', '# Rules\n\n## cache/missing\n\nText\n');
    const asked: unknown[] = [];
    Object.assign(fake.vscode.window, { showQuickPick: (items: unknown) => Promise.resolve(void asked.push(items)) });
    await table.handlers.explainRule(undefined, 'no/such-rule');
    assert.deepEqual(asked, [['cache/missing']]);
  });

  it('hands a prompt to what runs its rows', async () => {
    activate(desk);
    assert.deepEqual(await call('runRows'), ['rows /ws/desk.bedrock.md']);
    assert.deepEqual(await call('runRowsOnModels', refTo(other)), ['rows /ws/other.bedrock.md on models']);
    assert.deepEqual(await call('showRows'), ['rows of earlier']);
    assert.deepEqual(await call('continueRun'), ['continue /ws/desk.bedrock.md']);
    assert.deepEqual(await call('simulateChat'), ['simulate /ws/desk.bedrock.md']);
    assert.deepEqual(await call('keepWarm'), ['keep warm /ws/desk.bedrock.md']);
    assert.deepEqual(await call('stopKeepingWarm'), ['stop keeping warm']);
  });

  it('hands a prompt to what converts it', async () => {
    activate(desk);
    assert.deepEqual(await call('copyAs'), ['copy /ws/desk.bedrock.md']);
    assert.deepEqual(await call('extractPrompt', refTo(other)), ['extract /ws/other.bedrock.md']);
  });

  it('turns the cache map off and on', async () => {
    for (const cacheMap of [true, false]) {
      set({ cacheMap });
      await call('toggleCacheMap');
    }
    assert.deepEqual(updates, [
      ['editor.cacheMap', false],
      ['editor.cacheMap', true],
    ]);
  });

  it('treats a file as a prompt or as none, by its address, its prompt or its editor, and has it read again', async () => {
    await call('treatAsPrompt');
    assert.deepEqual([treated, refreshed], [[], []]);
    await call('treatAsPrompt', fake.vscode.Uri.file('/ws/a.json'));
    await call('treatAsPrompt', refTo(other));
    activate(desk);
    await call('stopTreatingAsPrompt');
    assert.deepEqual(treated, ['/ws/a.json true', '/ws/other.bedrock.md true', '/ws/desk.bedrock.md false']);
    assert.equal(refreshed.length, 3);
  });

  it('says that there is nothing to forget before anything was learned', async () => {
    await call('resetCalibration', refTo(desk));
    assert.deepEqual(
      shown.map(({ text: said }) => said),
      ['Nothing has been learned about token estimates yet.'],
    );
  });
});
