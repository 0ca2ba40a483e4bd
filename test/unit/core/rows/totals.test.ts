import assert from 'node:assert/strict';
import { startBatch, type JobResult } from '../../../../src/core/rows/journal';
import { lastTimeOf } from '../../../../src/core/rows/lastTime';
import { totalsOf } from '../../../../src/core/rows/totals';
import { batchOf } from '../../../support/batches';

const prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheWrite30m: null };
const money = [{ prices, ttl: '5m' }];
const usage = (cacheRead: number, cacheWrite: number) => ({ input: 100, output: 10, cacheRead, cacheWrite, writes: [] });
const result = (used: JobResult['usage'], more: Partial<JobResult> = {}): JobResult => ({
  usage: used,
  answer: { hash: 'h', length: 1 },
  ...more,
});
const close = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-12, `${actual} is not ${expected}`);

describe('totals of a batch', () => {
  const record = {
    ...startBatch(batchOf([[], [], [], []])),
    jobs: [
      { kind: 'done', result: result(usage(0, 10_000), { met: true }) },
      { kind: 'done', result: result(usage(10_000, 0), { met: false }) },
      { kind: 'failed', code: 'timeout', usd: [0.01, 0.05] },
      { kind: 'doubtful', usd: [0.01, 0.05] },
    ] as const,
    doubts: [[0.01, 0.05] as const],
  };

  it('add up what was answered', () => {
    const totals = totalsOf(record, money);
    assert.deepEqual([totals.read, totals.written, totals.input, totals.output], [10_000, 10_000, 200, 20]);
    assert.deepEqual([totals.jobs, totals.done, totals.failed, totals.doubtful, totals.met, totals.tested], [4, 2, 1, 1, 1, 2]);
    close(totals.usd, (10_000 * 3.75 + 10_000 * 0.3 + 200 * 3 + 20 * 15) / 1e6);
  });

  it('say what the same calls would have cost sent at once, without a cache, and as a batch job', () => {
    const totals = totalsOf(record, money);
    close(totals.coldUsd, (20_000 * 3.75 + 200 * 3 + 20 * 15) / 1e6);
    close(totals.uncachedUsd, (20_200 * 3 + 20 * 15) / 1e6);
    close(totals.batchUsd, (20_200 * 1.5 + 20 * 7.5) / 1e6);
  });

  it('give a range for what may have been billed', () => {
    assert.deepEqual(totalsOf(record, money).doubtUsd, [0, 0.1]);
    assert.deepEqual(totalsOf(record, money).doubtfulUsd, [0, 0.05]);
    assert.equal(totalsOf({ ...record, doubts: [undefined] }, money).doubtUsd, undefined);
  });

  it('are unknown in money where a price is', () => {
    const totals = totalsOf(record, [{ prices: undefined, ttl: '5m' }]);
    assert.deepEqual([totals.usd, totals.coldUsd, totals.batchUsd, totals.read], [undefined, undefined, undefined, 10_000]);
  });

  it('take writes for an hour at their own price', () => {
    const hour = { ...usage(0, 1000), writes: [{ ttl: '1h', tokens: 1000 }] };
    const one = { ...startBatch(batchOf([[]])), jobs: [{ kind: 'done', result: result(hour) }] as const };
    close(totalsOf(one, money).usd, (1000 * 6 + 100 * 3 + 10 * 15) / 1e6);
  });

  it('can be those of one model', () => {
    const two = {
      ...startBatch(batchOf([[]], ['m', 'n'])),
      jobs: [
        { kind: 'done', result: result(usage(0, 5)) },
        { kind: 'failed', code: 'throttled', usd: undefined },
      ] as const,
    };
    assert.deepEqual([totalsOf(two, money, 0).done, totalsOf(two, money, 1).done, totalsOf(two, money, 1).failed], [1, 0, 1]);
  });
});

describe('rows against the last time', () => {
  const earlier = {
    ...startBatch(batchOf([[], []])),
    jobs: [{ kind: 'done', result: result(usage(0, 0), { usd: 0.02, met: false }) }, { kind: 'waiting' }] as const,
  };

  it('are found by their values and their model', () => {
    const now = {
      ...startBatch(batchOf([[], []])),
      jobs: [
        { kind: 'done', result: { ...result({ ...usage(0, 0), output: 12 }, { usd: 0.03 }), answer: { hash: 'other', length: 5 } } },
        { kind: 'done', result: result(usage(0, 0)) },
      ] as const,
    };
    const compare = lastTimeOf(earlier);
    const found = compare(now, 0);
    assert.deepEqual([found?.sameAnswer, found?.sameCall, found?.output, found?.met], [false, true, 2, false]);
    close(found?.usd, 0.01);
    assert.equal(compare(now, 1), undefined);
    const moved = { ...now, batch: { ...now.batch, rows: [...now.batch.rows].reverse() }, jobs: [now.jobs[1], now.jobs[0]] };
    assert.equal(compare(moved, 1)?.output, 2);
  });
});
