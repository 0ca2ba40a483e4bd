import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prefixChain } from '../../src/core/cache/chain';
import { editImpact } from '../../src/core/change/editImpact';
import { predictCalls } from '../../src/core/change/predict';
import { draftRequest } from '../../src/core/request/build';
import { someRequests, takesPoints } from '../support/requests';
import { filler, readPrompt } from '../unit/core/cache/prompts';

const models = ['us.anthropic.claude-sonnet-4-6', 'us.amazon.nova-pro-v1:0'];

const versionOf = (modelId: string, body: object) => readPrompt('call.converse.json', JSON.stringify({ modelId, ...body }));
type Version = ReturnType<typeof versionOf>;
const chainOf = ({ prompt, plan }: Version) => prefixChain(draftRequest(prompt), plan);

/** The number of blocks before each checkpoint, by which it is the same one in two versions. */
const positions = ({ plan }: Version): readonly number[] => plan.checkpoints.map(({ index }, at) => index - at);

const long = { text: filler(1600) };
const point = { cachePoint: { type: 'default' } };

/** A request that is long enough to be cached, and the same one with parts of another. */
const pairs = fc
  .tuple(someRequests.filter(takesPoints), someRequests, fc.subarray(['settings', 'system', 'turn'] as const))
  .map(([a, b, changed]) => {
    const { system: _system, messages: _messages, ...settings } = a;
    const { system: _other, messages: _turns, ...others } = b;
    const body = (mine: object, rules: string, turn: string): object => ({
      ...mine,
      system: [long, { text: rules }, point],
      messages: [{ role: 'user', content: [{ text: turn }, point, { text: 'Where is it?' }] }],
    });
    const merged = { ...settings, ...others, toolConfig: others['toolConfig'] ?? settings['toolConfig'] };
    const has = (what: (typeof changed)[number]): boolean => changed.includes(what);
    return [
      body(settings, 'One.', 'A parcel.'),
      body(has('settings') ? merged : settings, has('system') ? 'Two.' : 'One.', has('turn') ? 'A letter.' : 'A parcel.'),
    ] as const;
  });

describe('the impact of an edit', () => {
  for (const modelId of models)
    it(`spoils a cache point exactly where the chains differ before it, and a later call then reads no more: ${modelId}`, () => {
      const seen = { lost: 0, kept: 0 };
      fc.assert(
        fc.property(pairs, ([a, b]) => {
          const [before, after] = [versionOf(modelId, a), versionOf(modelId, b)];
          const useful = before.plan.checkpoints.filter(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');
          fc.pre(JSON.stringify(positions(before)) === JSON.stringify(positions(after)));
          const { lost, keptTokens } = editImpact(before, after);
          const [was, is] = [chainOf(before), chainOf(after)];
          for (const checkpoint of useful) {
            const at = (positions(before)[checkpoint.number - 1] ?? 0) - 1;
            const differs = was[at]?.hash !== is[at]?.hash;
            assert.equal(lost.includes(checkpoint), differs, `cache point ${checkpoint.number}`);
            seen[differs ? 'lost' : 'kept'] += 1;
          }
          const calls = [before, after].map(({ prompt, plan }, at) => ({ request: draftRequest(prompt), plan, at }));
          // The later request counts its own settings, such as thinking, into the same prefix.
          const off = (predictCalls(calls)[1]?.cacheRead.likely ?? 0) - keptTokens.likely;
          assert.ok(Math.abs(off) <= 64, `what is kept is what the next call reads, but for ${off}`);
        }),
        { numRuns: 150 },
      );
      assert.ok(seen.lost > 20 && seen.kept > 20, JSON.stringify(seen));
    });
});
