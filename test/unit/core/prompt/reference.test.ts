import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import { isInside, resolveReference } from '../../../../src/core/prompt/reference';

const document = '/ws/prompts/desk.bedrock.md';
const resolve = (reference: string, folder = '/ws'): string | undefined => resolveReference(document, folder, reference);

describe('what a prompt may refer to', () => {
  it('is relative to its document', () => {
    assert.equal(resolve('policy.md'), '/ws/prompts/policy.md');
    assert.equal(resolve('./parts/../policy.md'), '/ws/prompts/policy.md');
    assert.equal(resolve('../policy.md'), '/ws/policy.md');
    assert.equal(resolve('parts\\policy.md'), '/ws/prompts/parts/policy.md');
  });

  it('is nothing out of the folder', () => {
    for (const reference of ['../../etc/passwd', '..\\..\\etc\\passwd', 'a/../../../etc', '../../ws', '..', '../', '../../ws-other/a.md'])
      assert.equal(resolve(reference), undefined, reference);
  });

  it('is nothing by an absolute path, even inside the folder', () => {
    for (const reference of ['/ws/policy.md', '\\ws\\policy.md', 'C:/ws/policy.md', 'c:policy.md', '//host/share/policy.md'])
      assert.equal(resolve(reference), undefined, reference);
  });

  it('is not in a folder whose name only begins alike', () => {
    assert.equal(isInside('/ws-secret/a.md', '/ws'), false);
    assert.equal(isInside('/ws/a.md', '/ws/'), true);
    assert.equal(isInside('/ws', '/ws'), false);
    assert.equal(isInside('/a.md', '/'), true);
  });

  it('never leaves the folder, however the way there is written', () => {
    const step = fc.constantFrom('..', '.', '', 'a', 'b', '...', 'ws', '~', '%2e%2e');
    const separator = fc.constantFrom('/', '\\');
    const reference = fc.array(fc.tuple(step, separator), { maxLength: 9 }).map((steps) => steps.flat().join(''));
    fc.assert(
      fc.property(reference, (way) => {
        const found = resolve(way);
        if (found === undefined) return;
        assert.ok(posix.normalize(found).startsWith('/ws/'), `${way} leads to ${found}`);
        assert.equal(posix.normalize(found), found);
      }),
    );
  });
});
