import assert from 'node:assert/strict';
import type * as offerModule from '../../../../src/editor/workspace/offerRename';
import { loadEditor } from '../../../support/fakeVscode';
import { createFakeWorkspace } from '../../../support/fakeWorkspace';

const { fake, shown, answers } = createFakeWorkspace();
const renamed: string[] = [];
Object.assign(fake.vscode.workspace, { applyEdit: () => Promise.resolve(true) });
Object.assign(fake.vscode, {
  WorkspaceEdit: class {
    renameFile(from: { path: string }, to: { path: string }): void {
      renamed.push(`${from.path} → ${to.path}`);
    }
  },
});
const { offerRename } = loadEditor(fake, () => require('../../../../src/editor/workspace/offerRename') as typeof offerModule);

const text = '---\nmodelId: m\n---\n# user:\nHello\n';
const save = (path: string, languageId = 'markdown', content = text): Promise<void> =>
  offerRename({ uri: fake.vscode.Uri.file(path), languageId, getText: () => content });

describe('a prompt that is saved under another ending', () => {
  beforeEach(() => {
    for (const list of [shown, answers, renamed]) list.splice(0);
  });

  it('is renamed when the person says so', async () => {
    answers.push('Rename to triage.bedrock.md');
    await save('/ws/triage.md');
    assert.match(shown[0]?.text ?? '', /known by its ending \.bedrock\.md; triage\.md is taken for other text/);
    assert.deepEqual(renamed, ['/ws/triage.md → /ws/triage.bedrock.md']);
  });

  it('is told about once, and stays as it is where that is not wanted', async () => {
    await save('/ws/twice.md');
    await save('/ws/twice.md');
    assert.deepEqual([shown.length, renamed], [1, []]);
  });

  it('is told about in any language that it may have been given', async () => {
    for (const languageId of ['plaintext', 'instructions', 'bedrock-prompt']) await save(`/ws/${languageId}`, languageId);
    assert.equal(shown.length, 3);
  });

  it('is not meant by files of other kinds and of the right name', async () => {
    await save('/ws/triage.bedrock.md', 'bedrock-prompt');
    await save('/ws/readme.md', 'markdown', '# Read me\n');
    assert.deepEqual(shown, []);
  });
});
