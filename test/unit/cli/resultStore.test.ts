import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resultOf } from '../../../src/cli/checked';
import type { CheckOptions } from '../../../src/cli/checkOptions';
import { findFiles, type FoundFile } from '../../../src/cli/files/find';
import { createResultStore, type KeptAnswer, type ResultStore } from '../../../src/cli/resultStore';
import { makeFolder, type TestFolder } from '../../support/folder';

const options: CheckOptions = {
  paths: ['.'],
  format: 'json',
  fix: undefined,
  since: undefined,
  failOn: 'error',
  stdin: undefined,
  cache: true,
};
const settings = { path: '/cachepoint.json', text: '{}', kind: 'own' } as const;
/** Long after all files of a test were written. */
const later = (): number => Date.now() + 60_000;

describe('results of earlier checks', () => {
  let folder: TestFolder;
  const cacheHome = process.env['XDG_CACHE_HOME'];

  before(() => {
    // Stands in the built program, where the build puts it.
    (globalThis as { CACHEPOINT_BUILD?: string }).CACHEPOINT_BUILD = 'test';
  });
  beforeEach(() => {
    folder = makeFolder();
    process.env['XDG_CACHE_HOME'] = folder.at('.cache');
    folder.put({ 'a.bedrock.md': 'one', 'b.bedrock.md': 'two', 'part.md': 'text' });
  });
  afterEach(() => {
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
    folder.remove();
  });

  const open = (now = later(), format: CheckOptions['format'] = 'json'): ResultStore =>
    createResultStore({ ...options, format }, folder.path, now);
  const fileOf = (name: string): FoundFile => {
    const found = findFiles(['.'], folder.path).files.find((file) => file.name === name);
    assert.ok(found);
    return found;
  };
  const result = (path: string) =>
    resultOf({ report: { path, prompts: [], problems: [] }, prompts: 1, fixable: { safe: 0, moves: 1, changes: 2 } });
  const bytes = ({ path }: FoundFile): Buffer => readFileSync(path);
  const unread = (store: ResultStore, name: string): KeptAnswer | undefined => store.getUnread(fileOf(name), settings);
  const byContent = (store: ResultStore, name: string): KeptAnswer | undefined => store.get(fileOf(name), settings, bytes(fileOf(name)));

  /** Keeps a result for a, which uses another file, and that b holds no prompt. */
  const keep = (now = later()): void => {
    const store = open(now);
    const [a, b] = [fileOf('a.bedrock.md'), fileOf('b.bedrock.md')];
    store.put(a, settings, bytes(a), { used: [{ path: folder.at('part.md'), as: 'text' }], notes: ['Odd.'] }, result('a.bedrock.md'));
    store.put(b, settings, bytes(b), { used: [], notes: [] }, undefined);
    store.save();
  };

  it('are given again without reading a file that is as it was', () => {
    keep();
    const kept = unread(open(), 'a.bedrock.md')?.result;
    assert.deepEqual(kept?.report(), { path: 'a.bedrock.md', prompts: [], problems: [] });
    assert.equal(Buffer.from(kept.json()).toString(), JSON.stringify(kept.report()));
    assert.deepEqual([kept.prompts, kept.fixable, kept.severities.error], [1, { safe: 0, moves: 1, changes: 2 }, 0]);
    assert.deepEqual(unread(open(), 'a.bedrock.md')?.notes, ['Odd.']);
    assert.deepEqual(unread(open(), 'b.bedrock.md'), { notes: [], result: undefined });
  });

  it('go by the content where a file was written again, or changed so shortly before that one cannot tell', () => {
    keep(Date.now());
    assert.equal(unread(open(), 'a.bedrock.md'), undefined);
    assert.ok(byContent(open(), 'a.bedrock.md')?.result);
    const store = open();
    assert.ok(byContent(store, 'a.bedrock.md'));
    store.save();
    assert.ok(unread(open(), 'a.bedrock.md'), 'by then one can tell');
    assert.ok(byContent(open(), 'b.bedrock.md'), 'what was not asked for is kept as well');
    folder.put({ 'a.bedrock.md': 'six' });
    assert.equal(unread(open(), 'a.bedrock.md'), undefined);
    assert.equal(byContent(open(), 'a.bedrock.md'), undefined);
  });

  it('are no answer once settings, used files, the form or the build are others', () => {
    keep();
    for (const other of [undefined, { ...settings, text: '{ }' }, { ...settings, kind: 'vscode' as const }])
      assert.equal(open().getUnread(fileOf('a.bedrock.md'), other), undefined);
    assert.equal(unread(open(later(), 'text'), 'a.bedrock.md'), undefined);
    folder.put({ 'part.md': 'other' });
    assert.equal(unread(open(), 'a.bedrock.md'), undefined);
    assert.equal(byContent(open(), 'a.bedrock.md'), undefined);
    assert.ok(unread(open(), 'b.bedrock.md'));
    (globalThis as { CACHEPOINT_BUILD?: string }).CACHEPOINT_BUILD = 'another';
    assert.equal(unread(open(), 'b.bedrock.md'), undefined);
    (globalThis as { CACHEPOINT_BUILD?: string }).CACHEPOINT_BUILD = 'test';
  });
});
