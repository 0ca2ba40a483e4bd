import assert from 'node:assert/strict';
import { describeOverrideProblem } from '../../../../src/core/messages/overrides';
import { fieldNames } from '../../../../src/core/models/overrideFields';
import { parseModelOverrides } from '../../../../src/core/models/overrides';
import { assertSentence } from './clean';

const told = (setting: unknown): readonly string[] => parseModelOverrides(setting).problems.map(describeOverrideProblem);
const sonnet = 'anthropic.claude-sonnet-4-6';

describe('what is wrong with cachepoint.models', () => {
  it('is said of a setting that is no object', () => {
    assert.deepEqual(told([]), ['cachepoint.models is ignored, because it is not an object.']);
  });

  it('is said of a model whose value is no object', () => {
    assert.deepEqual(told({ [sonnet]: 7 }), [`cachepoint.models: ${sonnet} is ignored, because its value is not an object.`]);
  });

  it('names a field that no model has', () => {
    assert.deepEqual(told({ [sonnet]: { minimum: 1024 } }), [
      `cachepoint.models: minimum of ${sonnet} is ignored, because a model has no such field.`,
    ]);
  });

  it('says of a value what it must be', () => {
    assert.deepEqual(told({ [sonnet]: { contextWindow: -1 } }), [
      `cachepoint.models: contextWindow of ${sonnet} is ignored, because it must be a whole number above 0.`,
    ]);
  });

  it('names a base that the catalog does not have', () => {
    assert.ok(
      told({ 'acme.one': { like: 'acme.none' } }).includes(
        'cachepoint.models: like of acme.one is ignored, because the catalog has no model acme.none.',
      ),
    );
  });

  it('lists what a new model lacks', () => {
    assert.deepEqual(told({ 'acme.one': { contextWindow: 200_000 } }), [
      'cachepoint.models: acme.one is left out, because a new model needs caching, maxOutputTokens, or like.',
    ]);
  });

  it('is a sentence for a wrong value of every field', () => {
    const wrong = [undefined, null, -1, '', {}, [[]], 'nonsense', { low: 3, likely: 2, high: 1 }];
    const sentences = fieldNames().flatMap((field) => wrong.flatMap((value) => told({ [sonnet]: { [field]: value } })));
    const caching = ['minimum', 'fields', 'ttls', 'defaultTtl', 'maxCheckpoints', 'lookBack', 'kind'];
    const inner = caching.flatMap((field) => wrong.flatMap((value) => told({ [sonnet]: { caching: { [field]: value } } })));
    assert.ok(sentences.length > 50 && inner.length > 20, `${sentences.length} and ${inner.length}`);
    for (const sentence of [...sentences, ...inner]) assertSentence(sentence);
  });
});
