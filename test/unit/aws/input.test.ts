import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toSdkInput } from '../../../src/aws/input';
import type { ConverseRequest } from '../../../src/core/request/types';

describe('toSdkInput', () => {
  it('keeps members and their order, and leaves the request as it was', () => {
    const request: ConverseRequest = {
      modelId: 'm',
      messages: [{ role: 'user', content: [{ text: 'a' }, { document: { name: 'd', format: 'pdf', source: { bytes: 'AAEC' } } }] }],
      system: [{ text: 's' }],
    };
    const before = JSON.stringify(request);
    const input = toSdkInput(request);
    assert.equal(JSON.stringify(request), before);
    assert.deepEqual(Object.keys(input), Object.keys(request));
    assert.deepEqual(input.messages?.[0]?.content?.[1]?.document?.source?.bytes, new Uint8Array([0, 1, 2]));
  });

  it('decodes redacted reasoning and images inside tool results, and nothing in free JSON', () => {
    const input = toSdkInput({
      modelId: 'm',
      messages: [
        {
          role: 'assistant',
          content: [
            { reasoningContent: { redactedContent: 'AAEC' } },
            { toolUse: { toolUseId: 't', name: 'n', input: { redactedContent: 'x' } } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 't',
                content: [{ image: { format: 'png', source: { bytes: 'AAEC' } } }, { json: { source: { bytes: 'x' } } }],
              },
            },
          ],
        },
      ],
    });
    const bytes = new Uint8Array([0, 1, 2]);
    assert.deepEqual(input.messages?.[0]?.content?.[0]?.reasoningContent?.redactedContent, bytes);
    assert.deepEqual(input.messages?.[0]?.content?.[1]?.toolUse?.input, { redactedContent: 'x' });
    const result = input.messages?.[1]?.content?.[0]?.toolResult?.content;
    assert.deepEqual(result?.[0]?.image?.source?.bytes, bytes);
    assert.deepEqual(result?.[1]?.json, { source: { bytes: 'x' } });
  });

  it('gives texts back byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const request: ConverseRequest = { modelId: 'm', messages: [{ role: 'user', content: texts.map((text) => ({ text })) }] };
        assert.deepEqual(toSdkInput(request), request);
      }),
    );
  });
});
