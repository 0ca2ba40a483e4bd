import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planRequest } from '../../../../src/core/analysis';
import { predictCalls, type PricedPrediction, type SentCall } from '../../../../src/core/change/predict';
import { predictionReport } from '../../../../src/core/report/predictionReport';
import { noFiles } from '../../../../src/core/prompt/files';
import { draftRequest } from '../../../../src/core/request/build';
import { defaultSettings } from '../../../../src/core/settings';
import type { JsonObject } from '../../../../src/core/text/json';
import { planCache } from '../../../../src/emulator/cachePlan';
import { createCacheStore } from '../../../../src/emulator/cacheStore';
import { readRequest } from '../../../../src/emulator/request';
import { isRefused, resolveTarget } from '../../../../src/emulator/target';
import { countTokens } from '../../../../src/emulator/tokens';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { someRequests, takesPoints } from '../../../support/requests';
import { filler, readPrompt } from '../cache/prompts';

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const minute = 60_000;

const callOf = (body: object, at: number, begins?: number, modelId = sonnet): SentCall => {
  const { prompt, plan } = readPrompt('call.converse.json', JSON.stringify({ modelId, ...body }));
  return { request: draftRequest(prompt), plan, at, ...(begins === undefined ? {} : { begins }) };
};

interface Figures {
  readonly read: number;
  readonly written: Readonly<Record<string, number>>;
  readonly input: number;
}

/** The same calls through the emulator's cache. */
const served = (modelId: string, bodies: readonly object[], times: readonly number[]): readonly Figures[] => {
  const target = resolveTarget(modelId, Date.parse('2026-11-22'));
  assert.ok(!isRefused(target));
  const store = createCacheStore(1000);
  return bodies.map((body, index) => {
    const now = times[index] ?? 0;
    const request = readRequest('converse', body as JsonObject);
    const { read, writes, input, hits, entries } = planCache(request, target, countTokens(request, target.entry), store, now, 'likely');
    for (const key of hits) store.refresh(key, now);
    for (const entry of entries) store.write(entry, now);
    return { read, written: Object.fromEntries(writes.map(({ ttl, tokens }) => [ttl, tokens])), input };
  });
};

/** Counts are whole in the emulator, so that a difference may be off by one at each end. */
const near = (ours: number, theirs: number, what: string): void =>
  assert.ok(Math.abs(ours - theirs) <= 2, `${what}: ${ours}, not ${theirs}`);

