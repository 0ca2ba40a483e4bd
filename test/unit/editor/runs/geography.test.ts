import assert from 'node:assert/strict';
import type * as flowModule from '../../../../src/editor/runs/runFlow';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { open, set, shown } = workspace;
const { staysInGeography, deps } = loadFeatures(workspace, () => require('../../../../src/editor/runs/runFlow') as typeof flowModule);

const own = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/desk';
let files = 0;
const stays = (modelId: string): boolean => {
  const { uri } = open(`/ws/desk-${(files += 1)}.bedrock.md`, `---\nmodelId: ${modelId}\n---\n# user:\nHello\n`);
  const ref = { uri, id: onlyPrompt };
  const analysis = deps.store.of(ref);
  assert.ok(analysis);
  return staysInGeography(analysis, ref, deps);
};

describe('a call that stays within a geography', () => {
  it('may go anywhere where nobody minds', () => {
    assert.ok(stays('global.anthropic.claude-sonnet-4-6'));
    assert.deepEqual(shown, []);
  });

  it('is not sent by a global profile, however it is named, and says so even where the problem is switched off', () => {
    set({
      neverGlobal: true,
      severity: { 'request/global-profile': 'off' },
      profileModels: { [own]: 'global.anthropic.claude-sonnet-4-6' },
    });
    for (const modelId of ['global.anthropic.claude-sonnet-4-6', 'global.acme.model-v9', own]) assert.equal(stays(modelId), false, modelId);
    assert.equal(shown.length, 3);
    assert.match(
      shown[0]?.text ?? '',
      /^Nothing was sent\. Calls of global\.anthropic\.claude-sonnet-4-6 may be processed in any commercial/,
    );
    assert.deepEqual(shown[0]?.choices, ['Open Settings']);
  });

  it('is sent by any other profile, and by an ARN that does not say where it goes', () => {
    for (const modelId of ['eu.anthropic.claude-sonnet-4-6', 'amazon.nova-lite-v1:0', own.replace('desk', 'other')])
      assert.ok(stays(modelId), modelId);
  });
});
