import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Figure, RunView, UsageField, UsageRow } from '../../../../src/core/panel/protocol';
import type { RunRecord } from '../../../../src/core/runs/record';
import { reduceRun, startRecord } from '../../../../src/core/runs/record';
import { anyEvent } from '../../../support/arbitraryRuns';
import { aPair, aStart, aUsage, estimate, finishedRun, fold, looseCaching, somePrices } from '../../../support/runRecords';
import { panelOf, type PanelInput } from '../../../support/panelStates';

const stateOf = (records: readonly RunRecord[], over: Partial<PanelInput> = {}) =>
  panelOf({
    file: 'a.bedrock.md',
    records,
    shown: records.map(({ id }) => id),
    busy: false,
    locale: 'en',
    timeZone: 'UTC',
    service: { kind: 'aws', text: 'Amazon Bedrock' },
    ...over,
  });
const viewOf = (record: RunRecord): RunView => {
  const [run] = stateOf([record]).runs;
  assert.ok(run);
  return run;
};
const row = (run: RunView, field: UsageField): UsageRow => {
  const found = run.usage.find((one) => one.field === field);
  assert.ok(found);
  return found;
};
const figure = (run: RunView, id: Figure['id']): Figure => {
  const found = run.figures.find((one) => one.id === id);
  assert.ok(found, `no figure ${id}`);
  return found;
};

const wrote = aUsage({ input: 41, output: 212, cacheWrite: 2310, writes: [{ ttl: '5m', tokens: 2310 }] });

describe('usage rows of the panel', () => {
  it('stand in the order of the bar, with exact numbers, shares and costs', () => {
    const run = viewOf(finishedRun(wrote));
    assert.deepEqual(
      run.usage.map(({ field, tokens, tokensText, shareText, costText }) => [field, tokens, tokensText, shareText, costText]),
      [
        ['cacheReadInputTokens', 0, '0', '0%', '$0'],
        ['cacheWriteInputTokens', 2310, '2,310', '98%', '$0.00866'],
        ['inputTokens', 41, '41', '2%', '$0.00012'],
        ['outputTokens', 212, '212', '', '$0.00318'],
      ],
    );
    assert.match(row(run, 'cacheWriteInputTokens').hint, /2,310 for 5m/);
  });

  it('leave open what was not reported', () => {
    const read = row(viewOf(finishedRun(aUsage({ cacheRead: undefined }))), 'cacheReadInputTokens');
    assert.deepEqual([read.tokens, read.tokensText, read.share, read.costText], [undefined, '–', undefined, '–']);
  });

  it('say why a cost is not known', () => {
    const usage = aUsage({ cacheRead: 100 });
    assert.match(row(viewOf(finishedRun(usage, { prices: undefined })), 'cacheReadInputTokens').hint, /no price of this model is known/);
    const noRead = row(viewOf(finishedRun(usage, { prices: { ...somePrices, cacheRead: null } })), 'cacheReadInputTokens');
    assert.equal(noRead.costText, '–');
    assert.match(noRead.hint, /no price is known for cache read/);
  });

  it('stand next to what was predicted', () => {
    const prediction = { cacheRead: estimate(0, 0), cacheWrite: estimate(2290, 2410), input: estimate(50, 60), assumes: 'cold' } as const;
    const run = viewOf(finishedRun(wrote, { prediction }));
    const compared = run.usage.map(({ predictedText, predicted }) => [predictedText, predicted]);
    assert.deepEqual(compared, [
      ['0', 'within'],
      ['2,286 – 2,414', 'within'],
      ['46 – 64', 'outside'],
      ['', 'none'],
    ]);
    const loose = viewOf(finishedRun(wrote, { prediction, caching: looseCaching }));
    assert.ok(loose.usage.every(({ predicted }) => predicted === 'none'));
  });

  it('allow for the token or two by which identical calls differ', () => {
    const prediction = { cacheRead: estimate(0, 0), cacheWrite: estimate(2310, 2310), input: estimate(38, 40), assumes: 'cold' } as const;
    assert.equal(row(viewOf(finishedRun(wrote, { prediction })), 'inputTokens').predicted, 'within');
  });

  it('are there before the figures are, and gone when a run fails without any', () => {
    assert.equal(viewOf(fold(aStart())).usage.length, 4);
    const failed = fold(aStart(), { type: 'failed', at: 1, failure: { code: 'invalidRequest', detail: '', requestId: undefined } });
    assert.deepEqual(viewOf(failed).usage, []);
    assert.deepEqual(viewOf(failed).figures, []);
  });
});

