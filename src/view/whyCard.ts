import { runsText } from '../core/messages/page/runs';
import type { WhyAction } from '../core/messages/whyActions';
import type { RunView, TabMessage } from '../core/panel/protocol';
import type { WhyView } from '../core/panel/whyTypes';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

type Post = (message: TabMessage<'run'>) => void;
type Action = WhyView['actions'][number];

const sentence = (): Part<string> => {
  const element = el('li');
  return { element, update: (text) => setText(element, text) };
};

/** Why a run did or did not read the cache, with what can be done about it; hidden where there is nothing to say. */
export const whyPart = (post: Post, { id, label }: RunView): Part<WhyView | undefined> => {
  const title = el('h3');
  const list = el('ul', { class: 'steps' });
  const buttons = el('div', { class: 'buttons' });
  const element = el('section', { class: 'why', hidden: true, 'aria-label': runsText.cacheOf(label) }, title, list, buttons);
  const button = ({ action }: { readonly action: WhyAction }): Part<Action> => {
    const own = el('button', {
      type: 'button',
      class: 'secondary',
      'data-why': action,
      onclick: () => post({ type: 'why', run: id, action }),
    });
    return { element: own, update: ({ label: text }) => setText(own, text) };
  };
  const sentences = keyedList(list, (one: string) => one, sentence);
  const actions = keyedList(buttons, (one: Action) => one.action, button);
  return {
    element,
    update: (view) => {
      show(element, view !== undefined);
      setAttribute(element, 'data-tone', view?.tone);
      if (view === undefined) return;
      setText(title, view.title);
      sentences(view.sentences);
      actions(view.actions);
      show(buttons, view.actions.length > 0);
    },
  };
};
