import assert from 'node:assert/strict';
import type * as projectModule from '../../../../src/editor/workspace/projectSettings';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';

/** A workspace whose files a test puts and removes, each time as an editor would say so. */
const createProject = (files: Readonly<Record<string, string>>) => {
  const fake = createFakeVscode();
  const { Uri } = fake.vscode;
  const disk = new Map(Object.entries(files));
  const listeners: Record<string, (uri: unknown) => void> = {};
  class FileSystemError extends Error {}
  const on = (name: string) => (listener: (uri: unknown) => void) => {
    listeners[name] = listener;
  };
  Object.assign(fake.vscode, { FileSystemError });
  Object.assign(fake.vscode.workspace, {
    createFileSystemWatcher: () => ({
      onDidChange: on('change'),
      onDidCreate: on('create'),
      onDidDelete: on('delete'),
      dispose: () => undefined,
    }),
    findFiles: () => Promise.resolve([...disk.keys()].map((path) => Uri.file(path))),
    fs: {
      readFile: (uri: { readonly path: string }) => {
        const text = disk.get(uri.path);
        return text === undefined ? Promise.reject(new FileSystemError()) : Promise.resolve(new TextEncoder().encode(text));
      },
    },
  });
  const { ProjectSettings } = loadEditor(fake, () => require('../../../../src/editor/workspace/projectSettings') as typeof projectModule);
  const project = new ProjectSettings();
  const uri = (path: string) => Uri.file(path); // the fake has what is used
  return {
    project,
    valueFor: (path: string, key: string) => project.valueFor(uri(path), key),
    change(name: 'change' | 'create' | 'delete', path: string, text?: string) {
      if (text === undefined) disk.delete(path);
      else disk.set(path, text);
      listeners[name]?.(uri(path));
    },
    /** Reading files takes a few turns. */
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
};

describe('the settings of a project in the editor', () => {
  it('come from the nearest file upward, as soon as it is read', async () => {
    const { project, valueFor, settled } = createProject({
      '/ws/cachepoint.json': '{ "defaultModelId": "outer", "traffic.callsPerHour": 5 }',
      '/ws/deep/cachepoint.json': '\uFEFF{ "defaultModelId": "inner" }',
    });
    let told = 0;
    project.onDidChange(() => (told += 1));
    assert.equal(valueFor('/ws/deep/a.bedrock.md', 'defaultModelId'), undefined);
    await settled();
    assert.equal(told, 2);
    assert.equal(valueFor('/ws/deep/down/a.bedrock.md', 'defaultModelId'), 'inner');
    assert.equal(valueFor('/ws/deep/a.bedrock.md', 'traffic.callsPerHour'), undefined);
    assert.equal(valueFor('/ws/a.bedrock.md', 'traffic.callsPerHour'), 5);
    assert.equal(valueFor('/other/a.bedrock.md', 'defaultModelId'), undefined);
  });

  it('never say where a prompt goes', async () => {
    const text = '{ "endpoint": "https://example.com", "region": "eu-west-1", "profile": "x", "run.confirmAboveUsd": 99 }';
    const { valueFor, settled } = createProject({ '/ws/cachepoint.json': text });
    valueFor('/ws/a.bedrock.md', 'region');
    await settled();
    for (const key of ['endpoint', 'region', 'profile', 'run.confirmAboveUsd', 'emulator.port'])
      assert.equal(valueFor('/ws/a.bedrock.md', key), undefined, key);
  });

  it('follow the file', async () => {
    const { valueFor, change, settled } = createProject({});
    const model = () => valueFor('/ws/a.bedrock.md', 'defaultModelId');
    model();
    await settled();
    const path = '/ws/cachepoint.json';
    for (const [name, text, expected] of [
      ['create', '{ "defaultModelId": "a" }', 'a'],
      ['change', '{ "defaultModelId": "b" }', 'b'],
      ['change', '{', undefined],
      ['change', '{ "defaultModelId": "c" }', 'c'],
      ['delete', undefined, undefined],
    ] as const) {
      change(name, path, text);
      await settled();
      assert.equal(model(), expected);
    }
  });
});
