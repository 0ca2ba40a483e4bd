import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetId } from '../../src/core/convert/targetIds';
import { ruleCodes } from '../../src/core/rules/index';
import type { PromptReport } from '../../src/core/report/types';
import { makeFolder, type TestFolder } from '../support/folder';
import { runCli } from '../support/runCli';

const root = join(import.meta.dirname, '..', '..');
const policy = 'The support desk answers within one working day, and every answer names the rule that it rests on.\n'.repeat(120);
const prompt = `---
name: Desk
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
variables:
  tenant: { example: Acme Ltd, varies: session }
  question: { varies: request }
samples:
  - { tenant: Bolt, question: Where is it? }
---
# system:
${policy}
You answer for {{tenant}}.

# user:
{{question}}
`;

describe('the command line', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  const run = (...args: readonly string[]) => runCli(folder.path, args);

  beforeEach(() => {
    folder = makeFolder();
    folder.put({ 'desk.bedrock.md': prompt });
  });
  afterEach(() => folder.remove());

  it('says its version and how it is used', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }; // npm needs it too
    assert.deepEqual(await run('--version'), { code: 0, out: `${version}\n`, err: '' });
    const [none, help, word] = await Promise.all([run(), run('--help'), run('help')]);
    assert.match(help.out, /cachepoint check \[PATHS\]/);
    assert.deepEqual([none, word], [help, help]);
  });

  for (const name of ['check', 'explain', 'optimize', 'predict', 'simulate', 'render', 'emulator'])
    it(`has help for ${name}`, async () => {
      const [option, short, word] = await Promise.all([run(name, '--help'), run(name, '-h'), run('help', name)]);
      assert.equal(option.code, 0);
      assert.match(option.out, /--help/);
      assert.deepEqual([short, word], [option, option]);
    });

  it('says in one sentence that its folder is gone', function () {
    if (process.platform === 'win32') this.skip();
    const gone = makeFolder();
    const script = `rmdir "$PWD" && exec "${process.execPath}" "${join(root, 'dist', 'cli.js')}" check`;
    const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: gone.path, encoding: 'utf8' });
    gone.remove();
    assert.deepEqual([status, stderr], [2, 'The folder in which this was started cannot be found, because it does not exist.\n']);
  });

  it('refuses what it does not know, in one sentence', async () => {
    for (const args of [
      ['chek'],
      ['explain'],
      ['explain', 'a', 'b'],
      ['render', 'desk.bedrock.md', '--row', '0'],
      ['render', 'desk.bedrock.md', '--as', 'cobol'],
      ['render', 'desk.bedrock.md', '--as', 'boto3', '--language', 'perl'],
      ['optimize', '--tarffic'],
    ]) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1], `${args.join(' ')}: ${err}`);
    }
  });

  describe('explain', () => {
    it('prints the page of every rule', async () => {
      const { out } = await run('explain', 'cache/missing');
      assert.match(out, /^## cache\/missing\n\n\*\*Severity:\*\* information\n[^]*\*\*Source:\*\*.*\n$/);
      const docs = readFileSync(join(root, 'docs', 'rules.md'), 'utf8');
      for (const code of ruleCodes) assert.ok(docs.includes(`\n## ${code}\n`), code);
    });

    it('shows what is cached, with costs', async () => {
      const { code, out } = await run('explain', 'desk.bedrock.md', '--traffic', '7');
      assert.equal(code, 0);
      for (const part of [
        /^Model: Claude Sonnet 4\.5\./,
        /There are no cache points\./,
        /^ *\d+ \?│ The support desk/m,
        /\d+ ~│ \{\{question\}\}/,
      ])
        assert.match(out, part);
    });

    it('shows every model', async () => {
      const { out } = await run('explain', 'desk.bedrock.md', '--models');
      assert.match(out, /^\* {2}Claude Sonnet 4\.5 /m);
      assert.match(out, /Claude Haiku 4\.5/);
    });

    it('gives one report as JSON', async () => {
      const report = JSON.parse((await run('explain', 'desk.bedrock.md', '--json')).out) as PromptReport; // the schema is tested elsewhere
      assert.deepEqual([report.id, report.title, report.unknown], ['only', 'Desk', ['tenant', 'question']]);
      assert.ok(report.system?.endsWith('\n\nYou answer for ⟦tenant⟧.'));
    });

    it('ends with 0 for a prompt with errors', async () => {
      folder.put({ 'a.bedrock.md': '# system:\n<!-- cachePoint -->\n' });
      assert.equal((await run('explain', 'a.bedrock.md')).code, 0);
      assert.equal((await run('render', 'a.bedrock.md')).code, 0);
    });

    it('takes a prompt by its id, and names those there are', async () => {
      assert.equal((await run('explain', 'desk.bedrock.md#only')).code, 0);
      assert.deepEqual(await run('explain', 'desk.bedrock.md#other'), {
        code: 2,
        out: '',
        err: 'desk.bedrock.md has no prompt "other"; it has: only.\n',
      });
      folder.put({ 'a#b.bedrock.md': prompt });
      assert.equal((await run('explain', 'a#b.bedrock.md')).code, 0);
    });
  });

  describe('optimize', () => {
    it('shows a difference, and writes it only when asked', async () => {
      const shown = await run('optimize', 'desk.bedrock.md');
      assert.match(shown.out, /^Now: 0 cache points.*\nThen: \d cache point[^]*\n\+<!-- cachePoint.*-->\n[^]*--write applies this\.\n$/);
      assert.equal(readFileSync(folder.at('desk.bedrock.md'), 'utf8'), prompt);
      await run('optimize', 'desk.bedrock.md', '--write');
      assert.match(readFileSync(folder.at('desk.bedrock.md'), 'utf8'), /<!-- cachePoint/);
      assert.match((await run('optimize', 'desk.bedrock.md')).out, /^The cache points are best as they are\./);
    });
  });

  describe('render --as', () => {
    const forms: Readonly<Record<TargetId, RegExp>> = {
      converse: /^\{\n  "modelId": /,
      messages: /"anthropic_version": "bedrock-2023-05-31"/,
      boto3: /def desk\(\*, question: str\):|def desk\(\*, tenant: str, question: str\):/,
      'aws-sdk-js': /new ConverseCommand\(\{/,
      'ai-sdk': /generateText\(\{/,
      'anthropic-sdk': /AnthropicBedrock\(\)/,
      langchain: /ChatBedrockConverse\(/,
      strands: /system_prompt=/,
      'aws-cli': /^aws bedrock-runtime converse /,
      'prompt-management': /"templateType": "CHAT"/,
      cloudformation: /Type: AWS::Bedrock::Prompt/,
      'bedrock-prompt': /^---\nname: Desk\n/,
    };

    it('prints every form, all of them named in its help', async () => {
      const help = (await run('render', '--help')).out;
      for (const [target, expected] of Object.entries(forms)) {
        const { code, out } = await run('render', 'desk.bedrock.md', '--as', target);
        assert.deepEqual([code, expected.test(out)], [0, true], `${target}\n${out}`);
        assert.ok(help.includes(`  ${target} `), target);
      }
    }).timeout(120_000);

    it('leaves out the notes on standard output, and takes the values of a row', async () => {
      const plain = await run('render', 'desk.bedrock.md', '--as', 'messages', '--row', '1');
      assert.ok(JSON.parse(plain.out));
      assert.match(plain.out, /You answer for Bolt\./);
      assert.equal(plain.err, 'max_tokens is 4096, because a body must have one and the prompt has none.\n');
    });

    it('prints a client in the language that is asked for', async () => {
      const { out } = await run('render', 'desk.bedrock.md', '--as', 'anthropic-sdk', '--language', 'typescript');
      assert.match(out, /^import AnthropicBedrock from '@anthropic-ai\/bedrock-sdk';/);
    });

    it('converts one of several prompts, also out of code', async () => {
      const call = (name: string): string =>
        `def ${name}(q):\n    return client.converse(modelId="us.anthropic.claude-sonnet-4-6", messages=[{"role": "user", "content": [{"text": q}]}])\n`;
      folder.put({ 'app.py': `import boto3\nclient = boto3.client("bedrock-runtime")\n${call('ask')}${call('tell')}` });
      const { code, out, err } = await run('render', 'app.py#tell()', '--as', 'bedrock-prompt');
      assert.equal(code, 0, err);
      assert.match(out, /# user:\n\{\{q\}\}\n$/);
    });

    it('ends with a sentence where it cannot be', async () => {
      folder.put({ 'nova.json': '{"schemaVersion":"messages-v1","messages":[{"role":"user","content":[{"text":"a"}]}]}' });
      const { code, out, err } = await run('render', 'nova.json', '--as', 'messages');
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^The prompt cannot be written as Anthropic Messages body \(JSON\), because .*\.\n$/);
    });
  });

  describe('render', () => {
    interface Body {
      readonly system: readonly { readonly text: string }[];
      readonly messages: readonly { readonly content: readonly { readonly text: string }[] }[];
    }
    const body = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { system, messages } = JSON.parse((await run('render', 'desk.bedrock.md', ...args)).out) as Body; // made from the prompt above
      return [system[0]?.text.split('\n').at(-1) ?? '', messages[0]?.content[0]?.text ?? ''];
    };

    it('takes examples, and names what has no value', async () => {
      assert.deepEqual(await body(), ['You answer for Acme Ltd.', '{{question}}']);
      assert.equal((await run('render', 'desk.bedrock.md')).err, 'Without a value: question.\n');
    });

    it('takes a row of the samples', async () => {
      assert.deepEqual(await body('--row', '1'), ['You answer for Bolt.', 'Where is it?']);
      const { code, err } = await run('render', 'desk.bedrock.md', '--row', '2');
      assert.deepEqual([code, err], [2, 'The prompt has no row 2 under samples; it has one.\n']);
    });
  });
});
