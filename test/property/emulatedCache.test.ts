import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Json, JsonObject } from '../../src/core/text/json';
import { planCache, settle } from '../../src/emulator/cachePlan';
import { createCacheStore } from '../../src/emulator/cacheStore';
import type { Asked, Part, Ttl } from '../unit/emulator/referenceCache';
import { referenceCache } from '../unit/emulator/referenceCache';
import { claude, nova, point, read } from '../unit/emulator/support';

const minute = 60_000;
const sizes: Readonly<Record<string, number>> = { a: 700, b: 400, c: 1_500, d: 30, e: 30, f: 9_000 };

/** `a` … `f` are blocks, `|` and `H` points of five minutes and an hour; after a point of five minutes none is of an hour. */
const partsOf = (lists: readonly string[]): readonly (readonly Part[])[] => {
  let spent = 0;
  let shorter = false;
  return lists.map((list) =>
    [...list].flatMap((letter): readonly Part[] => {
      if (letter !== '|' && letter !== 'H') return [{ text: letter, tokens: sizes[letter] ?? 0 }];
      spent += 1;
      shorter ||= letter === '|';
      return spent > 4 ? [] : [{ point: shorter ? '5m' : '1h' }];
    }),
  );
};

const asJson = (part: Part, wrap: (text: string) => JsonObject): Json => ('point' in part ? point(part.point) : wrap(part.text));
const asText = (text: string): JsonObject => ({ text });
const asTool = (text: string): JsonObject => ({ toolSpec: { name: text, inputSchema: { json: { type: 'object' } } } });

const toConverse = ({ tools, system, messages, toolChoice, thinking, schema }: Asked): JsonObject => ({
  ...(tools.length === 0 && toolChoice === undefined
    ? {}
    : {
        toolConfig: {
          tools: tools.map((part) => asJson(part, asTool)),
          ...(toolChoice === undefined ? {} : { toolChoice: { [toolChoice]: {} } }),
        },
      }),
  ...(system.length === 0 ? {} : { system: system.map((part) => asJson(part, asText)) }),
  messages: messages.map((parts, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: parts.map((part) => asJson(part, asText)),
  })),
  ...(thinking ? { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1_024 } } } : {}),
  ...(schema === undefined ? {} : { outputConfig: { textFormat: { structure: { jsonSchema: { schema } } } } }),
});

const countsOf = ({ tools, system, messages }: Asked) => {
  let sum = 0;
  const prefixes = [tools, system, ...messages].flat().flatMap((part) => ('tokens' in part ? [(sum += part.tokens)] : []));
  return { prefixes, total: sum + 3 };
};

/** One call: how long after the last it starts, how long until its answer begins, and whether its client stays until then. */
interface Call {
  readonly asked: Asked;
  readonly pause: number;
  readonly wait: number;
  readonly stays: boolean;
}

