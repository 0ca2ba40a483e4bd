import assert from 'node:assert/strict';
import type { FromIndexer, ToIndexer } from '../../../src/core/indexProtocol';
import type * as clientModule from '../../../src/editor/prompts/indexClient';
import { useFakeTimers } from '../../support/fakeTimers';
import { createFakeWorkspace, loadFeatures } from '../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { Uri } = workspace.fake.vscode;
const never = () => ({ dispose: () => undefined });
const { createIndexClient, deps } = loadFeatures(
  workspace,
  () => require('../../../src/editor/prompts/indexClient') as typeof clientModule,
);

describe('what the editor asks of the indexer', () => {
  const pass = useFakeTimers();
  let posted: ToIndexer[] = [];
  let hear: (message: FromIndexer) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let stopped = 0;
  let client: clientModule.IndexClient;
  beforeEach(() => {
    Object.assign(workspace.fake.vscode.workspace, {
      createFileSystemWatcher: () => ({ onDidChange: never, onDidCreate: never, onDidDelete: never, dispose: () => undefined }),
      workspaceFolders: [{ uri: Uri.file('/ws') }, { uri: Uri.from({ scheme: 'vscode-vfs', path: '/far' }) }],
    });
    [posted, stopped] = [[], 0];
    client = createIndexClient(deps, (heard, failed) => {
      [hear, fail] = [heard, failed];
      return { post: (message) => posted.push(structuredClone(message) as ToIndexer), stop: () => (stopped += 1) };
    });
  });
  afterEach(() => {
    client.dispose();
    workspace.trust(true);
  });

  it('is a search of folders on the disk, begun once, with settings that another thread can take', () => {
    // As VS Code guards what its settings hold.
    workspace.set({ models: new Proxy({}, {}) });
    client.ensure();
    client.ensure();
    assert.deepEqual(
      posted.map((message) => message.kind === 'start' && message.folders.map(({ path }) => path)),
      [['/ws']],
    );
    assert.deepEqual(client.state, { kind: 'searching', done: 0, of: 0 });
  });

  it('is nothing before the workspace is trusted', async () => {
    workspace.trust(false);
    client.ensure();
    assert.deepEqual([posted, client.state.kind], [[], 'idle']);
    workspace.trust(true);
    await pass(0);
    assert.equal(posted.length, 1);
  });

  it('tells how far it is, and what was found', () => {
    client.ensure();
    hear({ kind: 'progress', done: 3, of: 9 });
    assert.deepEqual(client.state, { kind: 'searching', done: 3, of: 9 });
    hear({ kind: 'index', index: { rows: [], members: [1] }, state: 'searching' });
    assert.deepEqual([client.state.kind, client.index.members], ['searching', [1]]);
    hear({ kind: 'index', index: { rows: [], members: [2] }, state: 'complete' });
    assert.deepEqual([client.state.kind, client.index.members], ['complete', [2]]);
    client.stop();
    assert.equal(posted.at(-1)?.kind, 'stop');
  });

  it('begins again when a setting changes or a person asks', async () => {
    client.ensure();
    workspace.set({ promptFiles: ['agents/*.md'] });
    await pass(1000);
    client.refresh();
    assert.deepEqual(
      posted.map(({ kind }) => kind),
      ['start', 'start', 'start'],
    );
  });

  it('passes on what is typed, gathered for a moment', async () => {
    client.ensure();
    const document = Object.assign(workspace.open('/ws/a.bedrock.md', '# user:\nHi.\n'), { isDirty: true });
    workspace.type(document, '# user:\nHello.\n');
    workspace.type(document, '# user:\nHello there.\n');
    await pass(1000);
    assert.deepEqual(posted.slice(1), [{ kind: 'changed', files: [{ path: '/ws/a.bedrock.md', text: '# user:\nHello there.\n' }] }]);
    workspace.close(document);
    await pass(1000);
    assert.deepEqual(posted.at(-1), { kind: 'changed', files: [{ path: '/ws/a.bedrock.md', text: undefined }] });
  });

  it('is logged when it fails, and another thread takes over', () => {
    client.ensure();
    const before = workspace.log.errors.length;
    fail(new Error('out of memory'));
    assert.deepEqual([client.state.kind, workspace.log.errors.length], ['failed', before + 1]);
    client.refresh();
    assert.equal(posted.length, 2);
    hear({ kind: 'note', text: 'a cannot be read' });
    assert.ok(workspace.log.warnings.includes('a cannot be read'));
    client.dispose();
    assert.equal(stopped, 1);
  });
});
