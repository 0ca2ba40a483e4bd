import { runsText } from '../core/messages/page/runs';
import { tabTitles } from '../core/messages/page/tabs';
import { panelTabs, type FromPanel, type PanelState, type PanelTab, type TabMessage, type TabView } from '../core/panel/protocol';
import { el, setAttribute, show, type Part } from './dom';
import { forecastTab } from './forecastTab';
import { modelsTab } from './modelsTab';
import { runsTab } from './runsTab';

type TabPart<T extends PanelTab> = Part<TabView<T> | undefined>;

/** How each tab is drawn, and where it posts its messages. */
const drawings = {
  run: runsTab,
  models: modelsTab,
  forecast: forecastTab,
} satisfies { readonly [T in PanelTab]: (post: (message: TabMessage<T>) => void) => TabPart<T> };

/** The parts of every tab, one of which is shown. */
export interface TabPanels extends Part<PanelState> {
  readonly runs: ReturnType<typeof runsTab>;
}

export const tabPanels = (post: (message: FromPanel) => void): TabPanels => {
  const runs = drawings.run(post);
  const parts: { readonly [T in PanelTab]: TabPart<T> } = { run: runs, models: drawings.models(post), forecast: drawings.forecast(post) };
  const panels = panelTabs.map((tab) =>
    el('div', { id: `panel-${tab}`, role: 'tabpanel', 'aria-labelledby': `tab-${tab}` }, parts[tab].element),
  );
  const update = <T extends PanelTab>(tab: T, { views }: PanelState): void => parts[tab].update(views[tab]);
  return {
    element: el('main', {}, ...panels),
    update: (state) => {
      for (const [index, tab] of panelTabs.entries()) {
        update(tab, state);
        const panel = panels[index];
        if (panel !== undefined) show(panel, state.tab === tab);
      }
    },
    runs,
  };
};

/** The page's tabs, by the pattern for tabs: arrow keys move between them, one of them takes part in the tab order. */
export const tabBar = (post: (message: FromPanel) => void): Part<PanelState> => {
  const buttons = panelTabs.map((tab) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${tab}`,
        'aria-controls': `panel-${tab}`,
        'data-tab': tab,
        onclick: () => post({ type: 'tab', tab }),
      },
      tabTitles[tab],
    ),
  );
  const move = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = buttons.findIndex((button) => button === event.target);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (step === 0 || at === -1 || next === undefined) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  return {
    element: el('div', { class: 'tabs', role: 'tablist', 'aria-label': runsText.tabs, onkeydown: move }, ...buttons),
    update: (state) => {
      panelTabs.forEach((tab, index) => {
        const button = buttons[index];
        if (button === undefined) return;
        setAttribute(button, 'aria-selected', state.tab === tab ? 'true' : 'false');
        setAttribute(button, 'tabindex', state.tab === tab ? 0 : -1);
      });
    },
  };
};
