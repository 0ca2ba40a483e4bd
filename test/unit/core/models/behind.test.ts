import assert from 'node:assert/strict';
import { modelBehind, nameInArn } from '../../../../src/core/models/behind';

const model = (region: string, id = 'anthropic.claude-sonnet-4-6'): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;

describe('the model behind a profile', () => {
  const sets: readonly (readonly [regions: readonly string[], modelId: string])[] = [
    [['us-east-1'], 'anthropic.claude-sonnet-4-6'],
    [['us-west-2', 'us-east-1'], 'us.anthropic.claude-sonnet-4-6'],
    [['ca-central-1', 'us-east-1'], 'us.anthropic.claude-sonnet-4-6'],
    [['eu-west-1', 'eu-north-1', 'eu-west-1'], 'eu.anthropic.claude-sonnet-4-6'],
    [['ap-northeast-1', 'ap-northeast-3'], 'jp.anthropic.claude-sonnet-4-6'],
    [['ap-northeast-1', 'ap-southeast-2'], 'apac.anthropic.claude-sonnet-4-6'],
    [['us-east-1', 'eu-west-1'], 'global.anthropic.claude-sonnet-4-6'],
    [['us-east-1', ''], 'global.anthropic.claude-sonnet-4-6'],
  ];
  for (const [regions, modelId] of sets)
    it(`is ${modelId} for ${regions.map((one) => one || 'no Region').join(', ')}`, () => {
      const found = modelBehind(regions.map((region) => model(region)));
      assert.equal(found?.modelId, modelId);
      assert.deepEqual(found.regions, [...new Set(regions.filter((one) => one !== ''))].toSorted());
      assert.equal(found.worldwide, regions.includes(''));
    });

  it('is none where several models answer, or something else than a model', () => {
    assert.equal(modelBehind([]), undefined);
    assert.equal(modelBehind([model('us-east-1'), model('us-east-1', 'amazon.nova-lite-v1:0')]), undefined);
    assert.equal(modelBehind(['anthropic.claude-sonnet-4-6']), undefined);
    assert.equal(nameInArn('arn:aws:bedrock:us-east-1:1:guardrail/x'), undefined);
  });

  it('keeps the geography in the name of a profile', () => {
    assert.equal(modelBehind(['arn:aws:bedrock:us-east-1:1:inference-profile/us.meta.llama3'])?.modelId, 'us.meta.llama3');
    assert.equal(nameInArn(model('', 'x')), 'x');
  });
});
