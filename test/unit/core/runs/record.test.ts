import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduceRun, startRecord } from '../../../../src/core/runs/record';
import { anyEvent } from '../../../support/arbitraryRuns';
import { aStart, aUsage, fold } from '../../../support/runRecords';

const started = { type: 'started', at: 1000, modelId: 'm', identity: 'profile dev' } as const;

describe('record of a run', () => {
  it('measures times from the start of the call on the run’s own clock', () => {
    const record = fold(
      aStart(),
      started,
      { type: 'text', at: 1400, delta: 'Hello ' },
      { type: 'text', at: 1500, delta: 'there' },
      { type: 'finished', at: 2000, requestId: 'r', attempts: 2 },
    );
    assert.equal(record.answer, 'Hello there');
    assert.equal(record.firstDeltaMs, 400);
    assert.equal(record.totalMs, 1000);
    assert.equal(record.state, 'finished');
    assert.equal(record.attempts, 2);
    assert.equal(record.identity, 'profile dev');
  });

  it('counts reasoning and tool requests as the first piece of an answer', () => {
    assert.equal(fold(aStart(), started, { type: 'reasoning', at: 1100, delta: 'Hm' }).firstDeltaMs, 100);
    assert.equal(fold(aStart(), started, { type: 'toolUse', at: 1200, name: 't', input: {} }).firstDeltaMs, 200);
  });

  it('keeps what had arrived when a run fails', () => {
    const failure = { code: 'interrupted', detail: 'cut', requestId: 'r' } as const;
    const record = fold(aStart(), started, { type: 'text', at: 1100, delta: 'Half an ans' }, { type: 'failed', at: 1300, failure });
    assert.equal(record.answer, 'Half an ans');
    assert.equal(record.state, 'failed');
    assert.equal(record.requestId, 'r');
    assert.equal(record.totalMs, 300);
  });

  it('takes nothing after the end', () => {
    const ended = fold(aStart(), started, { type: 'finished', at: 1100, requestId: undefined, attempts: 1 });
    assert.equal(reduceRun(ended, { type: 'text', at: 1200, delta: 'late' }), ended);
    assert.equal(reduceRun(ended, { type: 'usage', at: 1200, usage: aUsage(), latencyMs: 1 }), ended);
  });

  it('knows no times when the start was not seen, and none that is negative', () => {
    assert.equal(fold(aStart(), { type: 'text', at: 5, delta: 'x' }).firstDeltaMs, undefined);
    assert.equal(fold(aStart(), started, { type: 'text', at: 5, delta: 'x' }).firstDeltaMs, 0);
  });

  it('folds any events in any order without losing text, and changes nothing after the first end', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        const record = events.reduce(reduceRun, startRecord(aStart()));
        const end = events.findIndex(({ type }) => type === 'finished' || type === 'failed');
        const heard = end < 0 ? events : events.slice(0, end);
        assert.equal(record.answer, heard.map((event) => (event.type === 'text' ? event.delta : '')).join(''));
        assert.equal(record.toolUses.length, heard.filter(({ type }) => type === 'toolUse').length);
        assert.equal(record.state === 'finished' || record.state === 'failed', end >= 0);
        assert.equal(record.failure !== undefined, record.state === 'failed');
      }),
    );
  });
});
