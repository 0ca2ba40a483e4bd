import assert from 'node:assert/strict';
import { doubtsOf, isWithheld } from '../../../../src/core/models/doubts';
import { resolveModel } from '../../../../src/core/models/resolve';

const of = (id: string, profileModels: Readonly<Record<string, string>> = {}) => doubtsOf(resolveModel(id, { profileModels }));
const router = 'arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/anthropic.claude:1';

describe('doubts about a cache', () => {
  // Each with its source in the code.
  const known: readonly (readonly [id: string, doubts: readonly string[], withheld: boolean])[] = [
    ['us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', ['govCloud', 'crossRegion'], true],
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', ['losesEntries', 'crossRegion'], true],
    ['us.anthropic.claude-3-5-haiku-20241022-v1:0', ['losesEntries', 'crossRegion'], true],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', [], false],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', ['crossRegion'], false],
    ['us.amazon.nova-pro-v1:0', ['splits', 'crossRegion'], false],
    ['amazon.nova-pro-v1:0', ['splits'], false],
    ['meta.llama3-3-70b-instruct-v1:0', [], false],
    ['', [], false],
  ];
  for (const [id, doubts, withheld] of known)
    it(`are ${doubts.join(' and ') || 'none'} for ${id || 'no model'}`, () => {
      assert.deepEqual(of(id), doubts);
      assert.equal(isWithheld(of(id)), withheld);
    });

  it('hold for a router that a setting maps to a model', () => {
    assert.deepEqual(of(router, { [router]: 'anthropic.claude-sonnet-4-6' }), ['router']);
    assert.ok(isWithheld(of(router, { [router]: 'anthropic.claude-sonnet-4-6' })));
  });
});
