import type { RunView, TabMessage } from '../core/panel/protocol';
import { el, setText, show } from './dom';
import type { Part } from './dom';

/** Says that an answer is an earlier one given again, with the button that sends the request; hidden otherwise. */
export const replayPart = (post: (message: TabMessage<'run'>) => void): Part<RunView['replay']> => {
  const text = el('p');
  const button = el('button', {
    type: 'button',
    class: 'secondary',
    'data-action': 'runForReal',
    onclick: () => post({ type: 'action', action: 'runForReal' }),
  });
  const element = el('section', { class: 'replay', hidden: true }, text, el('div', { class: 'buttons' }, button));
  return {
    element,
    update: (view) => {
      show(element, view !== undefined);
      if (view === undefined) return;
      setText(text, view.text);
      setText(button, view.label);
    },
  };
};
