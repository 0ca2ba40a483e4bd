import assert from 'node:assert/strict';
import { readCheckOptions } from '../../../src/cli/checkOptions';

const usual = { paths: ['.'], format: 'text', fix: undefined, since: undefined, failOn: 'error', stdin: undefined, cache: true };

describe('the words behind check', () => {
  it('have defaults', () => assert.deepEqual(readCheckOptions([]), usual));

  it('take --fix with and without a kind, and a path behind it', () => {
    assert.deepEqual(readCheckOptions(['--fix', 'a']), { ...usual, fix: 'safe', paths: ['a'] });
    assert.deepEqual(readCheckOptions(['a', '--fix=moves']), { ...usual, fix: 'moves', paths: ['a'] });
    assert.deepEqual(readCheckOptions(['--', '--fix']), { ...usual, paths: ['--fix'] });
  });

  it('take a value behind an equal sign or a space', () => {
    const read = readCheckOptions(['--format=json', '--fail-on', 'never', '--since', 'HEAD~1', '--no-cache', 'a', 'b']);
    assert.deepEqual(read, { ...usual, format: 'json', failOn: 'never', since: 'HEAD~1', cache: false, paths: ['a', 'b'] });
  });

  it('take standard input alone', () => {
    assert.deepEqual(readCheckOptions(['--stdin-filename', 'a.bedrock.md', '-']), { ...usual, stdin: 'a.bedrock.md' });
  });

  const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [['--formt', 'json'], /^cachepoint check has no option --formt\. See cachepoint check --help\.$/],
    [['-x'], /no option -x\./],
    [['--format'], /^--format needs a value\./],
    [['--format', 'xml'], /^--format takes text, json, sarif or github, not: xml$/],
    [['--fix=all'], /^--fix takes safe, moves or changes, not: all$/],
    [['--fail-on=hint'], /^--fail-on takes error, warning or never, not: hint$/],
    [['--no-cache=1'], /^--no-cache takes no value\.$/],
    [['--stdin-filename', 'a', 'b'], /alone/],
    [['--stdin-filename', 'a', '--fix'], /standard input/],
    [['--stdin-filename', 'a', '--since', 'HEAD'], /standard input/],
  ];
  for (const [words, says] of wrong)
    it(`are refused as ${words.join(' ')}`, () => {
      const read = readCheckOptions(words);
      assert.ok('kind' in read);
      assert.match(read.sentence, says);
    });
});
