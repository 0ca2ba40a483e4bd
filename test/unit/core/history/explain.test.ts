import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/history/explain';
import type { CauseKind, Explanation } from '../../../../src/core/runs/explanation';
import type { StoredRun } from '../../../../src/core/history/stored';
import { runsOf, type DrawnCall } from '../../../support/emulatedRuns';

const minute = 60_000;
const sonnet = 'us.anthropic.claude-sonnet-4-6';

/** `BA` is a list of two blocks, a capital one about 1,300 tokens long and `#` a picture; `|` is a point of five minutes, `H` one of an hour. */
const callOf = (
  lists: { readonly t?: string; readonly s?: string; readonly m?: readonly string[] },
  over: Partial<DrawnCall> = {},
): DrawnCall => {
  const named = [
    ['t', lists.t ?? ''],
    ['s', lists.s ?? ''],
    ...(lists.m ?? ['q']).map((letters, at) => [`m${at}${at % 2 === 0 ? 'u' : 'a'}`, letters]),
  ];
  const blocks: DrawnCall['blocks'][number][] = [];
  const points: DrawnCall['points'][number][] = [];
  for (const [list = '', letters = ''] of named)
    for (const letter of letters)
      if (letter === '|' || letter === 'H') points.push({ after: blocks.length, ttl: letter === 'H' ? '1h' : '5m' });
      else blocks.push({ list, letter });
  return { modelId: sonnet, region: 'us-east-1', blocks, points, settings: {}, toolChoice: undefined, at: 0, wait: 800, ...over };
};

/** Calls one after the other, a minute apart unless they say when, and what is told of the last. */
const told = (...calls: readonly DrawnCall[]): Explanation | undefined => {
  const runs = runsOf(calls.map((call, at) => ({ ...call, at: call.at === 0 ? at * minute + 1 : call.at })));
  const last = runs.at(-1);
  return last && explain(last, runs);
};
const kinds = (explanation: Explanation | undefined): readonly CauseKind[] => explanation?.causes.map(({ kind }) => kind) ?? [];

const base = { t: 'b', s: 'A|', m: ['q'] };
const thinking = { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } };
const format = (title: string) => ({
  outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'a', schema: `{"title":"${title}"}` } } } },
});

interface Row {
  readonly cause: CauseKind;
  readonly what: string;
  readonly makes: readonly DrawnCall[];
  readonly nearly: readonly DrawnCall[];
}

