import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Document, Scalar, stringify } from 'yaml';
import { decode, opaque, type Notation } from '../../../../src/core/text/notation';
import { placeOf, type TextSegment } from '../../../../src/core/text/segment';
import { member } from '../../../../src/core/text/tree';
import { parseYamlTree } from '../../../../src/core/text/yamlTree';
import { yamlBlock, yamlFlow } from '../../../../src/core/text/yamlNotation';

/** The text below `key:` of a YAML document. */
const textIn = (source: string, key = 'text'): TextSegment => {
  const { tree, errors } = parseYamlTree(source);
  assert.deepEqual(errors, [], source);
  const scalar = member(tree, key);
  assert.ok(scalar?.kind === 'scalar' && typeof scalar.value === 'string', source);
  return { kind: 'text', text: scalar.value, at: { source: 0, span: scalar.inner }, notation: scalar.notation };
};

const place = (source: string, segment: TextSegment, from: number, to: number): string => {
  const { span } = placeOf([{ path: '', text: source }], segment, from, to);
  return source.slice(span.start, span.end);
};

const styles = [Scalar.BLOCK_LITERAL, Scalar.BLOCK_FOLDED, Scalar.QUOTE_SINGLE, Scalar.QUOTE_DOUBLE, Scalar.PLAIN] as const;

describe('a text in YAML', () => {
  it('maps character by character, however it is written', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', 'word ', '\n', '\n\n', "'", '"', '\\', '\t', 'é', ': ', ' #', '{{x}}'),
      maxLength: 40,
    });
    let exact = 0;
    let all = 0;
    fc.assert(
      fc.property(text, fc.constantFrom(...styles), fc.boolean(), (value, style, windows) => {
        const document = new Document({ before: 1, text: value, behind: { more: true } });
        const scalar = document.get('text', true);
        assert.ok(scalar instanceof Scalar);
        scalar.type = style;
        const lines = stringify(document, { lineWidth: 24, minContentWidth: 0 });
        const source = windows ? lines.replaceAll('\n', '\r\n') : lines;
        const segment = textIn(source);
        all += 1;
        if (segment.notation === opaque) return;
        exact += 1;
        assert.equal(decode(segment.notation, source, segment.at.span), segment.text);
        for (let from = 0; from <= segment.text.length; from += 1)
          for (let to = from; to <= segment.text.length; to += 1) {
            const { span } = placeOf([{ path: '', text: source }], segment, from, to);
            const said = decode(segment.notation, source, span);
            // Line breaks that are folded together stand in one place.
            assert.equal(said.replace(/\n+/g, '\n'), segment.text.slice(from, to).replace(/\n+/g, '\n'), source);
          }
      }),
      { seed: 20261128, numRuns: 400 },
    );
    assert.ok(exact > all * 0.95, `${exact} of ${all}`);
  });

  it('knows the lines below a bar, and what stands before them', () => {
    const source = 'text: |\n    One.\n\n      Two.\n    Three.\nnext: 1\n';
    const segment = textIn(source);
    assert.equal(segment.text, 'One.\n\n  Two.\nThree.\n');
    assert.equal(segment.notation.name, 'yamlBlock');
    assert.equal(place(source, segment, 8, 12), 'Two.');
    assert.equal(place(source, segment, 6, 12), '      Two.'.slice(4));
    assert.equal(place(source, segment, 13, 19), 'Three.');
  });

  it('knows escapes and joints of a string in double quotes', () => {
    const source = 'text: "a \\x41\\u00e9\\U0001F600 b\\\n   c\n  d\\"e"\n';
    const segment = textIn(source);
    assert.equal(segment.text, 'a Aé😀 bc d"e');
    for (const [text, written] of [
      ['A', '\\x41'],
      ['😀', '\\U0001F600'],
      ['c', 'c'],
      ['"', '\\"'],
    ] as const) {
      const at = segment.text.indexOf(text);
      assert.equal(place(source, segment, at, at + text.length), written);
    }
  });

  it('stands as a whole where its header is unusual', () => {
    assert.equal(textIn('text: |2\n    Deep.\n').text, '  Deep.\n');
    assert.equal(textIn(`text: |1\n${' '.repeat(40)}Deep.\n`).notation, opaque);
  });

  it('is written as it would be read, or not at all', () => {
    const written = (notation: Notation, text: string): string | undefined => notation.write(text);
    assert.equal(written(yamlFlow.single, "it's"), "it''s");
    assert.equal(written(yamlFlow.single, 'a\nb'), undefined);
    assert.equal(written(yamlFlow.double, 'a\n"b"'), 'a\\n\\"b\\"');
    assert.equal(written(yamlFlow.plain, 'a word'), 'a word');
    assert.equal(written(yamlFlow.plain, 'a: b'), undefined);
    assert.equal(written(yamlBlock(2, false, '\r\n'), 'a\nb'), 'a\r\n  b');
    assert.equal(written(yamlBlock(2, true, '\n'), 'a\nb'), undefined);
    assert.equal(written(opaque, 'a'), undefined);
  });
});
