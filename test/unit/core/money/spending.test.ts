import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeSpending, ledgerLine, readLedger } from '../../../../src/core/money/spending';

const limits = { confirmAboveUsd: 0.5, dailyLimitUsd: 10 };
const spent = (usd: number, unpriced = 0) => ({ usd, unpriced });
const kindOf = (usd: number | undefined, before: number, changes: Partial<typeof limits> = {}): string => {
  const verdict = judgeSpending({ calls: 1, usd }, spent(before), { ...limits, ...changes });
  return verdict.kind === 'ask' ? `ask ${verdict.why}` : verdict.kind;
};

describe('what may be spent', () => {
  it('asks above the cost that a person has set, and where no price is known', () => {
    assert.equal(kindOf(0.5, 0), 'go');
    assert.equal(kindOf(0.51, 0), 'ask cost');
    assert.equal(kindOf(0.001, 0, { confirmAboveUsd: 0 }), 'ask cost');
    assert.equal(kindOf(0, 0, { confirmAboveUsd: 0 }), 'go');
    assert.equal(kindOf(undefined, 0), 'ask unknownPrice');
  });

  it('closes a day at its limit, before any question', () => {
    assert.equal(kindOf(0.4, 9.6), 'go');
    assert.equal(kindOf(0.41, 9.6), 'overLimit');
    assert.equal(kindOf(11, 0), 'overLimit');
    assert.equal(kindOf(undefined, 9.99), 'ask unknownPrice');
    assert.equal(kindOf(undefined, 10), 'overLimit');
    assert.equal(kindOf(11, 1_000, { dailyLimitUsd: 0 }), 'ask cost');
    assert.equal(kindOf(undefined, 1_000, { dailyLimitUsd: 0 }), 'ask unknownPrice');
  });

  it('does not take the inexact sum of tenths for more than it is', () => {
    assert.equal(kindOf(0.1, 0.2, { dailyLimitUsd: 0.3 }), 'go');
  });
});

describe('the ledger of a day', () => {
  const lines = (...entries: readonly (readonly [string, number | undefined])[]): string =>
    entries.map(([id, usd]) => ledgerLine({ id, usd })).join('');

  it('adds up what each job cost, by the last that was said of it', () => {
    assert.deepEqual(readLedger(lines(['a', 1], ['b', 0.5], ['a', 0.25], ['c', undefined])), spent(0.75, 1));
    assert.deepEqual(readLedger(lines(['a', undefined], ['a', 2])), spent(2));
    assert.deepEqual(readLedger(''), spent(0));
  });

  it('loses no other line to one that was cut off or is not its own', () => {
    const cut = ledgerLine({ id: 'cut', usd: 9 }).trimEnd().slice(0, -3);
    const text = `${lines(['a', 1])}${cut}${lines(['b', 2])}{"id":"c"}\n[1]\nnull\n{"id":4,"usd":1}\n{"id":"d","usd":"1"}\n`;
    assert.deepEqual(readLedger(text), spent(3));
  });

  it('never counts below nothing', () => {
    assert.deepEqual(readLedger(lines(['a', -5], ['b', 1])), spent(1));
  });

  it('reads whatever stands in it', () => {
    fc.assert(fc.property(fc.string(), (text) => Number.isFinite(readLedger(text).usd)));
  });
});