/** For each cause calls of which the last misses by it, and calls that nearly do so. */
const rows: readonly Row[] = [
  {
    cause: 'model_changed',
    what: 'another model, and another profile of the same one',
    makes: [callOf(base), callOf(base, { modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' })],
    nearly: [callOf(base), callOf(base, { modelId: 'global.anthropic.claude-sonnet-4-6' })],
  },
  {
    cause: 'tools_changed',
    what: 'another tool, and another choice of the same tool',
    makes: [callOf(base), callOf({ ...base, t: 'c' })],
    nearly: [callOf(base), callOf(base, { toolChoice: { any: {} } })],
  },
  {
    cause: 'system_changed',
    what: 'another system text, and one behind the cache point',
    makes: [callOf(base), callOf({ ...base, s: 'B|' })],
    nearly: [callOf({ ...base, s: 'A|x' }), callOf({ ...base, s: 'A|y' })],
  },
  {
    cause: 'messages_changed',
    what: 'another first turn, and one more turn',
    makes: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['p|'] })],
    nearly: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['q', 'y', 'p|'] })],
  },
  {
    cause: 'setting_changed',
    what: 'thinking with a point in the messages, and with one in the system text alone',
    makes: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['q|'] }, { settings: thinking })],
    nearly: [callOf(base), callOf(base, { settings: thinking })],
  },
  {
    cause: 'setting_changed',
    what: 'another output schema, and another temperature',
    makes: [callOf(base, { settings: format('a') }), callOf(base, { settings: format('b') })],
    nearly: [callOf(base), callOf(base, { settings: { inferenceConfig: { temperature: 0.1 } } })],
  },
  {
    cause: 'setting_changed',
    what: 'another tool choice on Nova, which spoils everything, and on Claude, which spoils messages',
    makes: [
      callOf(base, { modelId: 'us.amazon.nova-pro-v1:0' }),
      callOf(base, { modelId: 'us.amazon.nova-pro-v1:0', toolChoice: { any: {} } }),
    ],
    nearly: [callOf(base), callOf(base, { toolChoice: { any: {} } })],
  },
  {
    cause: 'setting_changed',
    what: 'a first picture behind a point in the messages, and one with a point in the system text alone',
    makes: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['q|', 'y', '#'] })],
    nearly: [callOf(base), callOf({ ...base, m: ['q', 'y', '#'] })],
  },
  {
    cause: 'expired',
    what: 'six minutes, and two times four of them',
    makes: [callOf(base), callOf(base, { at: 6 * minute })],
    nearly: [callOf(base), callOf(base, { at: 4 * minute }), callOf(base, { at: 8 * minute })],
  },
  {
    cause: 'ttl_changed',
    what: 'an hour asked for after five minutes had ended, and before',
    makes: [callOf(base), callOf({ ...base, s: 'AH' }, { at: 6 * minute })],
    nearly: [callOf(base), callOf({ ...base, s: 'AH' }, { at: 4 * minute })],
  },
  {
    cause: 'below_minimum',
    what: 'a prefix that is too short, and one that is long enough',
    makes: [callOf({ s: 'a|' }), callOf({ s: 'a|' })],
    nearly: [callOf(base), callOf(base)],
  },
  {
    cause: 'marker_not_sent',
    what: 'no cache point, and one in another place that is found by looking back',
    makes: [callOf(base), callOf({ ...base, s: 'A' })],
    nearly: [callOf(base), callOf({ ...base, s: 'A', m: ['q|'] })],
  },
  {
    cause: 'moved_cache_point',
    what: 'a point before the one that wrote, and one behind it',
    makes: [callOf({ s: 'AB|' }), callOf({ s: 'A|B' })],
    nearly: [callOf({ s: 'A|B' }), callOf({ s: 'AB|' })],
  },
  {
    cause: 'lookback_exceeded',
    what: 'twenty blocks and more since the last point, and nineteen',
    makes: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['q', 'y', 'abcdefghijklmnopqrs|'] })],
    nearly: [callOf({ s: 'A', m: ['q|'] }), callOf({ s: 'A', m: ['q', 'y', 'abcdefghijklmnopqr|'] })],
  },
  {
    cause: 'parallel_first_calls',
    what: 'a call before the first is answered, and after',
    makes: [callOf(base), callOf(base, { at: 700 })],
    nearly: [callOf(base), callOf(base, { at: 900 })],
  },
  {
    cause: 'other_place',
    what: 'another Region, and another Region where nothing had been left in this one',
    makes: [callOf(base), callOf(base, { region: 'us-west-2' })],
    nearly: [callOf(base, { region: 'us-west-2' }), callOf(base), callOf(base)],
  },
  {
    cause: 'not_cached_before',
    what: 'a first call, and a second one',
    makes: [callOf(base)],
    nearly: [callOf(base), callOf(base)],
  },
];

