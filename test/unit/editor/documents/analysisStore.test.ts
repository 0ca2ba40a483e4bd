import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { PromptRef } from '../../../../src/editor/promptRef';
import type * as storeModule from '../../../../src/editor/documents/analysisStore';
import type * as fileMemoryModule from '../../../../src/editor/documents/fileMemory';
import { loadEditor } from '../../../support/fakeVscode';
import { createFakeWorkspace, loadCode } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { deps, disk, open, type, close, set, touch } = workspace;
const { AnalysisStore, FileMemory } = loadEditor(workspace.fake, () => ({
  ...(require('../../../../src/editor/documents/analysisStore') as typeof storeModule),
  ...(require('../../../../src/editor/documents/fileMemory') as typeof fileMemoryModule),
}));

const machine = {
  probeEmulator: () => Promise.resolve(false),
  realPath: (path: string) => Promise.resolve(path),
};

/** The only prompt of a document. */
const refTo = ({ uri }: Pick<vscode.TextDocument, 'uri'>): PromptRef => ({ uri, id: onlyPrompt });

describe('the analyses of prompts', () => {
  let store: storeModule.AnalysisStore;
  let told: string[] = [];
  let release = (): void => undefined;
  beforeEach(() => {
    disk.clear();
    const files = new FileMemory(machine);
    store = new AnalysisStore({ engine: deps.engine, code: loadCode }, deps.documents, files, deps.settings);
    told = [];
    store.onDidChange(({ uri }) => told.push(uri.path));
    release = () => {
      store.dispose();
      files.dispose();
    };
  });
  afterEach(() => release());

  it('are made once for each version', () => {
    const document = open('/ws/a.bedrock.md', '# user:\nHello\n');
    const first = store.get(document);
    assert.equal(store.get(document), first);
    type(document, '# user:\nHello again\n');
    assert.notEqual(store.get(document), first);
    assert.equal(store.get(document)?.text, '# user:\nHello again\n');
    close(document);
  });

  it('are not made for other documents', () => {
    const document = open('/ws/a.md', '# user:\n', 'markdown');
    assert.equal(store.get(document), undefined);
    assert.deepEqual(told, []);
    close(document);
  });

  it('are made again when a setting changes', () => {
    const document = open('/ws/a.bedrock.md', '# user:\nHello\n');
    const first = store.get(document);
    set({ callsPerHour: 7 });
    assert.notEqual(store.get(document), first);
    assert.deepEqual(store.of(refTo(document))?.input.traffic, { kind: 'poisson', callsPerHour: 7 });
    close(document);
  });

  it('are settled when files that included files include have been read too', async () => {
    disk.set('/ws/one.md', 'One {{> ./two.md}}');
    disk.set('/ws/two.md', 'two {{> ./three.md}}');
    disk.set('/ws/three.md', 'three');
    const document = open('/ws/a.bedrock.md', '# user:\n{{> ./one.md}}\n');
    const analysis = await store.settled(refTo(document));
    assert.equal(store.isComplete(document), true);
    assert.match(JSON.stringify(analysis?.prompt.messages), /three/);
    close(document);
  });

  it('follow an included file', async () => {
    disk.set('/ws/one.md', 'One');
    const document = open('/ws/a.bedrock.md', '# user:\n{{> ./one.md}}\n');
    await store.settled(refTo(document));
    told = [];
    disk.set('/ws/one.md', 'Other');
    touch('/ws/one.md');
    assert.match(JSON.stringify((await store.settled(refTo(document)))?.prompt.messages), /"One"|One/);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(told, ['/ws/a.bedrock.md']);
    assert.match(JSON.stringify((await store.settled(refTo(document)))?.prompt.messages), /Other/);
    close(document);
  });

  it('are of a prompt that its document still holds', () => {
    const document = open('/ws/a.bedrock.md', '# user:\nHello\n');
    assert.equal(store.of(refTo(document)), store.get(document)?.of(onlyPrompt));
    assert.equal(store.of({ uri: document.uri, id: 'another' }), undefined);
    close(document);
    assert.equal(store.of(refTo(document)), undefined);
  });

  it('are told of when their document is closed or gets another language', () => {
    const document = open('/ws/a.bedrock.md', '# user:\nHello\n');
    told = [];
    close(document);
    assert.deepEqual(told, ['/ws/a.bedrock.md']);
  });

  it('are of the prompts that code sends, read by the bundle for code', () => {
    const text = [
      'import boto3',
      'client = boto3.client("bedrock-runtime")',
      'def answer(question):',
      '    return client.converse(',
      '        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",',
      '        system=[{"text": "Be brief."}, {"cachePoint": {"type": "default"}}],',
      '        messages=[{"role": "user", "content": [{"text": question}]}],',
      '    )',
    ].join('\n');
    const document = open('/ws/answer.py', text, 'python');
    const analysis = store.get(document);
    assert.deepEqual(
      analysis?.prompts.map(({ title, plan }) => [title, plan.checkpoints.length]),
      [['answer()', 1]],
    );
    assert.equal(store.holdsPrompt(document), true);
    assert.deepEqual([...new Set(analysis?.problems.map(({ code }) => code))], ['cache/below-minimum']);
    assert.equal(store.holdsPrompt(open('/ws/other.py', '# bedrock\n', 'python')), false);
  });

  it('leave nothing remembered of texts when the last prompt is closed', () => {
    let forgotten = 0;
    const engine = () => ({ ...deps.engine(), forgetTexts: () => void (forgotten += 1) });
    const own = new AnalysisStore({ engine, code: loadCode }, deps.documents, new FileMemory(machine), deps.settings);
    const [one, other] = [open('/ws/a.bedrock.md', '# user:\nHello\n'), open('/ws/b.bedrock.md', '# user:\nHello\n')];
    own.get(one);
    own.get(other);
    close(one);
    assert.equal(forgotten, 0);
    close(other);
    assert.equal(forgotten, 1);
    own.dispose();
  });

  it('are not those of an earlier opening, whose versions were counted from one too', () => {
    const before = open('/ws/a.bedrock.md', '# user:\nOld\n');
    close(before);
    store.get(before);
    const after = open('/ws/a.bedrock.md', '# user:\nNew\n');
    assert.equal(store.get(after)?.text, '# user:\nNew\n');
    close(after);
  });
});
