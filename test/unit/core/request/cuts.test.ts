import assert from 'node:assert/strict';
import { cutCall, mantleCountBody } from '../../../../src/core/request/cuts';
import { callBody } from '../../../../src/core/request/json';
import type { ConverseRequest, WireCall } from '../../../../src/core/request/types';

const point = { cachePoint: { type: 'default' } };
const spec = (name: string) => ({ toolSpec: { name, inputSchema: { json: { type: 'object' } } } });
const request = {
  modelId: 'm',
  toolConfig: { tools: [spec('a'), point, spec('b')], toolChoice: { tool: { name: 'b' } } },
  system: [{ text: 'S1' }, point, { text: 'S2' }],
  messages: [
    { role: 'user', content: [{ text: 'U1' }, point] },
    { role: 'assistant', content: [{ text: 'A1' }, { toolUse: { toolUseId: 't', name: 'a', input: {} } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'R' }] } }, point, { text: 'U2' }] },
  ],
  inferenceConfig: { maxTokens: 9 },
} as unknown as ConverseRequest;
const call: WireCall = { api: 'converse', modelId: 'm', body: request };
const end = { text: 'x' };

const cut = (count: number): Record<string, unknown> | undefined => {
  const made = cutCall(call, count);
  return made && (JSON.parse(callBody(made)) as Record<string, unknown>);
};

describe('a part of a request that can be counted', () => {
  it('is the shortest end alone, with the settings of the request', () => {
    assert.deepEqual(cut(0), { inferenceConfig: { maxTokens: 9 }, messages: [{ role: 'user', content: [end] }] });
  });

  it('ends among the tools, without a choice of one that is not there', () => {
    assert.deepEqual(cut(1)?.['toolConfig'], { tools: [spec('a')] });
    assert.equal(cut(1)?.['system'], undefined);
    assert.deepEqual(cut(2)?.['toolConfig'], { tools: [spec('a'), spec('b')], toolChoice: { tool: { name: 'b' } } });
  });

  it('ends in the system text and in a turn of the user, cache points left out', () => {
    assert.deepEqual([cut(3)?.['system'], cut(3)?.['messages']], [[{ text: 'S1' }], [{ role: 'user', content: [end] }]]);
    assert.deepEqual(cut(5)?.['messages'], [{ role: 'user', content: [{ text: 'U1' }, end] }]);
  });

  it('goes on with the user behind the assistant, but not before the result of a tool', () => {
    assert.deepEqual(cut(6)?.['messages'], [
      { role: 'user', content: [{ text: 'U1' }] },
      { role: 'assistant', content: [{ text: 'A1' }] },
      { role: 'user', content: [end] },
    ]);
    assert.equal(cut(7), undefined);
    assert.deepEqual((cut(8)?.['messages'] as unknown[]).at(-1), {
      role: 'user',
      content: [{ toolResult: { toolUseId: 't', content: [{ text: 'R' }] } }, end],
    });
  });

  it('is made of a Messages body too, where a text is one block', () => {
    const body = {
      model: 'm',
      stream: true,
      max_tokens: 9,
      cache_control: { type: 'ephemeral' },
      thinking: { type: 'adaptive' },
      tools: [{ name: 'a', input_schema: {} }],
      tool_choice: { type: 'any' },
      system: 'S',
      messages: [{ role: 'user', content: 'U1' }],
    };
    const messages: WireCall = { api: 'messages', door: 'Messages', modelId: 'm', betas: [], body: JSON.stringify(body) };
    const made = cutCall(messages, 2);
    assert.ok(made);
    assert.deepEqual(JSON.parse(mantleCountBody(made) ?? ''), {
      model: 'm',
      thinking: { type: 'adaptive' },
      tools: [{ name: 'a', input_schema: {} }],
      tool_choice: { type: 'any' },
      system: [{ type: 'text', text: 'S' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }],
    });
    assert.equal(cutCall({ api: 'nova', modelId: 'm', body: '{}' }, 1), undefined);
  });
});
