import { rowsPageText } from '../../core/messages/page/rows';
import type { FromRows, RowCell, RowLine, RowsHead, ToRows } from '../../core/panel/rowsProtocol';
import { el, keyedList, setAttribute, setText, show, type Part } from '../dom';

type Post = (message: FromRows) => void;

/** The page of a batch: what stands above the table, and the table. */
export interface RowsPage {
  readonly elements: readonly Node[];
  readonly receive: (message: ToRows) => void;
}

const button = (label: string, look: 'primary' | 'secondary' | 'link', work: () => void, name: string): HTMLButtonElement =>
  el('button', { type: 'button', class: look, 'data-action': name, onclick: work }, label);

const buttons = (post: Post): Part<RowsHead> => {
  const pause = button(rowsPageText.pause, 'primary', () => post({ type: 'pause' }), 'pause');
  const resume = button(rowsPageText.resume, 'primary', () => post({ type: 'resume' }), 'resume');
  const cancel = button(rowsPageText.cancel, 'secondary', () => post({ type: 'cancel' }), 'cancel');
  const retry = button(rowsPageText.retryFailed, 'secondary', () => post({ type: 'retry' }), 'retry');
  const csv = button(rowsPageText.exportCsv, 'secondary', () => post({ type: 'export', form: 'csv' }), 'csv');
  const lines = button(rowsPageText.exportJsonLines, 'secondary', () => post({ type: 'export', form: 'jsonLines' }), 'jsonLines');
  return {
    element: el('div', { class: 'buttons' }, pause, resume, cancel, retry, csv, lines),
    update: ({ state, canResume, canRetry }) => {
      const isRunning = state === 'running' || state === 'pausing';
      show(pause, isRunning);
      setAttribute(pause, 'aria-disabled', state === 'pausing' ? 'true' : undefined);
      show(resume, !isRunning && canResume);
      show(cancel, isRunning);
      show(retry, !isRunning && canRetry);
    },
  };
};

const doubtCard = (post: Post): Part<RowsHead> => {
  const text = el('p', {});
  const send = button(rowsPageText.sendAgain, 'secondary', () => post({ type: 'decide', send: true }), 'sendAgain');
  const leave = button(rowsPageText.leaveOut, 'secondary', () => post({ type: 'decide', send: false }), 'leaveOut');
  const element = el(
    'section',
    { class: 'rows-doubt', role: 'group', 'aria-label': rowsPageText.doubtful },
    text,
    el('div', { class: 'buttons' }, send, leave),
  );
  return {
    element,
    update: ({ doubt }) => {
      setText(text, doubt);
      show(element, doubt !== '');
    },
  };
};

const figureList = (): Part<RowsHead> => {
  const element = el('dl', { class: 'figures' });
  const update = keyedList<RowsHead['figures'][number]>(
    element,
    ({ id }) => id,
    ({ id }) => {
      const [label, value] = [el('dt'), el('dd')];
      const figure = el('div', { class: 'figure', 'data-rows-figure': id }, label, value);
      return {
        element: figure,
        update: (one) => {
          setText(label, one.label);
          setText(value, one.value);
          setAttribute(figure, 'title', one.hint);
        },
      };
    },
  );
  return { element, update: ({ figures }) => update(figures) };
};

const head = (post: Post): Part<RowsHead> => {
  const title = el('h1', { class: 'rows-title' });
  const service = el('div', { class: 'service' });
  const status = el('p', { class: 'rows-status', role: 'status' });
  const progress = el('progress', { 'aria-label': rowsPageText.ended });
  const notice = el('p', { class: 'rows-notice', role: 'alert' });
  const note = el('p', { class: 'rows-note faint' });
  const parts = [buttons(post), doubtCard(post), figureList()];
  return {
    element: el(
      'header',
      { class: 'rows-head' },
      service,
      title,
      status,
      progress,
      ...parts.slice(0, 1).map(({ element }) => element),
      notice,
      ...parts.slice(1).map(({ element }) => element),
      note,
    ),
    update: (view) => {
      setAttribute(service, 'data-service', view.service.kind);
      setText(
        service,
        view.service.kind === 'emulator'
          ? rowsPageText.simulated(view.service.text)
          : rowsPageText.sentTo(view.service.kind === 'aws', view.service.text),
      );
      setText(title, view.title);
      setText(status, view.status);
      setAttribute(progress, 'max', Math.max(1, view.progress.of));
      setAttribute(progress, 'value', view.progress.done);
      setText(notice, view.notice);
      show(notice, view.notice !== '');
      setText(note, view.note);
      show(note, view.note !== '');
      for (const part of parts) part.update(view);
    },
  };
};

