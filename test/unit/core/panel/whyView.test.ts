import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { measure } from '../../../../src/core/panel/measured';
import { remarksOn } from '../../../../src/core/panel/remarks';
import { whyView } from '../../../../src/core/panel/whyView';
import type { Explanation, RunWhy } from '../../../../src/core/runs/explanation';
import { aPair, aUsage, finishedRun } from '../../../support/runRecords';

const formats = numberFormats('en', 'UTC');
const missed: Explanation = {
  against: 'cold',
  outcome: 'miss',
  causes: [{ kind: 'system_changed', at: { field: 'system', index: 0 }, how: 'changed' }],
  difference: { kind: 'block', at: { field: 'system', index: 0 }, how: 'changed' },
  lost: 2000,
};
const viewOf = (why: RunWhy | undefined) => whyView({ ...finishedRun(aUsage({ cacheWrite: 2000 })), why }, formats);
const actionsOf = (why: RunWhy) => viewOf(why)?.actions.map(({ action, label }) => `${action}: ${label}`);

describe('why a run missed, on its card', () => {
  it('offers what can be done with the texts that are at hand', () => {
    assert.deepEqual(actionsOf({ explanation: missed, hasTexts: true, fix: 'Move the date behind the cache point' }), [
      'showDifference: Show Difference',
      'goToLine: Go to Line',
      'fix: Move the date behind the cache point',
    ]);
    assert.deepEqual(actionsOf({ explanation: missed, hasTexts: false }), ['keepTexts: Keep Texts from Now On', 'goToLine: Go to Line']);
    const expired: Explanation = { ...missed, causes: [{ kind: 'expired', ttl: '5m', ageMs: 400_000 }], difference: undefined };
    assert.deepEqual(actionsOf({ explanation: expired, hasTexts: true }), ['showDifference: Show Difference']);
    const first: Explanation = {
      against: undefined,
      outcome: 'first',
      causes: [{ kind: 'not_cached_before' }],
      difference: undefined,
      lost: 0,
    };
    assert.deepEqual(actionsOf({ explanation: first, hasTexts: false }), []);
  });

  it('is bad for a miss, and no matter where a part was read or nothing had been left', () => {
    assert.equal(viewOf({ explanation: missed, hasTexts: true })?.tone, 'bad');
    assert.equal(viewOf({ explanation: { ...missed, outcome: 'part' }, hasTexts: true })?.tone, 'neutral');
    assert.equal(viewOf(undefined), undefined);
  });

  it('stands in the place of what may have been the reason', () => {
    const [cold, warm] = aPair(aUsage({ cacheWrite: 2000 }), aUsage({ cacheWrite: 2000 }));
    const guesses = (why: RunWhy | undefined): number =>
      remarksOn({ ...warm, why }, measure({ ...warm, why }, cold, formats)).filter(({ text }) => /Likely reasons/.test(text)).length;
    assert.equal(guesses(undefined), 1);
    assert.equal(guesses({ explanation: missed, hasTexts: true }), 0);
  });
});
