import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { readCsv } from '../../../src/machine/csv';
import { lockJournal, openJournal, pruneJournals, readJournals } from '../../../src/machine/journalFile';
import { matchesPattern } from '../../../src/machine/matchesPattern';
import { makeFolder, type TestFolder } from '../../support/folder';

describe('a journal on the disk', () => {
  let folder: TestFolder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());

  it('grows by whole lines in the order of the calls, and is read by its owner alone', async () => {
    const journal = await openJournal(folder.at('deep/a.jsonl'));
    await Promise.all([journal.append('1\n'), journal.append('2\n'), journal.append('3\n')]);
    await journal.close();
    assert.equal(readFileSync(folder.at('deep/a.jsonl'), 'utf8'), '1\n2\n3\n');
  });

  it('ends a line that was torn', async () => {
    writeFileSync(folder.at('a.jsonl'), '{"v":1}\n{"v":');
    const journal = await openJournal(folder.at('a.jsonl'));
    await journal.append('{"v":2}\n');
    await journal.close();
    assert.equal(readFileSync(folder.at('a.jsonl'), 'utf8'), '{"v":1}\n{"v":\n{"v":2}\n');
  });

  it('takes nothing further after a write that failed', async () => {
    const journal = await openJournal(folder.at('a.jsonl'));
    await journal.append('1\n');
    await journal.close();
    await assert.rejects(journal.append('2\n'));
    await assert.rejects(journal.append('3\n'));
  });

  it('belongs to one process at a time, and to the next when that one is gone', async () => {
    const unlock = await lockJournal(folder.at('a.jsonl'));
    assert.ok(unlock);
    assert.equal(await lockJournal(folder.at('a.jsonl')), undefined);
    await unlock();
    // No process has this number.
    writeFileSync(folder.at('a.jsonl.lock'), '4194305');
    assert.ok(await lockJournal(folder.at('a.jsonl')));
  });

  it('is found among the newest, and the oldest go', async () => {
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      writeFileSync(folder.at(`${name}.jsonl`), name);
      appendFileSync(folder.at('other.txt'), name);
      const { utimesSync } = await import('node:fs');
      utimesSync(folder.at(`${name}.jsonl`), 1000 + at, 1000 + at);
    }
    assert.deepEqual(
      (await readJournals(folder.path, 2)).map(({ text }) => text),
      ['c', 'b'],
    );
    await pruneJournals(folder.path, 1);
    assert.deepEqual(
      (await readJournals(folder.path, 9)).map(({ text }) => text),
      ['c'],
    );
    assert.deepEqual(await readJournals(folder.at('none'), 9), []);
  });

  it('says that it cannot be opened where the disk refuses', async function () {
    if (process.getuid?.() === 0) this.skip();
    chmodSync(folder.path, 0o500);
    await assert.rejects(openJournal(folder.at('a.jsonl')));
    chmodSync(folder.path, 0o700);
  });
});

describe('CSV', () => {
  it('is read by the names of its first line', () => {
    assert.deepEqual(readCsv('\uFEFFquestion,tone\r\n"Who, and ""why""?",kind\r\nline\r\n'.replace('line\r\n', '"two\nlines",x\r\n')), {
      columns: ['question', 'tone'],
      rows: [
        { question: 'Who, and "why"?', tone: 'kind' },
        { question: 'two\nlines', tone: 'x' },
      ],
    });
  });
  it('may have semicolons or tabs', () => {
    assert.deepEqual(readCsv('a;b\n1;2,5\n'), { columns: ['a', 'b'], rows: [{ a: '1', b: '2,5' }] });
    assert.deepEqual(readCsv('a\tb\n1\t2\n'), { columns: ['a', 'b'], rows: [{ a: '1', b: '2' }] });
  });
  it('names the line that is none', () => {
    const told = readCsv('a,b\n1,2\n3\n');
    assert.ok('kind' in told);
    assert.equal(told.line, 3);
    const twice = readCsv('a,a\n1,2\n');
    assert.ok('kind' in twice);
    assert.match(twice.detail, /two columns are named “a”/);
    assert.ok('kind' in readCsv('a,b\n"1,2\n'));
  });
  it('has no rows where it is empty', () => assert.deepEqual(readCsv(''), { columns: [], rows: [] }));
});

describe('a pattern of a row', () => {
  it('is tried on the answer', () => {
    assert.equal(matchesPattern('^a', '', 'abc'), true);
    assert.equal(matchesPattern('^b', '', 'abc'), false);
    assert.equal(matchesPattern('(', '', 'abc'), undefined);
  });
  it('does not hold anybody up', () => {
    const began = Date.now();
    assert.equal(matchesPattern('^(a+)+$', '', `${'a'.repeat(40)}!`), undefined);
    assert.ok(Date.now() - began < 5_000);
  });
});