describe('figures of the panel', () => {
  it('add up for a cold and a warm call', () => {
    const [cold, warm] = stateOf(aPair(wrote, aUsage({ input: 41, output: 205, cacheRead: 2310 }))).runs;
    assert.ok(cold && warm);
    const values = (run: RunView) => run.figures.map(({ label, value }) => `${label} ${value}`);
    assert.deepEqual(values(cold), [
      'Cache hit rate 0%',
      'Cost of this call $0.0120',
      'Without caching $0.0102',
      'Extra for writing $0.0017 (17%)',
      'First token 1.9 s',
      'Total time 4.2 s',
      'Stop reason end_turn',
    ]);
    assert.deepEqual(values(warm).slice(0, 4), [
      'Cache hit rate 98%',
      'Cost of this call $0.0039',
      'Without caching $0.0101',
      'Saved $0.0062 (62%)',
    ]);
    assert.equal(figure(warm, 'hitRate').tone, 'good');
    assert.equal(figure(warm, 'saved').tone, 'good');
    assert.equal(figure(cold, 'saved').tone, 'neutral');
  });

  it('carry their formula and what they rest on', () => {
    const run = viewOf(finishedRun(wrote));
    assert.match(figure(run, 'hitRate').hint, /^cache read \/ \(uncached input \+ cache read \+ cache write\)/);
    assert.match(figure(run, 'cost').hint, /list prices.*checked 2026-11-20/);
    assert.match(figure(run, 'total').hint, /The service measured/);
    assert.match(figure(viewOf(finishedRun(wrote, { service: 'emulator' })), 'cost').hint, /The emulator charges nothing/);
  });

  it('are open where the cache was not mentioned or a price is missing', () => {
    const silent = viewOf(finishedRun(aUsage({ cacheRead: undefined, cacheWrite: undefined })));
    assert.equal(figure(silent, 'hitRate').value, '–');
    assert.match(figure(silent, 'hitRate').hint, /reported nothing of the cache/);
    const unpriced = viewOf(finishedRun(wrote, { prices: undefined }));
    for (const id of ['cost', 'costWithoutCaching', 'saved'] as const) assert.equal(figure(unpriced, id).value, '–');
    assert.match(figure(unpriced, 'cost').hint, /Not known/);
  });

  it('give both ends of a disputed price', () => {
    const run = viewOf(
      finishedRun(aUsage({ input: 0, output: 0, cacheWrite: 10_000 }), {
        prices: { input: 1, output: 4, cacheWrite5m: 0, cacheWrite5mHigh: 1 },
      }),
    );
    assert.equal(figure(run, 'cost').value, '$0 – $0.0100');
    assert.match(figure(run, 'cost').hint, /Sources disagree/);
    assert.equal(figure(run, 'saved').tone, 'neutral');
  });

  it('hold their places while a run is on its way', () => {
    const run = viewOf(fold(aStart(), { type: 'started', at: 0, modelId: 'm', identity: '' }, { type: 'text', at: 870, delta: 'x' }));
    assert.equal(figure(run, 'hitRate').value, '–');
    assert.equal(figure(run, 'firstDelta').value, '870 ms');
    assert.equal(figure(run, 'total').value, '–');
  });

  it('count attempts only where there was more than one', () => {
    assert.ok(!viewOf(finishedRun(wrote)).figures.some(({ id }) => id === 'attempts'));
    assert.equal(figure(viewOf({ ...finishedRun(wrote), attempts: 3 }), 'attempts').value, '3');
  });
});

