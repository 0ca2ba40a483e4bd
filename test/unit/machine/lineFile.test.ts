import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { appendLine, blankLines } from '../../../src/machine/lineFile';
import { makeFolder } from '../../support/folder';

const folder = makeFolder();
after(() => folder.remove());

describe('a file of lines', () => {
  it('is made with its first line, for its owner alone', async () => {
    const path = folder.at('new.jsonl');
    await appendLine(path, '{"a":1}');
    await appendLine(path, '{"a":2}\n');
    assert.equal(readFileSync(path, 'utf8'), '{"a":1}\n{"a":2}\n');
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o077, 0);
  });

  it('begins a line of its own behind one that was torn', async () => {
    folder.put({ 'torn.jsonl': '{"a":1}\n{"a":' });
    await appendLine(folder.at('torn.jsonl'), '{"a":2}');
    assert.equal(readFileSync(folder.at('torn.jsonl'), 'utf8'), '{"a":1}\n{"a":\n{"a":2}\n');
  });

  it('overwrites lines where they stand', async () => {
    folder.put({ 'blank.jsonl': 'one\ntwö\nthree' });
    assert.equal(await blankLines(folder.at('blank.jsonl'), (line) => line !== 'one'), 2);
    assert.equal(readFileSync(folder.at('blank.jsonl'), 'utf8'), 'one\n    \n     ');
  });

  // A limit on the size of files stands for a full disk: the system takes a part of the line and refuses the rest.
  const isPosix = process.platform !== 'win32';
  (isPosix ? it : it.skip)('keeps nothing of a line that the disk does not take whole', () => {
    const path = folder.at('full.jsonl');
    const source = join(import.meta.dirname, '..', '..', '..', 'src', 'machine', 'lineFile.ts');
    const program = `
      const { appendLine } = require(${JSON.stringify(source)});
      (async () => {
        await appendLine(${JSON.stringify(path)}, 'a'.repeat(5000));
        await appendLine(${JSON.stringify(path)}, 'b'.repeat(5000)).then(() => console.log('written'), (error) => console.log(error.code));
        await appendLine(${JSON.stringify(path)}, 'c'.repeat(100));
      })();`;
    const limited = `ulimit -f 8; trap '' XFSZ; exec ${JSON.stringify(process.execPath)} --require=tsx/cjs -e "$PROGRAM"`;
    const run = spawnSync('bash', ['-c', limited], { encoding: 'utf8', env: { ...process.env, PROGRAM: program, TSX_DISABLE_CACHE: '1' } });
    assert.equal(run.stdout, 'EFBIG\n', run.stderr);
    assert.deepEqual(
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => `${line.slice(0, 1)}${line.length}`),
      ['a5000', 'c100', '0'],
    );
  });
});
