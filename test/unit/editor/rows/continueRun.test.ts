import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import type { Json } from '../../../../src/core/text/json';
import { startRecord, type RunRecord } from '../../../../src/core/runs/record';
import type * as continueModule from '../../../../src/editor/rows/continueRun';
import type * as memoryModule from '../../../../src/editor/runs/warmMemory';
import { createFakeWorkspace } from '../../../support/fakeWorkspace';
import { loadEditor } from '../../../support/fakeVscode';
import { filesFrom } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget } from '../../../support/scriptedRun';

const workspace = createFakeWorkspace();
const { fake, edits, open } = workspace;
const { continueRun, WarmMemory } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/rows/continueRun') as typeof continueModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof memoryModule),
}));

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# user:
Which words?
<!-- cachePoint -->
`;
const analysis = analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings);
const { plan, request } = engine.planRequest(analysis, {});
const tool = { toolSpec: { name: 'find', inputSchema: { json: { type: 'object', required: ['word'] } } } };
const sent = { ...request, modelId: plan.modelId, toolConfig: { tools: [tool] } };

const recordOf = (content: readonly Json[] | undefined): RunRecord => ({
  ...startRecord({
    id: 'r',
    pair: undefined,
    file: '',
    subject: '',
    modelId: plan.modelId,
    modelName: '',
    service: 'emulator',
    endpoint: '',
    startedAt: 0,
    prediction: undefined,
    prices: undefined,
    ...(plan.model === undefined ? {} : { caching: plan.model.caching }),
  }),
  state: 'finished',
  ...(content === undefined ? {} : { content }),
});

describe('going on from an answer', () => {
  let typed: (string | undefined)[] = [];
  let asked: { title?: string; prompt?: string; validateInput?: (text: string) => string | undefined }[] = [];
  let said: string[] = [];
  let opened: string[] = [];
  let where = 0;
  const revealed: unknown[] = [];
  const document = open('/ws/chat.bedrock.md', text);
  const ref = { uri: document.uri, id: 'only' };
  const deps = {
    engine: () => engine,
    formats: workspace.deps.formats,
    store: { settled: () => Promise.resolve(analysis), get: () => undefined },
    warm: new WarmMemory(() => engine),
    readyTarget: () => Promise.resolve(localTarget),
  };
  const go = (content: readonly Json[] | undefined) => continueRun(ref, { record: recordOf(content), request: JSON.stringify(sent) }, deps);

  beforeEach(() => {
    [typed, asked, said, opened, where] = [[], [], [], [], 0];
    edits.splice(0);
    Object.assign(fake.vscode.window, {
      showInputBox: (options: object) => {
        asked.push(options);
        return Promise.resolve(typed.shift());
      },
      showQuickPick: (items: readonly unknown[]) => Promise.resolve(items[where]),
      showInformationMessage: (all: string) => Promise.resolve(void said.push(all)),
      showTextDocument: () => Promise.resolve(undefined),
      visibleTextEditors: [{ document, revealRange: ({ start }: { start: { character: number } }) => revealed.push(start.character) }],
    });
    Object.assign(fake.vscode.workspace, {
      openTextDocument: ({ content }: { content: string }) => {
        opened.push(content);
        return Promise.resolve({ uri: fake.vscode.Uri.file('/untitled.json') });
      },
    });
  });

  it('writes the answer and the turn into the prompt as one change, and moves the cache point', async () => {
    typed = ['And of Lannister?'];
    await go([{ text: 'Winter is coming.' }]);
    assert.deepEqual(
      edits.map((edit) => edit.text),
      ['', '\n# assistant:\nWinter is coming.\n\n# user:\nAnd of Lannister?\n<!-- cachePoint -->\n'].sort(),
    );
    assert.deepEqual(revealed.splice(0), [document.getText().length]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.match(said[0] ?? '', /^The turn is written\. Its run will likely read/);
  });

  it('opens a request of its own where that is wanted, and leaves the prompt as it is', async () => {
    typed = ['And then?'];
    where = 1;
    await go([{ text: 'Winter is coming.' }]);
    assert.deepEqual(edits, []);
    const { messages } = JSON.parse(opened[0] ?? '') as { messages: readonly { role: string }[] };
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
  });

  it('asks for the result of each tool, with what of the call does not fit its schema, and takes no half JSON', async () => {
    typed = ['{"found": 2}', ''];
    where = 1;
    await go([{ toolUse: { toolUseId: 't1', name: 'find', input: { wort: 'a' } } }]);
    assert.equal(asked[0]?.title, 'Result of find');
    assert.match(asked[0].prompt ?? '', /Called with {"wort":"a"}\. It does not fit the schema of the tool: input\.word is missing\./);
    assert.match(asked[0].validateInput?.('{"found"') ?? '', /begins as JSON, and is none/);
    assert.equal(asked[0].validateInput?.('{"found": 2}'), undefined);
    assert.equal(asked[0].validateInput?.('found'), undefined);
    const { messages } = JSON.parse(opened[0] ?? '') as { messages: readonly { content: readonly unknown[] }[] };
    assert.deepEqual(messages.at(-1)?.content, [
      { toolResult: { toolUseId: 't1', content: [{ json: { found: 2 } }] } },
      { cachePoint: { type: 'default' } },
    ]);
  });

  it('does nothing when the person turns back', async () => {
    await go([{ text: 'Winter is coming.' }]);
    assert.deepEqual([edits, opened, said], [[], [], []]);
  });

  it('says why it cannot', async () => {
    await go(undefined);
    assert.match(said[0] ?? '', /cannot be sent back/);
    await continueRun(ref, undefined, deps);
    assert.match(said[1] ?? '', /no answer of this prompt/);
  });
});