const metTexts: { readonly [M in RowCell['met']]: string } = { yes: rowsPageText.met, no: rowsPageText.notMet, '': '' };

const cellPart = (row: number, model: number, post: Post): Part<RowCell> => {
  const met = el('span', { class: 'rows-met' });
  const text = el('div', { class: 'rows-answer' });
  const open = button(rowsPageText.open, 'link', () => post({ type: 'open', row, model }), 'open');
  const details = button(rowsPageText.details, 'link', () => post({ type: 'details', row, model }), 'details');
  const usage = el('div', { class: 'rows-usage faint' });
  const last = el('div', { class: 'rows-last faint' });
  const element = el('td', {}, el('div', { class: 'rows-cell-head' }, met, open, details), text, usage, last);
  return {
    element,
    update: (cell) => {
      setAttribute(element, 'data-state', cell.state);
      setAttribute(met, 'data-met', cell.met || undefined);
      setText(met, metTexts[cell.met]);
      show(met, cell.met !== '');
      setText(text, cell.text);
      show(open, cell.canOpen);
      setAttribute(open, 'aria-label', rowsPageText.openAnswer(row + 1));
      show(details, cell.hasDetails);
      setAttribute(details, 'aria-label', rowsPageText.showDetails(row + 1));
      setText(usage, cell.usage);
      show(usage, cell.usage !== '');
      setText(last, cell.last === '' ? '' : rowsPageText.lastTime(cell.last));
      show(last, cell.last !== '');
    },
  };
};

const linePart = (first: RowLine, post: Post): Part<RowLine> => {
  const name = el('th', { scope: 'row', class: 'number' });
  const values = el('td', { class: 'rows-values' });
  const expect = el('div', { class: 'rows-expect faint' });
  const text = el('div', {});
  values.append(text, expect);
  const cells = first.cells.map((_, model) => cellPart(first.index, model, post));
  return {
    element: el('tr', { 'data-row': first.index }, name, values, ...cells.map(({ element }) => element)),
    update: (line) => {
      setText(name, line.name);
      setText(text, line.values);
      setText(expect, line.expect === '' ? '' : rowsPageText.expected(line.expect));
      show(expect, line.expect !== '');
      line.cells.forEach((cell, model) => cells[model]?.update(cell));
    },
  };
};

/** Makes the page; `post` is its only way out. */
export const createRowsPage = (post: Post): RowsPage => {
  const top = head(post);
  const columns = el('tr', {});
  const body = el('tbody', {});
  const table = el(
    'table',
    { class: 'rows-table' },
    el('caption', { class: 'visually-hidden' }, rowsPageText.tableName),
    el('thead', {}, columns),
    body,
  );
  let lines = new Map<number, Part<RowLine>>();
  let drawn = '';
  return {
    elements: [top.element, el('main', { class: 'scroller' }, table)],
    receive: ({ head: view, lines: changed, reset }) => {
      top.update(view);
      const names = JSON.stringify(view.models);
      if (names !== drawn) {
        drawn = names;
        columns.textContent = '';
        columns.append(
          el('th', { scope: 'col', class: 'number' }, rowsPageText.row),
          el('th', { scope: 'col' }, rowsPageText.values),
          ...view.models.map(({ name, summary }) =>
            el('th', { scope: 'col' }, name, ...(summary === '' ? [] : [el('div', { class: 'faint' }, summary)])),
          ),
        );
      }
      if (reset) {
        lines = new Map();
        body.textContent = '';
      }
      for (const line of changed) {
        const known = lines.get(line.index);
        const part = known ?? linePart(line, post);
        part.update(line);
        if (known !== undefined) continue;
        lines.set(line.index, part);
        body.append(part.element);
      }
    },
  };
};
