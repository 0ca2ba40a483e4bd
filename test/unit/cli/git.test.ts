import assert from 'node:assert/strict';
import { isChanged, readDiff, readUnshown, unquotePath } from '../../../src/cli/git';

const diff = `diff --git a.md a.md
index 1..2 100644
--- a.md
+++ a.md
@@ -3 +3,2 @@ # system:
-old
+new
++++ looks like a header
@@ -9,2 +10,0 @@
-gone
--- gone too
@@ -20,0 +20 @@
+added
\\ No newline at end of file
diff --git gone.md gone.md
deleted file mode 100644
--- gone.md
+++ /dev/null
@@ -1 +0,0 @@
-a
diff --git "with\\ttab.md" "with\\ttab.md"
--- "with\\ttab.md"
+++ "with\\ttab.md"
@@ -1 +1 @@
-a
+b
`;

describe('a diff without context', () => {
  it('tells the lines that are new or changed', () => {
    const [first, second, ...rest] = readDiff(diff);
    assert.deepEqual(first, ['a.md', [3, 20].map((from, index) => ({ from, to: index === 0 ? 4 : from }))]);
    assert.deepEqual(second, ['with\ttab.md', [{ from: 1, to: 1 }]]);
    assert.deepEqual(rest, []);
  });

  it('names files as they are called', () => {
    assert.equal(unquotePath('"a \\"b\\" \\\\ \\t"'), 'a "b" \\ \t');
    assert.equal(unquotePath('with space.md\t'), 'with space.md');
    assert.equal(unquotePath('"with \\"quotes\\" and space.md"\t'), 'with "quotes" and space.md');
  });
});

describe('a table of numbers', () => {
  it('names the files whose lines git does not show', () => {
    const numstat = ['1\t2\ta.md', '-\t-\tb with space.png', '-\t-\t', 'old.png', 'new.png', '3\t0\t', 'old.md', 'new.md', '-\t-\tc', ''];
    assert.deepEqual(readUnshown(numstat.join('\0')), ['b with space.png', 'new.png', 'c']);
    assert.deepEqual(readUnshown(''), []);
  });
});

describe('a place', () => {
  const changed = [{ from: 3, to: 5 }];
  it('counts as changed where it touches a changed line', () => {
    assert.ok(isChanged(changed, { from: 5, to: 9 }));
    assert.ok(isChanged(changed, { from: 1, to: 3 }));
    assert.ok(isChanged('all', { from: 1, to: 1 }));
  });
  it('and not elsewhere', () => {
    assert.ok(!isChanged(changed, { from: 6, to: 9 }));
    assert.ok(!isChanged([], { from: 1, to: 1 }));
    assert.ok(!isChanged(undefined, { from: 1, to: 1 }));
  });
});
