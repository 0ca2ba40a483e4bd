import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leftEntries } from '../../src/core/history/entries';
import { explain } from '../../src/core/history/explain';
import type { Cause, CauseKind } from '../../src/core/runs/explanation';
import { lifetimeMsOf } from '../../src/core/models/lifetimes';
import type { JsonObject } from '../../src/core/text/json';
import { runsOf, serve, type DrawnBlock, type DrawnCall } from '../support/emulatedRuns';

const minute = 60_000;
const blocksOf = (tools: string, system: string, turns: readonly string[]): readonly DrawnBlock[] => [
  ...[...tools].map((letter) => ({ list: 't', letter })),
  ...[...system].map((letter) => ({ list: 's', letter })),
  ...turns.flatMap((letters, at) => [...letters].map((letter) => ({ list: `m${at}${at % 2 === 0 ? 'u' : 'a'}`, letter }))),
];

/** What may change from one call of a conversation to the next. */
const change = fc.constantFrom(
  'tools',
  'system',
  'turn',
  'choice',
  'thinking',
  'effort',
  'format',
  'model',
  'region',
  'points',
  'ttl',
  'none',
);
const models = ['us.anthropic.claude-sonnet-4-6', 'us.anthropic.claude-opus-5-5', 'us.amazon.nova-pro-v1:0'];

const conversations: fc.Arbitrary<readonly DrawnCall[]> = fc
  .record({
    model: fc.nat(2),
    tools: fc.constantFrom('', 'a', 'B', 'ab'),
    system: fc.constantFrom('', 'A', 'a', 'AB', 'Ba'),
    opening: fc.constantFrom('a', 'A', 'ab', 'Ab'),
    calls: fc.array(
      fc.record({
        grows: fc.boolean(),
        more: fc.constantFrom('a', 'b', 'C', 'ab', 'abcdefghijklmnopqrs', 'abcdefghijklmnopqrstu'),
        changes: fc.array(fc.tuple(change, fc.nat(2)), { maxLength: 2 }),
        where: fc.constantFrom('end', 'system', 'systemAndEnd', 'lastTurn', 'none'),
        pause: fc.constantFrom(1, 500, 1000, minute, 4 * minute, 5 * minute, 6 * minute, 20 * minute, 70 * minute),
        wait: fc.constantFrom(0, 0, 800, 2000),
      }),
      { minLength: 2, maxLength: 6 },
    ),
  })
  .map(({ calls, ...first }) => {
    let state: State = {
      ...first,
      region: 'us-east-1',
      turns: [first.opening],
      settings: {} as JsonObject,
      choice: false,
      ttl: '5m' as '5m' | '1h',
      where: 'end',
    };
    let at = 0;
    return calls.map(({ grows, more, changes, where, pause, wait }): DrawnCall => {
      if (grows) state = { ...state, turns: [...state.turns, 'y', more] };
      for (const [what, how] of changes) state = changed(state, what, how, where);
      at += pause;
      const blocks = blocksOf(state.tools, state.system, state.turns);
      const messages = blocks.findIndex(({ list }) => list.startsWith('m'));
      const last = blocks.findIndex(({ list }) => list === blocks.at(-1)?.list);
      const ends: Readonly<Record<string, readonly number[]>> = {
        end: [blocks.length],
        system: [messages],
        systemAndEnd: [messages, blocks.length],
        lastTurn: [last, blocks.length],
        none: [],
      };
      return {
        modelId: models[state.model] ?? '',
        region: state.region,
        blocks,
        points: [...new Set(ends[state.where])]
          .filter((after) => after > 0 && (state.model !== 2 || blocks[after - 1]?.list !== 't')) // Nova refuses a point behind tools

          .map((after) => ({ after, ttl: state.model === 2 ? '5m' : state.ttl })),
        settings: state.settings,
        toolChoice: state.choice ? { any: {} } : undefined,
        at,
        wait,
      };
    });
  });

interface State {
  readonly model: number;
  readonly tools: string;
  readonly system: string;
  readonly opening: string;
  readonly region: string;
  readonly turns: string[];
  readonly settings: JsonObject;
  readonly choice: boolean;
  readonly ttl: '5m' | '1h';
  readonly where: string;
}

const toggled = (settings: JsonObject, name: string, value: JsonObject): JsonObject =>
  name in settings ? Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name)) : { ...settings, [name]: value };

const changed = (state: State, what: string, how: number, where: string): State => {
  switch (what) {
    case 'tools':
      return { ...state, tools: ['', 'a', 'B'][how] ?? '' };
    case 'system':
      return { ...state, system: ['A', 'B', 'AB'][how] ?? '' };
    case 'turn':
      return { ...state, turns: [['a', 'A', 'B'][how] ?? '', ...state.turns.slice(1)] };
    case 'choice':
      return { ...state, choice: !state.choice };
    case 'thinking':
      return {
        ...state,
        settings: toggled(state.settings, 'additionalModelRequestFields', { thinking: { type: 'enabled', budget_tokens: 1024 } }),
      };
    case 'effort':
      return { ...state, settings: toggled(state.settings, 'outputConfig', { effort: 'low' }) };
    case 'format':
      return {
        ...state,
        settings: toggled(state.settings, 'outputConfig', {
          textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{}' } } },
        }),
      };
    case 'model':
      return { ...state, model: how };
    case 'region':
      return { ...state, region: ['us-east-1', 'us-west-2', 'us-east-1'][how] ?? '' };
    case 'points':
      return { ...state, where };
    case 'ttl':
      return { ...state, ttl: state.ttl === '5m' ? '1h' : '5m' };
    default:
      return state;
  }
};

