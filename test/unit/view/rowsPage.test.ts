import assert from 'node:assert/strict';
import { parseFromRows, parseToRows, type FromRows, type RowLine, type RowsHead } from '../../../src/core/panel/rowsProtocol';
import { createRowsPage } from '../../../src/view/rows/rowsPage';
import { FakeElement as Element, asFake, installFakeDom, type FakeElement } from '../../support/fakeDom';

const head: RowsHead = {
  version: 1,
  title: 'a.bedrock.md · 2 rows of q.csv',
  service: { kind: 'emulator', text: '127.0.0.1:8787' },
  state: 'running',
  status: 'Running: 1 of 2 answered · 1 under way',
  progress: { done: 1, of: 2 },
  notice: '',
  note: '',
  doubt: '',
  canRetry: false,
  canResume: false,
  figures: [{ id: 'usd', label: 'Cost so far', value: '$0.01', hint: 'By list prices.' }],
  models: [{ name: 'Sonnet', summary: '' }],
  expects: true,
};
const line = (index: number, over: Partial<RowLine['cells'][number]> = {}): RowLine => ({
  index,
  name: String(index + 1),
  values: `question: ${index}`,
  expect: '',
  cells: [{ state: 'done', text: `Answer ${index}`, canOpen: true, hasDetails: true, usage: 'read 5', met: '', last: '', ...over }],
});

const openPage = () => {
  const posted: FromRows[] = [];
  const page = createRowsPage((message) => posted.push(message));
  const body = new Element('body');
  body.append(...page.elements.map(asFake));
  const find = (selector: string): FakeElement => {
    const found = body.querySelector(selector);
    assert.ok(found, `nothing matches ${selector}`);
    return found;
  };
  return { posted, page, body, find };
};
const isShown = (element: FakeElement): boolean => !element.hasAttribute('hidden');

describe('the page of a batch', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('draws a line for each row, and only what has changed afterwards', () => {
    const { page, body, find } = openPage();
    page.receive({ type: 'rows', head, lines: [line(0), line(1, { state: 'sent', text: 'Under way…', canOpen: false })], reset: true });
    assert.equal(body.querySelectorAll('tr[data-row]').length, 2);
    const first = find('tr[data-row="0"]');
    page.receive({ type: 'rows', head, lines: [line(1, { text: 'Answer', met: 'no' })], reset: false });
    assert.equal(find('tr[data-row="0"]'), first);
    assert.match(find('tr[data-row="1"]').textContent ?? '', /✗ not as expected.*Answer/);
  });

  it('offers what can be done now', () => {
    const { page, find, posted } = openPage();
    const shown = (view: RowsHead): readonly string[] => {
      page.receive({ type: 'rows', head: view, lines: [], reset: false });
      return ['pause', 'resume', 'cancel', 'retry'].filter((name) => isShown(find(`[data-action="${name}"]`)));
    };
    assert.deepEqual(shown(head), ['pause', 'cancel']);
    assert.deepEqual(shown({ ...head, state: 'paused', canResume: true, canRetry: true }), ['resume', 'retry']);
    assert.deepEqual(shown({ ...head, state: 'over' }), []);
    for (const name of ['pause', 'resume', 'cancel', 'retry', 'csv', 'jsonLines', 'sendAgain', 'leaveOut'])
      find(`[data-action="${name}"]`).click();
    assert.deepEqual(posted, [
      { type: 'pause' },
      { type: 'resume' },
      { type: 'cancel' },
      { type: 'retry' },
      { type: 'export', form: 'csv' },
      { type: 'export', form: 'jsonLines' },
      { type: 'decide', send: true },
      { type: 'decide', send: false },
    ]);
    for (const message of posted) assert.deepEqual(parseFromRows(message), message);
  });

  it('says what is doubtful, and why nothing is sent', () => {
    const { page, find } = openPage();
    page.receive({ type: 'rows', head: { ...head, doubt: '1 row had left', notice: 'The disk is full.' }, lines: [], reset: true });
    assert.ok(isShown(find('.rows-doubt')) && isShown(find('.rows-notice')));
    page.receive({ type: 'rows', head, lines: [], reset: false });
    assert.ok(!isShown(find('.rows-doubt')) && !isShown(find('.rows-notice')));
  });

  it('opens an answer of a row and a model', () => {
    const { page, find, posted } = openPage();
    page.receive({ type: 'rows', head, lines: [line(0)], reset: true });
    find('[data-action="open"]').click();
    find('[data-action="details"]').click();
    assert.deepEqual(posted, [
      { type: 'open', row: 0, model: 0 },
      { type: 'details', row: 0, model: 0 },
    ]);
    page.receive({ type: 'rows', head, lines: [line(0, { state: 'sent', canOpen: false, hasDetails: false })], reset: false });
    assert.equal(isShown(find('[data-action="details"]')), false);
  });

  it('takes no message that is none', () => {
    for (const message of [null, 'rows', { type: 'rows' }, { type: 'rows', head: { version: 2 } }])
      assert.equal(parseToRows(message), undefined);
    for (const message of [
      null,
      {},
      { type: 'decide' },
      { type: 'export', form: 'xml' },
      { type: 'open', row: -1, model: 0 },
      { type: 'open', row: 0.5, model: 0 },
    ])
      assert.equal(parseFromRows(message), undefined);
  });
});
