import assert from 'node:assert/strict';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createRecordWriter, readRecords } from '../../../src/cli/recordFile';
import { makeFolder } from '../../support/folder';

const isText = (value: unknown): value is string => typeof value === 'string';

describe('a file of records', () => {
  const folder = makeFolder();
  after(() => folder.remove());
  const path = folder.at('kept/records');
  const now = Date.now();

  const write = (build: string, ...records: readonly (readonly [name: string, head: string, body: string])[]): void => {
    const writer = createRecordWriter<string>(path, build, now);
    for (const [name, head, body] of records) writer.add(name, head, Buffer.from(body));
    writer.finish();
  };
  const read = (build: string) => readRecords(path, build, isText);

  it('gives back heads and bodies by their names, as often as it is written', () => {
    for (const body of ['{"é": 1}', '', 'x'.repeat(100_000)]) {
      write('one', ['a', 'head of a', body], ['b', 'head of b', `${body}b`]);
      const { heads, bodyOf } = read('one');
      assert.deepEqual(
        [...heads],
        [
          ['a', 'head of a'],
          ['b', 'head of b'],
        ],
      );
      assert.equal(bodyOf('a').toString(), body);
      assert.equal(bodyOf('b').toString(), `${body}b`);
      assert.equal(bodyOf('c').length, 0);
    }
  });

  it('holds nothing for another build, nor where it is not whole or not there', () => {
    write('one', ['a', 'head', 'body']);
    assert.equal(read('two').heads.size, 0);
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length));
      assert.equal(read('one').heads.size, 0, `${length} bytes`);
    }
    assert.equal(readRecords(folder.at('nowhere'), 'one', isText).heads.size, 0);
  });

  it('leaves no half-written file, and takes away what was left an hour ago', () => {
    write('one', ['a', 'head', 'body']);
    writeFileSync(`${path}.1`, 'left');
    utimesSync(`${path}.1`, new Date(0), new Date(0));
    writeFileSync(`${path}.2`, 'being written');
    write('one', ['a', 'head', 'body']);
    assert.deepEqual(readdirSync(folder.at('kept')).sort(), ['records', 'records.2']);
  });

  it('is no mistake where it cannot be written', () => {
    folder.put({ taken: 'a file' });
    const writer = createRecordWriter<string>(folder.at('taken/records'), 'one', now);
    writer.add('a', 'head', Buffer.from('body'));
    writer.finish();
    assert.equal(readRecords(folder.at('taken/records'), 'one', isText).heads.size, 0);
  });
});
