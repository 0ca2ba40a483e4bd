import { modelsText } from '../core/messages/page/models';
import type { TabMessage } from '../core/panel/protocol';
import type { ModelFigure, ModelRow, ModelsView } from '../core/messages/models';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

type Post = (message: TabMessage<'models'>) => void;

/** What the rows can be sorted by: the columns of figures, and the name. */
type SortKey = ModelFigure | 'name';

interface Column {
  readonly title: string;
  readonly text: (row: ModelRow) => string;
  readonly number: boolean;
  readonly sort?: SortKey;
  readonly hint?: string;
}

const columns: readonly Column[] = [
  {
    title: modelsText.expected,
    text: (row) => row.expected,
    number: true,
    sort: 'expected',
    hint: modelsText.expectedHint,
  },
  {
    title: modelsText.cold,
    text: (row) => row.cold,
    number: true,
    sort: 'cold',
    hint: modelsText.coldHint,
  },
  {
    title: modelsText.warm,
    text: (row) => row.warm,
    number: true,
    sort: 'warm',
    hint: modelsText.warmHint,
  },
  {
    title: modelsText.uncached,
    text: (row) => row.uncached,
    number: true,
    sort: 'uncached',
    hint: modelsText.uncachedHint,
  },
  { title: modelsText.asWritten, text: (row) => row.why, number: false },
  { title: modelsText.minimum, text: (row) => row.minimum, number: true, sort: 'minimum', hint: modelsText.minimumHint },
  { title: modelsText.lifetimes, text: (row) => row.ttls, number: false },
];

const marks: { readonly [C in ModelRow['caches']]: string } = { yes: '✓', maybe: '?', no: '✗' };
const markTexts: { readonly [C in ModelRow['caches']]: string } = {
  yes: modelsText.cached,
  maybe: modelsText.perhaps,
  no: modelsText.notCached,
};

const modelRow =
  (post: Post) =>
  ({ modelId }: ModelRow): Part<ModelRow> => {
    const use = el('button', { type: 'button', class: 'link', onclick: () => post({ type: 'useModel', modelId }) });
    const life = el('span', { class: 'faint' });
    const mark = el('span', { 'aria-hidden': 'true' });
    const markText = el('span', { class: 'visually-hidden' });
    const markCell = el('td', { class: 'mark', role: 'cell' }, mark, markText);
    const cells = columns.map(({ number, title }) => el('td', { role: 'cell', class: number ? 'number' : undefined, 'data-label': title }));
    const name = el('th', { scope: 'row', role: 'rowheader' }, use, ' ', life);
    const element = el('tr', { role: 'row', 'data-model': modelId }, markCell, name, ...cells);
    return {
      element,
      update: (row) => {
        setText(mark, marks[row.caches]);
        setText(markText, markTexts[row.caches]);
        setAttribute(markCell, 'data-caches', row.caches);
        setText(use, row.name);
        setAttribute(use, 'title', row.current ? modelsText.names(modelId) : modelsText.letName(modelId));
        setText(life, row.lifecycle);
        setAttribute(element, 'aria-current', row.current ? 'true' : undefined);
        columns.forEach(({ text }, index) => {
          const cell = cells[index];
          if (cell) setText(cell, text(row));
        });
      },
    };
  };

/** Ascending is what people look for: the least money, the lowest minimum, A to Z. What is not known stands last either way. */
const sorted = (rows: readonly ModelRow[], key: SortKey, down: boolean): readonly ModelRow[] => {
  const sign = down ? -1 : 1;
  if (key === 'name') return rows.toSorted((one, other) => sign * one.name.localeCompare(other.name, 'en', { numeric: true }));
  return rows.toSorted((one, other) => {
    const [a, b] = [one.order[key], other.order[key]];
    return a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : sign * (a - b);
  });
};

