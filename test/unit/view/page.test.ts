import assert from 'node:assert/strict';
import type { FromPanel, PanelState } from '../../../src/core/panel/protocol';
import type { RunRecord } from '../../../src/core/runs/record';
import { createPage } from '../../../src/view/page';
import type { FakeElement } from '../../support/fakeDom';
import { FakeElement as Element, asFake, installFakeDom } from '../../support/fakeDom';
import { aPair, aStart, aUsage, finishedRun, fold } from '../../support/runRecords';
import { panelOf, type PanelInput } from '../../support/panelStates';

const aws = { kind: 'aws', text: 'Amazon Bedrock, us-east-1' } as const;
const emulator = { kind: 'emulator', text: 'Local emulator, 127.0.0.1:8787' } as const;
const stateOf = (records: readonly RunRecord[], over: Partial<PanelInput> = {}): PanelState =>
  panelOf({ file: 'a.bedrock.md', records, shown: records.map(({ id }) => id), busy: false, locale: 'en', service: aws, ...over });

const openPage = () => {
  const posted: FromPanel[] = [];
  const page = createPage((message) => posted.push(message));
  const body = new Element('body');
  body.append(...page.elements.map(asFake));
  const draw = (state: PanelState): void => page.receive({ type: 'state', state });
  const find = (selector: string): FakeElement => {
    const found = body.querySelector(selector);
    assert.ok(found, `nothing matches ${selector}`);
    return found;
  };
  return { posted, page, body, draw, find };
};

const wrote = aUsage({ cacheWrite: 2310, writes: [{ ttl: '5m', tokens: 2310 }] });
const hit = aUsage({ cacheRead: 2310 });
const live = (text: string, id = 'live'): RunRecord =>
  fold(
    aStart({ id }),
    { type: 'started', at: 0, modelId: 'm', identity: '' },
    ...(text === '' ? [] : [{ type: 'text', at: 10, delta: text } as const]),
  );

