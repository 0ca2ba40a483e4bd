import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { lineOf } from '../../../../src/core/history/lines';
import type { HistoryFolder } from '../../../../src/editor/ports';
import type * as module from '../../../../src/editor/history/runHistory';
import { createHistoryFolder } from '../../../../src/machine/historyFolder';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { makeFolder } from '../../../support/folder';
import { aStoredRun } from '../../../support/storedRuns';

const { RunHistory } = loadEditor(createFakeVscode(), () => require('../../../../src/editor/history/runHistory') as typeof module);

const folder = makeFolder();
after(() => folder.remove());
let made = 0;

/** A history on a folder of its own, which windows may share. */
const history = (
  over: { readonly path?: string; readonly most?: number; readonly port?: (folder: HistoryFolder) => HistoryFolder } = {},
) => {
  made += 1;
  const path = over.path ?? folder.at(`history ${made}`);
  const told: string[] = [];
  const port = createHistoryFolder(path);
  const window = new RunHistory(over.port?.(port) ?? port, `w${made}`, () => over.most ?? 50_000_000, {
    setAside: (name) => told.push(`aside ${name}`),
    notWritten: (error) => told.push(`not written: ${(error as Error).message}`),
  });
  return { path, window, told };
};

const runOf = (id: string, startedAt: number, subject = 'file:///a') => aStoredRun({ id, startedAt, subject });
const ids = async (window: InstanceType<typeof RunHistory>, subject?: string, count = 200): Promise<readonly string[]> =>
  (await window.newest(subject, count)).map(({ id }) => id);

