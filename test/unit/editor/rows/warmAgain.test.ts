import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as engine from '../../../../src/core/engine';
import type * as againModule from '../../../../src/editor/rows/warmAgain';
import type * as memoryModule from '../../../../src/editor/runs/warmMemory';
import type * as choiceModule from '../../../../src/editor/documents/choosePrompt';
import type { WarmBefore } from '../../../../src/editor/history/warmBefore';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { fakeApiKeys, fakeEmulator, fakeLog, fakeSettings, fakeStore } from '../../../support/fakePorts';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { createMemento } from '../../../support/memento';

const fake = createFakeVscode();
const { whenWarmBefore, WarmMemory } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/documents/choosePrompt') as typeof choiceModule),
  ...(require('../../../../src/editor/rows/warmAgain') as typeof againModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof memoryModule),
}));

const minute = 60_000;
const key = 'cachepoint.warmUntil';
const uri = fake.vscode.Uri.file('/desk.bedrock.md');
const ref = { uri, id: 'only' };
const analysis = engine.analyze('# user:\nHello {{name}}\n', 'bedrock-prompt', noFiles, defaultSettings);

describe('what an earlier window warmed', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  const open = (kept: number | undefined, found: WarmBefore | undefined) => {
    const state = createMemento(kept === undefined ? {} : { [key]: kept });
    const asked: string[] = [];
    const document = { uri, getText: () => '' };
    Object.assign(fake.vscode.window, { activeTextEditor: { document } });
    Object.assign(fake.vscode.workspace, { isTrusted: true });
    const warm = new WarmMemory(() => engine);
    const deps = {
      warm,
      log: fakeLog(assert.fail),
      store: fakeStore({ get: () => analysis, settled: () => Promise.resolve(analysis.prompts[0]) }),
      settings: fakeSettings(),
      emulator: fakeEmulator(),
      apiKeys: fakeApiKeys(),
      history: () => ({
        warmBefore: (prompt: { readonly id: string }) => {
          asked.push(prompt.id);
          return Promise.resolve(found);
        },
      }),
    };
    whenWarmBefore(deps, state);
    return { state: state.kept, asked, warm };
  };
  const left: WarmBefore = { values: { name: 'Jon' }, entries: [{ prefix: { key: 'p', ttl: '5m' }, at: 1_000_000 - 2 * minute }] };

  it('is asked for once, while some of it may live, and then counts as its own', async () => {
    const { asked, warm } = open(1_000_000 + minute, left);
    mock.timers.tick(400);
    await settle();
    assert.deepEqual(asked, ['only']);
    assert.deepEqual(warm.valuesOf(ref), { name: 'Jon' });
    assert.equal(warm.until, 1_000_000 + 3 * minute);
  });

  it('is not asked for once all of it has ended, nor where nothing ever was', async () => {
    for (const kept of [1_000_000 - 1, undefined]) {
      const { asked } = open(kept, left);
      mock.timers.tick(400);
      await settle();
      assert.deepEqual(asked, []);
    }
  });

  it('gives way to a call of this window', async () => {
    const { warm } = open(1_000_000 + minute, left);
    warm.wrote([{ key: 'own', ttl: '5m' }], 1_000_000, ref, { name: 'Arya' });
    mock.timers.tick(400);
    await settle();
    assert.deepEqual(warm.valuesOf(ref), { name: 'Arya' });
  });

  it('is written down by its end, and not with every call', () => {
    const { state, warm } = open(undefined, undefined);
    warm.wrote([{ key: 'a', ttl: '5m' }], 1_000_000, ref, {});
    assert.equal(state.get(key), 1_000_000 + 5 * minute);
    warm.wrote([{ key: 'a', ttl: '5m' }], 1_000_000 + 10_000, ref, {});
    assert.equal(state.get(key), 1_000_000 + 5 * minute);
    warm.wrote([{ key: 'b', ttl: '1h' }], 1_000_000, ref, {});
    assert.equal(state.get(key), 1_000_000 + 60 * minute);
  });
});
