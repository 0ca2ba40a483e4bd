import assert from 'node:assert/strict';
import type * as settingsModule from '../../../../src/editor/workspace/settings';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { createMemento } from '../../../support/memento';

/** A reader over settings that a test gives, and over the state of a workspace. */
const createReader = (given: Readonly<Record<string, unknown>>, kept: Readonly<Record<string, unknown>> = {}) => {
  const fake = createFakeVscode();
  const warned: string[] = [];
  Object.assign(fake.vscode.workspace, {
    getConfiguration: () => ({ get: (key: string, otherwise?: unknown) => given[key] ?? otherwise, inspect: () => undefined }),
    createFileSystemWatcher: () => ({ onDidChange: () => undefined, onDidCreate: () => undefined, onDidDelete: () => undefined }),
  });
  Object.assign(fake.vscode.window, { showWarningMessage: (text: string) => Promise.resolve(void warned.push(text)) });
  const { createSettingsReader } = loadEditor(fake, () => require('../../../../src/editor/workspace/settings') as typeof settingsModule);
  const state = createMemento(kept);
  return { reader: createSettingsReader(state), state, warned };
};

describe('the profile and the Region of a workspace', () => {
  it('go before the settings, and are kept in the state of the workspace', async () => {
    const { reader, state } = createReader({ profile: 'work', region: 'us-east-1' });
    let told = 0;
    reader.onDidChange(() => (told += 1));
    await reader.choose('profile', 'client');
    await reader.choose('region', 'eusc-de-east-1');
    assert.deepEqual([reader.read().profile, reader.read().region, told], ['client', 'eusc-de-east-1', 2]);
    assert.deepEqual([...state.kept.values()], ['client', 'eusc-de-east-1']);
    assert.deepEqual([reader.inSettings('profile'), reader.inSettings('region')], ['work', 'us-east-1']);
  });

  it('can be none, although the settings name one', async () => {
    const { reader } = createReader({ profile: 'work' });
    await reader.choose('profile', '');
    assert.deepEqual([reader.read().profile, reader.chosen('profile')], ['', '']);
  });

  it('are those of the settings again when the choice is taken back', async () => {
    const { reader, state } = createReader({ profile: 'work' }, { 'cachepoint.chosenProfile': 'client' });
    assert.equal(reader.read().profile, 'client');
    await reader.choose('profile', undefined);
    assert.deepEqual([reader.read().profile, reader.chosen('profile'), state.kept.size], ['work', undefined, 0]);
  });

  it('are checked as the settings are', () => {
    const { reader, warned } = createReader({ region: 'us-east-1' }, { 'cachepoint.chosenRegion': 'nowhere.example' });
    assert.equal(reader.read().region, '');
    assert.match(warned[0] ?? '', /cachepoint\.region/);
  });
});
