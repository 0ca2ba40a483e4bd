import assert from 'node:assert/strict';
import { filesToRemove, isCurrent, readSummaries, summariesText, summaryOf, withRun } from '../../../../src/core/history/files';
import { filesOf } from '../../../../src/core/history/pages';
import { hitRateOfTotals, mergeTotals, totalsOf } from '../../../../src/core/history/totals';
import { aStoredRun } from '../../../support/storedRuns';

const runOf = (id: string, startedAt: number, subject = 'file:///a') =>
  aStoredRun({ id, startedAt, subject, file: `${subject}#${startedAt}` });
const fileOf = (name: string, bytes: number, ...runs: readonly ReturnType<typeof runOf>[]) =>
  summaryOf({ name, bytes, modified: 1.5 }, { runs, later: 1, broken: 0 });

describe('totals', () => {
  it('are the same however runs lie in files', () => {
    const runs = [runOf('1', 10), runOf('2', 30), runOf('3', 20, 'file:///b')];
    const whole = totalsOf(runs);
    assert.deepEqual(mergeTotals([totalsOf(runs.slice(0, 1)), totalsOf(runs.slice(1))]), whole);
    assert.deepEqual(
      whole.map(({ subject, runs: count, newest }) => [subject, count, newest]),
      [
        ['file:///a', 2, 30],
        ['file:///b', 1, 20],
      ],
    );
    assert.equal(whole[0]?.file, 'file:///a#30', 'a prompt is called what its newest run called it');
  });

  it('have the hit rate of runs of which the service said something', () => {
    const [written] = totalsOf([aStoredRun({ id: 'w' })]);
    assert.equal(written && hitRateOfTotals(written), 0);
    const silent = { ...aStoredRun({ id: 's' }), usage: { input: 5, output: 1, cacheRead: undefined, cacheWrite: undefined, writes: [] } };
    const [none] = totalsOf([silent]);
    assert.equal(none && hitRateOfTotals(none), undefined);
  });
});

describe('summaries of files', () => {
  const [a, b] = [fileOf('runs-a-1.jsonl', 100, runOf('1', 10)), fileOf('runs-b-1.jsonl', 60, runOf('2', 30), runOf('3', 20, 'file:///b'))];
  const empty = fileOf('runs-c-1.jsonl', 40);

  it('are read as they were kept, also of a file without runs', () => {
    assert.deepEqual(JSON.stringify([...readSummaries(summariesText([a, b, empty])).values()]), JSON.stringify([a, b, empty]));
    assert.equal(readSummaries(summariesText([empty])).get(empty.name)?.newest, -Infinity);
    for (const text of ['', '{', '[]', '{"v":2,"files":[]}', '{"v":1,"files":[{"name":1}]}'])
      assert.equal(readSummaries(text).size, 0, text);
  });

  it('are current as long as the file stays as it was', () => {
    assert.equal(isCurrent(a, { name: a.name, bytes: 100, modified: 1.5 }), true);
    assert.equal(isCurrent(a, { name: a.name, bytes: 101, modified: 1.5 }), false);
    assert.equal(isCurrent(a, { name: a.name, bytes: 100, modified: 2 }), false);
    assert.equal(isCurrent(undefined, a), false);
  });

  it('say which files hold the runs of a prompt, the newest first', () => {
    assert.deepEqual(
      filesOf([a, b, empty], 'file:///a').map(({ file, newest }) => [file.name, newest]),
      [
        ['runs-b-1.jsonl', 30],
        ['runs-a-1.jsonl', 10],
      ],
    );
    assert.equal(filesOf([a, b, empty], 'file:///c').length, 0);
  });

  it('grow by one run at a time to what reading the file again would give', () => {
    const runs = [runOf('1', 10), runOf('2', 30), runOf('3', 20, 'file:///b')];
    const facts = { name: 'runs-a-1.jsonl', bytes: 300, modified: 2 };
    const grown = runs.reduce<ReturnType<typeof summaryOf> | undefined>((summary, run) => withRun(summary, facts, run), undefined);
    assert.deepEqual(grown, summaryOf(facts, { runs, later: 0, broken: 0 }));
  });

  it('say which files go, the oldest runs first, and never the one in writing', () => {
    assert.deepEqual(filesToRemove([b, a], undefined, 160), []);
    assert.deepEqual(filesToRemove([b, a], undefined, 159), ['runs-a-1.jsonl']);
    assert.deepEqual(filesToRemove([b, a], 'runs-a-1.jsonl', 10), ['runs-b-1.jsonl']);
  });
});
