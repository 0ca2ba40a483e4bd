import type { FromPanel, PanelState, ToPanel } from '../core/panel/protocol';
import { assertNever } from '../core/text/assertNever';
import { announcement } from './announce';
import { el, setText, show } from './dom';
import { forecastPart } from './forecastTab';
import { historyPart } from './history';
import { modelsPart } from './modelsTab';
import { runsPart } from './runsTab';
import { tabBar } from './tabs';
import { serviceNotice, toolbar } from './toolbar';

/** The whole page: it keeps what it was last told and nothing else. */
export interface Page {
  readonly elements: readonly Node[];
  readonly receive: (message: ToPanel) => void;
  /** Stops the running call, if one is running. */
  readonly cancel: () => boolean;
}

/** Makes the page; `post` is its only way out. */
export const createPage = (post: (message: FromPanel) => void): Page => {
  const notice = serviceNotice();
  const tools = toolbar(post);
  const welcome = el('p', { class: 'welcome', hidden: true });
  const tabs = tabBar(post);
  const models = modelsPart(post);
  const forecast = forecastPart(post);
  const noForecast = el('p', { class: 'welcome' }, 'Open a prompt to see what it will cost.');
  const runs = runsPart(post);
  const history = historyPart(post);
  const live = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', 'data-announcement': true });
  const panel = (tab: string, ...parts: readonly Node[]) =>
    el('div', { id: `panel-${tab}`, role: 'tabpanel', 'aria-labelledby': `tab-${tab}` }, ...parts);
  const runTab = panel('run', welcome, runs.element, history.element);
  const modelsTab = panel('models', models.element);
  const forecastTab = panel('forecast', noForecast, forecast.element);
  let current: PanelState | undefined;

  const draw = (state: PanelState): void => {
    notice.update(state);
    tools.update(state);
    setText(welcome, state.welcome);
    show(welcome, state.runs.length === 0);
    runs.update(state.runs);
    history.update(state.history);
    tabs.update(state);
    models.update(state.models);
    show(runTab, state.tab === 'run');
    show(modelsTab, state.tab === 'models');
    show(forecastTab, state.tab === 'forecast');
    show(noForecast, state.forecast === undefined);
    show(forecast.element, state.forecast !== undefined);
    if (state.forecast !== undefined) forecast.update(state.forecast);
    const news = announcement(current, state);
    if (news !== '') setText(live, news);
    current = state;
  };

  return {
    elements: [
      el('header', { class: 'top' }, notice.element, tools.element, tabs.element),
      el('main', {}, runTab, modelsTab, forecastTab),
      live,
    ],
    receive: (message) => {
      switch (message.type) {
        case 'state':
          return draw(message.state);
        case 'append':
          return runs.append(message);
        default:
          return assertNever(message);
      }
    },
    cancel: () => {
      if (current?.busy !== true) return false;
      post({ type: 'cancel' });
      return true;
    },
  };
};
