import assert from 'node:assert/strict';
import type { Remark } from '../../../../src/core/panel/protocol';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Prediction, RunRecord } from '../../../../src/core/runs/record';
import { aPair, aStart, aUsage, estimate, finishedRun, fold, looseCaching } from '../../../support/runRecords';
import { panelOf } from '../../../support/panelStates';

const remarksOf = (records: readonly RunRecord[], id: string): readonly Remark[] => {
  const input = { file: 'f', records, shown: [id], busy: false, locale: 'en', service: { kind: 'aws', text: '' } } as const;
  return panelOf(input).runs[0]?.remarks ?? [];
};
const alone = (record: RunRecord): readonly Remark[] => remarksOf([record], record.id);

/** Checks that some remark reads so and has this tone. */
const has = (remarks: readonly Remark[], pattern: RegExp, tone: Remark['tone']): void => {
  const found = remarks.find(({ text }) => pattern.test(text));
  assert.ok(found, `no remark like ${pattern} in ${JSON.stringify(remarks)}`);
  assert.equal(found.tone, tone);
};
const hasNot = (remarks: readonly Remark[], pattern: RegExp): void => {
  assert.ok(!remarks.some(({ text }) => pattern.test(text)), `a remark like ${pattern} in ${JSON.stringify(remarks)}`);
};

const wrote = aUsage({ cacheWrite: 2310, writes: [{ ttl: '5m', tokens: 2310 }] });
const hit = aUsage({ cacheRead: 2310 });
const prediction = (assumes: Prediction['assumes']) => ({
  cacheRead: estimate(0, 0),
  cacheWrite: estimate(0, 0),
  input: estimate(0, 0),
  assumes,
});

describe('remarks on one run', () => {
  it('suspects the minimum when nothing was written or read', () => {
    has(alone(finishedRun(aUsage({ input: 640 }))), /minimum of 1,024 tokens/, 'bad');
    has(alone(finishedRun(aUsage(), { caching: looseCaching })), /minimum of 355 – 1,536 tokens/, 'bad');
    has(alone(finishedRun(aUsage(), { caching: undefined })), /below the model’s minimum, /, 'bad');
  });

  it('does not complain about what was predicted', () => {
    has(alone(finishedRun(aUsage(), { prediction: prediction('noCaching') })), /as predicted/, 'neutral');
  });

  it('says why no read was promised', () => {
    const unsure = { ...prediction('unsure'), doubts: ['govCloud', 'crossRegion'] } as const;
    has(alone(finishedRun(wrote, { prediction: unsure })), /^No saving is promised in GovCloud/, 'neutral');
    hasNot(alone(finishedRun(wrote, { prediction: { ...prediction('cold'), doubts: ['govCloud'] } })), /GovCloud/);
  });

  it('notices prices that were checked long before a run that cost money', () => {
    const at = { startedAt: Date.parse('2026-11-28'), pricesChecked: '2026-08-01' };
    has(alone(finishedRun(wrote, { ...at, service: 'aws' })), /last checked 119 days before this run, on 2026-08-01/, 'neutral');
    hasNot(alone(finishedRun(wrote, { ...at, service: 'emulator' })), /last checked/);
    hasNot(alone(finishedRun(wrote, { ...at, service: 'aws', pricesChecked: '2026-10-28' })), /last checked/);
    hasNot(alone(finishedRun(wrote, { ...at, service: 'aws', prices: undefined })), /last checked/);
  });

  it('says until when a write can be read', () => {
    has(alone(finishedRun(wrote)), /^Written, not read yet: .* within 5 minutes reads 2,310 tokens/, 'neutral');
    has(alone(finishedRun(aUsage({ cacheWrite: 9, writes: [{ ttl: '1h', tokens: 9 }] }))), /within an hour/, 'neutral');
    const both = [
      { ttl: '1h', tokens: 5 },
      { ttl: '5m', tokens: 4 },
    ];
    has(alone(finishedRun(aUsage({ cacheWrite: 9, writes: both }))), /within the lifetime of each cache point/, 'neutral');
    has(alone(finishedRun(aUsage({ cacheWrite: 9 }))), /within 5 minutes/, 'neutral');
  });

  it('is pleased with a read that wrote nothing', () => {
    has(alone(finishedRun(hit)), /^Read 2,310 tokens from the cache; nothing written/, 'good');
  });

  it('explains a read beside a write', () => {
    has(alone(finishedRun(aUsage({ cacheRead: 2000, cacheWrite: 300 }))), /up to one cache point/, 'neutral');
  });

  it('keeps a silent reply apart from zeroes', () => {
    const silent = aUsage({ cacheRead: undefined, cacheWrite: undefined });
    has(alone(finishedRun(silent)), /reported nothing of the cache, .*not the same as zero/, 'neutral');
    has(alone(finishedRun(silent, { caching: { kind: 'none' } })), /no prompt caching/, 'neutral');
    hasNot(alone(finishedRun(silent)), /Nothing was written or read/);
  });

  it('says when the forecast started from another cache', () => {
    has(alone(finishedRun(hit, { prediction: prediction('cold') })), /took the cache to be empty/, 'neutral');
    has(alone(finishedRun(wrote, { prediction: prediction('warm') })), /took the prefix to be in the cache/, 'neutral');
    hasNot(alone(finishedRun(hit, { prediction: prediction('warm') })), /forecast/);
  });

  it('explains endings that a person should know of, and no others', () => {
    const stopped = (reason: string) => alone({ ...finishedRun(hit), stopReason: reason });
    has(stopped('max_tokens'), /cut at maxTokens/, 'bad');
    has(stopped('guardrail_intervened'), /trace enabled in guardrailConfig/, 'bad');
    has(stopped('tool_use'), /does not run tools/, 'neutral');
    for (const reason of ['end_turn', 'stop_sequence', 'constructor', '__proto__', 'something_new'])
      assert.equal(stopped(reason).length, 1);
  });
});

