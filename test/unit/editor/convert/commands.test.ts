import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import type { OpenPrompt } from '../../../../src/editor/documents/choosePrompt';
import type * as copyModule from '../../../../src/editor/convert/copyAs';
import type * as extractModule from '../../../../src/editor/convert/extract';
import { createFakeWorkspace, edited, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { answers, disk, edits, fake, open, shown, type } = workspace;

/** Files that an edit makes. */
const made: { readonly path: string; readonly text: string }[] = [];
class WorkspaceEdit {
  readonly parts: (typeof edits)[number][] = [];
  replace(uri: (typeof edits)[number]['uri'], range: { start: { character: number }; end: { character: number } }, text: string): void {
    this.parts.push({ uri, start: range.start.character, end: range.end.character, text });
  }
  createFile({ path }: { path: string }, { contents }: { contents: Uint8Array }): void {
    made.push({ path, text: new TextDecoder().decode(contents) });
  }
}
let copied = '';
let picks: string | undefined;
let offered: readonly string[] = [];
let saveAt: string | undefined;
let suggested = '';
const documents: unknown[] = [];
Object.assign(fake.vscode, { WorkspaceEdit, ViewColumn: { Beside: -2 } });
Object.assign(fake.vscode.env, { clipboard: { writeText: (text: string) => Promise.resolve(void (copied = text)) } });
Object.assign(fake.vscode.workspace, {
  openTextDocument: (what: unknown) => {
    documents.push(what);
    return Promise.resolve(what);
  },
});
Object.assign(fake.vscode.window, {
  showQuickPick: (items: readonly { readonly label: string }[]) => {
    offered = items.map(({ label }) => label);
    return Promise.resolve(items.find(({ label }) => label === picks));
  },
  showSaveDialog: ({ defaultUri }: { defaultUri: { path: string } }) => {
    suggested = defaultUri.path;
    return Promise.resolve(saveAt === undefined ? undefined : fake.vscode.Uri.file(saveAt));
  },
  showTextDocument: () => Promise.resolve(),
});

const { copyPromptAs, extractPrompt, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/convert/copyAs') as typeof copyModule),
  ...(require('../../../../src/editor/convert/extract') as typeof extractModule),
}));

const promptIn = (document: TextDocument): OpenPrompt => {
  const [only] = deps.store.get(document)?.reading.prompts ?? [];
  assert.ok(only !== undefined);
  return { document, ref: { uri: document.uri, id: only.id } };
};

const desk =
  '---\nmodelId: us.anthropic.claude-sonnet-4-6\ninferenceConfig: { maxTokens: 9 }\n---\n# system:\nBe brief.\n# user:\n{{question}}\n';
const program = [
  'import boto3',
  'client = boto3.client("bedrock-runtime")',
  'def answer(question):',
  '    return client.converse(',
  '        modelId="us.anthropic.claude-sonnet-4-6",',
  '        system=[{"text": "Be brief."}],',
  '        messages=[{"role": "user", "content": [{"text": question}]}],',
  '    )',
  '',
].join('\n');

beforeEach(() => {
  for (const list of [answers, edits, shown, made, documents]) list.splice(0);
  copied = '';
  picks = undefined;
  saveAt = undefined;
});

describe('Copy Prompt As', () => {
  it('puts the form that was picked into the clipboard, and opens it where that is asked for', async () => {
    picks = 'Python with boto3';
    answers.push('Open in Editor');
    await copyPromptAs(promptIn(open('/ws/desk.bedrock.md', desk)), deps);
    assert.match(copied, /^import boto3\n[^]*\ndef desk\(\*, question: str\):\n/);
    assert.deepEqual(shown, [{ text: 'Copied: Python with boto3.', detail: undefined, choices: ['Open in Editor'] }]);
    // The command does not wait for it: whoever runs it by a key goes on.
    await new Promise(setImmediate);
    assert.deepEqual(documents, [{ language: 'python', content: copied }]);
  });

  it('offers every form, and the client of two languages in both', async () => {
    await copyPromptAs(promptIn(open('/ws/desk.bedrock.md', desk)), deps);
    assert.equal(offered.length, 13);
    assert.equal(new Set(offered).size, 13);
    assert.deepEqual([copied, shown], ['', []]);
    picks = 'TypeScript with the Anthropic SDK';
    await copyPromptAs(promptIn(open('/ws/desk.bedrock.md', desk)), deps);
    assert.match(copied, /^import AnthropicBedrock from/);
    assert.deepEqual(documents, []);
  });

  it('says what is different, and why it cannot be', async () => {
    picks = 'Converse request (JSON)';
    await copyPromptAs(promptIn(open('/ws/desk.bedrock.md', desk)), deps);
    assert.equal(shown.at(-1)?.text, 'Copied: Converse request (JSON). Without a value, so written as {{name}}: question.');
    copied = '';
    picks = 'Python with Strands';
    const tools = desk.replace(
      '---\n# system',
      'toolConfig: { tools: [{ toolSpec: { name: a, inputSchema: { json: {} } } }] }\n---\n# system',
    );
    await copyPromptAs(promptIn(open('/ws/tools.bedrock.md', tools)), deps);
    assert.match(
      shown.at(-1)?.text ?? '',
      /^The prompt cannot be written as Python with Strands, because there is no place for tools in it\.$/,
    );
    assert.equal(copied, '');
  });
});

