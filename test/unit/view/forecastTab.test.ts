import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Axis, ForecastView } from '../../../src/core/panel/forecastTypes';
import { drawForecast, forecastPart } from '../../../src/view/forecastTab';
import { pathOf, shareOf } from '../../../src/view/lineChart';
import { asFake, FakeElement, installFakeDom } from '../../support/fakeDom';
import { forecastScenes } from './harness/forecastScenes';

const scene = (name: string): ForecastView => {
  const found = forecastScenes[name];
  assert.ok(found, name);
  return found;
};
const log: Axis = { title: '', scale: 'log', min: 0.1, max: 10_000, ticks: [] };
const linear: Axis = { title: '', scale: 'linear', min: 0, max: 20, ticks: [] };

describe('line chart', () => {
  it('places values on logarithmic and linear axes, and those beyond at the nearer end', () => {
    assert.deepEqual(
      [0, 0.1, 1, 100, 10_000, 1e9].map((value) => Number(shareOf(log, value).toFixed(6))),
      [0, 0, 0.2, 0.6, 1, 1],
    );
    assert.deepEqual(
      [-1, 0, 5, 20, 21].map((value) => shareOf(linear, value)),
      [0, 0, 0.25, 1, 1],
    );
  });

  it('never leaves its box', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: fc.double(), y: fc.double() }), { minLength: 1 }), (points) => {
        const numbers = pathOf(points, log, linear).match(/-?[\d.]+/g) ?? [];
        assert.equal(numbers.length, points.length * 2);
        for (const number of numbers) assert.ok(Number(number) >= 0 && Number(number) <= 1000);
      }),
    );
  });
});

describe('forecast page', () => {
  let restore: () => void;
  const listeners = new Map<FakeElement, () => void>();
  const original = FakeElement.prototype.addEventListener;
  before(() => {
    restore = installFakeDom();
    // The fake document knows clicks only.
    FakeElement.prototype.addEventListener = function (this: FakeElement, type, listener) {
      if (type === 'change') listeners.set(this, () => listener({ type, target: this }));
      original.call(this, type, listener);
    };
  });
  after(() => {
    FakeElement.prototype.addEventListener = original;
    restore();
  });

  it('draws an image with title and description, a line and a pattern for each choice, and a table with the same numbers', () => {
    const view = scene('forecastMixed');
    const page = asFake(drawForecast(view, () => undefined));
    const image = page.querySelector('svg[role="img"]');
    assert.ok(image);
    const titleId = image.getAttribute('aria-labelledby') ?? '';
    assert.match(image.querySelector(`title[id="${titleId}"]`)?.textContent ?? '', /USD for 1,000 calls/);
    assert.equal(image.querySelector('desc')?.textContent, view.chart?.description);
    const ids = view.chart?.curves.map(({ id }) => id) ?? [];
    for (const id of ids) assert.equal(page.querySelectorAll(`path.chart-line[data-choice="${id}"]`).length, 2, id);
    const rows = page.querySelectorAll('table.forecast-costs').flatMap((table) => table.querySelectorAll('tr'));
    assert.equal(rows.length, 1 + (view.chart?.rows.length ?? 0));
    const shown = rows[1]?.querySelectorAll('td').map((cell) => cell.textContent.replace(' (lowest)', ''));
    assert.deepEqual(
      shown,
      view.chart?.rows[0]?.cells.map(({ text }) => text),
    );
    assert.equal(page.querySelectorAll('g[data-mark="A"]').length, 1);
    assert.equal(page.querySelectorAll('tr[aria-current="true"]').length, 1);
  });

  it('shades the range of a disputed price only', () => {
    assert.equal(asFake(drawForecast(scene('forecastNova'), () => undefined)).querySelectorAll('path.chart-band').length, 1);
    assert.equal(asFake(drawForecast(scene('forecastMixed'), () => undefined)).querySelectorAll('path.chart-band').length, 0);
  });

  it('uses no inline style', () => {
    const styled = (element: FakeElement): boolean => element.hasAttribute('style') || element.children.some(styled);
    for (const view of Object.values(forecastScenes)) assert.equal(styled(asFake(drawForecast(view, () => undefined))), false);
  });

  it('posts the traffic that a person enters, and nothing that is none', () => {
    const posted: unknown[] = [];
    const page = asFake(drawForecast(scene('forecastPlain'), (message) => posted.push(message)));
    const input = page.querySelector('input');
    assert.ok(input);
    const enter = (value: string) => {
      Object.assign(input, { value });
      listeners.get(input)?.();
    };
    assert.equal(Reflect.get(input, 'value'), '2.5');
    for (const value of ['120', '', '-3', 'many', '1e30', '0.5']) enter(value);
    assert.deepEqual(posted, [
      { type: 'traffic', callsPerHour: 120 },
      { type: 'traffic', callsPerHour: 0.5 },
    ]);
  });

  it('says what is wrong with what is entered, until it is right', () => {
    const { element, update } = forecastPart(() => undefined);
    update(scene('forecastPlain'));
    const page = asFake(element);
    const input = page.querySelector('input');
    const error = page.querySelector('[role="alert"]');
    assert.ok(input && error);
    const enter = (value: string) => {
      Object.assign(input, { value });
      listeners.get(input)?.();
    };
    assert.equal(error.hasAttribute('hidden'), true);
    enter('many');
    assert.match(error.textContent, /a number from 0 to 10,000,000/);
    assert.deepEqual([error.hasAttribute('hidden'), input.getAttribute('aria-invalid')], [false, 'true']);
    // A new state does not take it away.
    update({ ...scene('forecastPlain'), sentences: ['Another.'] });
    assert.equal(Reflect.get(input, 'value'), 'many');
    enter('3');
    assert.deepEqual([error.hasAttribute('hidden'), input.hasAttribute('aria-invalid')], [true, false]);
  });

  it('offers to keep a traffic that is tried, and no other', () => {
    const posted: unknown[] = [];
    const { element, update } = forecastPart((message) => posted.push(message));
    update(scene('forecastPlain'));
    const keep = asFake(element).querySelector('[data-save-traffic]');
    assert.ok(keep);
    assert.equal(keep.hasAttribute('hidden'), true);
    update({ ...scene('forecastPlain'), keep: 'prompt' });
    assert.deepEqual([keep.hasAttribute('hidden'), keep.textContent], [false, 'Save as Traffic of This Prompt']);
    keep.click();
    assert.deepEqual(posted, [{ type: 'saveTraffic' }]);
    update({ ...scene('forecastPlain'), keep: 'settings' });
    assert.equal(keep.textContent, 'Save as Traffic for All Prompts');
  });

  it('keeps its field when the forecast changes, and changes nothing when it says the same', () => {
    const { element, update } = forecastPart(() => undefined);
    update(scene('forecastPlain'));
    const page = asFake(element);
    const input = page.querySelector('input');
    const { changes } = page;
    update({ ...scene('forecastPlain') });
    assert.equal(page.changes, changes);
    update(scene('forecastNothing'));
    assert.equal(page.querySelector('input'), input);
    assert.equal(page.querySelector('svg[role="img"]'), undefined);
    assert.match(page.textContent, /No cache point/);
    update(scene('forecastMixed'));
    assert.equal(page.querySelectorAll('svg[role="img"]').length, 1);
  });
});
