import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { RunPort } from '../../../../src/core/runs/port';
import { typingPauseMs } from '../../../../src/editor/debounce';
import type * as sessionModule from '../../../../src/editor/panel/session';
import type { PromptRef } from '../../../../src/editor/promptRef';
import { fakeHistory } from '../../../support/fakeHistory';
import { addPanels } from '../../../support/fakePanel';
import { useFakeTimers } from '../../../support/fakeTimers';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { localTarget, started } from '../../../support/scriptedRun';

const workspace = createFakeWorkspace();
const { open, close, type, set, log } = workspace;
const { panels, executed, ports, extension, activate, keptPanel, showTab } = addPanels(workspace);
const { createPanelSession, deps } = loadFeatures(workspace, () => require('../../../../src/editor/panel/session') as typeof sessionModule);

const text = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello\n';
const refTo = ({ uri }: TextDocument): PromptRef => ({ uri, id: onlyPrompt });
const fileOf = (uri: { readonly path: string } | undefined): string | undefined => uri?.path;

describe('the session of the panel', () => {
  const pass = useFakeTimers();
  /** Of the page. */
  const frame = () => pass(50);
  const pause = async () => {
    await pass(typingPauseMs);
    await frame();
  };
  const focus: boolean[] = [];
  const asked: string[] = [];
  let session: sessionModule.PanelSession;
  let desk: TextDocument & Parameters<typeof type>[0];
  let other: TextDocument & Parameters<typeof type>[0];
  beforeEach(() => {
    panels.splice(0);
    executed.splice(0);
    focus.splice(0);
    asked.splice(0);
    activate(undefined);
    desk = open('/ws/desk.bedrock.md', text);
    other = open('/ws/other.bedrock.md', text);
    const active = { setEditor: () => undefined, setPanel: (is: boolean) => void focus.push(is) };
    session = createPanelSession({ ...deps, ...ports, active, extension, observer: {}, history: () => fakeHistory(asked), window: '' });
  });
  afterEach(() => {
    session.dispose();
    close(desk);
    close(other);
    assert.deepEqual(log.errors, []);
  });
  const statesOf = (at = 0) => (panels[at]?.posted ?? []).flatMap(({ state }) => (state === undefined ? [] : [state]));
  const openPanel = () => {
    session.reveal();
    const panel = panels.at(-1);
    assert.ok(panel);
    return panel;
  };

  it('shows nothing until it is revealed, and then one panel', () => {
    assert.equal(session.visible, false);
    session.reveal();
    session.reveal();
    assert.equal(session.visible, true);
    assert.equal(panels.length, 1);
  });

  it('brings back the runs of earlier sessions once, and only for a prompt that the panel shows', () => {
    session.select(refTo(desk));
    assert.deepEqual(asked, [], 'nothing is read for a panel that nobody sees');
    session.reveal();
    session.select(refTo(other));
    session.select(refTo(desk));
    assert.deepEqual(asked, ['bring back /ws/desk.bedrock.md', 'bring back /ws/other.bedrock.md']);
  });

  it('gives the page its state when it asks, and again when the prompt is another', async () => {
    const panel = openPanel();
    panel.say({ type: 'ready' });
    await frame();
    session.select(refTo(desk));
    await frame();
    session.select(refTo(desk));
    await frame();
    assert.deepEqual(
      statesOf().map(({ file, tab }) => [file, tab]),
      [
        ['', 'run'],
        ['desk.bedrock.md', 'run'],
      ],
    );
    assert.equal(panel.title, 'Run: desk.bedrock.md');
  });

  it('is about the prompt in front, and keeps the last one when none is', async () => {
    activate(desk);
    await pause();
    assert.equal(fileOf(session.prompt?.uri), '/ws/desk.bedrock.md');
    activate(undefined);
    await pause();
    assert.equal(fileOf(session.prompt?.uri), '/ws/desk.bedrock.md');
  });

  it('stays with its prompt while a run goes on', async () => {
    session.select(refTo(desk));
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const port: RunPort = async function* () {
      yield started();
      await ended;
      yield { type: 'finished', at: 8, requestId: 'r', attempts: 1 };
    };
    const analysis = deps.store.of(refTo(desk));
    assert.ok(analysis);
    const job = { file: 'desk', ref: refTo(desk), analysis, values: {}, target: localTarget, twice: false };
    const run = session.controller.run(job, port, new AbortController());
    activate(other);
    await pause();
    assert.equal(fileOf(session.prompt?.uri), '/ws/desk.bedrock.md');
    end();
    await run;
    activate(other);
    await pause();
    assert.equal(fileOf(session.prompt?.uri), '/ws/other.bedrock.md');
  });

  it('goes with a file that gets another name', () => {
    session.select(refTo(desk));
    session.reveal();
    const rename = (from: string, to: string) => session.moveKeys((key) => (key === `file:${from}` ? `file:${to}` : key));
    rename('/ws/other.bedrock.md', '/ws/third.bedrock.md');
    assert.equal(fileOf(session.prompt?.uri), '/ws/desk.bedrock.md');
    rename('/ws/desk.bedrock.md', '/ws/new.bedrock.md');
    assert.equal(fileOf(session.prompt?.uri), '/ws/new.bedrock.md');
    assert.deepEqual(asked, ['bring back /ws/desk.bedrock.md'], 'its earlier runs are here already');
  });

  it('shows the tab that the page asks for', async () => {
    session.select(refTo(desk));
    const panel = openPanel();
    panel.say({ type: 'tab', tab: 'forecast' });
    await frame();
    session.showTab('models');
    await frame();
    assert.deepEqual(
      statesOf().map(({ tab }) => tab),
      ['forecast', 'models'],
    );
  });

  it('draws what is planned again when its prompt changes, and its runs do not', async () => {
    session.select(refTo(desk));
    openPanel();
    await frame();
    const drawn = statesOf().length;
    type(desk, `${text}More.\n`);
    await pause();
    assert.equal(statesOf().length, drawn, 'the runs are as they were');
    session.showTab('forecast');
    await frame();
    type(other, `${text}More.\n`);
    await pause();
    assert.equal(statesOf().length, drawn + 1, 'another prompt');
    type(desk, text);
    await pause();
    assert.equal(statesOf().length, drawn + 2);
  });

  it('draws again when a setting or the emulator changes, and says whether it runs', async () => {
    openPanel();
    set({ callsPerHour: 7 });
    await frame();
    await ports.emulator.start(8123);
    await frame();
    await ports.emulator.stop();
    await frame();
    assert.equal(statesOf().length, 3);
    assert.deepEqual(executed, [
      ['setContext', 'cachepoint.emulatorRunning', true],
      ['setContext', 'cachepoint.emulatorRunning', false],
    ]);
  });

  it('tells when the panel has the focus', () => {
    const panel = openPanel();
    panel.focus(true);
    panel.focus(false);
    panel.focus(true);
    panel.dispose();
    assert.deepEqual(focus, [true, false, true, false]);
    assert.equal(session.visible, false);
  });

  it('finds its prompt again after a reload, by the name of the file in an open tab', async () => {
    showTab(other.uri);
    session.restore(keptPanel(), { file: 'other.bedrock.md' });
    await frame();
    assert.equal(fileOf(session.prompt?.uri), '/ws/other.bedrock.md');
    assert.deepEqual(
      statesOf().map(({ file }) => file),
      ['other.bedrock.md'],
    );
  });

  it('is about no prompt after a reload where the file is in no tab, or the page kept nonsense', async () => {
    session.restore(keptPanel(), { file: 'gone.bedrock.md' });
    session.restore(keptPanel(), 7);
    await frame();
    assert.equal(session.prompt, undefined);
  });

  it('is about the prompt in front after a reload, whatever the page kept', async () => {
    activate(desk);
    session.restore(keptPanel(), { file: 'other.bedrock.md' });
    await frame();
    assert.equal(fileOf(session.prompt?.uri), '/ws/desk.bedrock.md');
  });

  it('does nothing more once it is released', async () => {
    const panel = openPanel();
    panel.say({ type: 'ready' });
    session.dispose();
    activate(desk);
    set({ callsPerHour: 8 });
    await pause();
    assert.equal(session.prompt, undefined);
    assert.deepEqual(panel.posted, []);
  });
});
