import assert from 'node:assert/strict';
import type { Memento, NotebookDocument, TextDocument, Uri } from 'vscode';
import { createPromptDocuments } from '../../../../src/editor/documents/promptDocuments';
import { wholeIn } from '../../../../src/editor/documents/wholes';

const memento = (kept: Map<string, unknown> = new Map()): Memento => ({
  keys: () => [...kept.keys()],
  get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
  update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
});

/** A document that counts how often its text is asked for. */
const documentOf = (path: string, languageId: string, text: string) => {
  const [scheme, rest] = path.includes(':') ? (path.split(':') as [string, string]) : ['file', path];
  const state = { text, version: 1, asked: 0 };
  const document = {
    uri: { scheme, path: rest, toString: () => `${scheme}:${rest}` },
    languageId,
    get version() {
      return state.version;
    },
    getText: () => {
      state.asked += 1;
      return state.text;
    },
  } as unknown as TextDocument; // the members that are used here
  return Object.assign(state, { document });
};
const uriOf = ({ uri }: TextDocument): Uri => uri;
/** Notebooks that are open, each by its cells. */
const notebooks: { readonly uri: Uri; getCells(): readonly { readonly kind: number; readonly document: TextDocument }[] }[] = [];
const surroundings = {
  pathOf: ({ path }: Uri): string => path.replace(/^\/ws\//, ''),
  isListed: ({ uri }: TextDocument): boolean => /\/agents\/[^/]*\.md$/.test(uri.path),
  wholeOf: (document: TextDocument) => wholeIn(notebooks as unknown as NotebookDocument[], document), // the members that are used here
};
const body = '{ "anthropic_version": "bedrock-2023-05-31", "messages": [] }';
const record = '{"recordId": "1", "modelInput": {"messages": []}}';

describe('documents that hold prompts', () => {
  it('are known by their language, their name, or words in their text', () => {
    const documents = createPromptDocuments(memento(), surroundings);
    for (const [path, language, text, format] of [
      ['/a.bedrock.md', 'bedrock-prompt', '', 'bedrock-prompt'],
      ['/a.converse.json', 'json', '', 'converse-json'],
      ['/a.messages.jsonc', 'jsonc', '', 'messages'],
      ['/a.nova.json', 'json', '', 'nova'],
      ['/request.json', 'json', body, 'json'],
      ['/request.json', 'jsonc', `// why\n${body}`, 'json'],
      ['/records.jsonl', 'jsonl', record, 'json-lines'],
      ['/records.jsonl', 'json', record, 'json-lines'],
      ['/package.json', 'json', '{ "name": "a", "messages": {} }', undefined],
      ['/records.jsonl', 'jsonl', '{"messages": []}', undefined],
      ['/ws/prompts/answer.md', 'markdown', 'Be brief.', 'plain-text'],
      ['/ws/src/prompts/de/answer.txt', 'plaintext', 'Be brief.', 'plain-text'],
      ['/ws/CLAUDE.md', 'markdown', 'Be brief.', 'plain-text'],
      ['/ws/docs/prompts.md', 'markdown', 'Be brief.', undefined],
      ['/ws/docs/prompts/how.md', 'markdown', 'Be brief.', undefined],
      ['/ws/prompts/README.md', 'markdown', 'Be brief.', undefined],
      ['/ws/notes.md', 'markdown', body, undefined],
      ['/ws/agents/desk.md', 'markdown', 'Be brief.', 'plain-text'],
      ['/ws/agents/desk.md', 'json', '{}', undefined],
      ['/litellm.yaml', 'yaml', 'model_list: []\ncache_control_injection_points: []', 'yaml'],
      ['/ci.yaml', 'yaml', 'on: push', undefined],
      ['/request.ts', 'typescript', body, 'code'],
      ['/answer.py', 'python', 'import boto3\nbedrock = boto3.client("bedrock-runtime")', 'code'],
      ['Untitled-1', 'python', 'import boto3\nbedrock = boto3.client("bedrock-runtime")', 'code'],
      ['/prompts.js', 'javascript', 'export const RULES = "Be brief.";', 'code'],
      ['/sum.py', 'python', 'print(1 + 2)', undefined],
      ['/index.d.ts', 'typescript', 'export declare const bedrock: string;', undefined],
      ['/a.converse.json', 'plaintext', body, undefined],
      ['git:/a.converse.json', 'json', body, undefined],
      ['cachepoint-request:/a.request.json', 'json', body, undefined],
      ['cachepoint-run:/request.json', 'json', body, undefined],
      ['cachepoint-text:/Sample 1 and 2.json', 'json', body, undefined],
    ] as const)
      assert.equal(documents.formatOf(documentOf(path, language, text).document), format, path);
  });

  it('are the cells of Python of a notebook of which one shows a prompt', () => {
    const cell = (at: number, languageId: string, text: string) => {
      const { document } = documentOf('vscode-notebook-cell:/ws/walk.ipynb', languageId, text);
      return {
        kind: languageId === 'markdown' ? 1 : 2,
        document: Object.assign(document, { uri: { ...document.uri, fragment: `c${at}` } }),
      };
    };
    const cells = [
      cell(0, 'python', 'RULES = "Be brief."'),
      cell(1, 'python', 'boto3.client("bedrock-runtime")'),
      cell(2, 'markdown', '# bedrock'),
      cell(3, 'sql', 'select 1'),
    ];
    const documents = createPromptDocuments(memento(), surroundings);
    const formats = () => cells.map(({ document }) => documents.formatOf(document));
    assert.deepEqual(formats(), [undefined, 'code', undefined, undefined], 'each is there a moment before its notebook');
    notebooks.push({ uri: documentOf('/ws/walk.ipynb', 'json', '').document.uri, getCells: () => cells });
    assert.deepEqual(formats(), ['code', 'code', undefined, undefined]);
    notebooks.splice(0);
  });

  it('have their text looked at once for each version, and not again once it showed a prompt', () => {
    const documents = createPromptDocuments(memento(), surroundings);
    const settings = documentOf('/settings.json', 'json', '{}');
    for (let time = 0; time < 3; time += 1) documents.formatOf(settings.document);
    assert.equal(settings.asked, 1);
    Object.assign(settings, { version: 2, text: body });
    assert.equal(documents.formatOf(settings.document), 'json');
    Object.assign(settings, { version: 3, text: '{ "anthr' });
    assert.equal(documents.formatOf(settings.document), 'json');
    assert.equal(settings.asked, 2);
  });

  it('are not searched where they are very long', () => {
    const documents = createPromptDocuments(memento(), surroundings);
    assert.equal(documents.formatOf(documentOf('/a.json', 'json', body.padEnd(5_000_001)).document), undefined);
    assert.equal(documents.formatOf(documentOf('/a.converse.json', 'json', body.padEnd(5_000_001)).document), 'converse-json');
  });

  it('are what a person says, now and when the workspace is opened again', async () => {
    const kept = new Map<string, unknown>();
    const [plain, found, named] = [
      documentOf('/plain.json', 'json', '{}').document,
      documentOf('/found.json', 'json', body).document,
      documentOf('/a.converse.json', 'json', body).document,
    ];
    const lines = documentOf('/lines.jsonl', 'jsonl', '').document;
    const documents = createPromptDocuments(memento(kept), surroundings);
    await documents.treatAsPrompt(uriOf(plain), true);
    await documents.treatAsPrompt(uriOf(lines), true);
    await documents.treatAsPrompt(uriOf(found), false);
    await documents.treatAsPrompt(uriOf(named), false);
    for (const some of [documents, createPromptDocuments(memento(kept), surroundings)])
      assert.deepEqual([plain, lines, found, named].map(some.formatOf), ['converse-json', 'json-lines', undefined, undefined]);
    await documents.treatAsPrompt(uriOf(found), true);
    await documents.treatAsPrompt(uriOf(plain), false);
    assert.deepEqual([plain, found].map(documents.formatOf), [undefined, 'converse-json']);
  });

  it('keep what an earlier version was told, and nothing of untitled ones', async () => {
    const kept = new Map<string, unknown>([['cachepoint.treatedAsConverse', ['file:/old.json']]]);
    const documents = createPromptDocuments(memento(kept), surroundings);
    const untitled = documentOf('untitled:Untitled-1', 'json', '').document;
    await documents.treatAsPrompt(uriOf(untitled), true);
    assert.equal(documents.formatOf(untitled), 'converse-json');
    const later = createPromptDocuments(memento(kept), surroundings);
    assert.equal(later.formatOf(untitled), undefined);
    assert.equal(later.formatOf(documentOf('/old.json', 'json', '').document), 'converse-json');
  });
});
