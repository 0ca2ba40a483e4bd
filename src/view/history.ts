import { runsText } from '../core/messages/page/runs';
import type { TabMessage, HistoryRow, RunsView } from '../core/panel/protocol';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';
import { figureList } from './figures';

type Post = (message: TabMessage<'run'>) => void;

const columns: readonly { readonly title: string; readonly text: (row: HistoryRow) => string }[] = [
  { title: runsText.hitRate, text: (row) => row.hitRate },
  { title: runsText.read, text: (row) => row.read },
  { title: runsText.write, text: (row) => row.write },
  { title: runsText.uncached, text: (row) => row.input },
  { title: runsText.output, text: (row) => row.output },
  { title: runsText.cost, text: (row) => row.cost },
];

const historyRow =
  (post: Post) =>
  ({ id }: HistoryRow): Part<HistoryRow> => {
    const button = el('button', { type: 'button', class: 'link', onclick: () => post({ type: 'show', run: id }) });
    const label = el('span');
    const prompt = el('td', { role: 'cell' });
    const badge = el('span', { class: 'badge' }, runsText.simulated);
    const model = el('td', { role: 'cell' });
    const status = el('td', { role: 'cell' });
    const cells = columns.map(({ title }) => el('td', { role: 'cell', class: 'number', 'data-label': title }));
    const element = el(
      'tr',
      { role: 'row', 'data-history-run': id },
      el('th', { scope: 'row', role: 'rowheader' }, button),
      el('td', { role: 'cell' }, label, ' ', badge),
      prompt,
      status,
      ...cells,
      model,
    );
    return {
      element,
      update: (row) => {
        setText(button, row.time);
        setAttribute(button, 'aria-label', runsText.showRun(row.time, row.label, row.prompt, row.status));
        setText(label, row.label);
        show(badge, row.simulated);
        setText(prompt, row.prompt);
        setAttribute(prompt, 'title', row.prompt);
        setText(model, row.model);
        setAttribute(model, 'title', row.model);
        setText(status, row.status);
        setAttribute(status, 'data-tone', row.tone);
        columns.forEach(({ text }, index) => {
          const cell = cells[index];
          if (cell) setText(cell, text(row));
        });
        setAttribute(element, 'aria-current', row.shown ? 'true' : undefined);
      },
    };
  };

/** This session's runs and those brought back from earlier ones, newest first; a row's time brings it back onto the page. */
export const historyPart = (post: Post): Part<RunsView> => {
  const body = el('tbody', { role: 'rowgroup' });
  const titles = [runsText.time, runsText.run, runsText.prompt, runsText.state, ...columns.map(({ title }) => title), runsText.model];
  const head = titles.map((title, column) =>
    el('th', { scope: 'col', role: 'columnheader', class: column > 3 && title !== runsText.model ? 'number' : undefined }, title),
  );
  const clear = el(
    'button',
    { type: 'button', class: 'link', 'data-command': 'clear', onclick: () => post({ type: 'clear' }) },
    runsText.clearRuns,
  );
  const table = el(
    'table',
    { class: 'stacking', role: 'table', 'data-history': true, 'aria-labelledby': 'history-title' },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...head)),
    body,
  );
  const totals = figureList();
  setAttribute(totals.element, 'aria-label', runsText.allRuns);
  const title = el('h2', { id: 'history-title' });
  const element = el('section', { class: 'history' }, el('div', { class: 'section-head' }, title, clear), totals.element, table);
  const list = keyedList(body, (row: HistoryRow) => row.id, historyRow(post));
  return {
    element,
    update: ({ history, historyTitle, totals: figures }) => {
      setText(title, historyTitle);
      show(element, history.length > 0);
      totals.update(figures);
      list(history);
    },
  };
};
