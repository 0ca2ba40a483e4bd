import assert from 'node:assert/strict';
import type * as settingsModule from '../../../../src/editor/workspace/settings';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { createMemento } from '../../../support/memento';

const workspace = createFakeWorkspace();
let levels: Readonly<Record<string, boolean | undefined>> = {};
/** The narrowest level wins, as in the editor. */
const values = () => [levels['workspaceFolderValue'], levels['workspaceValue'], levels['globalValue']];
Object.assign(workspace.fake.vscode.workspace, {
  getConfiguration: () => ({
    get: (key: string) => (key === 'neverGlobal' || key === 'problems.enabled' ? values().find((value) => value !== undefined) : undefined),
    inspect: () => levels,
  }),
});
const { createSettingsReader } = loadFeatures(
  workspace,
  () => require('../../../../src/editor/workspace/settings') as typeof settingsModule,
);

describe('a setting that lasts', () => {
  const reader = createSettingsReader(createMemento());
  after(() => reader.dispose());

  it('holds once a level says so, and no narrower one takes it back', () => {
    for (const [given, expected] of [
      [{}, false],
      [{ globalValue: false }, false],
      [{ globalValue: true, workspaceValue: false }, true],
      [{ globalValue: true, workspaceFolderValue: false }, true],
      [{ globalValue: false, workspaceValue: true }, true],
    ] as const) {
      levels = given;
      assert.equal(reader.read().neverGlobal, expected, JSON.stringify(given));
    }
  });

  it('is no other than that', () => {
    levels = { globalValue: true, workspaceValue: false };
    assert.equal(reader.read().problems, false);
  });
});