/** What of a call a cause is about; causes of one group are undone together. */
const groups: { readonly [K in CauseKind]: 'model' | 'place' | 'blocks' | 'time' | 'points' | 'none' | 'settings' } = {
  model_changed: 'model',
  other_place: 'place',
  tools_changed: 'blocks',
  system_changed: 'blocks',
  messages_changed: 'blocks',
  setting_changed: 'settings',
  expired: 'time',
  ttl_changed: 'time',
  parallel_first_calls: 'time',
  below_minimum: 'points',
  marker_not_sent: 'points',
  moved_cache_point: 'points',
  lookback_exceeded: 'points',
  possible_eviction_or_region: 'none',
  not_cached_before: 'none',
};

const order = (list: string): number => (list === 't' ? -2 : list === 's' ? -1 : Number(/\d+/.exec(list)?.[0]));

const hasTools = ({ blocks }: DrawnCall): boolean => blocks[0]?.list === 't';

/** The call as it would have been without these causes. */
const undone = (call: DrawnCall, was: DrawnCall, blocks: number, causes: readonly Cause[]): DrawnCall => {
  const has = (group: string): boolean => causes.some(({ kind }) => groups[kind] === group);
  const kept = was.blocks.slice(0, blocks);
  const end = kept.at(-1)?.list ?? 't';
  const own = kept.filter(({ list }) => list === end).length;
  const sameList = call.blocks.filter(({ list }) => list === end).slice(own);
  const tail = [...sameList, ...call.blocks.filter(({ list }) => order(list) > order(end))];
  const time = causes.reduce((at, cause) => {
    if (cause.kind === 'expired') return Math.min(at, call.at - cause.ageMs + lifetimeMsOf(cause.ttl) - 1);
    return cause.kind === 'parallel_first_calls' ? was.at + was.wait + 1 : at;
  }, call.at);
  const whole = has('blocks') ? [...kept, ...tail] : call.blocks;
  // A cache point stays behind its block, or at the end of its list.
  const moved = call.points.map(({ after, ttl }) => {
    const list = call.blocks[after - 1]?.list ?? '';
    const inner = call.blocks.slice(0, after).filter((block) => block.list === list).length;
    const isLast = call.blocks[after]?.list !== list;
    const places = whole.flatMap((block, at) => (block.list === list ? [at + 1] : []));
    const start = whole.filter((block) => order(block.list) < order(list)).length;
    return { ttl, after: (isLast ? places.at(-1) : (places[inner - 1] ?? places.at(-1))) ?? start };
  });
  return {
    modelId: has('model') ? was.modelId : call.modelId,
    region: has('place') ? was.region : call.region,
    blocks: whole,
    points: has('points') ? was.points : moved,
    settings: has('settings') ? was.settings : call.settings,
    // A choice comes and goes with the tools.
    toolChoice: has('settings') || (has('blocks') && hasTools(was) !== hasTools(call)) ? was.toolChoice : call.toolChoice,
    at: time,
    wait: call.wait,
  };
};

/** Does this call read a prefix of so many blocks, after the calls before it? */
const reads = (before: readonly DrawnCall[], call: DrawnCall, blocks: number): boolean => {
  const served = serve([...before, call]).at(-1);
  return (served?.outcome.read ?? 0) >= (served?.prefixes[blocks - 1] ?? Infinity);
};

/** As many as find a mutant of any cause; `CONVERSATIONS=5000` for the figure that is published. */
const numRuns = Number(process.env['CONVERSATIONS'] ?? 120);

describe('why a call missed', () => {
  it(`is right in ${numRuns} conversations: without all of the causes the call would have read, and with any one of them it would not`, function () {
    this.timeout(30 * minute);
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(conversations, (calls) => {
        const runs = runsOf(calls);
        runs.forEach((run, at) => {
          const told = explain(run, runs);
          if (told === undefined) return;
          for (const { kind } of told.causes) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          const call = calls[at];
          const was = told.against === undefined ? undefined : calls[Number(told.against)];
          if (told.outcome === 'hit') seen.set('hit', (seen.get('hit') ?? 0) + 1);
          if (was === undefined || call === undefined || told.outcome === 'hit') return;
          const label = `call ${at} against ${told.against ?? ''}: ${JSON.stringify(told)}`;
          assert.ok(told.causes.length > 0, label);
          assert.ok(!told.causes.some(({ kind }) => kind === 'possible_eviction_or_region'), label);
          const blocks = leftEntries(runs[Number(told.against)] ?? run).at(-1)?.blocks ?? 0;
          const before = calls.slice(0, at);
          assert.ok(reads(before, undone(call, was, blocks, told.causes), blocks), `all undone, ${label}`);
          const kinds = new Set(told.causes.map(({ kind }) => groups[kind]));
          // A text that became too short, or too short with another model or setting, is one change with two things to say of it.
          if (
            (kinds.has('blocks') || kinds.has('model') || kinds.has('settings')) &&
            told.causes.some(({ kind }) => kind === 'below_minimum')
          )
            kinds.delete('points');
          for (const group of kinds) {
            const others = told.causes.filter(({ kind }) => groups[kind] !== group);
            assert.ok(!reads(before, undone(call, was, blocks, others), blocks), `without ${group}, ${label}`);
          }
        });
      }),
      { numRuns, ...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }) },
    );
    if (process.env['CONVERSATIONS'] !== undefined) console.log(Object.fromEntries(seen));
    for (const kind of ['hit', 'expired', 'system_changed', 'messages_changed', 'setting_changed', 'model_changed'])
      assert.ok((seen.get(kind) ?? 0) > 0, `${kind} was made`);
  });
});
