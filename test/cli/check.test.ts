import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/core/report/types';
import { makeFolder, type TestFolder } from '../support/folder';
import { runCli, type RunOptions } from '../support/runCli';

const head = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n';
const good = `${head}# user:\nHi\n`;
/** A warning: the word is spelled cachePoint. A fix puts it right. */
const warned = `${head}# system:\nBe brief.\n<!-- cachepoint -->\n# user:\nHi\n`;
/** An error: there is no message. */
const broken = `${head}# system:\nBe brief.\n`;

describe('cachepoint check', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  const check = (args: readonly string[], options?: RunOptions) => runCli(folder.path, ['check', ...args], options);
  const json = async (args: readonly string[], options?: RunOptions): Promise<Report> =>
    JSON.parse((await check([...args, '--format', 'json'], options)).out) as Report; // the schema is tested elsewhere

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.remove());

  describe('a notebook', () => {
    const cell = (source: string) => ({ cell_type: 'code', source });
    const call =
      'client.converse(modelId="us.anthropic.claude-opus-5", system=[{"text": RULES}, {"cachePoint": {"type": "default"}}], messages=[])';
    const notebook = JSON.stringify({
      cells: [
        { cell_type: 'markdown', source: 'x' },
        cell('import boto3\nclient = boto3.client("bedrock-runtime")\nRULES = "Be brief."'),
        cell(`!ls\n${call}`),
      ],
    });

    it('is told by its cells, and never written', async () => {
      folder.put({ 'walk.ipynb': notebook });
      const { out } = await check(['--fix=changes']);
      assert.match(out, /^walk\.ipynb cell 3:2:\d+: warning: .*\[cache\/below-minimum\]$/m);
      assert.equal(readFileSync(folder.at('walk.ipynb'), 'utf8'), notebook);
      const [prompt] = (await json([])).files[0]?.prompts ?? [];
      assert.deepEqual([prompt?.system, prompt?.range.cell, prompt?.cachePoints[0]?.range.cell], ['Be brief.', 2, 2]);
      const { code, err } = await runCli(folder.path, ['optimize', 'walk.ipynb', '--write']);
      assert.deepEqual([code, err], [2, 'walk.ipynb is a notebook, which the command line reads and does not write.\n']);
    });
  });

  describe('further text files', () => {
    const text = `${'Answer in one sentence. '.repeat(30)}It is 2026-11-02T10:00:00Z.\n`;
    const named = async (): Promise<readonly string[]> => (await json([])).files.map(({ path }) => path);

    it('are found where the settings name them, below any folder, and no others', async () => {
      folder.put({ 'agents/desk.md': text, 'sub/agents/desk.tmpl': text, 'docs/prompts.md': text, 'prompts/a.md': text });
      assert.deepEqual(await named(), ['prompts/a.md']);
      folder.put({ 'cachepoint.json': '{ "promptFiles": ["agents/*.{md,tmpl}"] }' });
      assert.deepEqual(await named(), ['agents/desk.md', 'prompts/a.md', 'sub/agents/desk.tmpl']);
      const { code, out } = await runCli(folder.path, ['explain', 'sub/agents/desk.tmpl']);
      assert.equal(code, 0);
      assert.match(out, /tokens/);
      folder.put({ 'docs/cachepoint.json': '{ "promptFiles": ["*.md", 3] }', 'cachepoint.json': '{}' });
      assert.deepEqual(await named(), ['docs/prompts.md', 'prompts/a.md']);
    });

    it('are found by the settings of VS Code, which may have comments', async () => {
      folder.put({ 'agents/desk.md': text, '.vscode/settings.json': '{ // ours\n "cachepoint.promptFiles": ["agents/**"] }' });
      assert.deepEqual(await named(), ['agents/desk.md']);
    });
  });

  describe('ends', () => {
    it('with 0 where nothing is wrong, and says so', async () => {
      folder.put({ 'a.bedrock.md': good });
      assert.deepEqual(await check([]), { code: 0, out: 'No problems in 1 prompt of 1 file.\n', err: '' });
    });

    it('with 0 where there is no prompt, and says so', async () => {
      folder.put({ 'package.json': '{}', 'a.md': 'text' });
      assert.deepEqual(await check([]), { code: 0, out: 'No prompts were found.\n', err: '' });
    });

    it('with 1 where problems are as severe as asked for', async () => {
      folder.put({ 'a.bedrock.md': warned });
      const codes = await Promise.all([[], ['--fail-on=warning'], ['--fail-on=never']].map(async (args) => (await check(args)).code));
      assert.deepEqual(codes, [0, 1, 0]);
      folder.put({ 'a.bedrock.md': broken });
      assert.deepEqual([(await check([])).code, (await check(['--fail-on=never'])).code], [1, 0]);
    });

    it('with 2 and one sentence where a file is not there, the others checked all the same', async () => {
      folder.put({ 'a.bedrock.md': broken });
      const { code, out, err } = await check(['nope', 'a.bedrock.md']);
      assert.equal(code, 2);
      assert.equal(err, 'nope cannot be read, because it does not exist.\n');
      assert.match(out, /^a\.bedrock\.md:1:1: error: There is no message/);
    });

    it('of a body without messages says where one goes in JSON', async () => {
      folder.put({ 'a.converse.json': '{ "modelId": "us.amazon.nova-pro-v1:0", "system": [{ "text": "Be brief." }] }' });
      const { out } = await check(['a.converse.json']);
      assert.match(out, /There is no message, so the call fails \(ValidationException\)\. Put one into "messages"\./);
    });

    it('with 2 and one sentence where a file holds no text', async () => {
      folder.put({ 'a.bedrock.md': Buffer.from([0xff, 0xfe, 0x41]) });
      const { code, err } = await check(['a.bedrock.md']);
      assert.deepEqual([code, err], [2, 'a.bedrock.md is not read, because it is not UTF-8 text.\n']);
    });

    it('with 0 and one sentence for each file that holds no prompt, whatever its kind', async () => {
      const files = { 'docs/prompts.md': 'How prompts are written', 'a.json': '{}', 'a.py': 'print("x")', 'a.rs': 'fn main() {}' };
      folder.put(files);
      const { code, out, err } = await check(Object.keys(files));
      assert.deepEqual([code, out], [0, 'No prompts were found.\n']);
      const told = err.trim().split('\n');
      assert.deepEqual(
        told.map((line) => / holds no prompt\. /.test(line) && line.split(' ')[0]),
        Object.keys(files),
      );
    });

    it('with 2 and one sentence when the output cannot be written', async function () {
      if (!existsSync('/dev/full')) this.skip();
      folder.put({ 'a.bedrock.md': broken });
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/cli.js'), 'check'], {
        cwd: folder.path,
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      let err = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
      const code = await new Promise((resolve) => child.on('close', resolve));
      assert.deepEqual([code, err], [2, 'The output cannot be written, because the disk is full.\n']);
    });

    it('with 2 and one sentence when the reader goes away', async () => {
      for (let n = 0; n < 300; n += 1) folder.put({ [`${n}.bedrock.md`]: broken });
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/cli.js'), 'check', '--format', 'json'], {
        cwd: folder.path,
      });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.stdout.destroy();
      const code = await new Promise((resolve) => child.on('close', resolve));
      assert.deepEqual([code, err], [2, 'The output cannot be written, because the reader has closed it.\n']);
    });
  });

  describe('prints', () => {
    it('a line for each problem, as compilers do, and the sum', async () => {
      folder.put({ 'a/b.bedrock.md': warned });
      const { out } = await check([]);
      assert.match(out, /^a\/b\.bedrock\.md:6:1: warning: This is sent as text.*\[syntax\/marker\]\n\n1 warning in 1 prompt of 1 file\.\n/);
      assert.match(out, /1 problem can be fixed with --fix/);
    });

    it('no colors unless asked for', async () => {
      folder.put({ 'a.bedrock.md': warned });
      assert.ok(!(await check([])).out.includes('\u001b'));
      assert.ok((await check([], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })).out.includes('\u001b[33mwarning'));
    });

    it('a report, SARIF and annotations', async () => {
      folder.put({ 'a.bedrock.md': warned });
      const report = await json([]);
      assert.deepEqual([report.version, report.files[0]?.path, report.summary.warnings], [1, 'a.bedrock.md', 1]);
      const sarif = JSON.parse((await check(['--format=sarif'])).out) as { readonly version: string }; // looked at no further here
      assert.equal(sarif.version, '2.1.0');
      assert.match((await check(['--format=github'])).out, /^::warning file=a\.bedrock\.md,line=6,/);
    });

    it('the same again from what was kept, until something changes', async () => {
      const prompt = `${head}# system:\n{{> part.md}}\n<!-- cachepoint -->\n# user:\nHi\n`;
      folder.put({ 'a.bedrock.md': prompt, 'part.md': 'text' });
      const first = await check([]);
      assert.deepEqual(await check([]), first);
      assert.ok(existsSync(folder.at('.cache/cachepoint')));
      const report = await check(['--format=json']);
      assert.deepEqual(await check(['--format=json']), report);
      assert.deepEqual(await check(['--format=json', '--no-cache']), report);
      folder.put({ 'part.md': 'text\n<!-- cachePoint -->' });
      assert.match((await check([])).out, /syntax\/inert-marker/);
      folder.put({ 'cachepoint.json': '{ "problems.severity": { "syntax/marker": "error" } }' });
      assert.match((await check([])).out, /error: This is sent as text/);
      folder.put({ 'a.bedrock.md': good });
      assert.match((await check([])).out, /^No problems/);
    });
  });

  describe('reads', () => {
    it('standard input as the file that is named', async () => {
      const report = await json(['--stdin-filename', 'deep/a.bedrock.md'], { stdin: broken });
      assert.deepEqual([report.files[0]?.path, report.summary.errors], ['deep/a.bedrock.md', 1]);
    });

    it('no more of standard input than of a file', async () => {
      const { out, code } = await check(['--stdin-filename', 'a.bedrock.md'], { stdin: `${broken}${'x'.repeat(5_000_000)}` });
      assert.deepEqual([out, code], ['No prompts were found.\n1 file was left out for size, or because a program packed it.\n', 0]);
    });

    it('settings, and says what is wrong with them', async () => {
      folder.put({
        'a/a.bedrock.md': '# user:\nHi\n',
        'cachepoint.json': '{ "defaultModelId": "us.amazon.nova-pro-v1:0", "region": 5, "endpoint": "https://example.com" }',
      });
      const { err, out, code } = await check(['--format', 'json']);
      const again = await check(['--format', 'json']);
      assert.equal((JSON.parse(out) as Report).files[0]?.prompts[0]?.modelId, 'us.amazon.nova-pro-v1:0');
      assert.deepEqual(again, { code, out, err }, 'also when the results were kept');
      assert.match(
        err,
        /^In cachepoint\.json the default is used .*: region\.\nIn cachepoint\.json nothing reads these keys: endpoint\.\n$/,
      );
      assert.equal(code, 0);
      folder.put({ 'cachepoint.json': '{' });
      assert.match((await check([])).err, /^cachepoint\.json is not used, because it is not valid JSON\.\n$/);
    });

    it('the settings of VS Code where there are no others', async () => {
      folder.put({
        'a.bedrock.md': '# user:\nHi\n',
        '.vscode/settings.json': '// ours\n{ "cachepoint.defaultModelId": "us.amazon.nova-pro-v1:0", "editor.tabSize": 2, }',
      });
      assert.equal((await json([])).files[0]?.prompts[0]?.modelId, 'us.amazon.nova-pro-v1:0');
    });
  });

  describe('fixes', () => {
    it('up to the kind asked for, says what it did, and has nothing more to do', async () => {
      folder.put({ 'a.bedrock.md': warned });
      const { out, code } = await check(['--fix=changes']);
      const text = readFileSync(folder.at('a.bedrock.md'), 'utf8');
      assert.ok(!text.includes('cachepoint -->'), text);
      assert.match(out, /^a\.bedrock\.md:\d+: fixed: /);
      assert.match(out, /fix(es)? w(as|ere) applied/);
      assert.equal(code, 0);
      await check(['--fix=changes']);
      assert.equal(readFileSync(folder.at('a.bedrock.md'), 'utf8'), text);
    });

    it('nothing that it was not asked for', async () => {
      folder.put({ 'a.bedrock.md': broken });
      await check(['--fix']);
      assert.equal(readFileSync(folder.at('a.bedrock.md'), 'utf8'), broken);
    });
  });

  describe('since a commit', () => {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder.path, encoding: 'utf8' });

    beforeEach(() => {
      folder.put({ 'old.bedrock.md': warned, 'sub/changed.bedrock.md': warned, '.gitignore': '.cache\n' });
      git('init', '-q');
      git('add', '.');
      git('commit', '-q', '-m', 'first');
      writeFileSync(folder.at('sub/changed.bedrock.md'), warned.replace('# user:', '<!-- cachepoint ttl=1h -->\n# user:'));
      folder.put({ 'new.bedrock.md': warned });
    });

    it('tells the problems of changed lines and new files only', async () => {
      const { out } = await check(['--since', 'HEAD']);
      const places = [...out.matchAll(/^(\S+?:\d+):/gm)].map((match) => match[1]);
      assert.deepEqual(places, ['new.bedrock.md:6', 'sub/changed.bedrock.md:7']);
    });

    it('tells nothing of lines that only moved to another name, and all of a file that git shows no difference of', async () => {
      rmSync(folder.at('new.bedrock.md'));
      git('checkout', '-q', '.');
      git('mv', 'old.bedrock.md', 'renamed.bedrock.md');
      assert.equal((await check(['--since', 'HEAD'])).out, 'No prompts were found.\n');
      folder.put({ '.gitattributes': '*.bedrock.md -diff\n', 'renamed.bedrock.md': `${warned}And more.\n` });
      const { out } = await check(['--since', 'HEAD']);
      const places = [...out.matchAll(/^(\S+?:\d+):/gm)].map((match) => match[1]);
      assert.deepEqual(places, ['renamed.bedrock.md:6']);
    });

    it('says that a reference does not exist, or that there is no repository', async () => {
      assert.deepEqual(await check(['--since', 'nope']), {
        code: 2,
        out: '',
        err: 'git knows no commit, branch or tag named "nope".\n',
      });
      assert.equal((await check(['--since', '--all'])).code, 2);
      const none = makeFolder();
      const ran = await runCli(none.path, ['check', '--since', 'HEAD']);
      none.remove();
      assert.deepEqual([ran.code, ran.err], [2, '--since needs a git repository, and this folder is in none.\n']);
    });
  });
});
