import assert from 'node:assert/strict';
import { closedText, placesText, processingText, resolvedText, ungivenText } from '../../../../src/core/messages/account';
import type { Callable } from '../../../../src/core/runs/account';

const own: Callable = {
  id: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/desk',
  kind: 'applicationProfile',
  name: 'desk',
  modelIds: ['us.anthropic.claude-sonnet-4-6'],
  regions: ['us-east-1', 'us-east-2', 'us-west-2'],
  worldwide: false,
};

describe('what is said of the models of an account', () => {
  it('names the Regions that process a call', () => {
    assert.equal(placesText(own), 'processed in us-east-1, us-east-2 and us-west-2');
    assert.equal(placesText({ regions: ['eu-west-1'], worldwide: false }), 'processed in eu-west-1');
    assert.equal(placesText({ regions: ['eu-west-1'], worldwide: true }), 'processed in any commercial AWS Region');
    assert.equal(placesText({ regions: [], worldwide: false }), '');
  });

  it('says what an id alone tells of them, and believes the account more', () => {
    assert.equal(processingText(own, 'global', 'us-east-1'), 'It may be processed in us-east-1, us-east-2 and us-west-2.');
    assert.equal(processingText(undefined, 'global', undefined), 'It may be processed in any commercial AWS Region.');
    assert.equal(processingText(undefined, 'eu', undefined), 'It may be processed in Regions of the European Union and Zurich.');
    assert.equal(processingText(undefined, 'inRegion', 'eu-west-1'), 'It is processed in eu-west-1.');
    assert.equal(processingText(undefined, 'inRegion', undefined), 'It is processed in the Region of the call.');
    for (const kind of [undefined, 'mars', 'toString']) assert.equal(processingText(undefined, kind, 'eu-west-1'), '');
  });

  it('says what an ARN turned out to be', () => {
    assert.equal(
      resolvedText(own),
      'desk is answered by us.anthropic.claude-sonnet-4-6; calls are processed in us-east-1, us-east-2 and us-west-2. Cachepoint remembers it.',
    );
    assert.match(
      resolvedText({ ...own, kind: 'router', modelIds: ['a', 'b'], regions: [] }),
      /^desk chooses between a and b\. A cache belongs to one/,
    );
  });

  it('names what was refused, by the right that is missing', () => {
    const failure = { code: 'canceled', detail: '', requestId: undefined } as const;
    assert.equal(ungivenText([]), '');
    assert.equal(
      ungivenText([
        { action: 'bedrock:ListPromptRouters', failure },
        { action: 'bedrock:ListFoundationModels', failure },
      ]),
      'Not listed, as it was refused: bedrock:ListPromptRouters, bedrock:ListFoundationModels',
    );
    assert.equal(closedText('A', { kind: 'open' }), '');
    assert.match(
      closedText('A', { kind: 'closed', because: ['entitlementAvailability NOT_AVAILABLE'] }),
      /no access to A, .*\(entitlementAvailability NOT_AVAILABLE\)/,
    );
  });
});
