import assert from 'node:assert/strict';
import { forgetTexts } from '../../../../src/core/text/memo';
import { oncePer } from '../../../../src/core/text/once';

describe('what is made once for each object', () => {
  it('is made when it is first asked for, and again after texts were forgotten', () => {
    const asked: string[] = [];
    const madeOf = oncePer(({ name }: { readonly name: string }) => {
      asked.push(name);
      return { name };
    });
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    const first = madeOf(a);
    assert.equal(madeOf(a), first);
    assert.deepEqual(madeOf(b), { name: 'b' });
    assert.deepEqual(asked, ['a', 'b']);
    forgetTexts();
    assert.notEqual(madeOf(a), first);
    assert.deepEqual(asked, ['a', 'b', 'a']);
  });
});
