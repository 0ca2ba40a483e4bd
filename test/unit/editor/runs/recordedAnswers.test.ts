import assert from 'node:assert/strict';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { RecordedMode } from '../../../../src/core/runs/recorded';
import type * as assistModule from '../../../../src/editor/assist';
import type * as recordedModule from '../../../../src/editor/runs/recordedAnswers';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { createMemento } from '../../../support/memento';
import { localTarget, scripted, wholeRun } from '../../../support/scriptedRun';

const workspace = createFakeWorkspace();
const { fake, open, set, shown, answers } = workspace;
const { RecordedAnswersMemory, assist, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/runs/recordedAnswers') as typeof recordedModule),
  assist: require('../../../../src/editor/assist') as typeof assistModule,
}));

const refTo = (path: string) => ({ uri: fake.vscode.Uri.file(path), id: onlyPrompt });
const ref = refTo('/ws/a.bedrock.md');
const place = { identity: 'profile dev', region: 'us-east-1', address: 'https://a' };
const never = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };
const wishes = (recordedAnswers: RecordedMode, keepTexts = false) => ({ recordedAnswers, keepTexts });
const callOf = (body: string, more: { readonly forReal?: boolean; readonly ref?: typeof ref } = {}) => ({
  ref,
  door: 'ConverseStream',
  modelId: 'm',
  body,
  forReal: false,
  ...more,
});

describe('the memory of recorded answers', () => {
  const state = createMemento();
  let memory = new RecordedAnswersMemory(state);
  beforeEach(() => {
    state.kept.clear();
    memory = new RecordedAnswersMemory(state);
    for (const list of [shown, answers]) list.splice(0);
  });
  /** Runs it; gives whether anything was sent. */
  const send = async (call: ReturnType<typeof callOf>, how = wishes('window'), events = wholeRun(0)): Promise<boolean> => {
    const port = scripted(events);
    const start = await memory.portFor(call, place, port, how);
    const types: string[] = [];
    for await (const { type } of start.port({ api: 'messages', modelId: 'm', body: '{}' }, localTarget, never)) types.push(type);
    assert.equal(types.includes('replayed'), start.replays);
    return port.requests.length === 1;
  };

  it('keeps nothing and gives nothing where it is off', async () => {
    assert.ok(await send(callOf('{"a":1}'), wishes('off')));
    assert.ok(await send(callOf('{"a":1}')));
    assert.deepEqual([...state.kept.keys()], []);
  });

  it('gives the answer of this window to an identical request of the same prompt, and to no other', async () => {
    assert.ok(await send(callOf('{"a":1}')));
    assert.equal(await send(callOf('{ "a": 1 }')), false);
    assert.ok(await send(callOf('{"a":2}')));
    assert.ok(await send(callOf('{"a":1}', { ref: refTo('/ws/b.bedrock.md') })));
    memory = new RecordedAnswersMemory(state);
    assert.ok(await send(callOf('{"a":1}')), 'nothing outlasts the window');
  });

  it('sends for real where that is wished, and gives the newer answer from then on', async () => {
    await send(callOf('{"a":1}'));
    assert.ok(await send(callOf('{"a":1}', { forReal: true })));
    assert.equal(await send(callOf('{"a":1}')), false);
  });

  it('keeps answers over windows only where texts may be kept', async () => {
    await send(callOf('{"a":1}'), wishes('persistent'));
    assert.equal(state.kept.size, 0);
    await send(callOf('{"a":2}'), wishes('persistent', true));
    assert.equal(state.kept.size, 1);
    memory = new RecordedAnswersMemory(state);
    assert.equal(await send(callOf('{"a":2}'), wishes('persistent', true)), false);
    assert.ok(await send(callOf('{"a":2}'), wishes('persistent')), 'consent that was taken back holds at once');
  });

  it('never writes an answer that holds a secret, though this window has it', async () => {
    const key = 'AKIA2E4GHJ7QWZXPLM3N';
    const pieces = [key.slice(0, 9), key.slice(9)].map((delta) => ({ type: 'text', at: 5, delta }) as const);
    const leaking = wholeRun(0).flatMap((event) => (event.type === 'text' ? pieces.splice(0, 1) : [event]));
    const how = wishes('persistent', true);
    await send(callOf('{"a":1}'), how, leaking);
    assert.equal(await send(callOf('{"a":1}'), how), false);
    assert.equal(state.kept.size, 0);
  });

  it('follows what was chosen for one prompt before the setting, and forgets when it is switched off', async () => {
    await memory.choose(ref, 'persistent');
    await send(callOf('{"a":1}'), wishes('off', true));
    assert.equal(await send(callOf('{"a":1}'), wishes('off', true)), false);
    await memory.choose(ref, 'off');
    assert.deepEqual(state.kept.get('cachepoint.recordedAnswers'), []);
    await memory.choose(ref, undefined);
    assert.ok(await send(callOf('{"a":1}'), wishes('window', true)));
    assert.equal(memory.chosenFor(ref), undefined);
  });

  it('is asked for by a list, with a question before texts are kept', async () => {
    const updates: unknown[] = [];
    Object.assign(deps.settings, { update: (key: string, value: unknown) => Promise.resolve(updates.push([key, value])) });
    let label = 'Persistent';
    Object.assign(fake.vscode.window, {
      showQuickPick: (items: readonly { readonly label: string }[]) => Promise.resolve(items.find((item) => item.label === label)),
    });
    set({ keepTexts: false });
    const prompt = { ref, document: open(ref.uri.path, '') };
    answers.push(undefined);
    await assist.chooseRecorded(prompt, memory, deps);
    assert.deepEqual([memory.chosenFor(ref), updates], [undefined, []]);
    answers.push('Keep Texts');
    await assist.chooseRecorded(prompt, memory, deps);
    assert.deepEqual([memory.chosenFor(ref), updates], ['persistent', [['history.keepTexts', true]]]);
    label = 'As the Setting Says';
    await assist.chooseRecorded(prompt, memory, deps);
    assert.equal(memory.chosenFor(ref), undefined);
  });
});
