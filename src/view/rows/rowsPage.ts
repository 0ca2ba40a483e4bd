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
  const pause = button('Pause', 'primary', () => post({ type: 'pause' }), 'pause');
  const resume = button('Resume', 'primary', () => post({ type: 'resume' }), 'resume');
  const cancel = button('Cancel', 'secondary', () => post({ type: 'cancel' }), 'cancel');
  const retry = button('Retry Failed', 'secondary', () => post({ type: 'retry' }), 'retry');
  const csv = button('Export CSV', 'secondary', () => post({ type: 'export', form: 'csv' }), 'csv');
  const lines = button('Export JSON Lines', 'secondary', () => post({ type: 'export', form: 'jsonLines' }), 'jsonLines');
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
  const send = button('Send Again', 'secondary', () => post({ type: 'decide', send: true }), 'sendAgain');
  const leave = button('Leave Out', 'secondary', () => post({ type: 'decide', send: false }), 'leaveOut');
  const element = el(
    'section',
    { class: 'rows-doubt', role: 'group', 'aria-label': 'Doubtful rows' },
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
  const progress = el('progress', { 'aria-label': 'Rows that have ended' });
  const notice = el('p', { class: 'rows-notice', role: 'alert' });
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
    ),
    update: (view) => {
      setAttribute(service, 'data-service', view.service.kind);
      setText(
        service,
        view.service.kind === 'emulator'
          ? `Local emulator, ${view.service.text}: answers are simulated.`
          : `Sent to ${view.service.kind === 'aws' ? `Amazon Bedrock ${view.service.text}` : view.service.text}`,
      );
      setText(title, view.title);
      setText(status, view.status);
      setAttribute(progress, 'max', Math.max(1, view.progress.of));
      setAttribute(progress, 'value', view.progress.done);
      setText(notice, view.notice);
      show(notice, view.notice !== '');
      for (const part of parts) part.update(view);
    },
  };
};

const metTexts: { readonly [M in RowCell['met']]: string } = { yes: '✓ as expected', no: '✗ not as expected', '': '' };

const cellPart = (row: number, model: number, post: Post): Part<RowCell> => {
  const met = el('span', { class: 'rows-met' });
  const text = el('div', { class: 'rows-answer' });
  const open = button('Open', 'link', () => post({ type: 'open', row, model }), 'open');
  const usage = el('div', { class: 'rows-usage faint' });
  const last = el('div', { class: 'rows-last faint' });
  const element = el('td', {}, el('div', { class: 'rows-cell-head' }, met, open), text, usage, last);
  return {
    element,
    update: (cell) => {
      setAttribute(element, 'data-state', cell.state);
      setAttribute(met, 'data-met', cell.met || undefined);
      setText(met, metTexts[cell.met]);
      show(met, cell.met !== '');
      setText(text, cell.text);
      show(open, cell.canOpen);
      setAttribute(open, 'aria-label', `Open the answer of row ${row + 1}`);
      setText(usage, cell.usage);
      show(usage, cell.usage !== '');
      setText(last, cell.last === '' ? '' : `Last time: ${cell.last}`);
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
      setText(expect, line.expect === '' ? '' : `Expected: ${line.expect}`);
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
    el('caption', { class: 'visually-hidden' }, 'Rows and their answers'),
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
          el('th', { scope: 'col', class: 'number' }, 'Row'),
          el('th', { scope: 'col' }, 'Values'),
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
