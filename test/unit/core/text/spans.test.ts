import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, replaceAt } from '../../../../src/core/text/edit';
import { baseName, extensionOf, joinPath } from '../../../../src/core/text/path';
import { cover, overlaps, span, touches } from '../../../../src/core/text/span';

describe('joinPath', () => {
  it('joins to the folder of the naming file', () => {
    assert.equal(joinPath('', './a.md'), 'a.md');
    assert.equal(joinPath('parts/b.md', 'a.md'), 'parts/a.md');
    assert.equal(joinPath('parts/b.md', '../a.md'), 'a.md');
    assert.equal(joinPath('', '../../a.md'), '../../a.md');
    assert.equal(joinPath('../b.md', '../a.md'), '../../a.md');
    assert.equal(joinPath('', 'a\\b//./c.md'), 'a/b/c.md');
  });

  it('leaves an absolute reference absolute', () => {
    assert.equal(joinPath('parts/b.md', '/etc/hosts'), '/etc/hosts');
    assert.equal(joinPath('parts/b.md', 'C:\\a.md'), 'C:/a.md');
  });

  it('knows extensions and base names', () => {
    assert.equal(extensionOf('a.b/C.PDF'), 'pdf');
    assert.equal(extensionOf('a.b/c'), '');
    assert.equal(baseName('a/b\\c.md'), 'c.md');
  });
});

describe('spans', () => {
  it('touch their ends, overlap by characters and are covered by the smallest around them', () => {
    assert.ok(touches(span(1, 3), 3) && touches(span(1, 3), 1) && !touches(span(1, 3), 4));
    assert.ok(overlaps(span(1, 3), span(2, 4)) && !overlaps(span(1, 3), span(3, 4)));
    assert.deepEqual(cover(span(1, 3), span(2, 6)), span(1, 6));
  });
});

describe('applyEdits', () => {
  it('applies edits in any order by offsets of the text before them', () => {
    assert.equal(applyEdits('abc', [replaceAt(2, 3, 'C'), replaceAt(0, 0, '>'), replaceAt(1, 2, '')]), '>aC');
  });

  it('refuses edits that overlap', () => {
    assert.throws(() => applyEdits('abc', [replaceAt(0, 2, ''), replaceAt(1, 3, '')]), /overlapping/);
  });

  it('undoes itself with the edit turned round', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.string(), (text, a, b, inserted) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const edited = applyEdits(text, [replaceAt(start, end, inserted)]);
        assert.equal(applyEdits(edited, [replaceAt(start, start + inserted.length, text.slice(start, end))]), text);
      }),
    );
  });
});