describe('predicted calls', () => {
  for (const modelId of [sonnet, 'us.amazon.nova-pro-v1:0'])
    it(`read, write and pay what the emulator says, in any order of requests: ${modelId}`, () => {
      const gap = fc.constantFrom(0, 1, 4 * minute, 6 * minute, 61 * minute);
      const bodies = fc.array(someRequests.filter(takesPoints), { minLength: 2, maxLength: 3 });
      let read = 0;
      fc.assert(
        fc.property(bodies, fc.array(fc.tuple(fc.nat(2), gap), { minLength: 2, maxLength: 6 }), (some, order) => {
          let now = 0;
          const times = order.map(([, more]) => (now += more));
          const sent = order.map(([which]) => some[which % some.length] ?? {});
          const calls = sent.map((body, index) => callOf(body, times[index] ?? 0, undefined, modelId));
          // What the service refuses is not predicted.
          if (
            calls.some(({ plan }) => plan.checkpoints.some(({ verdict }) => verdict.kind !== 'caches' && verdict.kind !== 'belowMinimum'))
          )
            return;
          const theirs = served(modelId, sent, times);
          predictCalls(calls).forEach(({ cacheRead, writeByTtl, input }, index) => {
            const seen = theirs[index];
            assert.ok(seen);
            read += seen.read;
            near(cacheRead.likely, seen.read, 'read');
            near(input.likely, seen.input, 'input');
            for (const ttl of ['5m', '1h']) near(writeByTtl[ttl]?.likely ?? 0, seen.written[ttl] ?? 0, `written for ${ttl}`);
          });
        }),
        { numRuns: 40 },
      );
      assert.ok(read > 0, 'something was read');
    });

  const rules = { text: filler(1500) };
  const point = (ttl?: string): object => ({ cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } });
  const user = (...content: readonly object[]): object => ({ role: 'user', content });
  const answer = { role: 'assistant', content: [{ text: 'Noted.' }] };
  const desk = { system: [rules, point()], messages: [user({ text: 'Where is my parcel?' })] };
  const reads = (list: readonly PricedPrediction[]): readonly boolean[] => list.map(({ cacheRead }) => cacheRead.likely > 0);

  it('lose nothing: what is read, written and paid is the whole request', () => {
    fc.assert(
      fc.property(fc.array(someRequests, { minLength: 1, maxLength: 4 }), (bodies) => {
        const calls = bodies.map((body, at) => callOf(body, at));
        predictCalls(calls).forEach(({ cacheRead, cacheWrite, input, writeByTtl }, index) => {
          near(cacheRead.likely + cacheWrite.likely + input.likely, calls[index]?.plan.total.likely ?? 0, 'sum');
          near(
            Object.values(writeByTtl).reduce((sum, { likely }) => sum + likely, 0),
            cacheWrite.likely,
            'by lifetime',
          );
        });
      }),
      { numRuns: 30 },
    );
  });

  describe('where the service is known not to keep to what is written', () => {
    const twice = (modelId: string) => predictCalls([callOf(desk, 0, undefined, modelId), callOf(desk, minute, undefined, modelId)]);

    it('promise nothing, and reach from a call that reads all to one that reads nothing', () => {
      const [cold, later] = twice('us.anthropic.claude-3-7-sonnet-20250219-v1:0');
      assert.ok(cold?.usd && later?.usd);
      assert.deepEqual([cold.assumes, later.assumes], ['cold', 'unsure']);
      assert.deepEqual(later.doubts, ['losesEntries', 'crossRegion']);
      assert.ok(later.cacheRead.likely > 0 && later.cacheRead.low === 0);
      assert.deepEqual([later.cacheWrite.likely, later.cacheWrite.high], [0, cold.cacheWrite.high]);
      assert.ok(later.usd.low < cold.usd.low / 2 && later.usd.high === cold.usd.high);
    });

    it('expect no read in GovCloud, where none was seen', () => {
      const [cold, later] = twice('us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0');
      assert.ok(cold && later);
      assert.deepEqual([later.assumes, later.cacheRead.likely, later.cacheWrite.likely], ['unsure', 0, cold.cacheWrite.likely]);
      assert.ok(later.cacheRead.high > 0);
    });

    it('leave room around a read of Nova, whose price holds all the same', () => {
      const [, nova] = twice('us.amazon.nova-pro-v1:0');
      assert.ok(nova);
      assert.equal(nova.assumes, 'warm');
      assert.ok(nova.cacheRead.low < nova.cacheRead.likely * 0.81 && nova.cacheRead.high > nova.cacheRead.likely);
      assert.ok(nova.usd && nova.usd.high < nova.usd.likely * 1.5);
    });

    it('promise as ever on other models', () => {
      assert.deepEqual(
        twice(sonnet).map(({ assumes }) => assumes),
        ['cold', 'warm'],
      );
    });
  });

  it('read what stands up to 20 blocks before the point, and nothing beyond', () => {
    const first = { messages: [user(rules, point())] };
    const later = (blocks: number): object => ({
      messages: [user(rules), answer, user(...Array.from({ length: blocks - 1 }, (_, at) => ({ text: `Parcel ${at}` })), point())],
    });
    const after = (blocks: number) => reads(predictCalls([callOf(first, 0), callOf(later(blocks), 1)]))[1];
    assert.deepEqual([after(19), after(20)], [true, false]);
  });

  it('read without a point of the earlier turn, and with any other one in its place', () => {
    const turns = [rules, { text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }];
    const upTo = (last: number): object => ({
      messages: turns
        .slice(0, last + 1)
        .flatMap((turn, at) => [user(turn, ...(at === last ? [point()] : [])), ...(at < last ? [answer] : [])]),
    });
    const list = predictCalls([0, 1, 2, 3].map((last) => callOf(upTo(last), last * minute)));
    assert.deepEqual(reads(list), [false, true, true, true]);
    for (const [at, { cacheRead }] of list.entries()) {
      const before = list[at - 1];
      if (before !== undefined) near(cacheRead.likely, before.cacheRead.likely + before.cacheWrite.likely, 'all of the call before');
    }
  });

  it('tell lifetimes apart, and price them so', () => {
    const mixed = { system: [rules, point('1h'), { text: filler(300) }, point()], messages: [user({ text: 'Hello' })] };
    const [cold, later] = predictCalls([callOf(mixed, 0), callOf(mixed, 15 * minute)]);
    assert.ok(cold && later);
    assert.deepEqual(Object.keys(cold.writeByTtl).sort(), ['1h', '5m']);
    assert.deepEqual(Object.keys(later.writeByTtl), ['5m']);
    near(later.cacheRead.likely, cold.writeByTtl['1h']?.likely ?? 0, 'the hour lives');
    assert.ok(cold.usd && later.usd && later.usd.likely < cold.usd.likely / 2);
  });

  it('keep an hour that a five-minute point uses', () => {
    const hour = { ...desk, system: [rules, point('1h')] };
    assert.deepEqual(reads(predictCalls([callOf(hour, 0), callOf(desk, minute), callOf(desk, 30 * minute)])), [false, true, true]);
  });

  it('renew a lifetime with each use', () => {
    assert.deepEqual(reads(predictCalls([0, 4, 8, 14].map((at) => callOf(desk, at * minute)))), [false, true, true, false]);
  });

  it('find nothing of a call whose answer has not begun', () => {
    const list = [0, 1, 2, 9].map((at) => callOf(desk, at * 1000, (at + 4) * 1000));
    assert.deepEqual(reads(predictCalls(list)), [false, false, false, true]);
  });

  it('are given in the order asked for, and made in the order of their times', () => {
    assert.deepEqual(reads(predictCalls([callOf(desk, 1000), callOf(desk, 0)])), [true, false]);
  });

  it('share nothing between services', () => {
    const [a, b] = [callOf(desk, 0), callOf(desk, 1)];
    assert.deepEqual(
      reads(
        predictCalls([
          { ...a, where: 'here' },
          { ...b, where: 'there' },
        ]),
      ),
      [false, false],
    );
  });

  it('are about the values that are sent, and not about the examples', () => {
    const text = `---\nmodelId: ${sonnet}\nvariables:\n  rules: { example: Be kind., varies: request }\n---\n# system:\n{{rules}}\n<!-- cachePoint -->\n\n# user:\nHello {{name}}\n`;
    const analysis = analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);
    const call = (values: Readonly<Record<string, string>>): SentCall => ({ ...planRequest(analysis, values), at: 0 });
    const [long, short] = [call({ rules: filler(2000), name: 'Ada' }), call({ rules: 'Be brief.', name: 'Ada' })];
    assert.match(JSON.stringify(long.request), /Hello Ada/);
    const [written, nothing] = [predictCalls([long])[0], predictCalls([short])[0]];
    assert.ok(written && nothing);
    assert.ok(written.cacheWrite.likely > 1500);
    assert.deepEqual([nothing.cacheWrite.likely, nothing.assumes], [0, 'noCaching']);
  });

  it('are reported with a null where no price is known', () => {
    const [prediction] = predictCalls([callOf(desk, 0)]);
    assert.ok(prediction);
    const { version, calls } = predictionReport([
      { path: 'a.json', prediction },
      { path: 'b.json', prediction: { ...prediction, usd: undefined } },
    ]);
    assert.equal(version, 1);
    assert.deepEqual(Object.keys(calls[0] ?? {}), ['path', 'read', 'write', 'writeByTtl', 'input', 'usd', 'assumes']);
    assert.deepEqual(
      calls.map(({ path, usd }) => [path, usd === null]),
      [
        ['a.json', false],
        ['b.json', true],
      ],
    );
    assert.deepEqual(Object.keys(calls[0]?.write ?? {}), ['low', 'likely', 'high']);
  });
});
