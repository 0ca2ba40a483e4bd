import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { sessionTotals, titleOf } from '../../../../src/core/panel/totals';
import type { RunRecord } from '../../../../src/core/runs/record';
import { aPair, aStart, aUsage, finishedRun, fold } from '../../../support/runRecords';

const formats = numberFormats('en', 'UTC');
const totals = (records: readonly RunRecord[]) => new Map(sessionTotals(records, formats).map((one) => [one.id, one]));
const pair = aPair(
  aUsage({ input: 40, output: 200, cacheWrite: 2000, writes: [{ ttl: '5m', tokens: 2000 }] }),
  aUsage({ input: 40, output: 200, cacheRead: 2000 }),
);

describe('totals of a session', () => {
  it('add up tokens and money of all runs', () => {
    const sums = totals(pair);
    assert.deepEqual(
      (['runs', 'hitRate', 'read', 'written', 'input', 'output'] as const).map((id) => sums.get(id)?.value),
      ['2', '49%', '2,000', '2,000', '80', '400'],
    );
    // 40 × 2 input, 2,000 written, 2,000 read, 400 output, at 3, 3.75, 0.3 and 15 dollars for a million.
    assert.equal(sums.get('cost')?.value, '$0.0143');
    // Without caching 4,080 × 3 and the output; the saving is the difference.
    assert.equal(sums.get('saved')?.value, '$0.0039');
  });

  it('say which runs they are of', () => {
    assert.equal(titleOf(pair), 'Runs of this session');
    assert.match(totals(pair).get('runs')?.hint ?? '', /^Runs of this session, as far as they are listed here, of all prompts\.$/);
    const withEarlier = [...pair, { ...pair[0], id: 'earlier', restored: 'figures' as const }];
    assert.equal(titleOf(withEarlier), 'Runs of this session and earlier ones');
    assert.match(totals(withEarlier).get('runs')?.hint ?? '', /^Runs of this session and earlier ones, /);
  });

  it('say what they leave out, and what cost nothing', () => {
    const unpriced = finishedRun(aUsage(), { id: 'other', prices: undefined, service: 'emulator' });
    const sums = totals([...pair, unpriced]);
    assert.equal(sums.get('cost')?.value, '$0.0143');
    assert.match(sums.get('cost')?.hint ?? '', /1 of 3 runs are left out.*1 of these runs were answered by the emulator/);
    assert.match(totals(pair.map((one) => ({ ...one, service: 'emulator' as const }))).get('cost')?.hint ?? '', /All of these runs/);
  });

  it('show a saving that is a loss as one', () => assert.match(totals([pair[0], pair[0]]).get('saved')?.value ?? '', /^-\$/));

  it('are nothing for one run, or where no service reported tokens', () => {
    assert.equal(totals([pair[0]]).size, 0);
    const failed = fold(aStart(), { type: 'failed', at: 0, failure: { code: 'canceled', detail: '', requestId: undefined } });
    assert.equal(totals([failed, failed]).size, 0);
  });
});
