import assert from 'node:assert/strict';
import { toJson } from '../../../../src/core/text/tree';
import { parseYamlTree } from '../../../../src/core/text/yamlTree';

const read = (text: string): unknown => {
  const { tree, errors } = parseYamlTree(text);
  assert.deepEqual(errors, [], text);
  assert.ok(tree);
  return toJson(tree);
};

describe('a YAML document', () => {
  it('is read by the core schema, whatever version it names', () => {
    const values = 'a: yes\nb: 0o17\nc: 2020-01-01\nd: 0x1f\n';
    const expected = { a: 'yes', b: 15, c: '2020-01-01', d: 31 };
    assert.deepEqual(read(values), expected);
    for (const version of ['1.1', '1.2']) assert.deepEqual(read(`%YAML ${version}\n---\n${values}`), expected);
  });

  it('keeps the text behind a tag that is not of that schema', () => {
    assert.deepEqual(read('a: !!binary aGk=\nb: !own c\nd: !!timestamp 2020-01-01\n'), { a: 'aGk=', b: 'c', d: '2020-01-01' });
  });

  it('has a member named <<, which merges nothing', () => {
    assert.deepEqual(read('a: &a { b: 1 }\nc: { <<: *a }\n'), { a: { b: 1 }, c: { '<<': { b: 1 } } });
  });
});
