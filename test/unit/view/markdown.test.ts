import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockReader, stretch, stretchLines, type Piece } from '../../../src/view/markdown/blocks';
import { markdownText } from '../../../src/view/markdown/markdownText';
import { asFake, FakeElement, installFakeDom } from '../../support/fakeDom';

/** What was drawn, in short: tags with what stands in them. Boxes that only part a long text are left out. */
const drawn = (element: FakeElement): string =>
  element.childNodes
    .map((node) => {
      if (!(node instanceof FakeElement)) return node.textContent;
      const inner = drawn(node);
      return node.tagName === 'div' ? inner : `<${node.tagName}>${inner}</${node.tagName}>`;
    })
    .join('');

const opened: string[] = [];
const draw = (...pieces: readonly string[]): FakeElement => {
  const text = markdownText({}, { openLink: (url) => opened.push(url) });
  for (const piece of pieces) text.append(piece);
  text.set(pieces.join(''), false);
  return asFake(text.element);
};
const shown = (...pieces: readonly string[]): string => drawn(draw(...pieces));

const cut = (text: string, places: readonly number[]): readonly string[] => {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end));
};

describe('a rendered answer', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());
  beforeEach(() => opened.splice(0));

  it('has paragraphs, lists, headings, tables and code as elements', () => {
    assert.equal(
      shown('# One\n\nTwo *three* `four`\n\n1. a\n2. b\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n'),
      '<h4>One</h4><p>Two <em>three</em> <code>four</code></p><ol><li>a</li><li>b</li></ol>' +
        '<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    );
    assert.equal(draw('3. a\n4. b\n').querySelector('ol')?.getAttribute('start'), '3');
  });

  it('keeps the number of a list and the side of a column, and names tables and languages', () => {
    const page = draw('7. a\n\n| x |\n|--:|\n| 1 |\n\n```json title="a"\n{}\n```\n');
    assert.equal(page.querySelector('ol')?.getAttribute('start'), '7');
    assert.equal(page.querySelector('ol')?.hasAttribute('data-far'), false);
    assert.equal(draw('1200. a\n').querySelector('ol')?.hasAttribute('data-far'), true);
    assert.equal(page.querySelector('td')?.getAttribute('class'), 'number');
    assert.equal(page.querySelector('table')?.getAttribute('aria-label'), 'Table of the answer');
    assert.equal(page.querySelector('pre')?.getAttribute('data-language'), 'json');
  });

  it('takes markup as text, whatever it is', () => {
    for (const nasty of ['<img src=x onerror=alert(1)>', '<script>1</script>', '<style>*{}</style>', 'a <b onclick=x>b</b>']) {
      const page = draw(`${nasty}\n\n- ${nasty}\n`);
      assert.deepEqual([...page.querySelectorAll('img'), ...page.querySelectorAll('script'), ...page.querySelectorAll('style')], []);
      assert.ok(page.textContent.startsWith(nasty));
    }
  });

  it('stands in sections of chapters, which are closed once they are long', () => {
    const page = draw('A paragraph.\n\n'.repeat(5000));
    const [first, ...later] = page.querySelectorAll('.markdown-chapter');
    assert.ok(first !== undefined && later.length > 0);
    assert.equal(first.hasAttribute('data-closed'), true);
    assert.equal(later.at(-1)?.hasAttribute('data-closed'), false);
    assert.ok(page.querySelectorAll('.markdown-chapter').every((chapter) => chapter.children.length <= 32));
    assert.equal(page.querySelectorAll('p').length, 5000);
  });

  it('loads no picture, and shows where a link leads before it opens anything', () => {
    const page = draw('See [here](https://example.com/a%C3%A9?x=1) and ![a cat](https://evil.example/cat.png).');
    assert.equal(page.querySelectorAll('img').length + page.querySelectorAll('a').length, 0);
    const [link, picture] = page.querySelectorAll('.answer-link-box');
    assert.ok(link && picture);
    assert.match(picture.textContent, /^Picture: a cat/);
    const address = link.querySelector('.address');
    assert.equal(address?.hasAttribute('hidden'), true);
    link.querySelector('.answer-link')?.click();
    assert.deepEqual([address?.hasAttribute('hidden'), address?.textContent], [false, 'https://example.com/aé?x=1Open']);
    assert.deepEqual(opened, []);
    address?.querySelector('button')?.click();
    assert.deepEqual(opened, ['https://example.com/a%C3%A9?x=1']);
  });

  it('makes no link of an address that runs something, and no button for one that no browser is for', () => {
    assert.equal(draw('[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd)').querySelectorAll('.answer-link').length, 0);
    const page = draw('[a](command:workbench.action.quit) [b](vscode://x/y)');
    assert.equal(page.querySelectorAll('.address').length, 2);
    for (const address of page.querySelectorAll('.address')) assert.equal(address.querySelectorAll('button').length, 0);
  });

  it('makes what cannot be seen visible', () => assert.match(shown('a\u202Eb\n\n```\nc\u0007\n```\n'), /⟨U\+202E⟩.*⟨U\+0007⟩/s));

  it('gives each member of JSON in one line a line of its own', () => {
    for (const text of ['```json\n{"a":[1,2]}\n```\n', '```json\n{"a":[1,2]}\n```\n\nMore\n'])
      assert.match(shown(text), /<code>\{\n {2}"a": \[\n {4}1,\n {4}2\n {2}\]\n\}\s*<\/code>/);
    assert.match(shown('```json\n{ "a":\n1}\n```\n'), /<code>\{ "a":\n1\}\n<\/code>/);
  });

  const parts = fc.constantFrom(
    'Some words.\n',
    'More words',
    '\n',
    '\n\n',
    '- item\n',
    '  - inner\n',
    '* star\n',
    '2. two\n',
    '**bold** and `code`\n',
    '**',
    '---\n',
    '===\n',
    '# Title\n',
    '> quoted\n',
    '```ts\n',
    '```json\n',
    '{"a":1}\n',
    '```\n',
    '~~~~\n',
    '    four spaces\n',
    '| a | b |\n',
    '|---|---|\n',
    '<b>html</b>\n',
    '\r\n',
    '[link](https://example.com)\n',
    '\\',
    ' ',
  );

  it('is the same however it arrives', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 14 }), fc.array(fc.nat(), { maxLength: 12 }), (list, places) => {
        const text = list.join('');
        assert.equal(shown(...cut(text, places)), shown(text));
      }),
      { numRuns: 400 },
    );
  });

  it('touches only its last block when more arrives', () => {
    const text = markdownText({}, { openLink: () => undefined });
    const page = asFake(text.element);
    text.append('First\n\nSecond\n\n- a\n');
    const [first, second] = page.querySelectorAll('p');
    assert.ok(first && second);
    const before = [first.changes, second.changes];
    for (const more of ['- b', '\n- c\n', '\nThird', ' and more\n\nFourth']) text.append(more);
    assert.deepEqual([first.changes, second.changes], before);
    assert.equal(page.querySelectorAll('p')[0], first);
    assert.equal(page.querySelectorAll('li').length, 3);
  });

  it('reads names that are defined later once the answer has ended', () => {
    const page = draw('See [the page].\n\nMore.\n\n', '[the page]: https://example.com\n\nEnd.\n');
    assert.equal(page.querySelector('.answer-link')?.textContent, 'the page');
    assert.equal(page.querySelectorAll('p').length, 3);
  });

  it('starts over when it becomes another text', () => {
    const text = markdownText({}, { openLink: () => undefined });
    text.set('One\n\nTwo\n\n', false);
    text.set('Three', false);
    assert.equal(drawn(asFake(text.element)), '<p>Three</p>');
    text.set('', false);
    assert.equal(drawn(asFake(text.element)), '');
  });
});

