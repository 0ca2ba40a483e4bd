import assert from 'node:assert/strict';
import type * as typingModule from '../../../../src/editor/language/typing';
import { fakeDocument } from '../../../support/fakeWorkspace';
import { useFakeTimers } from '../../../support/fakeTimers';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';

const fake = createFakeVscode();
const edited = new fake.vscode.EventEmitter<unknown>();
const moved = new fake.vscode.EventEmitter<unknown>();
Object.assign(fake.vscode.workspace, { onDidChangeTextDocument: edited.event });
Object.assign(fake.vscode.window, { onDidChangeTextEditorSelection: moved.event });
const { createTyping } = loadEditor(fake, () => require('../../../../src/editor/language/typing') as typeof typingModule);

const text = 'one\ntwo {{name}}\n';
const document = fakeDocument(fake.vscode.Uri.file('/ws/a.bedrock.md'), text, 'bedrock-prompt');
const problem = {
  code: 'request/undefined-variable',
  severity: 'warning',
  span: { start: 8, end: 16 },
  data: { name: 'name', nearest: undefined },
} as const;

describe('what is told while somebody types', () => {
  const pass = useFakeTimers();
  const again: unknown[] = [];
  let typing: typingModule.TypingWatch;
  const type = (line: number, inserted = 'x', reason?: number) =>
    edited.fire({ document, reason, contentChanges: [{ range: { start: { line } }, text: inserted }] });
  const move = (line: number) => moved.fire({ textEditor: { document }, selections: [{ active: { line } }] });
  beforeEach(() => {
    again.splice(0);
    Object.assign(fake.vscode.window, { activeTextEditor: { document, selection: { active: { line: 1, character: 12 } } } });
    typing = createTyping((one) => void again.push(one));
  });
  afterEach(() => typing.dispose());

  it('is everything before a key is pressed, and when only something else changes the text', () => {
    assert.deepEqual(typing.told(document, text, [problem]), [problem]);
    type(1, 'x', 1);
    assert.deepEqual(typing.told(document, text, [problem]), [problem]);
    Object.assign(fake.vscode.window, { activeTextEditor: undefined });
    type(1);
    assert.deepEqual(typing.told(document, text, [problem]), [problem]);
  });

  it('is not what the cursor stands in, for two seconds', async () => {
    type(1);
    assert.deepEqual(typing.told(document, text, [problem]), []);
    await pass(1_900);
    type(1);
    await pass(1_900);
    assert.deepEqual([typing.told(document, text, [problem]), again], [[], []]);
    await pass(200);
    assert.deepEqual([typing.told(document, text, [problem]), again], [[problem], [document]]);
  });

  it('is told once the cursor leaves the line, and not while it moves in it', () => {
    type(1);
    move(1);
    assert.deepEqual([typing.told(document, text, [problem]), again], [[], []]);
    move(0);
    assert.deepEqual([typing.told(document, text, [problem]), again], [[problem], [document]]);
  });

  it('follows the cursor to the line that a line break begins', () => {
    type(0, '\n');
    move(1);
    assert.deepEqual(again, []);
  });

  it('ends with the document', async () => {
    type(1);
    typing.forget(document);
    await pass(3_000);
    assert.deepEqual(again, []);
  });
});
