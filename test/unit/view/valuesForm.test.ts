import assert from 'node:assert/strict';
import type { ValuesForm, ValuesMessage } from '../../../src/core/panel/valuesProtocol';
import { usedValues } from '../../../src/view/usedValues';
import { valuesForm } from '../../../src/view/valuesForm';
import { FakeElement, asFake, fakeDocument, installFakeDom } from '../../support/fakeDom';

const form: ValuesForm = {
  id: 'values 1',
  title: 'Values for the Variables',
  note: '',
  fields: [
    { name: 'who', label: 'who', description: 'The guest', value: 'Ann' },
    { name: 'text', label: 'text', description: 'Sent as it is typed.', value: '' },
  ],
  send: 'Run',
  canSave: true,
  said: '',
};

/** The fake gives an input of a page no value of its own. */
const typeInto = (field: FakeElement, value: string): void => {
  Object.assign(field, { value });
  field.fire('input');
};
const valueOf = (field: FakeElement): unknown => ('value' in field ? field.value : undefined);

const openForm = (view: ValuesForm | undefined) => {
  const posted: ValuesMessage[] = [];
  let left = 0;
  const part = valuesForm(
    (message) => posted.push(message),
    () => (left += 1),
  );
  part.update(view);
  const element = asFake(part.element);
  const button = (name: string): FakeElement => element.querySelector(`[data-values="${name}"]`) ?? assert.fail(`no ${name}`);
  const field = (name: string): FakeElement => element.querySelector(`[data-value-of="${name}"]`) ?? assert.fail(`no ${name}`);
  return { posted, part, element, button, field, left: () => left };
};

describe('the form of values', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('has a named field of several lines for each variable, and the first has the focus', () => {
    const { element, field } = openForm(form);
    assert.equal(element.hasAttribute('hidden'), false);
    assert.deepEqual(
      element.querySelectorAll('textarea').map((input) => {
        const id = input.getAttribute('id') ?? '';
        const about = input.getAttribute('aria-describedby') ?? '';
        return [element.querySelector(`[for="${id}"]`)?.textContent, element.querySelector(`[id="${about}"]`)?.textContent, valueOf(input)];
      }),
      [
        ['who', 'The guest', 'Ann'],
        ['text', 'Sent as it is typed.', ''],
      ],
    );
    assert.equal(fakeDocument.activeElement, field('who'));
    assert.equal(element.querySelector(`[id="${element.getAttribute('aria-labelledby') ?? ''}"]`)?.textContent, form.title);
  });

  it('tells what is typed at once, and goes on, saves or turns back by its buttons', () => {
    const { posted, field, button } = openForm(form);
    typeInto(field('text'), 'one\ntwo');
    for (const name of ['send', 'save', 'cancel']) button(name).click();
    const values = { who: 'Ann', text: 'one\ntwo' };
    assert.deepEqual(posted, [
      { type: 'valuesTyped', form: 'values 1', values },
      { type: 'valuesGiven', form: 'values 1', values },
      { type: 'valuesSaved', form: 'values 1', values },
      { type: 'valuesDropped', form: 'values 1' },
    ]);
  });

  it('goes on by Ctrl+Enter and turns back by Escape, and leaves other keys to the field', () => {
    const { posted, element } = openForm(form);
    assert.equal(element.fire('keydown', { key: 'Enter', ctrlKey: true }), true);
    assert.equal(element.fire('keydown', { key: 'Enter', ctrlKey: false }), false);
    assert.equal(element.fire('keydown', { key: 'Escape' }), true);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['valuesGiven', 'valuesDropped'],
    );
  });

  it('keeps what is typed while it is drawn again, and says what became of saving', () => {
    const { part, field, element, button } = openForm(form);
    typeInto(field('who'), 'Bob');
    part.update({ ...form, said: 'Written into the prompt as Sample 1.', canSave: false });
    assert.equal(valueOf(field('who')), 'Bob');
    assert.equal(element.querySelector('[role="status"]')?.textContent, 'Written into the prompt as Sample 1.');
    assert.equal(button('save').hasAttribute('hidden'), true);
  });

  it('selects what is given, so that typing replaces it, and nothing of what somebody has typed', () => {
    const { part, field } = openForm(form);
    assert.deepEqual([field('who').selections, field('text').selections], [1, 0]);
    part.update(undefined);
    part.update(form);
    assert.equal(field('who').selections, 0);
  });

  it('begins again with another question', () => {
    const { part, field, posted, button } = openForm(form);
    typeInto(field('who'), 'Bob');
    part.update({ ...form, id: 'values 2', fields: form.fields.slice(0, 1) });
    button('send').click();
    assert.deepEqual(posted.at(-1), { type: 'valuesGiven', form: 'values 2', values: { who: 'Ann' } });
  });

  it('hands the focus on when it goes, and only where it had it', () => {
    const { part, element, left } = openForm(form);
    part.update(undefined);
    assert.deepEqual([element.hasAttribute('hidden'), left()], [true, 1]);
    part.update(form);
    new FakeElement('button').focus();
    part.update(undefined);
    assert.equal(left(), 1);
  });

  it('posts nothing where nothing is asked', () => {
    const { posted, element, button } = openForm(undefined);
    assert.equal(element.hasAttribute('hidden'), true);
    for (const name of ['send', 'save', 'cancel']) button(name).click();
    assert.deepEqual(posted, []);
  });
});

describe('the values of a run', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('stand in a list under their names, which is not there without any', () => {
    const part = usedValues();
    const element = asFake(part.element);
    part.update([]);
    assert.equal(element.hasAttribute('hidden'), true);
    part.update([{ name: 'who', text: 'Ann\nBob' }]);
    assert.equal(element.hasAttribute('hidden'), false);
    assert.equal(element.textContent, 'Values (1)whoAnn\nBob');
    const before = element.changes;
    part.update([{ name: 'who', text: 'Ann\nBob' }]);
    assert.equal(element.changes, before);
  });
});
