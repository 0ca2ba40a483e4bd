import assert from 'node:assert/strict';
import { el } from '../../../src/view/dom';
import { wholeSearch } from '../../../src/view/wholeSearch';
import { installFakeDom } from '../../support/fakeDom';

describe('a search of the page', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('has all of it laid out before it begins, with what it was asked', () => {
    const body = el('main');
    const asked: unknown[] = [];
    const searched = {
      find: (...wanted: readonly unknown[]) => {
        asked.push(body.hasAttribute('data-searched'), ...wanted);
        return true;
      },
    };
    const { end } = wholeSearch(searched, body);
    assert.equal(body.hasAttribute('data-searched'), false);
    assert.equal(searched.find('renew', false, true), true);
    assert.deepEqual(asked, [true, 'renew', false, true]);
    end();
    assert.equal(body.hasAttribute('data-searched'), false);
  });

  it('is left to those that have another one', () => {
    const searched = {};
    wholeSearch(searched, el('main'));
    assert.deepEqual(searched, {});
  });
});
