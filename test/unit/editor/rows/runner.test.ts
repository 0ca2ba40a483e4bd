import assert from 'node:assert/strict';
import { afterEntry, startBatch } from '../../../../src/core/rows/journal';
import { batchOf, beginBlank, settle, testBatch } from '../../../support/batches';

const alike = (count: number): readonly (readonly string[])[] => Array.from({ length: count }, () => ['a']);

describe('a batch of rows', () => {
  it('sends the first of a prefix alone, and the rest once its answer has begun', async () => {
    const batch = testBatch(alike(6), { most: 3 });
    const over = batch.runner.start();
    await settle();
    assert.deepEqual(batch.service.sent, [0]);
    batch.flight(0).begin();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1, 2]);
    for (const row of [0, 1, 2]) batch.flight(row).end();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1, 2, 3, 4, 5]);
    for (const row of [3, 4, 5]) batch.flight(row).end();
    await over;
    assert.equal(batch.runner.record.over, 'done');
  });

  it('lets the first of another prefix go meanwhile, and sends those that share one together', async () => {
    const batch = testBatch([['a'], ['b'], ['a'], ['b']], { most: 4 });
    void batch.runner.start();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1]);
    batch.flight(1).begin();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1, 3]);
  });

  it('lets the next one write where the first failed', async () => {
    const batch = testBatch(alike(3));
    void batch.runner.start();
    await settle();
    batch.flight(0).fail({ code: 'invalidRequest' });
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1]);
  });

  it('writes a prefix again when it has ended', async () => {
    const batch = testBatch(alike(4), { most: 1 });
    void batch.runner.start();
    await settle();
    batch.flight(0).end();
    await settle();
    batch.advance(301_000);
    batch.flight(1).end();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1, 2]);
  });

  it('hands on each call once: answered, given up, or canceled, and none that is tried again', async () => {
    const kept: (readonly [string, string, string | undefined])[] = [];
    const batch = testBatch([['a'], ['b'], ['c']], {
      begin: (job, call, at) => ({
        ...beginBlank(job, call, at),
        keep: ({ id, state, failure }) => void kept.push([id, state, failure?.code]),
      }),
    });
    const over = batch.runner.start();
    await settle();
    batch.flight(0).end();
    batch.flight(1).fail({ code: 'throttled', midStream: false });
    await settle();
    assert.deepEqual(kept, [['0', 'finished', undefined]]);
    batch.advance(2_000);
    await settle();
    batch.flight(1).fail({ code: 'invalidRequest' });
    await settle();
    await batch.runner.cancel();
    await over;
    assert.deepEqual(kept.slice(1), [
      ['1', 'failed', 'invalidRequest'],
      ['2', 'failed', 'canceled'],
    ]);
  });

  it('has an entry before a call leaves and one after its end', async () => {
    const batch = testBatch(alike(2), { most: 1 });
    const over = batch.runner.start();
    await settle();
    assert.deepEqual(batch.entries, [{ t: 'send', job: 0, at: 1_000, usd: [0.001, 0.01] }]);
    batch.flight(0).end();
    await settle();
    batch.flight(1).end();
    await over;
    assert.deepEqual(
      batch.entries.map((entry) => [entry.t, 'job' in entry ? entry.job : '']),
      [
        ['send', 0],
        ['end', 0],
        ['send', 1],
        ['end', 1],
        ['over', ''],
      ],
    );
  });

  it('sends nothing further once the journal cannot be written', async () => {
    const batch = testBatch(alike(5), { most: 2 });
    const over = batch.runner.start();
    await settle();
    batch.flight(0).begin();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1]);
    batch.breakJournal();
    batch.flight(0).end();
    await settle();
    batch.flight(1).end();
    await over;
    assert.deepEqual(batch.service.sent, [0, 1]);
    assert.equal(batch.runner.halt?.kind, 'journal');
    // Their answers are here, but nobody would know of them after a reload: they stay as they are written.
    assert.deepEqual(
      batch.runner.record.jobs.map(({ kind }) => kind),
      ['sent', 'sent', 'waiting', 'waiting', 'waiting'],
    );
  });

  it('does not send a row whose first entry cannot be written', async () => {
    const batch = testBatch(alike(2));
    batch.breakJournal();
    await batch.runner.start();
    assert.deepEqual(batch.service.sent, []);
    assert.equal(batch.runner.halt?.kind, 'journal');
  });

  it('sends fewer at a time after throttling, waits, and tries the row again', async () => {
    const batch = testBatch([[], [], [], [], [], []], { most: 4 });
    void batch.runner.start();
    await settle();
    assert.equal(batch.runner.inFlight, 4);
    batch.flight(0).fail({ code: 'throttled' });
    batch.flight(1).fail({ code: 'throttled' });
    await settle();
    // Both were under way together: one refusal.
    assert.equal(batch.runner.pace.limit, 2);
    batch.flight(2).end();
    batch.flight(3).end();
    await settle();
    assert.equal(batch.runner.inFlight, 0);
    batch.advance(1_000);
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1, 2, 3, 0, 1]);
    batch.flight(0).fail({ code: 'throttled' });
    await settle();
    assert.equal(batch.runner.pace.limit, 1);
  });

  it('gives up a row that is throttled again and again', async () => {
    const batch = testBatch([[]]);
    const over = batch.runner.start();
    for (let turn = 0; turn < 6; turn += 1) {
      await settle();
      batch.flight(0).fail({ code: 'throttled' });
      await settle();
      batch.advance(60_000);
    }
    await over;
    assert.deepEqual(batch.runner.record.jobs[0], { kind: 'failed', code: 'throttled', usd: [0.001, 0.01] });
    assert.equal(batch.service.sent.length, 6);
  });

  it('stands still where every call would fail, and goes on when a person says so', async () => {
    const batch = testBatch([[], [], []], { most: 1 });
    const over = batch.runner.start();
    await settle();
    batch.flight(0).fail({ code: 'network' });
    await over;
    assert.equal(batch.runner.halt?.kind, 'failing');
    assert.deepEqual(batch.service.sent, [0]);
    batch.runner.retryFailed();
    void batch.runner.start();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 0]);
  });

  it('leaves out the rest of a model that may not be called', async () => {
    const batch = testBatch([[], []], { most: 1, models: ['m', 'n'] });
    void batch.runner.start();
    await settle();
    batch.flight(0).fail({ code: 'accessDenied' });
    await settle();
    assert.deepEqual(
      batch.runner.record.jobs.map(({ kind }) => kind),
      ['failed', 'sent', 'failed', 'waiting'],
    );
  });

  it('lets what is under way end when it is paused, and goes on', async () => {
    const batch = testBatch([[], [], []], { most: 1 });
    const over = batch.runner.start();
    await settle();
    batch.runner.pause();
    batch.flight(0).end();
    await over;
    assert.deepEqual(batch.service.sent, [0]);
    void batch.runner.start();
    await settle();
    assert.deepEqual(batch.service.sent, [0, 1]);
  });

  it('ends what is under way when it is canceled', async () => {
    const batch = testBatch([[], [], []], { most: 2 });
    void batch.runner.start();
    await settle();
    await batch.runner.cancel();
    assert.deepEqual(
      batch.runner.record.jobs.map(({ kind }) => kind),
      ['failed', 'failed', 'waiting'],
    );
    assert.equal(batch.runner.record.over, 'canceled');
    // Both had left: they may have been billed.
    assert.deepEqual(batch.runner.record.doubts, [
      [0.001, 0.01],
      [0.001, 0.01],
    ]);
  });

  it('stops at the limit of what may be spent', async () => {
    let left = 2;
    const batch = testBatch([[], [], []], { most: 1, maySpend: () => Promise.resolve((left -= 1) >= 0) });
    const over = batch.runner.start();
    await settle();
    batch.flight(0).end();
    await settle();
    batch.flight(1).end();
    await over;
    assert.deepEqual([batch.runner.halt?.kind, batch.service.sent], ['limit', [0, 1]]);
  });

  it('never sends a doubtful row but by a choice, and keeps what the first may have cost', async () => {
    const rows = [[], []];
    const record = { ...startBatch(batchOf(rows)), jobs: [{ kind: 'doubtful', usd: [0, 0.5] }, { kind: 'waiting' }] as const };
    const batch = testBatch(rows, { record });
    const over = batch.runner.start();
    await settle();
    batch.flight(1).end();
    await over;
    assert.deepEqual(batch.service.sent, [1]);
    assert.equal(batch.runner.record.over, undefined);
    await batch.runner.decide([0], true);
    void batch.runner.start();
    await settle();
    assert.deepEqual(batch.service.sent, [1, 0]);
    assert.deepEqual(batch.runner.record.doubts, [[0, 0.5]]);
  });

  it('says the same in memory as its journal', async () => {
    const batch = testBatch(alike(4), { most: 2 });
    const over = batch.runner.start();
    await settle();
    batch.flight(0).end();
    await settle();
    batch.flight(1).fail({ code: 'timeout' });
    batch.flight(2).end();
    await settle();
    batch.flight(3).end();
    await over;
    assert.deepEqual(batch.entries.reduce(afterEntry, startBatch(batchOf(alike(4)))), batch.runner.record);
  });
});
