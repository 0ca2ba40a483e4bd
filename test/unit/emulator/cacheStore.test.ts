import assert from 'node:assert/strict';

import { lifetimeMs } from '../../../src/core/models/lifetimes';
import { createCacheStore } from '../../../src/emulator/cacheStore';

const entry = (key: string, ttl: '5m' | '1h' = '5m') => ({ key, modelId: 'model', tokens: 2_000, ttl });

describe('cacheStore', () => {
  it('finds an entry until its lifetime is over', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 100);
    assert.equal(store.find('a', 100 + lifetimeMs['5m'] - 1)?.tokens, 2_000);
    assert.equal(store.find('a', 100 + lifetimeMs['5m']), undefined);
  });

  it('starts the lifetime again on refresh, and never shortens it', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 0);
    store.refresh('a', 200_000);
    store.refresh('a', 100_000);
    assert.equal(store.find('a', 0)?.expiresAt, 200_000 + lifetimeMs['5m']);
  });

  it('does not bring an expired entry back', () => {
    const store = createCacheStore(10);
    store.write(entry('a'), 0);
    store.refresh('a', lifetimeMs['5m']);
    assert.deepEqual(store.list(0), []);
  });

  it('keeps the lifetime an entry was written with when it is written again', () => {
    const store = createCacheStore(10);
    store.write(entry('a', '1h'), 0);
    store.write(entry('a', '5m'), 1_000);
    assert.deepEqual(
      store.list(0).map(({ ttl, expiresAt }) => [ttl, expiresAt]),
      [['1h', 1_000 + lifetimeMs['1h']]],
    );
  });

  it('gives an entry the longer lifetime of two writers that were in flight together', () => {
    const store = createCacheStore(10);
    store.write(entry('a', '5m'), 1_000);
    store.write(entry('a', '1h'), 500);
    assert.deepEqual(
      store.list(0).map(({ ttl, expiresAt }) => [ttl, expiresAt]),
      [['1h', 500 + lifetimeMs['1h']]],
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
      store.list(lifetimeMs['5m']).map(({ key }) => key),
      ['b'],
    );
    store.clear();
    assert.deepEqual(store.list(0), []);
  });
});
