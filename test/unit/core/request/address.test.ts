import assert from 'node:assert/strict';
import { emptyHeader, type Api } from '../../../../src/core/prompt/model';
import { addressOf } from '../../../../src/core/request/address';
import { span } from '../../../../src/core/text/span';

const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const nova = 'us.amazon.nova-pro-v1:0';
const to = (api: Api, defaultModelId: string): string => addressOf({ api, header: emptyHeader }, { defaultModelId });

describe('where a prompt goes', () => {
  it('is its own model first', () => {
    const header = { ...emptyHeader, modelId: { value: nova, span: span(0, 1) } };
    assert.equal(addressOf({ api: 'messages', header }, { defaultModelId: claude }), nova);
  });

  it('is the usual model, where that reads such a body', () => {
    for (const [api, usual, expected] of [
      ['converse', nova, nova],
      ['text', nova, nova],
      ['text', claude, claude],
      ['messages', claude, claude],
      ['messages', nova, ''],
      ['nova', nova, nova],
      ['nova', claude, ''],
      ['converse', '', ''],
    ] as const)
      assert.equal(to(api, usual), expected, `${api} to ${usual}`);
  });
});