const list = (letters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((all) => all.join(''));
const run = fc.constantFrom('', 'ededed', 'd'.repeat(18), 'd'.repeat(19), 'd'.repeat(20), 'de'.repeat(12));

const calls: fc.Arbitrary<readonly Call[]> = fc
  .record({
    vendor: fc.constantFrom('claude' as const, 'nova' as const),
    tools: fc.constantFrom('', 'a', 'c|', 'ab'),
    system: fc.constantFrom('', 'c|', 'cH', 'a', 'd'),
    opening: list('abcdf|H', 5),
    turns: fc.array(
      fc.record({
        grows: fc.boolean(),
        more: list('abcd|H', 4),
        filler: run,
        other: fc.option(fc.constantFrom('tools', 'system', 'choice', 'thinking', 'schema', 'opening'), { freq: 3, nil: undefined }),
        pause: fc.constantFrom(0, 1_000, minute, 4 * minute, 5 * minute, 6 * minute, 59 * minute, 60 * minute),
        wait: fc.constantFrom(0, 0, 500, 2_000, 2 * minute),
        stays: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      }),
      { minLength: 3, maxLength: 7 },
    ),
  })
  .map(({ vendor, turns, ...first }) => {
    let messages = [`c${first.opening}`];
    return turns.map(({ grows, more, filler, other, pause, wait, stays }): Call => {
      if (grows) messages = [...messages, 'e', `${filler}d${more}|`];
      const [tools = [], system = [], ...rest] = partsOf([
        other === 'tools' ? 'b' : first.tools,
        other === 'system' ? 'b' : first.system,
        ...(other === 'opening' ? ['b', ...messages.slice(1)] : messages),
      ]);
      const settings = {
        toolChoice: other === 'choice' ? ('any' as const) : pause === minute ? ('auto' as const) : undefined,
        thinking: other === 'thinking',
        schema: other === 'schema' ? `{"title": "${more}"}` : undefined,
      };
      return { asked: { vendor, tools, system, messages: rest, ...settings }, pause, wait, stays };
    });
  });

interface Step {
  readonly at: number;
  readonly do: () => void;
}

/** Plays the calls in the order of time on both caches and gives the figures of both, call by call. */
const play = (conversation: readonly Call[]) => {
  const store = createCacheStore(1_000);
  const visit = referenceCache({ claude: 1_024, nova: 355 }, 20_000);
  const figures: { readonly emulator: unknown; readonly reference: unknown }[] = [];
  const steps: Step[] = [];
  const later = (at: number, action: () => void): void => {
    const index = steps.findIndex((step) => step.at > at);
    steps.splice(index < 0 ? steps.length : index, 0, { at, do: action });
  };
  let start = 0;
  for (const { asked, pause, wait, stays } of conversation) {
    start += pause;
    const now = start;
    later(now, () => {
      const plan = planCache(read(toConverse(asked)), asked.vendor === 'nova' ? nova : claude, countsOf(asked), store, now, 'likely');
      const reference = visit(asked, now);
      const wrote = (ttl: Ttl): number => plan.writes.find((write) => write.ttl === ttl)?.tokens ?? 0;
      figures.push({
        emulator: { read: plan.read, written: { '1h': wrote('1h'), '5m': wrote('5m') } },
        reference: reference.figures,
      });
      if (!stays) return;
      later(now + wait, () => {
        settle(plan, store, now);
        reference.begin();
      });
    });
  }
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) step.do();
  return figures;
};

describe('the emulated cache and a second one written from the guides', () => {
  it('agree on every call of 2,000 random conversations, writers in flight and clients that leave included', function () {
    this.timeout(60_000);
    let [hits, writes] = [0, 0];
    fc.assert(
      fc.property(calls, (conversation) => {
        for (const { emulator, reference } of play(conversation)) {
          assert.deepEqual(emulator, reference);
          const { read: tokens, written } = reference as { read: number; written: Record<Ttl, number> };
          hits += tokens > 0 ? 1 : 0;
          writes += written['1h'] + written['5m'] > 0 ? 1 : 0;
        }
      }),
      { numRuns: 2_000 },
    );
    assert.ok(hits > 1_000 && writes > 1_000, `${hits} hits and ${writes} writes are too few to prove anything`);
  });

  it('let a call read only what an answer that has begun wrote', () => {
    const [system = []] = partsOf(['c|']);
    const [message = []] = partsOf(['d']);
    const asked: Asked = {
      vendor: 'claude',
      tools: [],
      system,
      messages: [message],
      toolChoice: undefined,
      thinking: false,
      schema: undefined,
    };
    const call = (pause: number, wait: number, stays = true): Call => ({ asked, pause, wait, stays });
    const reads = (...conversation: readonly Call[]) =>
      play(conversation).map(({ emulator }) => (emulator as { readonly read: number }).read);
    assert.deepEqual(reads(call(0, 500), call(100, 500), call(1_000, 0)), [0, 0, 1_500]);
    assert.deepEqual(reads(call(0, 500), call(100, 100), call(200, 0)), [0, 0, 1_500], 'of the one whose answer began first');
    assert.deepEqual(reads(call(0, 500, false), call(1_000, 0)), [0, 0], 'of a client that stayed');
    assert.deepEqual(reads(call(0, 4 * minute), call(5 * minute, 0)), [0, 0], 'for five minutes from the start of its request');
  });
});
