import assert from 'node:assert/strict';
import { countTokensOf, hitRateOf, mentionsCache } from '../../../../src/core/tokens/usage';
import { aUsage } from '../../../support/runRecords';

describe('usage of a run', () => {
  it('adds input, read and write to the prompt, because input excludes the cached tokens', () => {
    assert.equal(countTokensOf(aUsage({ input: 40, cacheRead: 2000, cacheWrite: 300 })).prompt, 2340);
  });

  it('divides the read by the whole prompt', () => {
    assert.equal(hitRateOf(countTokensOf(aUsage({ input: 100, cacheRead: 300, cacheWrite: 100 }))), 0.6);
    assert.equal(hitRateOf(countTokensOf(aUsage({ input: 0, cacheRead: 300 }))), 1);
    assert.equal(hitRateOf(countTokensOf(aUsage({ input: 10 }))), 0);
  });

  it('keeps a cache that was not mentioned apart from zero', () => {
    const silent = countTokensOf(aUsage({ cacheRead: undefined, cacheWrite: undefined }));
    assert.equal(mentionsCache(silent), false);
    assert.equal(hitRateOf(silent), undefined);
    assert.equal(silent.prompt, 40);
    assert.equal(mentionsCache(countTokensOf(aUsage({ cacheRead: 0, cacheWrite: undefined }))), true);
  });

  it('has no hit rate where nothing was sent', () => {
    assert.equal(hitRateOf(countTokensOf(aUsage({ input: 0 }))), undefined);
  });

  it('takes the writes by lifetime where their sum is not given', () => {
    const counts = countTokensOf(
      aUsage({
        cacheWrite: undefined,
        writes: [
          { ttl: '1h', tokens: 5 },
          { ttl: '5m', tokens: 7 },
        ],
      }),
    );
    assert.equal(counts.written, 12);
  });

  it('takes what cannot be a number of tokens as not reported', () => {
    const counts = countTokensOf(aUsage({ input: Number.NaN, output: -1, cacheRead: 1.5, cacheWrite: Infinity }));
    assert.deepEqual(counts, { read: undefined, written: undefined, input: undefined, output: undefined, prompt: undefined });
  });
});
