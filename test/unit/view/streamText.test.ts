import assert from 'node:assert/strict';
import { streamText } from '../../../src/view/streamText';
import { asFake, installFakeDom } from '../../support/fakeDom';

describe('text that streams', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  const box = (scrollTop: number) => {
    const text = streamText({});
    const element = asFake(text.element);
    Object.assign(element, { scrollHeight: 1000, clientHeight: 200, scrollTop });
    return { text, element };
  };

  it('grows at its end and keeps what is there', () => {
    const { text, element } = box(0);
    text.append('Hello ');
    text.append('<b>there</b>');
    const [first] = element.children[0]?.childNodes ?? [];
    text.set('Hello <b>there</b>, you', true);
    assert.equal(element.textContent, 'Hello <b>there</b>, you');
    assert.equal(element.children[0]?.childNodes[0], first);
  });

  it('does nothing when told the same, and starts over when told another text', () => {
    const { text, element } = box(0);
    text.set('abc', true);
    const before = element.changes;
    text.set('abc', false);
    text.append('');
    assert.equal(element.changes, before);
    text.set('xyz', true);
    assert.equal(element.textContent, 'xyz');
    text.set('', false);
    assert.equal(element.textContent, '');
    text.append('again');
    assert.equal(element.textContent, 'again');
  });

  it('follows the end while the person is there', () => {
    const { text, element } = box(790);
    text.append('more');
    assert.equal(element.scrollTop, 1000);
  });

  it('stays where the person reads', () => {
    const { text, element } = box(300);
    text.append('more');
    text.set('more and more', true);
    assert.equal(element.scrollTop, 300);
  });

  it('starts at the top when a whole answer is shown', () => {
    const { text, element } = box(0);
    Object.assign(element, { clientHeight: 1000 });
    text.set('an answer from before', false);
    assert.equal(element.scrollTop, 0);
  });

  it('puts a long text into boxes of whole lines, and no box is touched once it is closed', () => {
    const { text, element } = box(0);
    const lines = Array.from({ length: 400 }, (_, line) => `${line} ${'x'.repeat(line % 150)}\n`).join('');
    for (let place = 0; place < lines.length; place += 700) text.append(lines.slice(place, place + 700));
    assert.equal(element.textContent, lines);
    const boxes = element.children;
    assert.ok(boxes.length > 2 && boxes.length < 10, String(boxes.length));
    for (const one of boxes.slice(0, -1)) assert.match(one.textContent, /\n$/);
    const before = boxes.slice(0, -1).map(({ changes }) => changes);
    text.append('and more\n');
    assert.deepEqual(
      boxes.slice(0, -1).map(({ changes }) => changes),
      before,
    );
  });

  it('spreads a long line over several nodes', () => {
    const { text, element } = box(0);
    for (let piece = 0; piece < 30; piece += 1) text.append('x'.repeat(1000));
    assert.equal(element.textContent.length, 30_000);
    const nodes = element.children.flatMap(({ childNodes }) => childNodes);
    assert.ok(nodes.length > 2 && nodes.length < 10);
  });
});
