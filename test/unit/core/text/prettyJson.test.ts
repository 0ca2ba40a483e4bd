import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginsAsJson, prettyJson } from '../../../../src/core/text/prettyJson';

describe('JSON with a line for each member', () => {
  it('reads as JavaScript would write it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value);
        // JavaScript writes numbers and strings in one way only, so that its own texts come out as it would indent them.
        assert.equal(prettyJson(plain), JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps numbers and strings as they are written', () => {
    assert.equal(
      prettyJson('{"a":1.00,"b":12345678901234567890,"c":"\\u0041 , : {"}'),
      '{\n  "a": 1.00,\n  "b": 12345678901234567890,\n  "c": "\\u0041 , : {"\n}',
    );
  });

  it('is nothing for what is no JSON', () => {
    for (const text of ['', '{', '{"a":1} and more', "{'a': 1}", '[1,]']) assert.equal(prettyJson(text), undefined);
  });

  it('begins in another way than a link or a note does', () => {
    for (const text of ['{"a"', ' {\n "a"', '[', '[{', '["a', '[1', '{}', '[]', '[null']) assert.equal(beginsAsJson(text), true, text);
    for (const text of ['', 'a', '[link](x)', '{{name}}', '{ a', '- [ ] task']) assert.equal(beginsAsJson(text), false, text);
  });
});
