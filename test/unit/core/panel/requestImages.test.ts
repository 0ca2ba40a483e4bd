import assert from 'node:assert/strict';
import { requestImages } from '../../../../src/core/panel/requestImages';
import type { ConverseRequest } from '../../../../src/core/request/types';

const converse = (content: readonly object[]) => {
  const body = { modelId: 'm', messages: [{ role: 'user', content }] } as unknown as ConverseRequest;
  return requestImages({ api: 'converse', modelId: 'm', body });
};
const messages = (content: unknown, system?: unknown) =>
  requestImages({ api: 'messages', modelId: 'm', body: JSON.stringify({ system, messages: [{ role: 'user', content }] }) });
const image = (format: string, bytes: unknown) => ({ image: { format, source: { bytes } } });

describe('pictures of a request', () => {
  it('are those of Converse, as bytes or base64, in tool results too, in their order', () => {
    const result = { toolResult: { toolUseId: 't', content: [{ text: 'a' }, image('webp', 'UklG')] } };
    assert.deepEqual(converse([{ text: 'Look' }, image('png', new Uint8Array([137, 80, 78, 71])), result, image('jpeg', '/9j/')]), [
      { type: 'image/png', data: 'iVBORw==' },
      { type: 'image/webp', data: 'UklG' },
      { type: 'image/jpeg', data: '/9j/' },
    ]);
  });

  it('are those of a Messages body, and of Nova', () => {
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw==' };
    const inResult = { type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source }] };
    assert.deepEqual(messages([{ type: 'text', text: 'Look' }, { type: 'image', source }, inResult]), [
      { type: 'image/png', data: 'iVBORw==' },
      { type: 'image/png', data: 'iVBORw==' },
    ]);
    const nova = JSON.stringify({ messages: [{ role: 'user', content: [image('gif', 'R0lG')] }] });
    assert.deepEqual(requestImages({ api: 'nova', modelId: 'm', body: nova }), [{ type: 'image/gif', data: 'R0lG' }]);
  });

  it('are none of what a page must not load, or cannot show', () => {
    assert.deepEqual(
      converse([
        image('svg', 'PHN2Zz4='),
        image('png', 'x" onload="alert(1)'),
        { image: { format: 'png', source: { s3Location: { uri: 's3://a' } } } },
      ]),
      [],
    );
    assert.deepEqual(messages([{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }]), []);
    assert.deepEqual(messages([{ type: 'image', source: { media_type: 'text/html', data: 'PGI+' } }]), []);
    assert.deepEqual(messages('text alone'), []);
    assert.deepEqual(requestImages({ api: 'messages', modelId: 'm', body: 'no JSON' }), []);
  });
});