describe('blocks of a long answer', () => {
  const readAll = (text: string): { readonly pieces: readonly Piece[]; readonly steps: number; readonly tail: number } => {
    const reader = blockReader();
    reader.push(text);
    const pieces: Piece[] = [];
    let steps = 0;
    for (let step = reader.step(); step !== undefined; step = reader.step()) {
      pieces.push(...step);
      steps += 1;
      assert.ok(steps < 10_000, 'the reader does not come to an end');
    }
    return { pieces, steps, tail: reader.tail().length };
  };
  const long: Readonly<Record<string, string>> = {
    'one line': 'word '.repeat(40_000),
    'one paragraph': 'some words of a line\n'.repeat(10_000),
    'a list': '- an item with some words\n  - and another in it\n'.repeat(5_000),
    'a table': `| a | b |\n|---|---|\n${'| some words | 12 |\n'.repeat(8_000)}`,
    'a table with a long head': `| ${'a'.repeat(9000)} |\n|---|\n${'| b |\n'.repeat(3000)}`,
    'a block of code': `\`\`\`ts\n${'const a = 1;\n'.repeat(10_000)}`,
    'code in one line': `\`\`\`\n${'x'.repeat(200_000)}`,
    'blank lines': '\n'.repeat(100_000),
    'quotes in quotes': '> '.repeat(50_000),
    brackets: '['.repeat(50_000),
    stars: '*a '.repeat(30_000),
    backticks: Array.from({ length: 400 }, (_, count) => '`'.repeat(count)).join(' '),
    'pairs of units': '\u{1F600}'.repeat(30_000),
    'definitions alone': Array.from({ length: 4000 }, (_, at) => `[n${at}]: https://example.com/${at}\n`).join(''),
  };
  for (const [name, text] of Object.entries(long))
    it(`are read in bounded pieces: ${name}`, () => {
      const { pieces, steps } = readAll(text);
      const lines = text.split('\n').length;
      assert.ok(steps <= (4 * text.length) / stretch + (2 * lines) / stretchLines + 40, `${steps} steps for ${text.length} characters`);
      const longest = pieces.map((piece) =>
        piece.kind === 'code'
          ? piece.text.length
          : piece.kind === 'block'
            ? piece.tokens.reduce((sum, { content }) => sum + content.length, 0)
            : 0,
      );
      if (name !== 'code in one line') assert.ok(Math.max(0, ...longest) <= 2 * stretch, `${Math.max(...longest)}`);
    });

  it('lose nothing of a long list, a long table or a long block of code', () => {
    const words = (text: string): number =>
      readAll(text).pieces.reduce(
        (sum, piece) => sum + (piece.kind === 'block' ? piece.tokens.filter(({ type }) => type === 'inline').length : 0),
        0,
      );
    const rows = Array.from({ length: 3000 }, (_, at) => `| row ${at} |\n`).join('');
    assert.ok(words(`| head |\n|---|\n${rows}\nEnd\n\nEnd\n`) >= 3001);
    assert.ok(words(`${'- item\n'.repeat(3000)}\nEnd\n\nEnd\n`) >= 3000);
    const code = Array.from({ length: 3000 }, (_, at) => `line ${at}\n`).join('');
    const { pieces } = readAll(`~~~\n${code}~~~\n`);
    assert.equal(pieces.map((piece) => (piece.kind === 'code' ? piece.text : '')).join(''), code);
    assert.equal(pieces.at(-1)?.kind, 'codeEnd');
  });
});