describe('remarks on a pair', () => {
  const pair = (cold: typeof wrote, warm: typeof wrote, over = {}) => {
    const records = aPair(cold, warm, over);
    return { cold: remarksOf(records, 'cold'), warm: remarksOf(records, 'warm') };
  };

  it('praises the time and money of a warm call that read', () => {
    const { cold, warm } = pair(wrote, hit);
    has(warm, /^First token after 620 ms instead of 1.9 s: 67% sooner/, 'good');
    has(warm, /^Both calls together cost \$0.0159 instead of \$0.0204/, 'good');
    hasNot(cold, /together|sooner/);
  });

  it('does not call two dear calls cheap', () => {
    const hour = aUsage({ cacheWrite: 2310, writes: [{ ttl: '1h', tokens: 2310 }] });
    has(pair(hour, hit).warm, /without caching .* Each further read/, 'neutral');
  });

  it('names likely reasons when the warm call read nothing', () => {
    const { warm } = pair(wrote, wrote);
    has(warm, /read nothing, although the first one left 2,310 tokens.*date.*Regions.*expired/, 'bad');
    hasNot(warm, /Written, not read yet|sooner|Each further read/);
  });

  it('blames the first call when that one wrote nothing', () => {
    const { warm } = pair(aUsage(), aUsage());
    has(warm, /because the first one wrote nothing.*1,024/, 'bad');
    hasNot(warm, /^Nothing was written/);
  });

  it('can judge a warm call whose partner was not measured', () => {
    const [cold, warm] = aPair(wrote, wrote);
    has(remarksOf([{ ...cold, usage: undefined }, warm], 'warm'), /^The second call read nothing\. Likely/, 'bad');
    has(remarksOf([warm], 'warm'), /^The second call read nothing\. Likely/, 'bad');
  });

  it('says that a cold call found a warm cache', () => {
    has(pair(hit, hit).cold, /was not cold/, 'neutral');
  });

  it('notices that only a part was read', () => {
    has(pair(wrote, aUsage({ cacheRead: 1200, cacheWrite: 1110 })).warm, /^Only 1,200 of the 2,310 tokens/, 'bad');
    hasNot(pair(wrote, aUsage({ cacheRead: 2308 })).warm, /^Only/);
  });

  it('does not hold a model that splits freely to what it wrote before', () => {
    const { warm } = pair(aUsage({ cacheWrite: 2130 }), aUsage({ cacheRead: 1500, cacheWrite: 640 }), { caching: looseCaching });
    hasNot(warm, /^Only/);
    has(warm, /only their sum is steady/, 'good');
  });
});

describe('remarks on a run without figures', () => {
  const ended = (failure: RunFailure, answered: boolean): readonly Remark[] =>
    alone(
      fold(
        aStart(),
        { type: 'started', at: 0, modelId: 'm', identity: '' },
        ...(answered ? [{ type: 'text', at: 10, delta: 'Half' } as const] : []),
        { type: 'failed', at: 20, failure },
      ),
    );
  const quiet = { detail: '', requestId: undefined };

  it('says that tokens of a broken-off answer are billed but not reported', () => {
    for (const code of ['canceled', 'interrupted'] as const) has(ended({ code, ...quiet }, true), /billed but not reported/, 'neutral');
    has(ended({ code: 'throttled', midStream: true, attempts: 1, ...quiet }, true), /billed but not reported/, 'neutral');
    has(ended({ code: 'canceled', ...quiet }, false), /^If the service had begun/, 'neutral');
  });

  it('says nothing of tokens where the call was refused', () => {
    assert.deepEqual(ended({ code: 'invalidRequest', ...quiet }, false), []);
    assert.deepEqual(ended({ code: 'throttled', midStream: false, attempts: 3, ...quiet }, false), []);
    assert.deepEqual(ended({ code: 'credentials', reason: 'missing', profile: undefined, ...quiet }, false), []);
  });

  it('says that a finished run came without figures', () => {
    has(alone(finishedRun(undefined)), /reported no tokens/, 'neutral');
  });

  it('says nothing before the end', () => {
    assert.deepEqual(alone(fold(aStart(), { type: 'text', at: 0, delta: 'x' })), []);
  });
});
