import assert from 'node:assert/strict';
import { coldCall, coldPlaceOf, coldRequest } from '../../../../src/core/request/makeCold';
import type { ConverseRequest, WireCall } from '../../../../src/core/request/types';

const line = '[Cold run 1a2b3c4d]';
const user = { role: 'user', content: [{ text: 'Hello' }] };
const tool = { toolSpec: { name: 'find', description: 'Finds.', inputSchema: { json: {} } } };
const request = (over: Partial<ConverseRequest>): ConverseRequest => ({ modelId: 'm', messages: [user], ...over });
const bodyOf = (call: WireCall | undefined): unknown => (typeof call?.body === 'string' ? JSON.parse(call.body) : call?.body);

describe('a request that is made cold', () => {
  it('begins with the line where its prefix begins: in the first tool', () => {
    const cold = coldRequest(request({ system: [{ text: 'Rules' }], toolConfig: { tools: [tool, tool] } }), line);
    assert.deepEqual(cold?.toolConfig?.tools, [{ toolSpec: { ...tool.toolSpec, description: `${line}\nFinds.` } }, tool]);
    assert.deepEqual(cold.system, [{ text: 'Rules' }]);
  });

  it('gives a tool without a description one', () => {
    const bare = { toolSpec: { name: 'find', inputSchema: { json: {} } } };
    const cold = coldRequest(request({ toolConfig: { tools: [bare] } }), line);
    assert.deepEqual(cold?.toolConfig?.tools, [{ toolSpec: { ...bare.toolSpec, description: line } }]);
  });

  it('or else in the system text, or in the first message', () => {
    const point = { cachePoint: { type: 'default' } } as const;
    assert.deepEqual(coldRequest(request({ system: [{ text: 'Rules' }, point, { text: 'More' }] }), line)?.system, [
      { text: `${line}\nRules` },
      point,
      { text: 'More' },
    ]);
    const image = { image: { format: 'png', source: { bytes: '' } } };
    const cold = coldRequest(request({ messages: [{ role: 'user', content: [image, { text: 'Look' }] }, user] }), line);
    assert.deepEqual(cold?.messages, [{ role: 'user', content: [image, { text: `${line}\nLook` }] }, user]);
  });

  it('says where the line would go, and that there is no place', () => {
    assert.equal(coldPlaceOf(request({ toolConfig: { tools: [tool] } })), 'tools');
    assert.equal(coldPlaceOf(request({ system: [{ text: 'Rules' }] })), 'system');
    assert.equal(coldPlaceOf(request({})), 'message');
    assert.equal(coldPlaceOf(request({ messages: [] })), undefined);
    assert.equal(coldRequest({ modelId: 'm' }, line), undefined);
  });

  it('is made of a body of the Messages API and of Nova as well', () => {
    const messages = (body: object): unknown => bodyOf(coldCall({ api: 'messages', modelId: 'm', body: JSON.stringify(body) }, line));
    assert.deepEqual(messages({ system: 'Rules', messages: [] }), { system: `${line}\nRules`, messages: [] });
    assert.deepEqual(messages({ messages: [{ role: 'user', content: 'Hi' }] }), { messages: [{ role: 'user', content: `${line}\nHi` }] });
    const tools = [
      { type: 'bash_20250124', name: 'bash' },
      { name: 'find', input_schema: {} },
    ];
    assert.deepEqual(messages({ tools, messages: [] }), { tools: [tools[0], { ...tools[1], description: line }], messages: [] });
    const nova = bodyOf(coldCall({ api: 'nova', modelId: 'm', body: '{"system":[{"text":"Rules"}]}' }, line));
    assert.deepEqual(nova, { system: [{ text: `${line}\nRules` }] });
  });

  it('keeps how and where it is sent', () => {
    const call: WireCall = { api: 'converse', door: 'Converse', modelId: 'm', body: request({}) };
    assert.deepEqual({ ...coldCall(call, line), body: undefined }, { ...call, body: undefined });
  });
});
