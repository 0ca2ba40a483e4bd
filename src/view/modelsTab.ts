import type { TabMessage } from '../core/panel/protocol';
import type { ModelRow, ModelsView } from '../core/messages/models';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

const columns: readonly { readonly title: string; readonly text: (row: ModelRow) => string; readonly number: boolean }[] = [
  { title: 'Expected', text: (row) => row.expected, number: true },
  { title: 'Cold', text: (row) => row.cold, number: true },
  { title: 'Warm', text: (row) => row.warm, number: true },
  { title: 'Uncached', text: (row) => row.uncached, number: true },
  { title: 'Caching as written', text: (row) => row.why, number: false },
  { title: 'Minimum', text: (row) => row.minimum, number: true },
  { title: 'Lifetimes', text: (row) => row.ttls, number: false },
];

const marks: { readonly [C in ModelRow['caches']]: string } = { yes: '✓', maybe: '?', no: '✗' };

const modelRow =
  (post: (message: TabMessage<'models'>) => void) =>
  ({ modelId }: ModelRow): Part<ModelRow> => {
    const use = el('button', { type: 'button', class: 'link', onclick: () => post({ type: 'useModel', modelId }) });
    const life = el('span', { class: 'faint' });
    const mark = el('td', { class: 'mark' });
    const cells = columns.map(({ number }) => el('td', { class: number ? 'number' : undefined }));
    const element = el('tr', { 'data-model': modelId }, mark, el('td', {}, use, ' ', life), ...cells);
    return {
      element,
      update: (row) => {
        setText(mark, marks[row.caches]);
        setAttribute(mark, 'data-caches', row.caches);
        setText(use, row.name);
        setAttribute(use, 'title', row.current ? `The prompt names this model: ${modelId}` : `Let the prompt name this model: ${modelId}`);
        setText(life, row.lifecycle);
        setAttribute(element, 'aria-current', row.current ? 'true' : undefined);
        columns.forEach(({ text }, index) => {
          const cell = cells[index];
          if (cell) setText(cell, text(row));
        });
      },
    };
  };

/** This prompt on every model; choosing a name changes the prompt's `modelId`. Models that do not cache it are shown on request. */
export const modelsTab = (post: (message: TabMessage<'models'>) => void): Part<ModelsView | undefined> => {
  let all = false;
  let latest: ModelsView | undefined;
  const summary = el('p', { class: 'summary' });
  const waiting = el('p', { class: 'welcome' }, 'Open a prompt to see it on every model.');
  const body = el('tbody');
  const toggle = el('button', {
    type: 'button',
    class: 'link',
    onclick: () => {
      all = !all;
      draw(latest);
    },
  });
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col' }, el('span', { class: 'visually-hidden' }, 'Caches')),
    el('th', { scope: 'col' }, 'Model'),
    ...columns.map(({ title, number }) => el('th', { scope: 'col', class: number ? 'number' : undefined }, title)),
  );
  const table = el('table', { 'data-models': true, 'aria-label': 'This prompt on every model' }, el('thead', {}, head), body);
  const content = el(
    'div',
    {},
    summary,
    el('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Models' }, table),
    toggle,
  );
  const list = keyedList(body, (row: ModelRow) => row.modelId, modelRow(post));
  const draw = (view: ModelsView | undefined): void => {
    latest = view;
    show(waiting, view === undefined);
    show(content, view !== undefined);
    if (view === undefined) return;
    setText(summary, view.summary);
    const rows = view.rows.filter(({ caches, current }) => all || current || caches !== 'no');
    const hidden = view.rows.length - rows.length;
    setText(toggle, all ? 'Show only models that cache it' : `Show ${hidden} more models`);
    show(toggle, all || hidden > 0);
    list(rows);
  };
  return { element: el('section', { class: 'models' }, waiting, content), update: draw };
};
