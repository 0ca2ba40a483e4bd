import assert from 'node:assert/strict';
import { panelTabs, type FromPanel } from '../../../../src/core/panel/protocol';
import { createReceiver } from '../../../../src/editor/panel/messages';
import type { Tabs } from '../../../../src/editor/panel/tabs';

describe('messages of the panel’s page', () => {
  it('reach the tab that they belong to, and nobody else', async () => {
    const heard: unknown[] = [];
    const hear = (message: FromPanel): void => void heard.push(message);
    const tabs: Tabs = {
      run: {
        view: () => undefined,
        receive: {
          run: hear,
          runTwice: hear,
          runCold: hear,
          clearEmulator: hear,
          cancel: hear,
          show: hear,
          copyAnswer: hear,
          copyRequest: hear,
          openAnswer: hear,
          openLink: hear,
          images: hear,
          clear: hear,
          why: hear,
          action: hear,
        },
      },
      models: { view: () => undefined, receive: { useModel: hear } },
      forecast: { view: () => undefined, receive: { traffic: hear, saveTraffic: hear } },
    };
    const form = { valuesTyped: hear, valuesGiven: hear, valuesSaved: hear, valuesDropped: hear };
    const receive = createReceiver(tabs, (tab) => void heard.push(tab), form);
    const messages: readonly FromPanel[] = [
      { type: 'run' },
      { type: 'show', run: 'run-1' },
      { type: 'action', action: 'signIn' },
      { type: 'why', run: 'run-1', action: 'showDifference' },
      { type: 'useModel', modelId: 'm' },
      { type: 'traffic', callsPerHour: 3 },
      { type: 'valuesGiven', form: 'values 1', values: { who: 'Ann' } },
      { type: 'valuesDropped', form: 'values 1' },
    ];
    for (const message of messages) await receive(message);
    assert.deepEqual(heard.splice(0), messages);
    for (const tab of panelTabs) await receive({ type: 'tab', tab });
    assert.deepEqual(heard.splice(0), panelTabs);
    await receive({ type: 'ready' });
    assert.deepEqual(heard, []);
  });
});
