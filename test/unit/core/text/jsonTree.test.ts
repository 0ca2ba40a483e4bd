import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRecord } from '../../../../src/core/text/json';
import { parseJsonTree } from '../../../../src/core/text/jsonTree';
import { toJson, type Tree } from '../../../../src/core/text/tree';
import { anyCharacter } from '../../../support/anyText';

const valueOf = (text: string): unknown => {
  const { tree, errors } = parseJsonTree(text);
  assert.deepEqual(errors, [], text);
  assert.ok(tree);
  return toJson(tree);
};

/** Every scalar's place holds exactly its JSON. */
const checkPlaces = (tree: Tree, text: string): void => {
  if (tree.kind === 'scalar') return assert.deepEqual(JSON.parse(text.slice(tree.span.start, tree.span.end)), tree.value);
  assert.deepEqual(JSON.parse(text.slice(tree.span.start, tree.span.end)), toJson(tree));
  if (tree.kind === 'array') return tree.items.forEach((item) => checkPlaces(item, text));
  for (const { key, value, span } of tree.entries) {
    assert.equal(JSON.parse(text.slice(key.span.start, key.span.end)), key.value);
    assert.deepEqual({ start: key.span.start, end: value.span.end }, span);
    checkPlaces(value, text);
  }
};

describe('parseJsonTree', () => {
  it('reads what JSON.parse reads, with places', () => {
    const json = fc.json({ maxDepth: 6, stringUnit: anyCharacter });
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, 2, '\t'), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        const { tree, errors } = parseJsonTree(written);
        assert.deepEqual(errors, []);
        assert.ok(tree);
        assert.deepEqual(toJson(tree), JSON.parse(written));
        checkPlaces(tree, written);
      }),
      { seed: 20261123, numRuns: 400 },
    );
  });

  it('moves every place by the offset', () => {
    const { tree } = parseJsonTree('{"a":1}', 10);
    assert.ok(tree?.kind === 'object');
    assert.deepEqual(tree.span, { start: 10, end: 17 });
    assert.deepEqual(tree.entries[0]?.value.span, { start: 15, end: 16 });
  });

  it('allows comments and trailing commas', () => {
    assert.deepEqual(valueOf('// one\n{ /* two */ "a": [1, 2,], } // three'), { a: [1, 2] });
  });

  it('reads numbers as JSON writes them, and no others', () => {
    assert.deepEqual(valueOf('[0, -1.5, 2e3, 2E-3]'), [0, -1.5, 2000, 0.002]);
    for (const wrong of ['01', '1.', '.5', '+1', '-', '0x1', 'NaN', '1e'])
      assert.equal(parseJsonTree(`[${wrong}]`).errors.length, 1, wrong);
  });

  it('goes on behind what it cannot read', () => {
    const { tree, errors } = parseJsonTree('{ "a": , "b" 1, c: 2, "d": [1 2, tru], "e": 5');
    assert.ok(tree);
    assert.deepEqual(toJson(tree), { b: 1, c: 2, d: [1, 2], e: 5 });
    assert.equal(errors.length, 6);
  });

  it('tells of a bounded number of errors', () => {
    assert.equal(parseJsonTree(`[${'x,'.repeat(5000)}]`).errors.length, 100);
  });

  it('gives no tree for nothing', () => {
    for (const text of ['', ' \n', '// comment']) {
      const { tree, errors, tooDeep } = parseJsonTree(text);
      assert.deepEqual({ tree, errors, tooDeep }, { tree: undefined, errors: [], tooDeep: false });
    }
  });
});

describe('a long string of JSON', () => {
  const part = fc.constantFrom('z', ' ', '\\n', '\\"', '\\\\', '\\u00e9', '\\x', '\n', '\t', '"', '",', '}', '\\', 'é', '\u{1f600}');
  const inside = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  const behind = fc.constantFrom('', '}', ', "b": 2}', ',\n"b": "c"\n}');

  it('is read as a short one that ends like it', () => {
    const pad = 'x'.repeat(400);
    const read = (text: string, by: number) => {
      const { tree, errors } = parseJsonTree(text);
      const value = tree === undefined ? undefined : toJson(tree);
      return { value, ends: errors.map(({ detail, end }) => ({ detail, end: end + by })) };
    };
    fc.assert(
      fc.property(inside, behind, (text, rest) => {
        const long = read(`{"a": "${pad}${text}"${rest}`, 0);
        const short = read(`{"a": "${text}"${rest}`, pad.length);
        const { value } = short;
        const padded = isRecord(value) && typeof value['a'] === 'string' ? { ...value, a: pad + value['a'] } : value;
        assert.deepEqual(long, { ...short, value: padded });
      }),
      { numRuns: 1000 },
    );
  });
});
