import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prefixChain } from '../../src/core/cache/chain';
import { draftRequest } from '../../src/core/request/build';
import type { JsonObject } from '../../src/core/text/json';
import { prefixKeys } from '../../src/emulator/prefix';
import { readRequest } from '../../src/emulator/request';
import { isRefused, resolveTarget } from '../../src/emulator/target';
import { someRequests } from '../support/requests';
import { readPrompt } from '../unit/core/cache/prompts';

const sonnet = 'us.anthropic.claude-sonnet-4-6';
const models = [sonnet, 'us.anthropic.claude-opus-5-5', 'us.amazon.nova-pro-v1:0'];

const chainOf = (modelId: string, body: object) => {
  const { prompt, plan } = readPrompt('call.converse.json', JSON.stringify({ modelId, ...body }));
  return prefixChain(draftRequest(prompt), plan);
};
const hashesOf = (modelId: string, body: object): readonly string[] => chainOf(modelId, body).map(({ hash }) => hash);

const keysOf = (modelId: string, body: object): readonly string[] => {
  const target = resolveTarget(modelId, Date.parse('2026-11-22'));
  assert.ok(!isRefused(target));
  return prefixKeys(readRequest('converse', body as JsonObject), target);
};

/** Two requests; of half the pairs the second has the first one's blocks and settings of its own. */
const pairs = fc
  .tuple(someRequests, someRequests, fc.boolean())
  .map(([a, b, same]) => [a, same ? { ...b, toolConfig: a['toolConfig'], system: a['system'], messages: a['messages'] } : b] as const);

describe('the chain of prefixes', () => {
  for (const modelId of models)
    it(`is equal exactly where the emulator's prefixes are: ${modelId}`, () => {
      let shared = 0;
      fc.assert(
        fc.property(pairs, ([a, b]) => {
          const [ours, theirs] = [
            [hashesOf(modelId, a), hashesOf(modelId, b)],
            [keysOf(modelId, a), keysOf(modelId, b)],
          ] as const;
          assert.equal(ours[0].length, theirs[0].length);
          ours[0].forEach((hash, i) =>
            ours[1].forEach((other, j) => {
              if (hash === other) shared += 1;
              assert.equal(hash === other, theirs[0][i] === theirs[1][j], `${i} and ${j}`);
            }),
          );
        }),
        { numRuns: 150 },
      );
      assert.ok(shared > 10, 'some of them share a prefix');
    });

  const system = [{ text: 'The rules.' }, { cachePoint: { type: 'default' } }];
  const messages = [{ role: 'user', content: [{ text: 'Hello' }, { text: 'Where is it?' }] }];
  const body = { system, messages };

  it('has one entry for each block, with the tokens up to it, and none for a cache point', () => {
    const chain = chainOf(sonnet, body);
    assert.deepEqual(
      chain.map(({ index }) => index),
      [0, 2, 3],
    );
    const tokens = chain.map(({ tokens: { likely } }) => likely);
    assert.deepEqual(
      tokens,
      [...tokens].sort((a, b) => a - b),
    );
  });

  it('does not see whether and where cache points stand', () => {
    const without = { system: [system[0]], messages };
    const moved = {
      system: [system[0]],
      messages: [{ role: 'user', content: [messages[0]?.content[0], system[1], messages[0]?.content[1]] }],
    };
    assert.deepEqual(hashesOf(sonnet, without), hashesOf(sonnet, body));
    assert.deepEqual(hashesOf(sonnet, moved), hashesOf(sonnet, body));
  });

  it('knows a long text by all of its pieces', () => {
    const text = 'The desk answers within one working day.\n'.repeat(1000);
    const of = (changed: string) => hashesOf(sonnet, { system: [{ text: changed }], messages });
    assert.deepEqual(of(text), of(`${text}`));
    fc.assert(
      fc.property(fc.nat(text.length - 1), (at) => {
        const other = `${text.slice(0, at)}#${text.slice(at + 1)}`;
        assert.equal(of(other).filter((hash, index) => hash === of(text)[index]).length, 0);
      }),
      { numRuns: 20 },
    );
  });

  // Each with the number of entries that stay. Sources: Anthropic, Prompt caching, "What invalidates the cache", 2026-08; AWS re:Post 2026.
  const tools = [{ toolSpec: { name: 'look_up', inputSchema: { json: {} } } }];
  const changes: readonly (readonly [name: string, model: string, change: object, kept: number])[] = [
    ['another toolChoice', sonnet, { toolConfig: { tools, toolChoice: { any: {} } } }, 2],
    ['another toolChoice on Nova', 'us.amazon.nova-pro-v1:0', { toolConfig: { tools, toolChoice: { any: {} } } }, 0],
    ['toolChoice at its default', sonnet, { toolConfig: { tools, toolChoice: { auto: {} } } }, 4],
    ['an output schema', sonnet, { outputConfig: { textFormat: { type: 'json_schema' } } }, 1],
    ['effort', sonnet, { outputConfig: { effort: 'low' } }, 2],
    ['effort at its default', sonnet, { outputConfig: { effort: 'high' } }, 4],
    ['thinking', sonnet, { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } } }, 2],
    ['thinking by its older name', sonnet, { additionalModelRequestFields: { reasoning_config: { type: 'enabled' } } }, 2],
    ['thinking at its default', sonnet, { additionalModelRequestFields: { thinking: { type: 'disabled' } } }, 4],
    ['sampling', sonnet, { additionalModelRequestFields: { top_k: 5 }, inferenceConfig: { temperature: 0.1 } }, 4],
    ['another tool', sonnet, { toolConfig: { tools: [{ toolSpec: { name: 'send', inputSchema: { json: {} } } }] } }, 0],
  ];
  for (const [name, modelId, change, kept] of changes)
    it(`keeps ${kept} of 4 prefixes with ${name}`, () => {
      const [before, after] = [
        hashesOf(modelId, { toolConfig: { tools }, ...body }),
        hashesOf(modelId, { toolConfig: { tools }, ...body, ...change }),
      ];
      assert.equal(before.filter((hash, at) => hash === after[at]).length, kept);
    });
});
