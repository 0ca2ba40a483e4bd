import type { FromPanel, PanelState, ToPanel } from '../core/panel/protocol';
import { assertNever } from '../core/text/assertNever';
import { announcement } from './announce';
import { el, setText } from './dom';
import { tabBar, tabPanels } from './tabs';
import { serviceNotice, toolbar } from './toolbar';
import { valuesForm } from './valuesForm';

/** The whole page: it keeps what it was last told and nothing else. */
export interface Page {
  readonly elements: readonly Node[];
  readonly receive: (message: ToPanel) => void;
  /** To be called each second: how long a run has been under way. */
  readonly tick: () => void;
  /** Stops the running call, if one is running. */
  readonly cancel: () => boolean;
}

/** Makes the page; `post` is its only way out. */
export const createPage = (post: (message: FromPanel) => void): Page => {
  const notice = serviceNotice(post);
  const tools = toolbar(post);
  const tabs = tabBar(post);
  const values = valuesForm(post, tools.focus);
  const panels = tabPanels(post);
  const live = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', 'data-announcement': true });
  let current: PanelState | undefined;

  const draw = (state: PanelState): void => {
    notice.update(state);
    tools.update(state);
    tabs.update(state);
    panels.update(state);
    values.update(state.form);
    const news = announcement(current, state);
    if (news !== '') setText(live, news);
    current = state;
  };

  return {
    elements: [el('header', { class: 'top' }, notice.element, tools.element, tabs.element), values.element, panels.element, live],
    receive: (message) => {
      switch (message.type) {
        case 'state':
          return draw(message.state);
        case 'append':
          return panels.runs.append(message);
        case 'images':
          return panels.runs.showImages(message);
        default:
          return assertNever(message);
      }
    },
    tick: panels.runs.tick,
    cancel: () => {
      if (current?.busy !== true) return false;
      post({ type: 'cancel' });
      return true;
    },
  };
};
