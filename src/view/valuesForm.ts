import { valuesPageText } from '../core/messages/page/values';
import type { ValueField, ValuesForm, ValuesMessage } from '../core/panel/valuesProtocol';
import { el, keyedList, setAttribute, setText, show, type Part } from './dom';

type Post = (message: ValuesMessage) => void;

interface FieldPart extends Part<ValueField> {
  readonly input: HTMLTextAreaElement;
  readonly name: string;
}

const fieldPart = ({ name, value }: ValueField, key: string, typed: () => void): FieldPart => {
  const label = el('label', { for: key });
  const description = el('p', { class: 'faint', id: `${key}-about` });
  const input = el('textarea', {
    id: key,
    rows: 1,
    spellcheck: 'false',
    'aria-describedby': `${key}-about`,
    'data-value-of': name,
    oninput: typed,
  });
  // What a person types is theirs from now on.
  input.value = value;
  return {
    name,
    input,
    element: el('div', { class: 'value-field' }, label, description, input),
    update: (field) => {
      setText(label, field.label);
      setText(description, field.description);
    },
  };
};

/** A key of a `KeyboardEvent`; empty for other events. */
const keyOf = (event: Event): Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'> =>
  'key' in event ? (event as KeyboardEvent) : { key: '', ctrlKey: false, metaKey: false };

/**
 * The form in which values are typed or pasted, in as many lines as they have. Ctrl+Enter goes on, Escape turns back. Its first field gets the focus
 * when it appears; `leave` says where the focus goes when it is gone.
 */
export const valuesForm = (post: Post, leave: () => void): Part<ValuesForm | undefined> => {
  let shown: ValuesForm | undefined;
  let lastAsked: string | undefined;
  const parts = new Map<string, FieldPart>();
  const tell = (type: 'valuesTyped' | 'valuesGiven' | 'valuesSaved'): void => {
    if (shown === undefined) return;
    const values = Object.fromEntries([...parts.values()].map(({ name, input }) => [name, input.value]));
    post({ type, form: shown.id, values });
  };
  const drop = (): void => {
    if (shown !== undefined) post({ type: 'valuesDropped', form: shown.id });
  };
  const title = el('h2', { id: 'values-title' });
  const note = el('p', { class: 'faint' });
  const fields = el('div', { class: 'value-fields' });
  const send = el('button', {
    type: 'button',
    class: 'primary',
    'data-values': 'send',
    title: valuesPageText.sendKeys,
    'aria-keyshortcuts': 'Control+Enter Meta+Enter',
    onclick: () => tell('valuesGiven'),
  });
  const save = el(
    'button',
    { type: 'button', class: 'secondary', 'data-values': 'save', onclick: () => tell('valuesSaved') },
    valuesPageText.save,
  );
  const cancel = el(
    'button',
    { type: 'button', class: 'secondary', 'data-values': 'cancel', title: valuesPageText.cancelKeys, onclick: drop },
    valuesPageText.cancel,
  );
  const said = el('p', { role: 'status', 'data-values-said': true });
  const element = el(
    'section',
    {
      class: 'values',
      hidden: true,
      'aria-labelledby': 'values-title',
      onkeydown: (event) => {
        const { key, ctrlKey, metaKey } = keyOf(event);
        if (key === 'Escape') drop();
        else if (key === 'Enter' && (ctrlKey || metaKey)) tell('valuesGiven');
        else return;
        event.preventDefault();
      },
    },
    title,
    note,
    fields,
    el('div', { class: 'buttons' }, send, save, cancel),
    said,
  );
  const list = keyedList(
    fields,
    ({ name }: ValueField) => `${shown?.id} ${name}`,
    (field) => {
      const part = fieldPart(field, `value-${parts.size + 1}`, () => tell('valuesTyped'));
      parts.set(field.name, part);
      return part;
    },
  );
  return {
    element,
    update: (view) => {
      const isNew = view !== undefined && view.id !== shown?.id;
      const isOver = view === undefined && shown !== undefined && element.contains(document.activeElement);
      if (view?.id !== shown?.id) parts.clear();
      shown = view;
      list(view?.fields ?? []);
      setText(title, view?.title ?? '');
      setText(note, view?.note ?? '');
      show(note, view !== undefined && view.note !== '');
      setText(send, view?.send ?? '');
      show(save, view?.canSave === true);
      setText(said, view?.said ?? '');
      setAttribute(said, 'class', view === undefined || view.said === '' ? 'visually-hidden' : 'faint');
      show(element, view !== undefined);
      const first = parts.values().next().value?.input;
      if (isNew) first?.focus();
      else if (isOver) leave();
      // As in VS Code's own inputs, what is typed takes the place of what is given; what somebody typed is not selected when the form comes back.
      if (isNew && view.id !== lastAsked) first?.select();
      lastAsked = view?.id ?? lastAsked;
    },
  };
};
