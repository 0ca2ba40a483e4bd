import assert from 'node:assert/strict';
import fc from 'fast-check';
import { el, keyedList, setAttribute, setText, show } from '../../../src/view/dom';
import type { FakeElement } from '../../support/fakeDom';
import { asFake, installFakeDom } from '../../support/fakeDom';

describe('elements of the page', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('take markup as text', () => {
    const element = asFake(el('p', {}, '<img src=x onerror=alert(1)>'));
    assert.equal(element.children.length, 0);
    assert.equal(element.textContent, '<img src=x onerror=alert(1)>');
  });

  it('leave out attributes that are off', () => {
    const element = asFake(el('p', { hidden: true, title: undefined, 'data-a': false, 'data-b': 0, 'data-c': '' }));
    assert.deepEqual(
      ['hidden', 'title', 'data-a', 'data-b', 'data-c'].map((name) => element.getAttribute(name)),
      ['', null, null, '0', ''],
    );
  });

  it('listen to events by a function', () => {
    let clicks = 0;
    asFake(el('button', { onclick: () => (clicks += 1) })).click();
    assert.equal(clicks, 1);
  });

  it('do not change when they are told the same again', () => {
    const element = el('p', { title: 'a' }, 'text');
    const before = asFake(element).changes;
    setText(element, 'text');
    setAttribute(element, 'title', 'a');
    setAttribute(element, 'id', undefined);
    show(element, true);
    assert.equal(asFake(element).changes, before);
  });

  it('follow a list and keep what stays, whatever the order of changes', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(fc.array(keys, { minLength: 1, maxLength: 6 }), (lists) => {
        const parent = el('ul');
        const update = keyedList(
          parent,
          (key: string) => key,
          (key) => ({ element: el('li', { 'data-key': key }, key), update: () => undefined }),
        );
        let before = new Map<string, FakeElement>();
        for (const list of lists) {
          update(list);
          const { children } = asFake(parent);
          assert.deepEqual(
            children.map(({ textContent }) => textContent),
            list,
          );
          for (const child of children) {
            const earlier = before.get(child.textContent);
            if (earlier) assert.equal(child, earlier);
          }
          before = new Map(children.map((child) => [child.textContent, child]));
        }
      }),
    );
  });

  it('do not move those that stay when another comes before them or goes', () => {
    const parent = el('ul');
    const update = keyedList(
      parent,
      (key: string) => key,
      (key) => ({ element: el('li', {}, key), update: () => undefined }),
    );
    update(['b', 'c', 'd']);
    const before = asFake(parent).changes;
    update(['a', 'b', 'd']);
    // One comes, one goes: two changes, and no third for a move, which would take the focus away.
    assert.equal(asFake(parent).changes, before + 2);
  });

  it('take the first of two with the same key', () => {
    const parent = el('ul');
    keyedList(
      parent,
      (key: string) => key,
      (key) => ({ element: el('li', {}, key), update: () => undefined }),
    )(['a', 'a', 'b']);
    assert.equal(asFake(parent).textContent, 'ab');
  });
});
