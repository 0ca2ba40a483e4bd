import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as code from '../../../src/core/code';
import * as engine from '../../../src/core/engine';
import type { FromIndexer } from '../../../src/core/indexProtocol';
import { defaultSettings, type Settings } from '../../../src/core/settings';
import { createWorkspaceIndex } from '../../../src/indexer/workspaceIndex';
import { makeFolder, type TestFolder } from '../../support/folder';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const program = `import boto3
from pathlib import Path

TEXT = (Path(__file__).parent / "prompts" / "answer.md").read_text()


def answer(question):
    return boto3.client("bedrock-runtime").converse(
        modelId="${model}",
        system=[{"text": TEXT}, {"cachePoint": {"type": "default"}}],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;
const long = 'Answer in one sentence, and name the rule of the handbook. '.repeat(200);

describe('the index of a workspace', () => {
  let folder: TestFolder;
  let told: FromIndexer[] = [];
  let ticks = 0;
  beforeEach(() => {
    folder = makeFolder();
    told = [];
  });
  afterEach(() => folder.remove());

  /** An index whose clock goes on with each look: every file takes a slice. */
  const create = () =>
    createWorkspaceIndex(
      { engine, code: () => code },
      (message) => told.push(message),
      () => (ticks += 20),
    );
  const start = (index: ReturnType<typeof create>, settings: Partial<Settings> = {}) =>
    index.receive({ kind: 'start', folders: [{ path: folder.path, settings: { ...defaultSettings, ...settings } }], today: undefined });
  const last = () => {
    const message = told.findLast(({ kind }) => kind === 'index');
    assert.ok(message?.kind === 'index');
    return {
      state: message.state,
      rows: message.index.rows.map(({ path, title, sources }) => [path.slice(folder.path.length + 1), title, sources.length]),
    };
  };

  it('has the prompts of all files, as the command line finds them', async () => {
    folder.put({
      'chat.py': program,
      'prompts/answer.md': long,
      'docs/prompts.md': long,
      '.gitignore': 'out\n',
      'out/chat.py': program,
      'node_modules/a/chat.py': program,
      'sum.py': 'print(1)',
    });
    await start(create());
    assert.deepEqual(last(), {
      state: 'complete',
      rows: [
        ['chat.py', 'answer()', 1],
        ['prompts/answer.md', 'Text of a prompt', 0],
      ],
    });
    assert.ok(told.some(({ kind }) => kind === 'progress'));
  });

  it('reads texts that the settings name, those of the editor and of the project', async () => {
    folder.put({ 'agents/desk.md': long, 'notes/a.md': long, 'notes/cachepoint.json': '{ "promptFiles": ["notes/*.md"] }' });
    await start(create(), { promptFiles: ['agents/*.md'] });
    assert.deepEqual(
      last().rows.map(([path]) => path),
      ['agents/desk.md', 'notes/a.md'],
    );
  });

  it('follows what is typed, changed and removed, and what rests on it', async () => {
    folder.put({ 'chat.py': program, 'prompts/answer.md': 'Short.' });
    const index = create();
    await start(index);
    const tokens = () => {
      const message = told.findLast(({ kind }) => kind === 'index');
      return message?.kind === 'index' ? Math.round(message.index.rows.find(({ title }) => title === 'answer()')?.tokens ?? 0) : 0;
    };
    const before = tokens();
    folder.put({ 'prompts/answer.md': long });
    await index.receive({ kind: 'changed', files: [{ path: folder.at('prompts/answer.md'), text: undefined }] });
    assert.ok(tokens() > before + 1000);
    await index.receive({ kind: 'changed', files: [{ path: folder.at('chat.py'), text: program.replaceAll('answer(', 'reply(') }] });
    assert.deepEqual(last().rows[0], ['chat.py', 'reply()', 1]);
    await index.receive({ kind: 'changed', files: [{ path: folder.at('chat.py'), text: undefined }] });
    assert.deepEqual(last().rows[0], ['chat.py', 'answer()', 1]);
    rmSync(folder.at('chat.py'));
    folder.put({ 'new.py': program, 'node_modules/a.py': program });
    const files = ['chat.py', 'new.py', 'node_modules/a.py'].map((name) => ({ path: folder.at(name), text: undefined }));
    await index.receive({ kind: 'changed', files });
    assert.deepEqual(
      last().rows.map(([path]) => path),
      ['new.py', 'prompts/answer.md'],
    );
  });

  it('stops when it is told to, and keeps what it found', async () => {
    folder.put({ 'a.py': program, 'b.py': program, 'c.py': program });
    const index = create();
    const searching = start(index);
    await index.receive({ kind: 'stop' });
    await searching;
    assert.deepEqual([last().state, last().rows.length], ['stopped', 1]);
  });

  it('notes folders that cannot be read, and goes on', async () => {
    await createWorkspaceIndex(
      { engine, code: () => code },
      (message) => told.push(message),
      () => 0,
    ).receive({
      kind: 'start',
      folders: [{ path: folder.at('gone'), settings: defaultSettings }],
      today: undefined,
    });
    assert.ok(told.some((message) => message.kind === 'note' && /gone cannot be read/.test(message.text)));
    assert.deepEqual(last().rows, []);
  });
});