/** Every word of the filter stands in the name, the id or what is said of the row. */
const matches = (row: ModelRow, filter: string): boolean => {
  const text = `${row.name} ${row.modelId} ${row.why} ${row.ttls} ${row.lifecycle}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

interface Choices {
  filter: string;
  /** Also models that do not cache the prompt. */
  all: boolean;
  sort: { readonly key: SortKey; readonly down: boolean } | undefined;
}

/** The rows in the order of a person's choice; a filter looks at all of them, and retired models stand in a table of their own. */
const chosen = (
  view: ModelsView,
  { filter, all, sort }: Choices,
): { readonly offered: readonly ModelRow[]; readonly retired: readonly ModelRow[] } => {
  const rows = view.rows.filter((row) => (filter === '' ? all || row.current || row.caches !== 'no' : matches(row, filter)));
  const ordered = sort === undefined ? rows : sorted(rows, sort.key, sort.down);
  return {
    offered: ordered.filter(({ retired, current }) => !retired || current),
    retired: ordered.filter(({ retired, current }) => retired && !current),
  };
};

interface Headed {
  readonly element: HTMLTableCellElement;
  readonly key: SortKey | undefined;
}

const headCell = (
  title: string,
  key: SortKey | undefined,
  number: boolean,
  hint: string | undefined,
  sortBy: (key: SortKey) => void,
): Headed => {
  const label = key === undefined ? title : el('button', { type: 'button', class: 'sort', title: hint, onclick: () => sortBy(key) }, title);
  return { element: el('th', { scope: 'col', role: 'columnheader', class: number ? 'number' : undefined }, label), key };
};

/** One table of models with its heads, which sort both. */
const modelTable = (post: Post, name: string, sortBy: (key: SortKey) => void) => {
  const body = el('tbody', { role: 'rowgroup' });
  const heads = [
    headCell(modelsText.model, 'name', false, undefined, sortBy),
    ...columns.map(({ title, sort, number, hint }) => headCell(title, sort, number, hint, sortBy)),
  ];
  const first = el('th', { scope: 'col', role: 'columnheader' }, el('span', { class: 'visually-hidden' }, modelsText.caches));
  const head = el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, first, ...heads.map(({ element }) => element)));
  const table = el('table', { class: 'stacking', role: 'table', 'data-models': true, 'aria-label': name }, head, body);
  const list = keyedList(body, (row: ModelRow) => row.modelId, modelRow(post));
  return {
    table,
    update: (rows: readonly ModelRow[], sort: Choices['sort']): void => {
      list(rows);
      for (const { element, key } of heads)
        setAttribute(element, 'aria-sort', key !== undefined && sort?.key === key ? (sort.down ? 'descending' : 'ascending') : undefined);
    },
  };
};

/** This prompt on every model; choosing a name changes the prompt's `modelId`. Models that do not cache it are shown on request, retired ones apart. */
export const modelsTab = (post: Post): Part<ModelsView | undefined> => {
  const choices: Choices = { filter: '', all: false, sort: undefined };
  let latest: ModelsView | undefined;
  const redraw = (change: Partial<Choices>): void => {
    Object.assign(choices, change);
    draw(latest);
  };
  const sortBy = (key: SortKey): void => {
    const { sort } = choices;
    // A third press gives the order back in which they came.
    redraw({ sort: sort?.key !== key ? { key, down: false } : sort.down ? undefined : { key, down: true } });
  };
  const summary = el('p', { class: 'summary' });
  const waiting = el('p', { class: 'welcome' }, modelsText.noPrompt);
  const filter: HTMLInputElement = el('input', {
    type: 'search',
    placeholder: modelsText.filter,
    'aria-label': modelsText.filterHint,
    'data-model-filter': true,
    oninput: () => redraw({ filter: filter.value.trim() }),
  });
  const toggle = el('button', { type: 'button', class: 'link', onclick: () => redraw({ all: !choices.all }) });
  const none = el('p', { class: 'faint' }, modelsText.noMatch);
  const offered = modelTable(post, modelsText.everyModel, sortBy);
  const retired = modelTable(post, modelsText.retiredModels, sortBy);
  const apart = el('details', { class: 'more retired' }, el('summary', {}, modelsText.retired), retired.table);
  const content = el('div', {}, summary, el('div', { class: 'filter' }, filter, toggle), none, offered.table, apart);
  const draw = (view: ModelsView | undefined): void => {
    latest = view;
    show(waiting, view === undefined);
    show(content, view !== undefined);
    if (view === undefined) return;
    setText(summary, view.summary);
    const rows = chosen(view, choices);
    const hidden = view.rows.length - rows.offered.length - rows.retired.length;
    setText(toggle, choices.all ? modelsText.onlyCaching : modelsText.showMore(hidden));
    show(toggle, choices.filter === '' && (choices.all || hidden > 0));
    offered.update(rows.offered, choices.sort);
    retired.update(rows.retired, choices.sort);
    show(offered.table, rows.offered.length > 0);
    show(apart, rows.retired.length > 0);
    show(none, rows.offered.length + rows.retired.length === 0);
  };
  return { element: el('section', { class: 'models' }, waiting, content), update: draw };
};
