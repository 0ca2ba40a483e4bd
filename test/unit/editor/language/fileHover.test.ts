import assert from 'node:assert/strict';
import type { Hover, TextDocument } from 'vscode';
import type * as hoverModule from '../../../../src/editor/language/fileHover';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, disk, open, openNotebook, close, trust } = workspace;
class Text {
  value = '';
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text;
    return this;
  }
}
Object.assign(fake.vscode, {
  MarkdownString: Text,
  Hover: class {
    constructor(
      readonly contents: Text,
      readonly range: unknown,
    ) {}
  },
});
const { fileHoverAt, deps } = loadFeatures(workspace, () => require('../../../../src/editor/language/fileHover') as typeof hoverModule);

const head = `import boto3
from pathlib import Path

client = boto3.client("bedrock-runtime")
`;
const call = (name: string, system: string): string => `

def ${name}(question):
    return client.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        system=[{"text": ${system}}, {"cachePoint": {"type": "default"}}],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;

/** The hover at a text of a document, once the files that it asks for are read. */
const hoverAt = async (document: TextDocument, text: string): Promise<string | undefined> => {
  await deps.store.settled({ uri: document.uri, id: 'answer()' });
  const found: Hover | undefined = fileHoverAt(document, document.positionAt(document.getText().indexOf(text)), deps);
  return (found?.contents as unknown as Text | undefined)?.value;
};

describe('hovering over code that reads the text of a prompt', () => {
  before(() => {
    trust(true);
    disk.set('/ws/prompts/desk.md', 'A rule of the desk.\n'.repeat(800));
    disk.set('/ws/prompts/unused.md', 'Nobody sends this.\n');
  });
  it('shows what the text costs in the prompt, and leads to the file', async () => {
    const text = `${head}RULES = (Path(__file__).parent / "prompts" / "desk.md").read_text()\n${call('answer', 'RULES')}`;
    const document = open('/ws/chat.py', text, 'python');
    const shown = (await hoverAt(document, '"desk.md"')) ?? '';
    assert.match(shown, /^\[Open prompts\/desk\.md\]\(file:\/+ws\/prompts\/desk\.md\)/);
    assert.match(
      shown,
      /\*\*In answer\(\)\*\*\n\nSystem text, about 6,\d{3} tokens[^]*Cached by cache point 1 \(5m\)[^]*Nothing in it varies/,
    );
    assert.equal(await hoverAt(document, 'client ='), undefined);
    close(document);
  });
  it('tells of each prompt that has it, up to three', async () => {
    const names = ['answer', 'ask', 'check', 'grade'];
    const calls = names.map((name) => call(name, 'RULES')).join('');
    const document = open('/ws/many.py', `${head}with open("prompts/desk.md") as f:\n    RULES = f.read()\n${calls}`, 'python');
    const shown = (await hoverAt(document, '"prompts/desk.md"')) ?? '';
    assert.deepEqual(
      [...shown.matchAll(/\*\*In (\w+)\(\)\*\*/g)].map(([, name]) => name),
      ['answer', 'ask', 'check'],
    );
    close(document);
  });
  it('says that a text is in no prompt where its part of one is not known', async () => {
    const text = `${head}NOTES = Path("prompts/unused.md").read_text().split()\n${call('answer', '"You help. " + NOTES[0]')}`;
    const document = open('/ws/part.py', text, 'python');
    assert.match((await hoverAt(document, 'Path("')) ?? '', /unused\.md[^]*It is in no prompt of this file/);
    close(document);
  });
  it('leads from a cell to the file beside its notebook', async () => {
    const cells = openNotebook('/ws/lab.ipynb', `${head}RULES = open("prompts/desk.md").read()`, call('answer', 'RULES').trim());
    const [first] = cells;
    assert.ok(first);
    assert.match((await hoverAt(first, 'open("')) ?? '', /\(file:\/+ws\/prompts\/desk\.md\)[^]*In answer\(\)/);
    for (const cell of cells) close(cell);
  });
});
