import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leastPolicy, policyText, type PolicyFacts } from '../../../../src/core/advice/policy';
import { policyUseOf, type PolicyUse } from '../../../../src/core/advice/policyUse';
import { describePolicyNote } from '../../../../src/core/messages/policyNotes';
import { filesFrom } from '../../../../src/core/prompt/files';
import { defaultSettings, type Settings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';

const useOf = (modelId: string, settings: Partial<Settings> = {}): PolicyUse => {
  const text = `---\nmodelId: ${modelId}\n---\n# user:\nHello\n`;
  const use = policyUseOf(analyzeOnly(text, 'bedrock-prompt', filesFrom({}), { ...defaultSettings, ...settings }).plan);
  assert.ok(use !== undefined);
  return use;
};
const facts: PolicyFacts = { region: 'us-east-1', account: '111122223333', withApiKey: false, destinationsOf: () => undefined };
const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const write = (uses: readonly PolicyUse[], changes: Partial<PolicyFacts> = {}, unnamed = 0) => {
  const { policy, notes } = leastPolicy(uses, unnamed, { ...facts, ...changes });
  assert.deepEqual(JSON.parse(policyText(policy)), policy);
  const ids = policy.Statement.map(({ Sid }) => Sid);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9]+$/);
  return { statements: policy.Statement.map(({ Action, Resource }) => [Action, Resource]), notes };
};
const stream = ['bedrock:InvokeModelWithResponseStream'];

describe('the least policy for prompts', () => {
  it('allows a profile, its model wherever it leads, and counting of the model in the Region', () => {
    const { statements, notes } = write([useOf(`us.${sonnet}`)]);
    assert.deepEqual(statements, [
      [stream, [`arn:aws:bedrock:*::foundation-model/${sonnet}`, `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${sonnet}`]],
      [['bedrock:CountTokens'], [`arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`]],
    ]);
    assert.deepEqual(notes, [{ kind: 'anyRegion' }]);
  });

  it('is as the README shows it', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'README.md'), 'utf8');
    const shown = /## What AWS must allow[^]*?```json\n([^]*?)```/.exec(readme)?.[1] ?? '';
    assert.deepEqual(JSON.parse(shown), leastPolicy([useOf(`us.${sonnet}`)], 0, facts).policy);
  });

  it('names the Regions that a profile leads to, where AWS was asked', () => {
    const known = { modelIds: [sonnet], regions: ['us-east-1', 'us-west-2'], worldwide: false };
    const { statements, notes } = write([useOf(`us.${sonnet}`)], { destinationsOf: (id) => (id === `us.${sonnet}` ? known : undefined) });
    assert.deepEqual(statements[0]?.[1], [
      `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${sonnet}`,
      `arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`,
      `arn:aws:bedrock:us-west-2::foundation-model/${sonnet}`,
    ]);
    assert.deepEqual(notes, []);
  });

  it('allows the models of a global profile without a Region too', () => {
    const [run] = write([useOf(`global.${sonnet}`)]).statements;
    assert.ok(run?.[1]?.includes(`arn:aws:bedrock:::foundation-model/${sonnet}`));
  });

  it('puts prompts that need the same together, and those that are sent in one piece apart', () => {
    const { statements } = write([useOf(`us.${sonnet}`), useOf(`us.${sonnet}`), useOf('amazon.nova-lite-v1:0', { door: 'whole' })]);
    assert.deepEqual(
      statements.map(([actions]) => actions),
      [['bedrock:InvokeModel'], stream, ['bedrock:CountTokens']],
    );
    assert.deepEqual(statements[0]?.[1], ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0']);
  });

  it('is that of the Region’s partition', () => {
    for (const [region, partition] of [
      ['us-gov-west-1', 'aws-us-gov'],
      ['cn-north-1', 'aws-cn'],
      ['eusc-de-east-1', 'aws-eusc'],
      ['us-iso-east-1', 'aws-iso'],
      ['us-isob-east-1', 'aws-iso-b'],
      ['eu-isoe-west-1', 'aws-iso-e'],
    ])
      assert.deepEqual(write([useOf(sonnet)], { region }).statements[0]?.[1], [
        `arn:${partition}:bedrock:${region}::foundation-model/${sonnet}`,
      ]);
  });

  it('allows stored prompts, application profiles and what may answer behind them', () => {
    const stored = 'arn:aws:bedrock:us-east-1:111122223333:prompt/ABCDEFGHIJ:1';
    const application = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc';
    const { statements, notes } = write([useOf(stored), useOf(application, { profileModels: { [application]: sonnet } })]);
    assert.deepEqual(
      statements[0]?.[1],
      [application, stored, 'arn:aws:bedrock:*::foundation-model/*', `arn:aws:bedrock:*::foundation-model/${sonnet}`].sort(),
    );
    assert.ok(statements.some(([actions, resources]) => actions?.[0] === 'bedrock:RenderPrompt' && resources?.[0] === stored));
    assert.deepEqual(notes, [{ kind: 'anyModel', id: stored }, { kind: 'anyRegion' }]);
  });

  it('allows bedrock-mantle and the use of an API key where they are', () => {
    const mantle: PolicyUse = { resource: { kind: 'model', id: 'anthropic.claude-opus-5' }, door: 'Messages', counted: 'mantle' };
    const { statements } = write([mantle], { withApiKey: true });
    assert.deepEqual(statements, [
      [['bedrock-mantle:CountTokens', 'bedrock-mantle:CreateInference'], ['arn:aws:bedrock-mantle:us-east-1:111122223333:project/*']],
      [['bedrock:CallWithBearerToken'], ['*']],
    ]);
  });

  it('says what it does not know', () => {
    const { statements, notes } = write([useOf(`us.${sonnet}`)], { region: undefined, account: undefined }, 2);
    assert.ok(statements[0]?.[1]?.includes(`arn:aws:bedrock:*:*:inference-profile/us.${sonnet}`));
    assert.deepEqual(notes, [{ kind: 'anyRegion' }, { kind: 'anyAccount' }, { kind: 'noModel', prompts: 2 }]);
    for (const note of [...notes, { kind: 'anyModel', id: 'x' } as const, { kind: 'noModel', prompts: 1 } as const])
      assert.match(describePolicyNote(note), /^[A-Z0-9].*\.$/);
  });
});
