import assert from 'node:assert/strict';
import { modelsTab } from '../../../src/view/modelsTab';
import { asFake, installFakeDom, type FakeElement } from '../../support/fakeDom';
import { modelsScene } from './harness/modelsScene';

describe('the table of models', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  const open = () => {
    const posted: unknown[] = [];
    const part = modelsTab((message) => posted.push(message));
    part.update(modelsScene);
    const page = asFake(part.element);
    const [offered, retired] = page.querySelectorAll('table[data-models]');
    assert.ok(offered && retired);
    const idsOf = (table: FakeElement): readonly string[] =>
      table.querySelectorAll('tr[data-model]').map((row) => row.getAttribute('data-model') ?? '');
    const sortBy = (title: string): void =>
      offered
        .querySelectorAll('button.sort')
        .find(({ textContent }) => textContent === title)
        ?.click();
    const filter = (text: string): void => {
      const input = page.querySelector('input[data-model-filter]');
      assert.ok(input);
      Object.assign(input, { value: text });
      input.fire('input');
    };
    return { posted, page, offered, retired, idsOf, sortBy, filter };
  };
  const row = (id: string) => modelsScene.rows.find(({ modelId }) => modelId === id);

  it('has those that cache the prompt, and the others on request', () => {
    const { page, offered, idsOf } = open();
    const before = idsOf(offered);
    assert.ok(before.length > 10 && before.every((id) => row(id)?.caches !== 'no'));
    const toggle = page.querySelector('.filter')?.querySelector('button');
    assert.match(toggle?.textContent ?? '', /^Show \d+ more models$/);
    toggle?.click();
    assert.ok(idsOf(offered).length > before.length);
    assert.equal(toggle?.textContent, 'Show only models that cache it');
  });

  it('keeps retired models apart', () => {
    const { page, offered, retired, idsOf } = open();
    page.querySelector('.filter')?.querySelector('button')?.click();
    assert.ok(idsOf(retired).length > 0 && idsOf(retired).every((id) => row(id)?.retired === true));
    assert.ok(idsOf(offered).every((id) => row(id)?.retired === false));
    assert.equal(idsOf(offered).length + idsOf(retired).length, modelsScene.rows.length);
  });

  it('is sorted by a press on a head, the other way by the next, and as it came by a third', () => {
    const { offered, idsOf, sortBy } = open();
    const came = idsOf(offered);
    const warm = (): readonly number[] => idsOf(offered).map((id) => row(id)?.order.warm ?? Number.NaN);
    sortBy('Warm');
    assert.deepEqual(
      warm(),
      warm().toSorted((a, b) => a - b),
    );
    assert.equal(offered.querySelectorAll('[aria-sort="ascending"]').length, 1);
    sortBy('Warm');
    assert.deepEqual(
      warm(),
      warm().toSorted((a, b) => b - a),
    );
    assert.equal(offered.querySelector('[aria-sort]')?.getAttribute('aria-sort'), 'descending');
    sortBy('Warm');
    assert.deepEqual(idsOf(offered), came);
    sortBy('Model');
    const names = idsOf(offered).map((id) => row(id)?.name ?? '');
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    );
  });

  it('has what is not known last, whichever way it is sorted', () => {
    const { page, offered, idsOf, sortBy } = open();
    page.querySelector('.filter')?.querySelector('button')?.click();
    for (let press = 0; press < 2; press += 1) {
      sortBy('Minimum');
      const known = idsOf(offered).map((id) => row(id)?.order.minimum !== undefined);
      assert.ok(known.includes(true) && known.includes(false));
      assert.ok(!known.slice(known.indexOf(false)).includes(true));
    }
  });

  it('is filtered by words of the name, the id or the lifetimes, over all models', () => {
    const { page, offered, retired, idsOf, filter } = open();
    filter('HAIKU 5m');
    const found = [...idsOf(offered), ...idsOf(retired)];
    assert.ok(found.length > 0 && found.every((id) => /haiku/i.test(row(id)?.name ?? '')));
    filter('no such model');
    assert.equal(idsOf(offered).length, 0);
    assert.match(page.textContent, /No model fits this filter/);
    filter('');
    assert.ok(idsOf(offered).length > 10);
  });

  it('has names for those who do not see it', () => {
    const { page, offered } = open();
    for (const table of page.querySelectorAll('table')) assert.ok(table.hasAttribute('aria-label'));
    assert.match(offered.querySelector('td.mark')?.textContent ?? '', /cached/);
  });
});
