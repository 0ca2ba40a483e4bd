import assert from 'node:assert/strict';

import { createCacheStore, ttlMs } from '../../../src/emulator/cacheStore';

const entry = (key: string, ttl: '5m' | '1h' = '5m') => ({ key, modelId: 'model', tokens: 2_000, ttl });

describe('cacheStore', () => {
  it('finds an entry until its lifetime is over', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 100);
    assert.equal(store.find('a', 100 + ttlMs['5m'] - 1)?.tokens, 2_000);
    assert.equal(store.find('a', 100 + ttlMs['5m']), undefined);
  });

  it('starts the lifetime anew on refresh, and never shortens it', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 0);
    store.refresh('a', 200_000);
    store.refresh('a', 100_000);
    assert.equal(store.find('a', 0)?.expiresAt, 200_000 + ttlMs['5m']);
  });

  it('does not bring an expired entry back', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 0);
    store.refresh('a', ttlMs['5m']);
    assert.deepEqual(store.list(0), []);
  });

  it('keeps the lifetime an entry was written with when it is written again', () => {
    const store = createCacheStore(10);
    store.write(entry('a', '1h'), 0);
    store.write(entry('a', '5m'), 1_000);
    assert.deepEqual(
      store.list(0).map(({ ttl, expiresAt }) => [ttl, expiresAt]),
      [['1h', 1_000 + ttlMs['1h']]],
    );
  });

  it('gives up the entry used longest ago when it is full', () => {
    const store = createCacheStore(2);
    store.write(entry('a'), 0);
    store.write(entry('b'), 1);
    store.refresh('a', 2);
    store.write(entry('c'), 3);
    assert.deepEqual(
      store.list(3).map(({ key }) => key),
      ['a', 'c'],
    );
  });

  it('lists living entries only, and forgets all on clear', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 0);
    store.write(entry('b', '1h'), 0);
    assert.deepEqual(
      store.list(ttlMs['5m']).map(({ key }) => key),
      ['b'],
    );
    store.clear();
    assert.deepEqual(store.list(0), []);
  });
});
