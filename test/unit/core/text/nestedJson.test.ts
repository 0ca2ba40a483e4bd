import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNestedJson } from '../../../../src/core/text/nestedJson';
import { decode } from '../../../../src/core/text/notation';
import { placeOf, type TextSegment } from '../../../../src/core/text/segment';
import { member, type StringTree } from '../../../../src/core/text/tree';
import { parseYamlTree } from '../../../../src/core/text/yamlTree';

/** A string of YAML that says a text of one line, in each way in which people and recorders write it. */
const ways: Readonly<Record<string, (text: string) => string>> = {
  'single quotes': (text) => `body: '${text.replaceAll("'", "''")}'\n`,
  'single quotes, folded': (text) => `body: '${text.replaceAll("'", "''").replace(/(?<=[^ ]) (?=[^ ])/g, '\n  ')}'\n`,
  'double quotes': (text) => `body: ${JSON.stringify(text)}\n`,
  'a block': (text) => `body: |-\n  ${text}\nnext: 1\n`,
};

const texts = fc
  .array(fc.constantFrom('a', ' ', "'", '"', '\\', '\n', '\t', 'é', '日', '🧭', ':', '#', '{{x}}', '\u00e9\r', '%'), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('JSON in a string of YAML', () => {
  for (const [name, write] of Object.entries(ways))
    it(`has every character at its place: ${name}`, () => {
      fc.assert(
        fc.property(texts, fc.boolean(), (said, escaped) => {
          const json = JSON.stringify({ k: said, n: [1, said] });
          const written = escaped ? json.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
          const source = write(written);
          const outer = member(parseYamlTree(source).tree, 'body') as StringTree; // a string, by how it is written
          assert.equal(outer.value, written);
          const { tree, errors } = parseNestedJson(source, outer);
          assert.deepEqual(errors, []);
          const found = member(tree, 'k') as StringTree; // as above
          assert.equal(found.value, said);
          const segment: TextSegment = { kind: 'text', text: said, at: { source: 0, span: found.inner }, notation: found.notation };
          const sources = [{ path: '', text: source }];
          assert.equal(decode(found.notation, source, found.inner), said);
          for (let offset = 0; offset < said.length; offset += 1) {
            const { span } = placeOf(sources, segment, offset, offset + 1);
            assert.equal(decode(found.notation, source, span), said.charAt(offset), `${offset} of ${JSON.stringify(said)} in ${source}`);
          }
        }),
        { seed: 20261128, numRuns: 200 },
      );
    });
});
