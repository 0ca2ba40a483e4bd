import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findFiles } from '../../../src/cli/files/find';
import { filesBeside, rootOf, type UsedFile } from '../../../src/cli/files/included';
import { createSettingsFinder } from '../../../src/cli/files/settingsFile';
import { readText, replaceText } from '../../../src/cli/files/text';
import { cacheFolder } from '../../../src/cli/resultStore';
import { makeFolder, type TestFolder } from '../../support/folder';

describe('on a disk', () => {
  let folder: TestFolder;
  const found = (...paths: readonly string[]): readonly string[] => findFiles(paths, folder.path).files.map(({ name }) => name);

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.remove());

  describe('a search', () => {
    it('finds prompts in the order of their names, and nothing hidden or installed', () => {
      folder.put({
        'b.bedrock.md': '',
        'a/c.converse.json': '',
        'a/d.md': '',
        '.hidden/e.bedrock.md': '',
        'node_modules/f.bedrock.md': '',
      });
      assert.deepEqual(found('.'), ['a/c.converse.json', 'b.bedrock.md']);
      assert.deepEqual(found('.hidden'), ['.hidden/e.bedrock.md']);
    });

    it('leaves out what git ignores, the innermost file deciding', () => {
      folder.put({
        '.git/info/exclude': 'secret/\n',
        '.gitignore': 'out/\n*.tmp.bedrock.md\n/x.bedrock.md\n',
        'out/a.bedrock.md': '',
        'secret/a.bedrock.md': '',
        'b.tmp.bedrock.md': '',
        'x.bedrock.md': '',
        'deep/x.bedrock.md': '',
        'deep/.gitignore': '!keep.tmp.bedrock.md\n',
        'deep/keep.tmp.bedrock.md': '',
        'deep/other.tmp.bedrock.md': '',
      });
      assert.deepEqual(found('.'), ['deep/keep.tmp.bedrock.md', 'deep/x.bedrock.md']);
      assert.deepEqual(found('deep'), ['deep/keep.tmp.bedrock.md', 'deep/x.bedrock.md']);
      assert.deepEqual(found('x.bedrock.md'), ['x.bedrock.md'], 'what is named is looked at');
    });

    it('takes the names of .gitignore by their letters, as git does where files have them', function () {
      if (process.platform !== 'linux') this.skip();
      folder.put({
        '.gitignore': 'Prompts/\nOUT.bedrock.md\n',
        'prompts/a.bedrock.md': '',
        'out.bedrock.md': '',
        'Prompts/b.bedrock.md': '',
      });
      assert.deepEqual(found('.'), ['out.bedrock.md', 'prompts/a.bedrock.md']);
    });

    it('goes through an ignored folder that is named, by its own rules', () => {
      folder.put({
        '.git/HEAD': '',
        '.gitignore': 'out/\n*.tmp.bedrock.md\n',
        'out/deep/a.bedrock.md': '',
        'out/deep/.gitignore': 'b.*\n',
        'out/deep/b.bedrock.md': '',
        'kept/c.tmp.bedrock.md': '',
      });
      assert.deepEqual(found('.'), []);
      assert.deepEqual(found('out'), ['out/deep/a.bedrock.md']);
      assert.deepEqual(found('out/deep'), ['out/deep/a.bedrock.md']);
      assert.deepEqual(found('out/**/*.bedrock.md'), ['out/deep/a.bedrock.md']);
      assert.deepEqual(found('kept'), [], 'rules for files count in every folder');
      const inside = findFiles(['.'], folder.at('out')).files.map(({ name }) => name);
      assert.deepEqual(inside, ['deep/a.bedrock.md']);
    });

    it('goes on where it cannot be seen whether there is a repository', () => {
      folder.put({ 'a.bedrock.md': '' });
      symlinkSync('.git', folder.at('.git'));
      assert.deepEqual(found('.'), ['a.bedrock.md']);
      assert.equal(rootOf(folder.at('a.bedrock.md'), folder.path), folder.path);
    });

    it('takes globs', () => {
      folder.put({ 'a/1.bedrock.md': '', 'a/2.converse.json': '', 'b/3.bedrock.md': '', 'b/[4].bedrock.md': '' });
      const prompts = ['a/1.bedrock.md', 'b/3.bedrock.md', 'b/[4].bedrock.md'];
      assert.deepEqual(found('**/*.bedrock.md'), prompts);
      assert.deepEqual(found('./{a,b}/*.{bedrock.md,converse.json}'), [...prompts, 'a/2.converse.json'].sort());
      assert.deepEqual(found('b/[4].bedrock.md'), ['b/[4].bedrock.md'], 'a file of that very name comes first');
    });

    it('says what is not there, and goes on', () => {
      folder.put({ 'a.bedrock.md': '' });
      const { files, mistakes } = findFiles(['nope', 'a.bedrock.md', '*.nothing'], folder.path);
      assert.equal(files.length, 1);
      const sentences = mistakes.map(({ sentence }) => sentence);
      assert.deepEqual(sentences, ['nope cannot be read, because it does not exist.', 'Nothing matches *.nothing.']);
    });

    it('counts what it leaves out for size, or as packed', () => {
      folder.put({ 'big.bedrock.md': 'x'.repeat(5_000_001), 'a.min.json': '{}', 'b.bedrock.md': '' });
      const { files, skipped } = findFiles(['.'], folder.path);
      assert.deepEqual([files.length, skipped], [1, 2]);
    });

    it('names each file once, and does not go in circles', () => {
      folder.put({ 'a/b.bedrock.md': '' });
      symlinkSync(folder.path, folder.at('a/loop'), 'dir');
      assert.deepEqual(found('.', 'a', 'a/b.bedrock.md'), ['a/b.bedrock.md']);
      assert.equal(findFiles(['.', 'a/b.bedrock.md'], folder.path).files[0]?.named, true);
    });
  });

  describe('files that a prompt brings in', () => {
    it('are read inside the root, links resolved', () => {
      folder.put({ 'p/in.md': 'inside', 'p/a.bedrock.md': '', 'outside.md': 'outside' });
      symlinkSync(folder.at('outside.md'), folder.at('p/link.md'));
      const files = filesBeside(folder.at('p/a.bedrock.md'), folder.at('p'), []);
      assert.deepEqual(files('in.md', 'text'), { kind: 'text', text: 'inside' });
      for (const path of ['../outside.md', '..\\outside.md', 'link.md', folder.at('p/in.md'), 'C:\\x.md', '../p', '.', ''])
        assert.deepEqual(files(path, 'text'), { kind: 'refused', reason: 'outside' }, path);
      assert.deepEqual(files('none.md', 'text'), { kind: 'refused', reason: 'missing' });
      assert.deepEqual(files('..hidden.md', 'text'), { kind: 'refused', reason: 'missing' });
    });

    it('are noted, each once', () => {
      folder.put({ 'in.md': 'x', 'a.bedrock.md': '' });
      const used: UsedFile[] = [];
      const files = filesBeside(folder.at('a.bedrock.md'), folder.path, used);
      for (const name of ['in.md', 'in.md', 'none.md']) files(name, 'text');
      const paths = used.map(({ path }) => path);
      assert.deepEqual(paths, [folder.at('in.md'), folder.at('none.md')]);
    });

    it('may lie anywhere in the repository', () => {
      folder.put({ '.git/HEAD': '', 'deep/down/a.bedrock.md': '' });
      assert.equal(rootOf(folder.at('deep/down/a.bedrock.md'), folder.at('deep/down')), folder.path);
    });
  });

  describe('settings', () => {
    it('come from the nearest cachepoint.json upward, else from the folder of VS Code', () => {
      folder.put({ 'cachepoint.json': '{}', 'a/b/x.md': '', 'a/cachepoint.json': '{"region":""}', '.vscode/settings.json': '{}' });
      const of = createSettingsFinder();
      assert.equal(of(folder.at('a/b/x.md'))?.path, folder.at(join('a', 'cachepoint.json')));
      assert.equal(of(folder.at('x.md'))?.path, folder.at('cachepoint.json'));
      rmSync(folder.at('cachepoint.json'));
      assert.equal(createSettingsFinder()(folder.at('x.md'))?.kind, 'vscode');
    });
  });

  describe('writing', () => {
    it('replaces a file as a whole, with its rights, and leaves nothing else', () => {
      folder.put({ 'a.md': 'old' });
      const path = folder.at('a.md');
      const { mode } = statSync(path);
      assert.equal(replaceText(path, 'a.md', 'new'), undefined);
      assert.equal(readFileSync(path, 'utf8'), 'new');
      assert.equal(statSync(path).mode, mode);
      assert.deepEqual(readdirSync(folder.path), ['a.md']);
    });

    it('writes the file that a link leads to', () => {
      folder.put({ 'deep/a.md': 'old' });
      symlinkSync(join('deep', 'a.md'), folder.at('link.md'));
      assert.equal(replaceText(folder.at('link.md'), 'link.md', 'new'), undefined);
      assert.equal(readFileSync(folder.at('deep/a.md'), 'utf8'), 'new');
      assert.ok(lstatSync(folder.at('link.md')).isSymbolicLink());
      assert.deepEqual([readdirSync(folder.path), readdirSync(folder.at('deep'))], [['deep', 'link.md'], ['a.md']]);
    });

    it('says why it cannot', () => {
      const answer = replaceText(folder.at('no/a.md'), 'no/a.md', 'x');
      assert.equal(answer?.sentence, 'no/a.md cannot be written, because it does not exist.');
    });
  });

  describe('reading', () => {
    it('keeps a byte order mark and refuses what is no UTF-8', () => {
      folder.put({ bom: '\uFEFFa', latin: Buffer.from([0x61, 0xe4, 0x62]) });
      assert.equal(readText(folder.at('bom'), 'bom'), '\uFEFFa');
      const answer = readText(folder.at('latin'), 'latin');
      assert.deepEqual(answer, { kind: 'mistake', sentence: 'latin is not read, because it is not UTF-8 text.' });
    });
  });
});

describe('the folder of results', () => {
  it('is where each system keeps what can be made again', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/a'), join('/c', 'cachepoint'));
    assert.equal(cacheFolder({ XDG_CACHE_HOME: 'c' }, 'linux', '/home/a'), join('/home/a', '.cache', 'cachepoint'));
    assert.equal(cacheFolder({}, 'linux', '/home/a'), join('/home/a', '.cache', 'cachepoint'));
    assert.equal(cacheFolder({}, 'darwin', '/Users/a'), join('/Users/a', 'Library', 'Caches', 'cachepoint'));
    assert.equal(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/u'), join('/l', 'cachepoint', 'cache'));
  });
});