describe('the history of runs', () => {
  it('is read by another session, the newest first', async () => {
    const first = history();
    await first.window.write(runOf('a', 10));
    await first.window.write(runOf('c', 30));
    await first.window.write(runOf('b', 20, 'file:///b'));
    const second = history({ path: first.path });
    assert.deepEqual(await ids(second.window), ['c', 'b', 'a']);
    assert.deepEqual(await ids(second.window, 'file:///a'), ['c', 'a']);
    assert.deepEqual(await ids(second.window, undefined, 1), ['c']);
    const { prompts } = await second.window.totals();
    assert.deepEqual(
      prompts.map(({ subject, runs }) => [subject, runs]),
      [
        ['file:///a', 2],
        ['file:///b', 1],
      ],
    );
  });

  it('takes lines of two windows at once, long ones too, each in a file of its own', async () => {
    const { path, window } = history();
    const other = history({ path }).window;
    const texts = { request: 'x'.repeat(20_000), answer: 'é'.repeat(9000), reasoning: '', toolUses: [] };
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 2 === 0 ? window : other).write({ ...aStoredRun({ id: `${at}`, startedAt: at }, texts) }),
      ),
    );
    assert.equal((await ids(window)).length, 40);
    assert.equal((await ids(other)).length, 40);
    assert.equal(readdirSync(path).filter((name) => name.endsWith('.jsonl')).length, 2);
    assert.equal((await window.find('7'))?.texts?.answer, texts.answer);
    assert.equal((await window.newest(undefined, 1))[0]?.texts, undefined, 'rows are kept without texts');
  });

  it('sees what another window wrote meanwhile, also behind a torn line', async () => {
    const { path, window } = history();
    await window.write(runOf('a', 1));
    assert.deepEqual(await ids(window), ['a']);
    const [name = ''] = readdirSync(path);
    appendFileSync(`${path}/${name}`, '{"v":1,"id":"torn');
    await window.write(runOf('b', 2));
    assert.deepEqual(await ids(window), ['b', 'a']);
    assert.deepEqual(await ids(history({ path }).window), ['b', 'a']);
  });

  it('goes with files that get other names, in files of other windows too, and with what was kept of texts', async () => {
    const { path, window } = history();
    const texts = { request: '{}', answer: 'Hello', reasoning: '', toolUses: [] };
    const prompt = (document: string) => ({ document, id: 'only' });
    await window.write({ ...runOf('a', 1), texts, file: 'a', prompt: prompt('file:/a') });
    await window.write(runOf('b', 2, 'file:///b'));
    const other = history({ path }).window;
    await other.write(runOf('c', 3, 'file:///a 2'));
    // Two files that change names at once.
    const names: Readonly<Record<string, string>> = { 'file:///a': 'file:///b', 'file:///b': 'file:///a', 'file:///a 2': 'file:///b 2' };
    const move = (key: string) => names[key] ?? (key === 'file:/a' ? 'file:/b' : key);
    assert.equal(await window.moveKeys(move), 3);
    for (const reader of [window, other, history({ path }).window]) {
      assert.deepEqual(await ids(reader, 'file:///b'), ['a']);
      assert.deepEqual(await ids(reader, 'file:///a'), ['b']);
      assert.deepEqual(await ids(reader, 'file:///b 2'), ['c']);
      assert.deepEqual(await ids(reader), ['c', 'b', 'a']);
      const found = await reader.find('a');
      assert.deepEqual([found?.texts?.answer, found?.file, found?.prompt?.document], ['Hello', 'b', 'file:/b']);
      const { prompts } = await reader.totals();
      assert.deepEqual(
        prompts.map(({ runs }) => runs),
        [1, 1, 1],
      );
    }
    await window.write(runOf('d', 4));
    assert.deepEqual(await ids(other, 'file:///a'), ['d', 'b']);
    assert.equal(await window.moveKeys((key) => key), 0);
  });

  it('keeps runs under their old name where they cannot be written under the new one', async () => {
    const full = history({
      port: (port) => ({
        ...port,
        append: (name, line) => (line.includes('///new') ? Promise.reject(new Error('full')) : port.append(name, line)),
      }),
    });
    await full.window.write(runOf('a', 1));
    await assert.rejects(
      full.window.moveKeys(() => 'file:///new'),
      /full/,
    );
    assert.deepEqual(await ids(full.window, 'file:///a'), ['a']);
    const none = history({ path: full.path, most: 0 });
    assert.equal(await none.window.moveKeys(() => 'file:///new'), 0);
  });

  it('sets a spoiled file aside, says so once, and reads the others', async () => {
    const { path, window, told } = history();
    await window.write(runOf('a', 1));
    appendFileSync(`${path}/runs-old-1.jsonl`, `${'\0'.repeat(100)}\nrubbish\n{"v":1}\n`);
    assert.deepEqual(await ids(window), ['a']);
    assert.deepEqual(await ids(window), ['a']);
    assert.deepEqual(told, ['aside runs-old-1.jsonl.broken']);
    assert.match(readFileSync(`${path}/runs-old-1.jsonl.broken`, 'utf8'), /rubbish/);
  });

  it('leaves the lines of a later version as they are, and counts them', async () => {
    const { path, window } = history();
    await window.write(runOf('a', 1));
    const later = `${JSON.stringify({ v: 2, id: 'new' })}\n`;
    appendFileSync(`${path}/runs-later-1.jsonl`, later);
    assert.equal((await window.totals()).later, 1);
    assert.equal(await window.remove(() => true), 1);
    assert.equal(readFileSync(`${path}/runs-later-1.jsonl`, 'utf8'), later);
  });

  it('says once that the disk refuses, loses nothing older, and goes on when it takes runs again', async () => {
    let full = false;
    const refusing = (real: HistoryFolder): HistoryFolder => ({
      ...real,
      append: (name, line) => (full ? Promise.reject(new Error('ENOSPC')) : real.append(name, line)),
    });
    const { window, told } = history({ port: refusing });
    assert.equal(await window.write(runOf('a', 1)), true);
    full = true;
    assert.equal(await window.write(runOf('b', 2)), false);
    assert.equal(await window.write(runOf('c', 3)), false);
    assert.deepEqual(told, ['not written: ENOSPC']);
    full = false;
    assert.equal(await window.write(runOf('d', 4)), true);
    assert.deepEqual(await ids(window), ['d', 'a']);
  });

  it('stays within its bytes: the oldest files go', async () => {
    const most = 40_000;
    const { path, window } = history({ most });
    for (let at = 0; at < 120; at += 1) await window.write(runOf(`${at}`, at));
    const bytes = readdirSync(path)
      .filter((name) => name.endsWith('.jsonl'))
      .reduce((sum, name) => sum + statSync(`${path}/${name}`).size, 0);
    assert.ok(bytes <= most * 1.2, `${bytes} bytes`);
    const kept = await ids(window);
    assert.equal(kept[0], '119');
    assert.ok(kept.length > 10 && !kept.includes('0'));
  });

  it('writes nothing where it may have no bytes', async () => {
    const { path, window } = history({ most: 0 });
    assert.equal(await window.write(runOf('a', 1)), false);
    assert.throws(() => readdirSync(path), /ENOENT/);
  });

  it('removes runs for good, also those that another window wrote', async () => {
    const { path, window } = history();
    const other = history({ path }).window;
    const texts = { request: 'r', answer: 'private words', reasoning: '', toolUses: [] };
    await window.write(aStoredRun({ id: 'a', startedAt: 1 }, texts));
    await other.write(aStoredRun({ id: 'b', startedAt: 2 }, texts));
    assert.deepEqual(await ids(window), ['b', 'a']);
    assert.equal(await window.remove(({ id }) => id === 'b'), 1);
    await other.write(runOf('c', 3));
    assert.deepEqual(await ids(other), ['c', 'a']);
    assert.equal(
      (await other.totals()).prompts.reduce((sum, { runs }) => sum + runs, 0),
      2,
    );
    assert.equal(await other.remove(() => true), 2);
    for (const name of readdirSync(path)) assert.doesNotMatch(readFileSync(`${path}/${name}`, 'utf8'), /private/);
  });

  it('is empty where there is no folder', async () => {
    const { window } = history();
    assert.deepEqual(await window.totals(), { prompts: [], later: 0 });
    assert.equal(await window.find('a'), undefined);
    assert.equal(await window.remove(() => true), 0);
  });
});

describe('the folder of the history', () => {
  it('has one key for all windows, which tells nothing without it', async () => {
    const path = folder.at('keys');
    const hashes = await Promise.all(Array.from({ length: 8 }, () => createHistoryFolder(path).hash()));
    assert.equal(new Set(hashes.map(({ name }) => name)).size, 1);
    assert.equal(new Set(hashes.map(({ digest }) => digest('a'))).size, 1);
    assert.notEqual(hashes[0]?.digest('a'), (await createHistoryFolder(folder.at('other keys')).hash()).digest('a'));
    assert.equal(readdirSync(path).length, 1);
    if (process.platform !== 'win32') assert.equal(statSync(`${path}/key`).mode & 0o077, 0);
  });

  it('makes a new key where the old one is spoiled', async () => {
    folder.put({ 'spoiled/key': 'short' });
    const { name } = await createHistoryFolder(folder.at('spoiled')).hash();
    assert.equal((await createHistoryFolder(folder.at('spoiled')).hash()).name, name);
  });

  it('keeps no summary of a run that was removed', async () => {
    const { path, window } = history();
    await window.write(runOf('a', 1));
    await window.totals();
    assert.ok(lineOf(runOf('a', 1)).length > 100);
    await window.remove(() => true);
    assert.equal((await window.totals()).prompts.length, 0);
    assert.doesNotMatch(readFileSync(`${path}/summaries.json`, 'utf8'), /support-desk/);
  });
});
