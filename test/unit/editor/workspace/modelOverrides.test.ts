import assert from 'node:assert/strict';
import { typingPauseMs } from '../../../../src/editor/debounce';
import type * as overridesModule from '../../../../src/editor/workspace/modelOverrides';
import { fakeStore } from '../../../support/fakePorts';
import { loadEditor } from '../../../support/fakeVscode';
import { useFakeTimers } from '../../../support/fakeTimers';
import { createFakeWorkspace } from '../../../support/fakeWorkspace';

const { fake, deps, set, shown, log } = createFakeWorkspace();

const { registerModelOverrides } = loadEditor(
  fake,
  () => require('../../../../src/editor/workspace/modelOverrides') as typeof overridesModule,
);

describe('models in the settings', () => {
  const pass = useFakeTimers();
  const pause = () => pass(typingPauseMs);

  it('are checked at the start, without waiting for a change', async () => {
    set({ models: { 'x.y': { caching: 5 } } });
    const registered = registerModelOverrides({ ...deps, store: fakeStore({}) });
    await pause();
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.text ?? '', /^cachepoint\.models: .*x\.y.*in the log\)$/);
    assert.ok(log.warnings.length > 1);

    set({ callsPerHour: 5 });
    await pause();
    assert.equal(shown.length, 1, 'each sentence once');

    set({ models: { 'x.z': 4 } });
    await pause();
    assert.equal(shown.length, 2);
    assert.match(shown[1]?.text ?? '', /x\.z/);

    registered.dispose();
    set({ models: { 'x.w': 4 } });
    await pause();
    assert.equal(shown.length, 2);
    assert.deepEqual(log.errors, []);
  });
});
