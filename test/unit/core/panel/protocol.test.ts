import assert from 'node:assert/strict';
import fc from 'fast-check';
import { panelTabs, parseFromPanel, parseToPanel } from '../../../../src/core/panel/protocol';
import { panelActions } from '../../../../src/core/messages/failureText';
import type { FromPanel, ToPanel } from '../../../../src/core/panel/protocol';
import { panelOf } from '../../../support/panelStates';

const state = panelOf({ file: 'f', records: [], shown: [], busy: false, locale: 'en', service: { kind: 'aws', text: '' } });

describe('messages of the panel', () => {
  it('accepts every message that the page may send', () => {
    const messages: readonly FromPanel[] = [
      { type: 'ready' },
      { type: 'run' },
      { type: 'runTwice' },
      { type: 'cancel' },
      { type: 'clear' },
      { type: 'show', run: '1' },
      { type: 'copyAnswer', run: '1' },
      { type: 'copyRequest', run: '1' },
      { type: 'useModel', modelId: 'm' },
      { type: 'traffic', callsPerHour: 0 },
      { type: 'traffic', callsPerHour: 10_000_000 },
      ...(['valuesTyped', 'valuesGiven', 'valuesSaved'] as const).map((type) => ({ type, form: 'values 1', values: { who: 'Ann\nBob' } })),
      { type: 'valuesDropped', form: 'values 1' },
      ...panelTabs.map((tab) => ({ type: 'tab', tab }) as const),
      ...panelActions.map((action) => ({ type: 'action', action }) as const),
    ];
    for (const message of messages) assert.deepEqual(parseFromPanel(message), message);
  });

  it('passes on nothing but the known members', () => {
    assert.deepEqual(parseFromPanel({ type: 'run', file: '/etc/passwd' }), { type: 'run' });
    assert.deepEqual(parseFromPanel({ type: 'show', run: 'a', more: 1 }), { type: 'show', run: 'a' });
  });

  it('refuses what is incomplete or unknown', () => {
    const wrong = [
      undefined,
      null,
      1,
      'run',
      [],
      {},
      { type: 'Run' },
      { type: 'show' },
      { type: 'show', run: 1 },
      { type: 'action', action: 'quit' },
      { type: 'tab', tab: 'toString' },
      { type: 'tab' },
      { type: 'useModel', modelId: 1 },
      { type: 'traffic', callsPerHour: -1 },
      { type: 'traffic', callsPerHour: 10_000_001 },
      { type: 'traffic', callsPerHour: Number.NaN },
      { type: 'traffic', callsPerHour: '60' },
      { type: 'valuesGiven', form: 'values 1' },
      { type: 'valuesGiven', form: 'values 1', values: { who: 1 } },
      { type: 'valuesGiven', form: 'values 1', values: null },
      { type: 'valuesDropped' },
      { type: 'toString' },
    ];
    for (const message of wrong) assert.equal(parseFromPanel(message), undefined);
  });

  it('accepts every message that the host may send', () => {
    const messages: readonly ToPanel[] = [
      { type: 'state', state },
      { type: 'append', run: '1', channel: 'answer', text: 'a' },
      { type: 'append', run: '1', channel: 'reasoning', text: '' },
    ];
    for (const message of messages) assert.deepEqual(parseToPanel(message), message);
  });

  it('refuses a state of another version and a piece for an unknown channel', () => {
    const wrong = [
      { type: 'state' },
      { type: 'state', state: { version: 2 } },
      { type: 'state', state: null },
      { type: 'append', run: '1', text: 'a', channel: 'html' },
      { type: 'append', run: 1, text: 'a', channel: 'answer' },
    ];
    for (const message of wrong) assert.equal(parseToPanel(message), undefined);
  });

  it('never throws, whatever is posted', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (message) => {
        parseFromPanel(message);
        parseToPanel(message);
      }),
    );
  });
});
