import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type * as formModule from '../../../../src/editor/runs/valuesForm';
import type { PromptRef } from '../../../../src/editor/promptRef';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, open, close, edits } = workspace;
const { createValuesForm, deps } = loadFeatures(workspace, () => require('../../../../src/editor/runs/valuesForm') as typeof formModule);

const text = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello {{who}} {{why}}\n';
const refTo = ({ uri }: TextDocument): PromptRef => ({ uri, id: onlyPrompt });
const field = (name: string, value = '') => ({ name, label: name, description: '', value });

describe('the question for values', () => {
  let desk: ReturnType<typeof open>;
  let other: ReturnType<typeof open>;
  let form: formModule.ValuesFormPart;
  let changes = 0;
  const focused: unknown[] = [];
  const ask = (document: TextDocument, given: Readonly<Record<string, string>> = {}) =>
    form.ask({ prompt: refTo(document), title: 'Values', note: '', send: 'Run', fields: [field('who', 'Ann'), field('why')], given });
  const idOf = (document: TextDocument): string => form.view(refTo(document))?.id ?? assert.fail('nothing is asked');

  beforeEach(() => {
    edits.splice(0);
    focused.splice(0);
    desk = open('/ws/desk.bedrock.md', text);
    other = open('/ws/other.bedrock.md', text);
    changes = 0;
    form = createValuesForm(deps, () => (changes += 1));
    Object.assign(fake.vscode.window, {
      visibleTextEditors: [{ document: desk, viewColumn: 1 }],
      showTextDocument: (document: unknown, column: unknown) => Promise.resolve(focused.push([document, column])),
    });
  });
  afterEach(() => {
    close(desk);
    close(other);
  });

  it('stands under its prompt alone, and is answered with the fields that it has', async () => {
    const answer = ask(desk, { when: 'now' });
    assert.equal(form.view(refTo(other)), undefined);
    assert.equal(form.view(undefined), undefined);
    assert.deepEqual(
      form.view(refTo(desk))?.fields.map(({ name, value }) => [name, value]),
      [
        ['who', 'Ann'],
        ['why', ''],
      ],
    );
    await form.receive.valuesGiven({ type: 'valuesGiven', form: 'values 0', values: { who: 'x', why: 'y' } });
    await form.receive.valuesGiven({ type: 'valuesGiven', form: idOf(desk), values: { who: 'a\nb', more: 'm' } });
    assert.deepEqual(await answer, { when: 'now', who: 'a\nb', why: '' });
    assert.equal(form.view(refTo(desk)), undefined);
  });

  it('keeps what is typed while its page is away, and when the same prompt is asked again', async () => {
    const first = ask(desk);
    const drawn = changes;
    await form.receive.valuesTyped({ type: 'valuesTyped', form: idOf(desk), values: { who: 'Bob', why: 'so' } });
    assert.equal(changes, drawn, 'the page has it already');
    assert.equal(form.view(refTo(desk))?.fields[0]?.value, 'Bob');
    void ask(desk);
    assert.equal(await first, undefined);
    assert.equal(form.view(refTo(desk))?.fields[0]?.value, 'Bob');
    void ask(other);
    assert.equal(form.view(refTo(other))?.fields[0]?.value, 'Ann');
  });

  it('ends without values when the person turns back, and gives the focus to the editor', async () => {
    const answer = ask(desk);
    await form.receive.valuesDropped({ type: 'valuesDropped', form: idOf(desk) });
    assert.equal(await answer, undefined);
    assert.deepEqual(focused, [[desk, 1]]);
  });

  it('ends without values when the panel is closed', async () => {
    const answer = ask(desk);
    form.drop();
    assert.equal(await answer, undefined);
    assert.deepEqual(focused, []);
  });

  it('is written into the prompt as a sample row, and stays open', async () => {
    void ask(desk);
    const values = { who: 'Bob', why: 'one\ntwo' };
    await form.receive.valuesSaved({ type: 'valuesSaved', form: idOf(desk), values });
    assert.deepEqual(
      edits.map(({ text: written }) => written),
      ['samples:\n  - who: Bob\n    why: |-\n      one\n      two\n'],
    );
    const view = form.view(refTo(desk));
    assert.deepEqual([view?.said, view?.canSave, view?.fields[1]?.value], ['Written into the prompt as Sample 1.', true, 'one\ntwo']);
  });

  it('says so where the row could not be written', async () => {
    const broken = open('/ws/broken.bedrock.md', text.replace('---\n#', 'samples: none\n---\n#'));
    void ask(broken);
    await form.receive.valuesSaved({ type: 'valuesSaved', form: idOf(broken), values: { who: 'a', why: 'b' } });
    assert.match(form.view(refTo(broken))?.said ?? '', /^The row could not be written here\./);
    assert.deepEqual(edits, []);
    close(broken);
  });

  it('follows a file that gets another name', () => {
    void ask(desk);
    form.moveKeys((key) => (key === 'file:/ws/desk.bedrock.md' ? 'file:/ws/other.bedrock.md' : key));
    assert.equal(form.view(refTo(desk)), undefined);
    assert.ok(form.view(refTo(other)));
  });
});
