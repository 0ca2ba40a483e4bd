import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readableCall } from '../../../../src/core/editing/readableCall';
import type { ConverseRequest, WireCall } from '../../../../src/core/request/types';

const converse = (body: Omit<ConverseRequest, 'modelId'>): WireCall => ({ api: 'converse', modelId: 'm', body: { modelId: 'm', ...body } });

describe('a request to be read', () => {
  it('has each text with its lines, and cache points between them', () => {
    const text = readableCall(
      converse({
        system: [{ text: 'Be brief.\nNever promise a date.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
        messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
        inferenceConfig: { maxTokens: 300 },
      }),
    );
    assert.deepEqual(
      text.split('\n').map((line) => line.replace(/─{3,}$/, '───')),
      [
        'modelId: m',
        '── system[0].text ───',
        'Be brief.',
        'Never promise a date.',
        '',
        '── cache point, 1h · system[1] ───',
        'messages[0] (user).content[0].text: Hello',
        'inferenceConfig.maxTokens: 300',
      ],
    );
  });

  it('tells the marker of a Messages body after the block that it follows', () => {
    const system = [{ type: 'text', text: 'Rules\nMore', cache_control: { type: 'ephemeral' } }];
    const text = readableCall({ api: 'messages', modelId: 'm', body: JSON.stringify({ system }) });
    assert.match(text, /Rules\nMore\n\n── cache point · after system\[0\] ─/);
  });

  it('tells base64 by its length, and a body that is no JSON as it is', () => {
    const source = { bytes: 'iVBORw0KGgo'.repeat(30) };
    const text = readableCall(converse({ messages: [{ role: 'user', content: [{ image: { format: 'png', source } }] }] }));
    assert.match(text, /source\.bytes: 330 characters of base64/);
    assert.equal(readableCall({ api: 'nova', modelId: 'm', body: '{"a":' }), '{"a":');
  });

  it('leaves out nothing that is sent but the names of roles, which stand beside their messages', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 200 }), { maxLength: 4 }), (texts) => {
        const shown = readableCall(converse({ system: texts.map((text) => ({ text })) }));
        for (const text of texts) assert.ok(shown.includes(text));
      }),
    );
  });
});
