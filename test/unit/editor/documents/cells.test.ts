import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { span } from '../../../../src/core/text/span';
import type * as actionsModule from '../../../../src/editor/language/codeActions';
import type * as convertModule from '../../../../src/editor/documents/convert';
import type * as refModule from '../../../../src/editor/promptRef';
import { createFakeWorkspace, edited, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { openNotebook, open, type, close, documents, edits } = workspace;
const { offsetOf, partOf, placeOf, rangeOf, toRange, toWorkspaceEdit, fixAllProblems, fileKey, refKey, deps } = loadFeatures(
  workspace,
  () => ({
    ...(require('../../../../src/editor/documents/convert') as typeof convertModule),
    ...(require('../../../../src/editor/language/codeActions') as typeof actionsModule),
    ...(require('../../../../src/editor/promptRef') as typeof refModule),
  }),
);
const { store } = deps;

const setup = '%pip install boto3\nimport boto3\nMODEL = "us.anthropic.claude-opus-5"\nRULES = "Be brief."';
const call = (name: string): string =>
  `boto3.client("bedrock-runtime").converse(\n    modelId=MODEL,\n    system=[{"text": ${name}}, {"cachePoint": {"type": "default"}}],\n    messages=[{"role": "user", "content": [{"text": "Hi."}]}],\n)`;
const marker = '{"cachePoint": {"type": "default"}}';

type Edit = { readonly parts: typeof edits };

const spanOf = (document: vscode.TextDocument, text: string) => {
  const whole = store.get(document)?.text ?? '';
  const start = whole.indexOf(text);
  assert.ok(start !== -1, text);
  return span(start, start + text.length);
};

describe('the cells of an open notebook', () => {
  let [title, constants, first, second] = [] as vscode.TextDocument[] as [
    vscode.TextDocument,
    vscode.TextDocument,
    vscode.TextDocument,
    vscode.TextDocument,
  ];
  beforeEach(() => {
    [title, constants, first, second] = openNotebook('/ws/walk.ipynb', '# A walk', setup, call('RULES'), call('"Be kind."')) as unknown as [
      vscode.TextDocument,
      vscode.TextDocument,
      vscode.TextDocument,
      vscode.TextDocument,
    ];
  });
  afterEach(() => {
    for (const document of [...documents]) close(document);
    edits.splice(0);
    (workspace.fake.vscode.workspace as unknown as { notebookDocuments: unknown[] }).notebookDocuments.splice(0);
  });

  it('are read as one, with the constants of cells before', () => {
    const analysis = store.get(first);
    assert.equal(store.get(second), analysis);
    assert.equal(store.get(constants), analysis);
    assert.equal(store.get(title), undefined);
    const texts = analysis?.prompts.map(({ prompt }) => prompt.system.map((block) => JSON.stringify(block)).join());
    assert.equal(texts?.length, 2);
    assert.match(texts[0] ?? '', /Be brief\./);
  });

  it('each have what stands in them, at their own places', () => {
    const [inFirst] = store.get(first)?.prompts ?? [];
    assert.ok(inFirst);
    const at = inFirst.plan.checkpoints[0]?.marker.span ?? span(0, 0);
    assert.equal(rangeOf(constants, at), undefined);
    assert.equal(rangeOf(second, at), undefined);
    const range = rangeOf(first, at);
    assert.equal(range && first.getText(range), marker);
    assert.deepEqual([placeOf(second, at).document, toRange(second, at)], [first, range]);
    assert.equal(first.getText(toRange(first, spanOf(first, 'modelId=MODEL'))), 'modelId=MODEL');
  });

  it('know their part of the text, and the offsets in it', () => {
    for (const document of [constants, first, second]) {
      const { start, end } = partOf(document);
      assert.equal(end - start, document.getText().length);
      assert.equal(offsetOf(document, document.positionAt(3)), start + 3);
    }
    const { text } = store.get(second) ?? { text: '' };
    assert.equal(text.slice(partOf(second).start), second.getText());
  });

  it('get the edits of what stands in them', () => {
    const edit = toWorkspaceEdit(first, [{ at: { source: 0, span: spanOf(first, '"Be brief."') }, text: '"Be bold."' }]) as unknown as Edit;
    assert.deepEqual(
      edit.parts.map(({ uri }) => uri),
      [constants.uri],
    );
    assert.match(edited(constants.getText(), edit.parts), /RULES = "Be bold\."$/);
  });

  it('are not edited where they are no Python', () => {
    const at = spanOf(first, '#pip install boto3');
    assert.equal(toWorkspaceEdit(first, [{ at: { source: 0, span: at }, text: '' }]), undefined);
  });

  it('are fixed one at a time', async () => {
    const twice = `${marker}, ${marker}`;
    for (const cell of [first, second] as unknown as Parameters<typeof type>[0][]) type(cell, cell.text.replace(marker, twice));
    assert.equal(store.get(second)?.problems.filter(({ code }) => code === 'cache/redundant').length, 2);
    await fixAllProblems({ uri: second.uri, id: store.get(second)?.at(partOf(second).start + 5)?.id ?? '' }, deps);
    assert.deepEqual(new Set(edits.map(({ uri }) => uri)), new Set([second.uri]));
    assert.ok(!edited(second.getText(), edits).includes(twice));
  });

  it('are all told of a change in one', () => {
    const told = new Set<vscode.TextDocument>();
    const listening = store.onDidChange((document) => told.add(document));
    type(constants as unknown as Parameters<typeof type>[0], setup.replace('brief', 'bold'));
    listening.dispose();
    assert.deepEqual(told, new Set([constants, first, second]));
    assert.match(JSON.stringify(store.get(first)?.prompts[0]?.prompt.system), /Be bold\./);
  });

  it('have their prompts under the same names', () => {
    assert.equal(fileKey(first.uri), fileKey(second.uri));
    assert.equal(refKey({ uri: first.uri, id: 'answer' }), refKey({ uri: constants.uri, id: 'answer' }));
    const other = open('/ws/walk.py', setup, 'python');
    assert.notEqual(fileKey(other.uri), fileKey(first.uri));
  });
});
