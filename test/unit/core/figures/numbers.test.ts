import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numberFormats, unknownFigure } from '../../../../src/core/figures/numbers';

const en = numberFormats('en', 'UTC');

describe('numbers', () => {
  it('groups whole tokens in the reader’s way', () => {
    assert.equal(en.tokens(2310), '2,310');
    assert.equal(numberFormats('de').tokens(2310), '2.310');
    assert.equal(en.tokens(0), '0');
  });

  it('gives a band as both ends, or once where they read the same', () => {
    assert.equal(en.tokenBand(2290, 2410), '2,290 – 2,410');
    assert.equal(en.tokenBand(2310, 2310), '2,310');
    assert.equal(en.usdBand(0.0012, 0.0034), '$0.0012 – $0.0034');
    assert.equal(en.usdBand(0.00121, 0.00122), '$0.0012');
  });

  it('gives dollars as many digits as their size needs', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '$0'],
      [-0, '$0'],
      [0.0000012, '$0.0000012'],
      [0.000123, '$0.00012'],
      [0.0069, '$0.0069'],
      [0.01234, '$0.0123'],
      [0.5, '$0.500'],
      [1, '$1.00'],
      [12.3, '$12.30'],
      [2788.888, '$2,788.89'],
      [-0.00173, '-$0.0017'],
    ];
    for (const [value, text] of cases) assert.equal(en.usd(value), text);
  });

  it('gives the amounts of a column the same decimals, two digits to the smallest', () => {
    const column = (...values: readonly (number | undefined)[]) => values.map(en.usdColumn(values).usd);
    assert.deepEqual(column(0.0123, 1.5, 0, undefined), ['$0.012', '$1.500', '$0', '–']);
    assert.deepEqual(column(12.3, 2788.888), ['$12.30', '$2,788.89']);
    assert.deepEqual(column(0.00035, 52.714), ['<$0.001', '$52.714']);
    assert.deepEqual(column(0.00000012, 0.5), ['<$0.00001', '$0.50000']);
    assert.deepEqual(column(0.1, -0), ['$0.10', '$0']);
    assert.deepEqual(column(), []);
    assert.equal(en.usdColumn([0.0012, 0.5]).usdBand(0.0012, 0.5), '$0.0012 – $0.5000');
  });

  it('keeps 0% and 100% for the true zero and the true whole', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '0%'],
      [-0, '0%'],
      [0.001, '<1%'],
      [0.005, '1%'],
      [0.894, '89%'],
      [0.9949, '99%'],
      [0.9999, '>99%'],
      [1, '100%'],
      [-0.17, '-17%'],
    ];
    for (const [share, text] of cases) assert.equal(en.percent(share), text);
  });

  it('gives durations in the unit that suits them', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '0 ms'],
      [869.6, '870 ms'],
      [999.4, '999 ms'],
      [999.6, '1.0 s'],
      [1240, '1.2 s'],
      [59_949, '59.9 s'],
      [59_960, '1 min 0 s'],
      [125_000, '2 min 5 s'],
      [-5, '0 ms'],
    ];
    for (const [ms, text] of cases) assert.equal(en.duration(ms), text);
  });

  it('gives the time of day in the zone asked for', () => {
    const noon = Date.UTC(2026, 10, 23, 12, 0, 5);
    assert.equal(en.time(noon), '12:00:05');
    assert.equal(numberFormats('en', 'Asia/Tokyo').time(noon), '21:00:05');
    assert.equal(en.time(8.64e15 + 1), unknownFigure);
  });

  it('gives the date of another day too, by the zone asked for', () => {
    const noon = Date.UTC(2026, 10, 23, 12, 0, 5);
    const hour = 3_600_000;
    const utc = numberFormats('en', 'UTC');
    assert.equal(utc.moment(noon, noon + 11 * hour), '12:00:05');
    assert.equal(utc.moment(noon, noon + 12 * hour), 'Nov 23, 12:00:05');
    assert.equal(utc.moment(noon, noon - 13 * hour), 'Nov 23, 12:00:05');
    assert.equal(utc.moment(noon, noon + 24 * 60 * hour), 'Nov 23, 2026, 12:00:05');
    assert.equal(numberFormats('en', 'Asia/Tokyo').moment(noon, noon + 4 * hour), 'Nov 23, 21:00:05');
    assert.equal(numberFormats('de', 'UTC').moment(noon, noon + 24 * hour), '23. Nov., 12:00:05');
    assert.equal(utc.moment(undefined, noon), unknownFigure);
    assert.match(numberFormats('en', 'Nowhere/Town').moment(0, noon), /^(?:Jan 1, 1970|Dec 31, 1969), \d\d:\d\d:00$/);
  });

  it('reads an unknown locale as English and an unknown zone as the machine’s', () => {
    assert.equal(numberFormats('not a locale').tokens(2310), '2,310');
    assert.match(numberFormats('en', 'Nowhere/Town').time(0), /^\d\d:\d\d:00$/);
    assert.equal(numberFormats('zh-cn').tokens(2310), '2,310');
  });

  it('never shows a figure that is none, whatever comes in', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (a, b) => {
        const texts = [en.tokens(a), en.usd(a), en.percent(a), en.duration(a), en.time(a), en.tokenBand(a, b), en.usdBand(a, b)];
        for (const text of texts) assert.doesNotMatch(text, /NaN|Infinity|∞|undefined/);
      }),
    );
    for (const format of [en.tokens, en.usd, en.percent, en.duration, en.time]) assert.equal(format(undefined), unknownFigure);
  });
});
