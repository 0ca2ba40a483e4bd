import assert from 'node:assert/strict';
import fc from 'fast-check';
import { perHour } from '../../../../src/core/prompt/traffic';
import { aliveIn, gainPerToken, placementTokens, placementUsd, type PlacementTraffic } from '../../../../src/core/advice/placementGain';
import type { ReuseKind, TrafficPoint } from '../../../../src/core/traffic/point';
import { expectedUsd } from '../../../../src/core/traffic/expected';
import { readPrompt } from '../cache/prompts';

const shareOf = (reuse: ReuseKind, ttl: string, traffic: PlacementTraffic): number => aliveIn(traffic)({ tokens: 1, ttl, reuse });

describe('the cost of a placement', () => {
  const prices = readPrompt('p.bedrock.md', '---\nmodelId: us.anthropic.claude-sonnet-4-6\n---\nx\n').plan.prices;
  const point = fc.record({
    tokens: fc.integer({ min: 1, max: 5000 }),
    ttl: fc.constantFrom('1h', '5m'),
    reuse: fc.constant('shared' as const),
  });
  const inOrder = (list: readonly TrafficPoint[]) =>
    [...list].sort((a, b) => a.tokens - b.tokens).map((one, at, all) => ({ ...one, ttl: at * 2 < all.length ? '1h' : '5m' }));

  it('is that of the traffic model where all points are shared', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 4 }), fc.double({ min: 0, max: 500, noNaN: true }), (list, callsPerHour) => {
        assert.ok(prices);
        const ordered = inOrder(list);
        const traffic = perHour(callsPerHour);
        const [mine, theirs] = [placementUsd(ordered, 6000, { traffic }, prices), expectedUsd(ordered, 6000, traffic, prices)];
        assert.ok(Math.abs(mine - theirs) <= 1e-9, `${mine} and ${theirs}`);
      }),
    );
  });

  it('accounts for every token once', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 4 }), fc.nat(100), (list, callsPerHour) => {
        const { read, write, input } = placementTokens(inOrder(list), 6000, { traffic: perHour(callsPerHour) });
        const sum = read + input + Object.values(write).reduce((total, tokens) => total + tokens, 0);
        assert.ok(Math.abs(sum - 6000) < 1e-6);
      }),
    );
  });

  it('reads a session\u2019s own text less often than shared text, and never what varies per request', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('5m', '1h'),
        (callsPerHour, callsPerSession, ttl) => {
          const traffic = { traffic: perHour(callsPerHour), callsPerSession };
          const shared = shareOf('shared', ttl, traffic);
          assert.ok(shareOf('session', ttl, traffic) <= shared && shared <= 1);
          assert.equal(shareOf('never', ttl, traffic), 0);
        },
      ),
    );
    assert.equal(shareOf('session', '1h', { traffic: perHour(60), callsPerSession: 1 }), 0);
  });

  it('is that of plain input less the gain of each token, stretch by stretch', () => {
    const kind = fc.record({
      tokens: fc.integer({ min: 1, max: 5000 }),
      ttl: fc.constantFrom('1h', '5m'),
      reuse: fc.constantFrom('shared' as const, 'session' as const),
    });
    fc.assert(
      fc.property(kind, fc.nat(100), ({ tokens, ttl, reuse }, callsPerHour) => {
        assert.ok(prices);
        const traffic = { traffic: perHour(callsPerHour) };
        const cost = placementUsd([{ tokens, ttl, reuse }], 6000, traffic, prices);
        const expected = (6000 * prices.input - tokens * gainPerToken(reuse, ttl, traffic, prices)) / 1e6;
        assert.ok(Math.abs(cost - expected) < 1e-9);
      }),
    );
  });

  it('takes the higher of two disputed prices of a write', () => {
    const nova = readPrompt('n.bedrock.md', '---\nmodelId: us.amazon.nova-pro-v1:0\n---\nx\n').plan.prices;
    assert.ok(nova);
    const cost = placementUsd([{ tokens: 1000, ttl: '5m', reuse: 'never' }], 1000, { traffic: perHour(60) }, nova);
    assert.ok(Math.abs(cost - (1000 * nova.input) / 1e6) < 1e-12);
  });
});