describe('why a call missed', () => {
  for (const { cause, what, makes, nearly } of rows) {
    it(`names ${cause}: ${what}`, () => {
      assert.ok(kinds(told(...makes)).includes(cause), JSON.stringify(told(...makes)));
      const other = told(...nearly);
      assert.ok(!kinds(other).includes(cause), JSON.stringify(other));
    });
  }

  it('names possible_eviction_or_region only where nothing else can be: an entry that should have been there is gone', () => {
    const calls = [callOf(base, { at: 1 }), callOf(base, { at: minute })];
    const [first, second] = runsOf(calls, 2000) as [StoredRun, StoredRun];
    assert.deepEqual(explain(second, [first])?.causes, [{ kind: 'possible_eviction_or_region', profile: 'many' }]);
    const [, hit] = runsOf(calls) as [StoredRun, StoredRun];
    assert.deepEqual(explain(hit, [first]), { against: '0', outcome: 'hit', causes: [], difference: undefined, lost: 0 });
  });

  it('names both where two causes fit', () => {
    assert.deepEqual(kinds(told(callOf(base), callOf({ ...base, s: 'B|' }, { at: 6 * minute }))), ['system_changed', 'expired']);
    const both = told(callOf(base, { settings: format('a') }), callOf({ ...base, t: 'c' }, { settings: format('b') }));
    assert.deepEqual(kinds(both), ['tools_changed', 'setting_changed']);
  });

  it('says the first block that differs, and how', () => {
    const at = (explanation: Explanation | undefined) =>
      explanation?.causes.map((cause) => ('at' in cause ? [cause.at, cause.how] : cause.kind));
    assert.deepEqual(at(told(callOf({ s: 'AB|' }), callOf({ s: 'AC|' }))), [[{ field: 'system', index: 1 }, 'changed']]);
    assert.deepEqual(at(told(callOf({ s: 'AB|' }), callOf({ s: 'AxB|' }))), [[{ field: 'system', index: 1 }, 'added']]);
    assert.deepEqual(at(told(callOf({ s: 'AxB|' }), callOf({ s: 'AB|' }))), [[{ field: 'system', index: 1 }, 'removed']]);
    assert.deepEqual(at(told(callOf({ ...base, t: 'bc' }), callOf({ ...base, t: 'cb' }))), [[{ field: 'tools', index: 0 }, 'moved']]);
    assert.deepEqual(at(told(callOf({ s: 'A', m: ['q', 'y', 'p|'] }), callOf({ s: 'A', m: ['q', 'z', 'p|'] }))), [
      [{ field: 'messages', message: 1, index: 0 }, 'changed'],
    ]);
  });

  it('says how much was lost, and what was read all the same', () => {
    const part = told(callOf({ s: 'A|', m: ['Bq|'] }), callOf({ s: 'A|', m: ['Cq|'] }));
    assert.equal(part?.outcome, 'part');
    assert.deepEqual(kinds(part), ['messages_changed']);
    assert.ok(part.lost > 1000 && part.lost < 2000, String(part.lost));
    // Written at 4.125 instead of read at 0.33, by the million: a geographic profile costs a tenth more.
    assert.ok(Math.abs((part.lostUsd?.likely ?? 0) - (part.lost * 3.795) / 1e6) < 1e-9, JSON.stringify(part.lostUsd));
  });

  it('tells what differs apart from whether the cache hit', () => {
    const hit = told(callOf(base), callOf({ ...base, m: ['p'] }));
    assert.equal(hit?.outcome, 'hit');
    assert.deepEqual(hit.causes, []);
    assert.deepEqual(hit.difference, { kind: 'block', at: { field: 'messages', message: 0, index: 0 }, how: 'changed' });
  });

  it('claims nothing where the service said nothing of the cache, of hashes by another key, or of other prompts', () => {
    const [first, second] = runsOf([callOf(base, { at: 1 }), callOf({ ...base, s: 'B|' }, { at: minute })]) as [StoredRun, StoredRun];
    const silent = { ...second, usage: second.usage && { ...second.usage, cacheRead: undefined, cacheWrite: undefined, writes: [] } };
    assert.equal(explain(silent, [first]), undefined);
    assert.equal(explain({ ...second, usage: undefined }, [first]), undefined);
    for (const other of [
      { ...first, key: 'other' },
      { ...first, subject: 'file:///other' },
      { ...first, startedAt: second.startedAt + 1 },
    ])
      assert.deepEqual(kinds(explain(second, [other])), ['not_cached_before']);
  });

  it('takes the account and the API for places, and says no account by name', () => {
    const [first, second] = runsOf([callOf(base, { at: 1 }), callOf(base, { at: minute, region: 'eu-west-1' })]) as [StoredRun, StoredRun];
    const here = { ...second, region: first.region };
    const placeOf = (was: Partial<StoredRun>, is: Partial<StoredRun>) => explain({ ...here, ...is }, [{ ...first, ...was }])?.causes[0];
    const other = { kind: 'other_place', was: '', is: '' } as const;
    assert.deepEqual(placeOf({ account: 'a' }, { account: 'b' }), { ...other, part: 'account' });
    // Two profiles of one account share its cache; of what account keys are that do not say so is not known.
    const unexplained = 'possible_eviction_or_region';
    assert.equal(placeOf({ account: 'a' }, { account: 'a', caller: 'other' })?.kind, unexplained);
    assert.deepEqual(placeOf({}, { caller: 'other' }), { ...other, part: 'identity' });
    assert.deepEqual(placeOf({ account: 'a' }, { caller: 'other' }), { ...other, part: 'identity' });
    assert.equal(placeOf({ account: 'a' }, {})?.kind, unexplained);
    const [api] = explain({ ...here, api: 'messages' }, [first])?.causes ?? [];
    assert.deepEqual(api, { kind: 'other_place', part: 'api', was: 'converse', is: 'messages' });
  });
});
