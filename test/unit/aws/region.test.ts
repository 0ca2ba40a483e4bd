import assert from 'node:assert/strict';
import { addressOf } from '../../../src/aws/region';
import type { Target } from '../../../src/core/runs/port';

const target: Target = { service: 'aws', endpoint: undefined, region: undefined, profile: undefined, timeoutMs: 1, maxAttempts: 1 };

describe('the address of a call', () => {
  it('is the SDK’s own in every partition', () => {
    for (const [region, host] of [
      ['us-east-1', 'bedrock-runtime.us-east-1.amazonaws.com'],
      ['us-gov-west-1', 'bedrock-runtime.us-gov-west-1.amazonaws.com'],
      ['cn-north-1', 'bedrock-runtime.cn-north-1.amazonaws.com.cn'],
      ['eusc-de-east-1', 'bedrock-runtime.eusc-de-east-1.amazonaws.eu'],
      ['us-iso-east-1', 'bedrock-runtime.us-iso-east-1.c2s.ic.gov'],
      ['us-isob-east-1', 'bedrock-runtime.us-isob-east-1.sc2s.sgov.gov'],
    ])
      assert.equal(addressOf(target, region), `https://${host}`);
  });

  it('is that of the endpoint where one is set, without a path, and none where no Region is known', () => {
    assert.equal(
      addressOf({ ...target, service: 'custom', endpoint: 'https://gateway.example/path' }, 'us-east-1'),
      'https://gateway.example',
    );
    assert.equal(addressOf(target, undefined), 'Amazon Bedrock');
  });
});
