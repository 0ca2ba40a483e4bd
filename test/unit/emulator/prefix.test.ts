import assert from 'node:assert/strict';

import type { JsonObject } from '../../../src/core/text/json';
import { prefixKeys } from '../../../src/emulator/prefix';
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

  it('lose the messages to thinking and to images, not to sampling', () => {
    const image = { image: { format: 'png', source: { bytes: 'AA==' } } };
    assert.equal(shared(request(), request({ additionalModelRequestFields: { thinking: { type: 'enabled' } } })), 2);
    assert.equal(shared(request(), request({ messages: [{ role: 'user', content: [{ text: 'one' }, { text: 'two' }, image] }] })), 2);
    assert.equal(shared(request({ additionalModelRequestFields: {} }), request({ additionalModelRequestFields: { top_k: 5 } })), 4);
    assert.equal(shared(request(), request({ inferenceConfig: { temperature: 0.2, maxTokens: 9 } })), 4);
  });

  it('lose the system prompt too when citations are switched', () => {
    const document = (enabled: boolean) => ({ document: { name: 'd', format: 'pdf', source: { bytes: 'AA==' }, citations: { enabled } } });
    const asking = (enabled: boolean) => request({ messages: [{ role: 'user', content: [{ text: 'one' }, document(enabled)] }] });
    assert.equal(shared(asking(true), asking(false)), 1);
  });
});
