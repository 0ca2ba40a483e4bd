import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { textDifference } from '../../../../src/core/history/textDifference';
import { comparisonText } from '../../../../src/core/messages/runComparison';
import { runText, runTitle, totalsText } from '../../../../src/core/messages/runsTree';
import { causeText, whyText } from '../../../../src/core/messages/whyMissed';
import { totalsOf } from '../../../../src/core/history/totals';
import type { ConverseRequest } from '../../../../src/core/request/types';
import type { Cause } from '../../../../src/core/runs/explanation';
import { aStoredRun, somePrint } from '../../../support/storedRuns';

const formats = numberFormats('en', 'UTC');
const when = (at: number): string => formats.time(at);

describe('two runs compared', () => {
  const a = aStoredRun({ id: 'a' });
  const changed = { ...somePrint, blocks: [['s', 'other', 9100], ...somePrint.blocks.slice(1)] } as typeof somePrint;
  const b = aStoredRun({ id: 'b', row: 'Sample | 3', startedAt: a.startedAt + 60_000 }, undefined, changed);

  it('stand in one table, with the blocks that differ by their lengths', () => {
    const page = comparisonText(a, b, formats, when);
    assert.match(page, /\| \| 14:03:27 \| 14:04:27 \|/);
    assert.match(page, /\| Cache write \| 2,000 \| 2,000 \|/);
    assert.match(page, /Sample \\\| 3/, 'a name does not break the table');
    assert.match(page, /The first block that differs: block 1 of the system text\./);
    assert.match(page, /\| block 1 of the system text \| 9,000 characters \| 9,100 characters \|/);
    assert.doesNotMatch(page, /message 1/);
  });

  it('are told apart where they are a pair', () => {
    const cold = { ...a, pair: { id: 'p', part: 'cold' } } as const;
    const warm = { ...b, startedAt: a.startedAt, pair: { id: 'p', part: 'warm' } } as const;
    assert.match(comparisonText(cold, warm, formats, when), /\| \| 14:03:27 · cold \| 14:03:27 · warm \|/);
  });

  it('say so where all is the same, or hashes cannot be compared', () => {
    assert.match(comparisonText(a, a, formats, when), /All blocks are the same\./);
    assert.match(comparisonText(a, { ...b, key: 'other' }, formats, when), /different keys/);
  });
});

describe('the first character that differs', () => {
  const request = (text: string): ConverseRequest => ({
    modelId: 'm',
    system: [{ cachePoint: { type: 'default' } }, { text }],
    messages: [],
  });
  it('is found in a block, past cache points', () => {
    const long = 'The desk answers within one working day. Today is ';
    assert.deepEqual(textDifference(request(`${long}Monday.`), request(`${long}Tuesday.`), { field: 'system', index: 0 }), {
      at: 50,
      was: '…g day. Today is Monday.',
      is: '…g day. Today is Tuesday.',
    });
    assert.equal(textDifference(request('a'), request('a'), { field: 'system', index: 0 }), undefined);
    assert.equal(textDifference(request('a'), request('b'), { field: 'system', index: 1 }), undefined);
  });
});

describe('what is said of runs', () => {
  const run = aStoredRun({ pair: { id: 'p', part: 'cold' } });
  it('fits one line in the tree', () => {
    assert.equal(runTitle(run, when), '14:03:27 · cold · Sample 2');
    assert.equal(runText(run, formats), '0% read · $0.0108 · Claude Sonnet 4.6');
    const [totals] = totalsOf([run, { ...run, id: '2', state: 'failed', usage: undefined, usd: undefined }]);
    assert.equal(totals && totalsText(totals, formats), '2 runs · 1 failed · 0% read · $0.0108');
  });

  const causes: readonly Cause[] = [
    { kind: 'model_changed', was: 'Claude Sonnet 4.5', is: 'Claude Sonnet 4.6' },
    { kind: 'system_changed', at: { field: 'system', index: 0 }, how: 'changed' },
    { kind: 'tools_changed', at: { field: 'tools', index: 1 }, how: 'moved' },
    { kind: 'messages_changed', at: { field: 'messages', message: 2, index: 1 }, how: 'added' },
    { kind: 'messages_changed', at: { field: 'messages', message: 2, index: 0 }, how: 'removed' },
    { kind: 'setting_changed', setting: 'effort', from: 'messages' },
    { kind: 'other_place', part: 'region', was: 'us-east-1', is: '' },
    { kind: 'other_place', part: 'account', was: '', is: '' },
    { kind: 'other_place', part: 'identity', was: '', is: '' },
    { kind: 'expired', ttl: '5m', ageMs: 372_000 },
    { kind: 'ttl_changed', was: '5m', is: '1h' },
    { kind: 'below_minimum', tokens: 900, minimum: 1024, certain: true },
    { kind: 'below_minimum', tokens: 1000, minimum: 1024, certain: false },
    { kind: 'marker_not_sent' },
    { kind: 'moved_cache_point', was: 3, is: 2 },
    { kind: 'moved_cache_point', was: 3, is: 5 },
    { kind: 'lookback_exceeded', blocks: 20, window: 20 },
    { kind: 'parallel_first_calls', aheadMs: 700 },
    { kind: 'possible_eviction_or_region', profile: 'many' },
    { kind: 'possible_eviction_or_region', profile: undefined },
    { kind: 'not_cached_before' },
  ];
  it('is one sentence for each cause', () => {
    for (const cause of causes) assert.match(causeText(cause, formats), /^[A-Z][^\n]*[^ .]\.$/, cause.kind);
    assert.equal(
      causeText({ kind: 'expired', ttl: '5m', ageMs: 372_000 }, formats),
      'The entry had expired: it was last used 6 min 12 s earlier and lives for 5 minutes.',
    );
  });

  it('says on the card what was lost, and that each of two causes is enough', () => {
    const explanation = {
      against: 'a',
      outcome: 'miss',
      causes: causes.slice(0, 2),
      difference: undefined,
      lost: 2000,
      lostUsd: { low: 0.0069, likely: 0.0069, high: 0.0069 },
    } as const;
    const told = whyText({ explanation, againstAt: run.startedAt, hasTexts: false }, run.startedAt + 1000, formats);
    assert.equal(told?.title, 'Why it missed, compared with the run of 14:03:27');
    assert.equal(told.sentences[2], 'Each of these alone would have been enough.');
    assert.equal(told.sentences.at(-1), 'Lost: 2,000 tokens that were cached and not read; that cost $0.0069 more than reading them.');
    const hit = { ...explanation, outcome: 'hit', causes: [], lost: 0, lostUsd: undefined } as const;
    assert.equal(whyText({ explanation: hit, hasTexts: true }, run.startedAt, formats), undefined);
    const differs = { ...hit, difference: { kind: 'setting', setting: 'effort', from: 'messages' } } as const;
    assert.match(
      whyText({ explanation: differs, hasTexts: true }, run.startedAt, formats)?.sentences[0] ?? '',
      /^The first difference from the run before: effort\. It cost no read\.$/,
    );
  });
});