describe('the panel’s page', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('says what to do before the first run', () => {
    const { draw, find, body } = openPage();
    draw(stateOf([]));
    assert.match(find('.welcome').textContent, /No run of this prompt yet/);
    assert.equal(find('.welcome').hasAttribute('hidden'), false);
    assert.equal(find('.history').hasAttribute('hidden'), true);
    assert.equal(body.querySelectorAll('[data-run]').length, 0);
  });

  it('names prompt and values on each card and in each row of the list', () => {
    const { draw, find } = openPage();
    draw(stateOf([finishedRun(wrote, { file: 'triage.bedrock.md', row: 'Sample 3' })], { file: 'other.bedrock.md' }));
    assert.equal(find('.about').textContent, 'triage.bedrock.md · Sample 3');
    assert.match(find('.history').textContent, /triage\.bedrock\.md · Sample 3/);
  });

  it('keeps to the contract by which tests find a cold and a warm run', () => {
    const { draw, find, body } = openPage();
    draw(stateOf(aPair(wrote, hit)));
    const runs = body.querySelectorAll('[data-run]');
    assert.deepEqual(
      runs.map((run) => ['data-run', 'data-run-state', 'data-run-label'].map((name) => run.getAttribute(name))),
      [
        ['cold', 'finished', 'Cold'],
        ['warm', 'finished', 'Warm'],
      ],
    );
    const values = runs.map((run) =>
      run
        .querySelectorAll('tr[data-field]')
        .map((row) => [row.getAttribute('data-field'), row.querySelector('td[data-value]')?.getAttribute('data-value')]),
    );
    assert.deepEqual(values, [
      [
        ['cacheReadInputTokens', '0'],
        ['cacheWriteInputTokens', '2310'],
        ['inputTokens', '40'],
        ['outputTokens', '210'],
      ],
      [
        ['cacheReadInputTokens', '2310'],
        ['cacheWriteInputTokens', '0'],
        ['inputTokens', '40'],
        ['outputTokens', '210'],
      ],
    ]);
    assert.equal(body.querySelectorAll('table[data-usage]').length, 2);
    assert.equal(find('table[data-history]').querySelectorAll('tr[data-history-run]').length, 2);
    for (const command of ['run', 'runTwice', 'cancel', 'clear']) find(`button[data-command="${command}"]`);
  });

  it('leaves the raw value empty where nothing was reported', () => {
    const { draw, find } = openPage();
    draw(stateOf([live('')]));
    assert.equal(find('tr[data-field="inputTokens"]').querySelector('td[data-value]')?.getAttribute('data-value'), '');
  });

  it('names the service at the top, and simulated answers as such', () => {
    const { draw, find } = openPage();
    draw(stateOf([], { service: emulator }));
    assert.match(find('[data-service="emulator"]').textContent, /^Simulated /);
    draw(stateOf([finishedRun(hit, { service: 'emulator' })]));
    assert.match(find('[data-service="aws"]').textContent, /^Live Amazon Bedrock.*were simulated/);
    assert.equal(find('article').querySelector('.badge')?.hasAttribute('hidden'), false);
  });

  it('adds streamed text without drawing anything else again', () => {
    const { draw, find, page } = openPage();
    draw(stateOf([live('Hello')], { busy: true }));
    const table = find('table[data-usage]');
    const before = table.changes;
    page.receive({ type: 'append', run: 'live', channel: 'answer', text: ' there' });
    page.receive({ type: 'append', run: 'gone', channel: 'answer', text: '!' });
    assert.equal(find('[data-answer]').textContent, 'Hello there');
    assert.equal(table.changes, before);
    draw(stateOf([live('Hello there')], { busy: true }));
    assert.equal(find('[data-answer]').textContent, 'Hello there');
  });

  it('calls a run streaming with its first piece', () => {
    const { draw, find, page } = openPage();
    draw(stateOf([live('')]));
    assert.equal(find('[data-run]').getAttribute('data-run-state'), 'waiting');
    page.receive({ type: 'append', run: 'live', channel: 'reasoning', text: 'Hm' });
    assert.equal(find('[data-run]').getAttribute('data-run-state'), 'streaming');
    assert.equal(find('[data-run]').getAttribute('aria-busy'), 'true');
    assert.equal(find('.status').textContent, 'Streaming…');
    assert.equal(find('[data-reasoning]').textContent, 'Hm');
  });

  it('changes nothing when it is told the same state again', () => {
    const { draw, body } = openPage();
    draw(stateOf(aPair(wrote, hit)));
    const before = body.changes;
    draw(stateOf(aPair(wrote, hit)));
    assert.equal(body.changes, before);
  });

  it('asks for the pictures of a request when their list is opened, once, and shows them', () => {
    const { draw, find, page, posted } = openPage();
    const run = finishedRun(hit, { id: 'r' });
    draw(stateOf([run]));
    assert.equal(find('[data-pictures]').hasAttribute('hidden'), true);
    draw(stateOf([run], { imagesOf: () => 2 }));
    const list = find('[data-pictures]');
    assert.match(list.textContent, /Pictures of the request \(2\)/);
    for (let press = 0; press < 2; press += 1) {
      Object.assign(list, { open: true });
      list.fire('toggle');
    }
    assert.deepEqual(posted, [{ type: 'images', run: 'r' }]);
    const images = [{ type: 'image/png', data: 'iVBORw==' }];
    page.receive({ type: 'images', run: 'r', images });
    page.receive({ type: 'images', run: 'gone', images });
    assert.deepEqual(
      list.querySelectorAll('img').map((image) => [image.getAttribute('src'), image.getAttribute('alt')]),
      [['data:image/png;base64,iVBORw==', 'Picture 1 of the request']],
    );
  });

  it('offers to clear the cache of an emulator, and of nothing else', () => {
    const { draw, find, posted } = openPage();
    draw(stateOf([]));
    const clear = find('[data-command="clearEmulator"]');
    assert.equal(clear.hasAttribute('hidden'), true);
    draw(stateOf([], { service: emulator }));
    assert.equal(clear.hasAttribute('hidden'), false);
    clear.click();
    find('[data-command="runCold"]').click();
    assert.deepEqual(posted, [{ type: 'clearEmulator' }, { type: 'runCold' }]);
  });

  it('says how long a run has been under way, and no more once it has ended', () => {
    const { draw, find, page } = openPage();
    const now = aStart().startedAt + 65_400;
    draw(stateOf([live('')], { now }));
    assert.deepEqual([find('.clock').textContent, find('.clock').hasAttribute('hidden')], ['1:05', false]);
    page.tick();
    assert.equal(find('.clock').textContent, '1:05');
    draw(stateOf([{ ...finishedRun(hit), id: 'live' }], { now }));
    assert.equal(find('.clock').hasAttribute('hidden'), true);
  });

  it('sums up the runs of the session', () => {
    const { draw, find } = openPage();
    draw(stateOf([finishedRun(hit, { id: 'only' })]));
    const totals = find('.history').querySelector('.figures');
    assert.equal(totals?.hasAttribute('hidden'), true);
    draw(stateOf(aPair(wrote, hit)));
    assert.equal(totals.hasAttribute('hidden'), false);
    assert.equal(find('.history').querySelector('h2')?.textContent, 'Runs of this session');
    const value = (id: string) => totals.querySelector(`[data-figure="${id}"]`)?.querySelector('dd')?.textContent;
    assert.deepEqual(['runs', 'read', 'written', 'input', 'output', 'hitRate'].map(value), ['2', '2,310', '2,310', '80', '420', '49%']);
    draw(stateOf([{ ...finishedRun(hit, { id: 'earlier' }), restored: 'figures' }]));
    assert.equal(find('.history').querySelector('h2')?.textContent, 'Runs of this session and earlier ones');
  });

  it('says of a run of earlier that its texts were not kept, and offers nothing to do with them', () => {
    const { draw, find } = openPage();
    const isHidden = (selector: string): boolean => find(selector).hasAttribute('hidden');
    draw(stateOf([{ ...finishedRun(hit), answer: '', restored: 'figures' }]));
    assert.match(find('.answer').textContent, /were not kept/);
    assert.deepEqual(['.answer', '.answer-head', '.not-kept'].map(isHidden), [false, true, false]);
    draw(stateOf([{ ...finishedRun(hit), restored: 'whole' }]));
    assert.deepEqual(['.answer', '.answer-head', '.not-kept'].map(isHidden), [false, false, true]);
  });

  it('keeps a run’s elements when its state changes', () => {
    const { draw, find } = openPage();
    draw(stateOf([live('a')]));
    const run = find('[data-run]');
    draw(stateOf([{ ...finishedRun(hit), id: 'live' }, finishedRun(hit, { id: 'next' })]));
    assert.equal(find('[data-run="live"]'), run);
  });

  it('posts what its buttons stand for', () => {
    const { draw, find, posted } = openPage();
    draw(stateOf([finishedRun(hit, { id: 'r' })]));
    for (const command of ['run', 'runTwice', 'clear', 'cancel']) find(`button[data-command="${command}"]`).click();
    find('tr[data-history-run="r"]').querySelector('button')?.click();
    for (const button of find('.answer-head').querySelectorAll('button')) button.click();
    // Nothing runs, so there is nothing to cancel.
    assert.deepEqual(posted, [
      { type: 'run' },
      { type: 'runTwice' },
      { type: 'clear' },
      { type: 'show', run: 'r' },
      { type: 'openAnswer', run: 'r' },
      { type: 'copyAnswer', run: 'r' },
      { type: 'copyRequest', run: 'r' },
    ]);
  });

  it('cancels only what is running, and starts nothing meanwhile', () => {
    const { draw, find, page, posted } = openPage();
    assert.equal(page.cancel(), false);
    draw(stateOf([live('a')], { busy: true }));
    find('button[data-command="run"]').click();
    find('button[data-command="cancel"]').click();
    assert.equal(page.cancel(), true);
    assert.deepEqual(posted, [{ type: 'cancel' }, { type: 'cancel' }]);
  });

  it('shows a failure with its steps and posts its actions', () => {
    const { draw, find, posted } = openPage();
    const failure = { code: 'credentials', reason: 'expired', profile: 'dev', detail: 'expired', requestId: 'r-1' } as const;
    draw(stateOf([fold(aStart(), { type: 'failed', at: 0, failure })]));
    const box = find('[data-failure="credentials"]');
    assert.match(box.textContent, /login has expired.*aws sso login.*expired.*Request id: r-1/);
    box.querySelector('button[data-action="signIn"]')?.click();
    assert.deepEqual(posted, [{ type: 'action', action: 'signIn' }]);
    assert.equal(find('.answer').hasAttribute('hidden'), true);
    draw(stateOf([finishedRun(hit)]));
    assert.equal(find('.failure').hasAttribute('hidden'), true);
  });

  it('tells a screen reader of starts and ends, and of nothing when it is opened again', () => {
    const { draw, find } = openPage();
    const news = (): string => find('[data-announcement]').textContent;
    draw(stateOf([]));
    draw(stateOf([live('')], { busy: true }));
    assert.equal(news(), 'Run started.');
    draw(stateOf([live('a')], { busy: true }));
    assert.equal(news(), 'Run started.');
    draw(stateOf([{ ...finishedRun(hit), id: 'live' }]));
    assert.equal(news(), 'Run: Finished in 2.4 s. Cache hit rate 98%.');
    const again = openPage();
    again.draw(stateOf([finishedRun(hit)]));
    assert.equal(again.find('[data-announcement]').textContent, '');
  });

  it('explains every figure and row in words, for those who cannot hover', () => {
    const { draw, find } = openPage();
    draw(stateOf([finishedRun(wrote)]));
    const words = find('.explanations').textContent;
    assert.match(words, /uncached input \+ cache read \+ cache write/);
    assert.match(words, /2,310 for 5m/);
  });

  it('shows whatever a model says as text', () => {
    const { draw, body } = openPage();
    const nasty = '<script>alert(1)</script>';
    draw(stateOf([{ ...finishedRun(hit), answer: nasty, reasoning: nasty, modelName: nasty, toolUses: [{ name: nasty, input: nasty }] }]));
    assert.equal(body.querySelectorAll('script').length, 0);
    assert.ok(body.textContent.includes(nasty));
  });
});
