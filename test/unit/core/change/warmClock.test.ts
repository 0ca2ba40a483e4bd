import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { keepingPlan, warmClock, type Warmth } from '../../../../src/core/change/warmClock';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { clockText, warmText } from '../../../../src/core/messages/warmText';
import { filesFrom } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';

const usd = (likely: number) => ({ low: likely, likely, high: likely });
const warm: Warmth = { entry: { until: 300_000, ttl: '5m' }, next: usd(0.003), cold: usd(0.021) };
const formats = numberFormats('en');

describe('the warm clock', () => {
  it('counts down, says so in the last minute, and then that all is cold', () => {
    const said = (now: number): string | undefined => {
      const { entry, ...rest } = warm;
      const alive = now < (entry?.until ?? 0) ? warm : { ...rest, next: rest.cold, entry: undefined };
      const clock = warmClock(alive, now, 300_000);
      return clock && warmText(clock, undefined, formats);
    };
    assert.equal(said(48_000), 'warm 4:12 · next ≈ $0.0030 (cold $0.0210)');
    assert.equal(said(255_000), 'warm 0:45, ends soon · next ≈ $0.0030 (cold $0.0210)');
    assert.equal(said(300_001), 'cold · next ≈ $0.0210');
    assert.equal(said(300_000 + 600_000), undefined);
  });

  it('is silent of what was never warm, and where the sum is small', () => {
    assert.equal(warmClock({ entry: undefined, next: usd(1), cold: usd(1) }, 0, undefined), undefined);
    assert.equal(warmClock({ ...warm, cold: usd(0.0035) }, 0, undefined), undefined);
  });

  it('has no money where no price is known', () => {
    const clock = warmClock({ entry: warm.entry, next: undefined, cold: undefined }, 0, undefined);
    assert.equal(clock && warmText(clock, 2, formats), 'warm 5:00 · kept warm, 2 calls left');
  });

  it('reads as a clock', () => assert.deepEqual([0, 999, 61_000, 3_723_000].map(clockText), ['0:00', '0:01', '1:01', '1:02:03']));
});

describe('what a call would find warm', () => {
  const text = (model: string, rules = 'Answer as the house rules say. ', ttl = ''): string =>
    `---\nmodelId: ${model}\n---\n# system:\n${rules.repeat(400)}\n<!-- cachePoint${ttl} -->\n# user:\nHello {{name}}\n`;
  const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
  const call = (all: string, at: number, where = 'here', name = 'you') => {
    const analysis = analyzeOnly(all, 'bedrock-prompt', filesFrom({}), defaultSettings);
    const { plan, request } = engine.planRequest(analysis, { name });
    return { request: { ...request, modelId: plan.modelId }, plan, where, at };
  };
  const first = call(text(sonnet), 0);
  const after = engine.warmAfter(first, new Map());
  const until = (next: ReturnType<typeof call>): number | undefined => engine.warmEntry(next, after)?.until;

  it('ends with the lifetime of the prefix, whatever comes behind it', () => {
    assert.equal(until(call(text(sonnet), 1_000, 'here', 'me')), 300_000);
    assert.equal(until(call(text(sonnet), 300_001)), undefined);
    const hour = call(text(sonnet, undefined, ' ttl=1h'), 0);
    assert.equal(engine.warmEntry({ ...hour, at: 1_000 }, engine.warmAfter(hour, new Map()))?.until, 3_600_000);
  });

  it('is nothing at another place, on another model, or behind another text', () => {
    assert.equal(until(call(text(sonnet), 1_000, 'there')), undefined);
    assert.equal(until(call(text('us.anthropic.claude-sonnet-4-6'), 1_000)), undefined);
    assert.equal(until(call(text(sonnet, 'Answer as the house rules said. '), 1_000)), undefined);
  });

  it('is the same by the prefixes alone', () => {
    const again = engine.warmWith(engine.writtenPrefixes(first), 0, new Map());
    assert.deepEqual(engine.warmEntry({ ...first, at: 1_000 }, again), engine.warmEntry({ ...first, at: 1_000 }, after));
  });
});

describe('keeping a prefix warm', () => {
  /** How long it is warm by a plan, from now on, and whether it ever went cold. */
  const play = (until: number, lifetime: number, forMs: number) => {
    const { calls, firstMs, everyMs } = keepingPlan(until, lifetime, forMs, 0);
    let [end, isAlive] = [until, true];
    for (let call = 0; call < calls; call += 1) {
      const at = firstMs + call * everyMs;
      if (at >= end) isAlive = false;
      end = at + lifetime;
    }
    return { calls, end, isAlive };
  };
  for (const lifetime of [300_000, 3_600_000])
    for (const until of [10_000, 100_000, lifetime])
      for (const minutes of [1, 5, 15, 30, 60, 240])
        it(`takes no call too many and none too few: ${minutes} minutes, ${until / 1000} s left of ${lifetime / 60_000} min`, () => {
          const forMs = minutes * 60_000;
          const { calls, end, isAlive } = play(until, lifetime, forMs);
          assert.ok(isAlive);
          assert.ok(end >= forMs, `${end} ms with ${calls} calls`);
          // One call less would not do.
          const { firstMs, everyMs } = keepingPlan(until, lifetime, forMs, 0);
          const before = calls === 0 ? -1 : calls === 1 ? until : firstMs + (calls - 2) * everyMs + lifetime;
          assert.ok(before < forMs, `${calls} calls where fewer would do`);
        });
});