describe('state of the panel', () => {
  const started = { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' } as const;

  it('says in one line where a run stands', () => {
    const status = (...events: Parameters<typeof fold> extends [unknown, ...infer E] ? E : never) =>
      viewOf(fold(aStart(), ...events)).status;
    assert.equal(status(), 'Starting…');
    assert.equal(status(started), 'Waiting for the first token…');
    assert.equal(
      status(started, { type: 'retrying', at: 1, attempt: 2, reason: 'Too many requests' }),
      'Trying again, attempt 2: Too many requests',
    );
    assert.equal(
      status(started, { type: 'retrying', at: 1, attempt: 3, reason: 'ThrottlingException', waitMs: 1_200 }),
      'Trying again, attempt 3, after a wait of 1.2 s: ThrottlingException',
    );
    assert.equal(status(started, { type: 'text', at: 1, delta: 'x' }), 'Streaming…');
    assert.equal(status(started, { type: 'finished', at: 1240, requestId: undefined, attempts: 1 }), 'Finished in 1.2 s');
    const failed = (code: 'canceled' | 'interrupted' | 'invalidRequest') =>
      status(started, { type: 'failed', at: 800, failure: { code, detail: '', requestId: undefined } });
    assert.deepEqual(
      [failed('canceled'), failed('interrupted'), failed('invalidRequest')],
      ['Canceled after 800 ms', 'Cut off after 800 ms', 'Failed after 800 ms'],
    );
  });

  it('shows runs in the order asked for and skips ids it does not know', () => {
    const [cold, warm] = aPair(wrote, wrote);
    assert.deepEqual(
      stateOf([warm, cold], { shown: ['cold', 'gone', 'warm'] }).runs.map(({ label }) => label),
      ['Cold', 'Warm'],
    );
    assert.equal(viewOf(finishedRun(wrote)).label, 'Run');
    assert.equal(viewOf(finishedRun(wrote, { row: 'Sample 1' })).prompt, 'support-desk.bedrock.md · Sample 1');
    assert.equal(viewOf(finishedRun(wrote, { row: undefined })).prompt, 'support-desk.bedrock.md');
  });

  it('lists the newest run first and marks those on the page', () => {
    const { history } = stateOf([finishedRun(wrote, { id: 'a' }), finishedRun(undefined, { id: 'b', service: 'emulator' })], {
      shown: ['a'],
    });
    assert.deepEqual(
      history.map(({ id, time, hitRate, read, cost, simulated, shown }) => [id, time, hitRate, read, cost, simulated, shown]),
      [
        ['b', '14:03:27', '–', '–', '–', true, false],
        ['a', '14:03:27', '0%', '0', '$0.012', false, true],
      ],
    );
  });

  it('names who answered each run, and says so when the next one goes elsewhere', () => {
    const aws = finishedRun(wrote, { id: 'a' });
    const emulated = finishedRun(wrote, { id: 'b', service: 'emulator', endpoint: '127.0.0.1:8787' });
    assert.equal(viewOf(aws).service.text, 'Amazon Bedrock, us-east-1, profile dev');
    assert.deepEqual(viewOf(emulated).service, { kind: 'emulator', text: 'Local emulator, 127.0.0.1:8787' });
    assert.equal(stateOf([aws]).serviceNote, '');
    assert.match(stateOf([emulated]).serviceNote, /simulated by the local emulator/);
    assert.match(stateOf([aws, emulated]).serviceNote, /^Not every run/);
    assert.equal(stateOf([emulated], { shown: [] }).serviceNote, '');
  });

  it('shows a failure with its code, words, details and labelled actions', () => {
    const failure = { code: 'throttled', midStream: false, attempts: 3, detail: 'Too many tokens', requestId: 'r-1' } as const;
    const view = viewOf(fold(aStart(), started, { type: 'failed', at: 5, failure })).failure;
    assert.ok(view);
    assert.deepEqual([view.code, view.title, view.detail, view.requestId], ['throttled', 'Throttled', 'Too many tokens', 'r-1']);
    assert.deepEqual(view.actions[0], { action: 'runAgain', label: 'Run Again' });
  });

  it('calls a refused run bad and a canceled one not', () => {
    const tone = (code: 'canceled' | 'invalidRequest') =>
      stateOf([fold(aStart(), { type: 'failed', at: 1, failure: { code, detail: '', requestId: undefined } })]).history[0]?.tone;
    assert.deepEqual([tone('canceled'), tone('invalidRequest')], ['neutral', 'bad']);
  });

  it('shows the input of a tool as it came when it could not be read', () => {
    const run = viewOf(
      fold(aStart(), { type: 'toolUse', at: 0, name: 'a', input: '{"cut' }, { type: 'toolUse', at: 0, name: 'b', input: { x: 1 } }),
    );
    assert.deepEqual(run.toolUses, [
      { name: 'a', note: '', input: '{"cut' },
      { name: 'b', note: '', input: '{\n  "x": 1\n}' },
    ]);
  });

  it('is a plain value that survives being posted', () => {
    const state = stateOf(aPair(wrote, wrote));
    assert.deepEqual(structuredClone(state), state);
  });

  it('shows no impossible figure after any events in any order', () => {
    const events = fc.array(anyEvent, { maxLength: 12 });
    fc.assert(
      fc.property(events, events, fc.constantFrom('en', 'de', 'ar', 'x'), (first, second, locale) => {
        const pair = (id: string, part: 'cold' | 'warm') => startRecord(aStart({ id, pair: { id: 'p', part } }));
        const state = stateOf([first.reduce(reduceRun, pair('a', 'cold')), second.reduce(reduceRun, pair('b', 'warm'))], { locale });
        const ours = state.runs.flatMap(({ usage, figures, remarks, status }) => [
          status,
          ...usage.flatMap((one) => [one.tokensText, one.shareText, one.costText, one.hint]),
          ...figures.flatMap((one) => (one.id === 'stopReason' ? [] : [one.value, one.hint])),
          ...remarks.map(({ text }) => text),
        ]);
        // The reason of a retry is the service's own text.
        for (const text of ours.filter((one) => !one.startsWith('Trying again'))) assert.doesNotMatch(text, /NaN|Infinity|∞|undefined/);
        for (const { share } of state.runs.flatMap(({ usage }) => usage)) assert.ok(share === undefined || (share >= 0 && share <= 1));
      }),
    );
  });
});
