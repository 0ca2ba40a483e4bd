import assert from 'node:assert/strict';
import fc from 'fast-check';
import { daysBetween } from '../../../../src/core/figures/days';
import { oldPriceDays, pricesCheckedOf } from '../../../../src/core/money/oldPrices';

const dayMs = 86_400_000;
const isoOf = (date: Date): string => date.toISOString().slice(0, 10);

describe('days between dates', () => {
  it('are those of the calendar', () => {
    const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [from, to] = [isoOf(a), isoOf(b)];
        assert.equal(daysBetween(from, to), (Date.parse(to) - Date.parse(from)) / dayMs);
      }),
    );
  });

  it('are not known of what is no date', () => {
    for (const text of ['', 'soon', '2026-1-1', '2026-11']) assert.equal(daysBetween(text, '2026-11-28'), undefined);
  });
});

describe('prices', () => {
  const at = (iso: string): number => Date.parse(iso) + dayMs / 2;

  it('are old after ninety days', () => {
    assert.equal(oldPriceDays('2026-08-30', at('2026-11-28')), undefined);
    assert.equal(oldPriceDays('2026-08-29', at('2026-11-28')), 91);
    assert.equal(oldPriceDays('2026-12-01', at('2026-11-28')), undefined);
    assert.equal(oldPriceDays(undefined, at('2026-11-28')), undefined);
  });

  it('that a person’s settings give were not checked by the catalog', () => {
    assert.equal(pricesCheckedOf({ checked: '2026-11-22' }), '2026-11-22');
    assert.equal(pricesCheckedOf({ checked: '2026-11-22', overridden: ['contextWindow'] }), '2026-11-22');
    assert.equal(pricesCheckedOf({ checked: '2026-11-22', overridden: ['prices'] }), undefined);
  });
});
