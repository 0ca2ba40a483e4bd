import assert from 'node:assert/strict';
import { fingerprintOf } from '../../../../src/core/history/fingerprint';
import { draftRequest } from '../../../../src/core/request/build';
import { filler, readPrompt } from '../cache/prompts';

const point = { cachePoint: { type: 'default' } };
const printOf = (body: object) => {
  const { prompt, plan } = readPrompt('call.converse.json', JSON.stringify({ modelId: 'us.anthropic.claude-sonnet-4-6', ...body }));
  return fingerprintOf(draftRequest(prompt), plan, (text) => `<${text}>`);
};
const rules = { text: filler(1500) };
const tools = [{ toolSpec: { name: 'look_up', inputSchema: { json: {} } } }];
const body = {
  toolConfig: { tools, toolChoice: { any: {} } },
  system: [rules, { cachePoint: { type: 'default', ttl: '1h' } }],
  messages: [
    { role: 'user', content: [{ text: 'Hello' }, point] },
    { role: 'assistant', content: [{ text: 'Yes?' }] },
    { role: 'user', content: [{ text: 'Where is it?' }] },
  ],
};

describe('the fingerprint of a request', () => {
  it('has each block with its list, hash and length, in the order Bedrock reads them, and no cache point', () => {
    const { blocks, model } = printOf(body);
    assert.equal(model, 'anthropic.claude-sonnet-4-6');
    assert.deepEqual(
      blocks.map(([list]) => list),
      ['t', 's', 'm0u', 'm1a', 'm2u'],
    );
    assert.deepEqual(blocks[2], ['m0u', '<{"text":"Hello"}>', '{"text":"Hello"}'.length]);
  });

  it('has each cache point with its lifetime, what stands before it, and what becomes of it', () => {
    const { points } = printOf(body);
    assert.deepEqual(
      points.map(({ after, ttl, verdict }) => [after, ttl, verdict]),
      [
        [2, '1h', 'caches'],
        [3, '5m', 'caches'],
      ],
    );
    const [first] = points;
    assert.ok(first !== undefined && first.tokens[0] <= first.tokens[1] && first.tokens[1] <= first.tokens[2]);
    assert.equal(printOf({ system: [{ text: 'Short.' }, point], messages: [] }).points[0]?.verdict, 'belowMinimum');
  });

  it('names settings as people do, and only those that say something', () => {
    const named = (extra: object): readonly string[] => printOf({ ...body, ...extra }).settings.map(({ name, from }) => `${name} ${from}`);
    assert.deepEqual(named({}), ['toolChoice messages']);
    const thinking = { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } };
    assert.deepEqual(named(thinking), ['toolChoice messages', 'thinking messages']);
    assert.deepEqual(named({ additionalModelRequestFields: { anthropic_beta: ['x'] } }), ['toolChoice messages', 'otherFields messages']);
    assert.deepEqual(named({ outputConfig: { effort: 'low', textFormat: { type: 'json_schema' } } }), [
      'outputFormat system',
      'toolChoice messages',
      'effort messages',
    ]);
    assert.deepEqual(named({ inferenceConfig: { temperature: 0.2 } }), ['toolChoice messages']);
  });

  it('does not see cache points inside of a block', () => {
    const result = (content: readonly object[]) =>
      printOf({ messages: [{ role: 'user', content: [{ toolResult: { toolUseId: '1', content } }] }] });
    assert.deepEqual(result([{ text: 'a' }, point]).blocks, result([{ text: 'a' }]).blocks);
  });
});
