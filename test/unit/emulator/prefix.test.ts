import assert from 'node:assert/strict';

import type { JsonObject } from '../../../src/core/text/json';
import { prefixKeys } from '../../../src/emulator/prefix';
import type { Target } from '../../../src/emulator/target';
import { claude, nova, point, read, targetOf, userMessage } from './support';

const request = (over: JsonObject = {}): JsonObject => ({
  toolConfig: { tools: [{ toolSpec: { name: 'a', inputSchema: { json: { type: 'object', x: 1, y: 2 } } } }] },
  system: [{ text: 'system' }],
  messages: [userMessage('one', 'two')],
  ...over,
});
/** How many blocks at the start the cache takes for equal. */
const shared = (left: JsonObject, right: JsonObject, target = claude): number => {
  const [a, b] = [prefixKeys(read(left), target), prefixKeys(read(right), target)];
  const at = a.findIndex((key, index) => key !== b[index]);
  return at < 0 ? Math.min(a.length, b.length) : at;
};

describe('prefixKeys', () => {
  it('are equal for equal requests, and do not see cache points', () => {
    assert.equal(shared(request(), request()), 4);
    assert.equal(
      shared(request(), request({ system: [{ text: 'system' }, point('1h')], messages: [userMessage('one', '|', 'two', '|')] })),
      4,
    );
  });

  it('part at the first block that differs', () => {
    assert.equal(shared(request(), request({ messages: [userMessage('one', 'Two')] })), 3);
    assert.equal(shared(request(), request({ system: [{ text: 'other' }] })), 1);
    assert.equal(shared(request(), request({ system: [] })), 1);
  });

  it('see the order of keys as it was sent', () => {
    const tools = [{ toolSpec: { name: 'a', inputSchema: { json: { type: 'object', y: 2, x: 1 } } } }];
    assert.equal(shared(request(), request({ toolConfig: { tools } })), 0);
  });

  it('see where a message begins and whose it is', () => {
    assert.equal(shared(request(), request({ messages: [userMessage('one'), { role: 'assistant', content: [{ text: 'two' }] }] })), 3);
  });

  it('belong to one model, whatever the profile', () => {
    const keys = (modelId: string) => prefixKeys(read(request()), targetOf(modelId));
    assert.notDeepEqual(keys('us.anthropic.claude-sonnet-4-6'), keys('us.anthropic.claude-opus-4-8'));
    assert.deepEqual(keys('us.anthropic.claude-sonnet-4-6'), keys('global.anthropic.claude-sonnet-4-6'));
  });

  const withChoice = (toolChoice: JsonObject) =>
    request({ toolConfig: { tools: [{ toolSpec: { name: 'a', inputSchema: { json: {} } } }], toolChoice } });

  it('lose the messages to a toolChoice on Claude, everything on Nova', () => {
    assert.equal(shared(withChoice({ auto: {} }), withChoice({ any: {} })), 2);
    assert.equal(shared(withChoice({ auto: {} }), withChoice({ any: {} }), nova), 0);
  });

  const image = { image: { format: 'png', source: { bytes: 'AA==' } } };
  const additional = (fields: JsonObject) => request({ additionalModelRequestFields: fields });
  const output = (outputConfig: JsonObject) => request({ outputConfig });
  const [opus5, opus55] = ['us.anthropic.claude-opus-5', 'us.anthropic.claude-opus-5-5'].map((id) => targetOf(id));
  const toolsOf = { tools: [{ toolSpec: { name: 'a', inputSchema: { json: { type: 'object', x: 1, y: 2 } } } }] };
  const schema = (description: string): JsonObject => ({
    textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: `{"type": "object", "description": "${description}"}` } } },
  });

  /**
   * Blocks that stay (of tools 1, system 1, messages 2) when a setting is added to a request without it. The sources say so of
   * Claude; D documented, S seen on the service, I inferred, as in `docs/emulator.md`.
   */
  const settings: readonly (readonly [says: string, changed: JsonObject, kept: number, target?: Target | undefined])[] = [
    ['D thinking enabled', additional({ thinking: { type: 'enabled', budget_tokens: 1024 } }), 2],
    ['D thinking under its other name', additional({ reasoning_config: { type: 'enabled', budget_tokens: 1024 } }), 2],
    ['D thinking disabled, the default to 4.8', additional({ thinking: { type: 'disabled' } }), 4],
    ['D thinking disabled where adaptive is the default', additional({ thinking: { type: 'disabled' } }), 2, opus5],
    ['D thinking adaptive where it is the default', additional({ thinking: { type: 'adaptive' } }), 4, opus5],
    ['I Nova’s reasoning disabled', additional({ reasoningConfig: { type: 'disabled' } }), 4, nova],
    ['D effort low', output({ effort: 'low' }), 2],
    ['D effort high, the default', output({ effort: 'high' }), 4],
    ['D effort high where medium is the default', output({ effort: 'high' }), 2, opus55],
    ['D effort medium where it is the default', output({ effort: 'medium' }), 4, opus55],
    ['D effort among the additional fields', additional({ output_config: { effort: 'high' } }), 4],
    ['S a schema for the answer', output(schema('a')), 1],
    ['S a schema among the additional fields', additional({ output_config: { format: { type: 'json_schema', schema: {} } } }), 1],
    ['D an image', request({ messages: [{ role: 'user', content: [{ text: 'one' }, { text: 'two' }, image] }] }), 2],
    ['I toolChoice auto', request({ toolConfig: { ...toolsOf, toolChoice: { auto: {} } } }), 4],
    ['I toolChoice auto on Nova', request({ toolConfig: { ...toolsOf, toolChoice: { auto: {} } } }), 4, nova],
    ['D toolChoice any', request({ toolConfig: { ...toolsOf, toolChoice: { any: {} } } }), 2],
    ['S toolChoice any on Nova', request({ toolConfig: { ...toolsOf, toolChoice: { any: {} } } }), 0, nova],
    ['I no additional fields', additional({}), 4],
    ['I empty outputConfig', output({}), 4],
    ['I sampling among the additional fields', additional({ top_k: 5, temperature: 1, top_p: 0.9, stop_sequences: ['x'] }), 4],
    ['I Nova’s sampling among them', additional({ inferenceConfig: { topK: 5 } }), 4, nova],
    ['I other additional fields', additional({ anthropic_beta: ['x'] }), 2],
    ['I inference settings', request({ inferenceConfig: { temperature: 0.2, maxTokens: 9, stopSequences: ['x'] } }), 4],
    [
      'I tier, latency, metadata',
      request({ serviceTier: { type: 'flex' }, performanceConfig: { latency: 'standard' }, requestMetadata: { a: 'b' } }),
      4,
    ],
  ];
  for (const [says, changed, kept, target = claude] of settings)
    it(`keep ${kept} of 4 blocks: ${says}`, () => {
      assert.equal(shared(request(), changed, target), kept);
    });

  it('part from system on between two schemas of the answer, down to a word of a description', () => {
    assert.equal(shared(output(schema('a')), output(schema('b'))), 1);
    assert.equal(shared(output(schema('a')), output(schema('a'))), 4);
    const bare = (outputConfig: JsonObject): JsonObject => ({ messages: [userMessage('one')], outputConfig });
    assert.equal(shared(bare(schema('a')), bare(schema('b'))), 0, 'without tools and system prompt too');
  });

  it('take effort for the same wherever it is set', () => {
    assert.equal(shared(output({ effort: 'low' }), additional({ output_config: { effort: 'low' } })), 4);
  });

  it('lose the system prompt too when citations are switched', () => {
    const document = (enabled: boolean) => ({ document: { name: 'd', format: 'pdf', source: { bytes: 'AA==' }, citations: { enabled } } });
    const asking = (enabled: boolean) => request({ messages: [{ role: 'user', content: [{ text: 'one' }, document(enabled)] }] });
    assert.equal(shared(asking(true), asking(false)), 1);
    const { citations: _off, ...plain } = document(false).document;
    const told = (...content: readonly JsonObject[]) => request({ messages: [{ role: 'user', content }] });
    assert.equal(shared(told({ text: 'one' }, document(false)), told({ text: 'one' }, { document: plain })), 4, 'off is the default');
  });
});
