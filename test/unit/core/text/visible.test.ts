import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelText, messageText, visible, visibleLine } from '../../../../src/core/text/visible';
import { anyText } from '../../../support/anyText';

/** Every character of these categories, by the engine's own Unicode tables. */
const unseen = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const any = fc.oneof(
  anyText(),
  fc
    .array(
      fc.constantFrom('\u202E', '\u2066', '\u200F', '\u061C', '\u0000', '\u001B[31m', '\u0085', 'a', 'א', '\r\n', '\t', '[a](command:x)'),
    )
    .map((parts) => parts.join('')),
);

describe('text for people', () => {
  it('shows what cannot be seen by its code', () => {
    assert.equal(visible('a\u202Eb\u0007c\u2069'), 'a⟨U+202E⟩b⟨U+0007⟩c⟨U+2069⟩');
    assert.equal(visible('\u001B[31mred'), '⟨U+001B⟩[31mred');
  });

  it('leaves every other text as it is', () => {
    for (const text of ['', 'Plain text, 日本語 and עברית.', 'two\r\nlines\tand a tab', '👩‍👩‍👧 [a](b) $(x)', '`code` <b>'])
      assert.equal(visible(text), text);
  });

  it('lets no character through that is not seen', () => {
    fc.assert(
      fc.property(any, (text) => {
        assert.doesNotMatch(visible(text).replace(/[\t\r\n]/g, ''), unseen);
        assert.doesNotMatch(visibleLine(text), unseen);
        assert.doesNotMatch(labelText(text), unseen);
        assert.doesNotMatch(messageText(text).replace(/[\t\r\n]/g, ''), unseen);
      }),
    );
  });

  it('is the same when it is done again', () => {
    fc.assert(
      fc.property(any, (text) => {
        for (const show of [visible, visibleLine, messageText]) assert.equal(show(show(text)), show(text));
      }),
    );
  });

  it('puts what goes on one line on one line', () => {
    assert.equal(visibleLine('a\r\n\tb\n'), 'a b ');
  });

  it('makes no link of a message, and keeps its words', () => {
    const link = /\[([^\]]+)\]\((https?:\/\/|command:|file:)/i;
    for (const text of ['[Fix](command:x.y)', '[a](HTTPS://b.example "t")', '[a](file:///etc)', '[[a](command:b)](command:c)']) {
      assert.doesNotMatch(messageText(text), link);
      assert.equal(messageText(text).replaceAll('] (', ']('), text);
    }
    assert.equal(messageText('items[0](x)'), 'items[0](x)');
  });

  it('makes no picture of a label', () => {
    assert.equal(labelText('$(check) done'), '\\$(check) done');
  });
});
