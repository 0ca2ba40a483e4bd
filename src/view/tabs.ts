import type { FromPanel, PanelState, PanelTab } from '../core/panel/protocol';
import { el, setAttribute } from './dom';
import type { Part } from './dom';

const titles: readonly { readonly tab: PanelTab; readonly title: string }[] = [
  { tab: 'run', title: 'Runs' },
  { tab: 'models', title: 'Models' },
  { tab: 'forecast', title: 'Forecast' },
];

/** The page's tabs, by the pattern for tabs: arrow keys move between them, one of them takes part in the tab order. */
export const tabBar = (post: (message: FromPanel) => void): Part<PanelState> => {
  const buttons = titles.map(({ tab, title }) =>
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
      title,
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
    element: el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Parts of the panel', onkeydown: move }, ...buttons),
    update: (state) => {
      titles.forEach(({ tab }, index) => {
        const button = buttons[index];
        if (button === undefined) return;
        setAttribute(button, 'aria-selected', state.tab === tab ? 'true' : 'false');
        setAttribute(button, 'tabindex', state.tab === tab ? 0 : -1);
      });
    },
  };
};
