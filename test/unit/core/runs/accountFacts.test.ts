import assert from 'node:assert/strict';
import type { Callable } from '../../../../src/core/runs/account';
import { factOf, modelsBehind, parseAccountFacts, withCallables } from '../../../../src/core/runs/accountFacts';

const arn = (rest: string): string => `arn:aws:bedrock:us-east-1:123456789012:${rest}`;
const own: Callable = {
  id: arn('application-inference-profile/desk'),
  kind: 'applicationProfile',
  name: 'desk',
  modelIds: ['us.anthropic.claude-sonnet-4-6'],
  regions: ['us-east-1', 'us-west-2'],
  worldwide: false,
};
const router: Callable = { ...own, id: arn('default-prompt-router/amazon.nova:1'), kind: 'router', modelIds: ['a', 'b'] };
const profile: Callable = { ...own, id: 'us.anthropic.claude-sonnet-4-6', kind: 'profile' };
const model: Callable = { ...own, id: 'amazon.nova-lite-v1:0', kind: 'model', modelIds: ['amazon.nova-lite-v1:0'] };

describe('what an account told', () => {
  const facts = withCallables({}, [own, router, profile, model], 'us-east-1', 5);

  it('is found by its ARN from everywhere, and by its id from the Region that it was told in', () => {
    assert.deepEqual(factOf(facts, own.id, 'eu-west-1')?.regions, ['us-east-1', 'us-west-2']);
    assert.equal(factOf(facts, profile.id, 'us-east-1')?.kind, 'profile');
    assert.equal(factOf(facts, profile.id, 'ca-central-1'), undefined);
    assert.equal(factOf(facts, model.id, 'us-east-1'), undefined);
    assert.equal(factOf(facts, 'constructor', undefined), undefined);
  });

  it('names the model behind an ARN that has one', () => {
    assert.deepEqual(modelsBehind(facts), { [own.id]: 'us.anthropic.claude-sonnet-4-6' });
    const bought: Callable = { ...own, id: arn('provisioned-model/a'), kind: 'provisioned', modelIds: ['amazon.nova-lite-v1:0'] };
    assert.deepEqual(modelsBehind(withCallables({}, [bought], undefined, 1)), { [bought.id]: 'amazon.nova-lite-v1:0' });
  });

  it('is replaced by what is told later, and of very much the oldest is forgotten', () => {
    const later = withCallables(facts, [{ ...own, modelIds: ['eu.x'] }], undefined, 6);
    assert.deepEqual(modelsBehind(later), { [own.id]: 'eu.x' });
    const many = withCallables(
      later,
      Array.from({ length: 499 }, (_, at) => ({ ...own, id: arn(`application-inference-profile/${at}`) })),
      undefined,
      7,
    );
    assert.equal(Object.keys(many).length, 500);
    assert.ok(factOf(many, own.id, undefined) !== undefined && factOf(many, router.id, undefined) === undefined);
  });

  it('is read again as it was kept, and what has another shape is left out', () => {
    assert.deepEqual(parseAccountFacts(JSON.parse(JSON.stringify(facts))), facts);
    const [fact] = Object.values(facts);
    for (const wrong of [{ kind: 'other' }, { modelIds: 'a' }, { regions: [1] }, { at: 'now' }, { worldwide: 0 }, { name: undefined }])
      assert.deepEqual(parseAccountFacts({ a: { ...fact, ...wrong } }), {}, JSON.stringify(wrong));
    for (const wrong of [undefined, null, [], 'a', { a: 1 }]) assert.deepEqual(parseAccountFacts(wrong), {});
  });
});