describe('Extract Prompt to File', () => {
  it('writes the file and leaves code that reads it, in one edit', async () => {
    saveAt = '/ws/app/prompts/answer.bedrock.md';
    await extractPrompt(promptIn(open('/ws/app/chat.py', program, 'python')), deps);
    assert.match(suggested, /\/answer\.bedrock\.md$/);
    assert.deepEqual(
      made.map(({ path }) => path),
      ['/ws/app/prompts/answer.bedrock.md', '/ws/app/bedrock_prompt.py'],
    );
    assert.match(made[0]?.text ?? '', /^---\nmodelId: [^]*# user:\n\{\{question\}\}\n$/);
    assert.equal(
      edited(program, edits),
      [
        'from bedrock_prompt import load_prompt',
        'import boto3',
        'client = boto3.client("bedrock-runtime")',
        'def answer(question):',
        '    return client.converse(**load_prompt("prompts/answer.bedrock.md", question=question))',
        '',
      ].join('\n'),
    );
    assert.match(shown.at(-1)?.text ?? '', /bedrock_prompt\.py, which needs the package PyYAML\.$/);
  });

  it('has the ending of prompt files once, where the dialog adds it to a name that has it', async () => {
    saveAt = '/ws/app/answer.bedrock.md.bedrock.md';
    await extractPrompt(promptIn(open('/ws/app/chat.py', program, 'python')), deps);
    assert.equal(made[0]?.path, '/ws/app/answer.bedrock.md');
    assert.match(edited(program, edits), /load_prompt\("answer\.bedrock\.md"/);
  });

  it('replaces no file but the one that was chosen', async () => {
    disk.set('/ws/app/answer.bedrock.md', '# user:\nOwn\n');
    saveAt = '/ws/app/answer.bedrock.md.bedrock.md';
    await extractPrompt(promptIn(open('/ws/app/chat.py', program, 'python')), deps);
    assert.equal(made[0]?.path, saveAt);
  });

  it('does not write the module that reads a second time', async () => {
    disk.set('/ws/app/bedrock_prompt.py', '# own');
    saveAt = '/ws/app/answer.bedrock.md';
    await extractPrompt(promptIn(open('/ws/app/two.py', program, 'python')), deps);
    assert.deepEqual(
      made.map(({ path }) => path),
      ['/ws/app/answer.bedrock.md'],
    );
    disk.clear();
  });

  it('only writes the file where the code cannot reach it', async () => {
    saveAt = '/elsewhere/answer.bedrock.md';
    await extractPrompt(promptIn(open('/ws/app/three.py', program, 'python')), deps);
    assert.deepEqual([made.length, edits.length], [1, 0]);
  });

  it('writes nothing where nobody says where, or the text changed meanwhile', async () => {
    const document = open('/ws/app/four.py', program, 'python');
    const prompt = promptIn(document);
    await extractPrompt(prompt, deps);
    saveAt = '/ws/app/answer.bedrock.md';
    const asked = extractPrompt(prompt, deps);
    type(document, `${program}# more\n`);
    await asked;
    assert.deepEqual([made, edits], [[], []]);
  });

  it('says so of a prompt file', async () => {
    await extractPrompt(promptIn(open('/ws/desk.bedrock.md', desk)), deps);
    assert.equal(shown.at(-1)?.text, 'This prompt is in a prompt file already.');
  });
});
