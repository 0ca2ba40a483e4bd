import { runsText } from '../core/messages/page/runs';
import type { FailureView, TabMessage } from '../core/panel/protocol';
import type { PanelAction } from '../core/messages/failureText';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

type Action = FailureView['actions'][number];

const actionButton =
  (post: (message: TabMessage<'run'>) => void) =>
  ({ action }: { readonly action: PanelAction }): Part<Action> => {
    const element = el('button', {
      type: 'button',
      class: 'secondary',
      'data-action': action,
      onclick: () => post({ type: 'action', action }),
    });
    return { element, update: ({ label }) => setText(element, label) };
  };

const step = (): Part<string> => {
  const element = el('li');
  return { element, update: (text) => setText(element, text) };
};

/** What went wrong and what to do next; hidden while nothing has. */
export const failurePart = (post: (message: TabMessage<'run'>) => void): Part<FailureView | undefined> => {
  const title = el('h3');
  const text = el('p');
  const steps = el('ul', { class: 'steps' });
  const actions = el('div', { class: 'buttons' });
  const detail = el('pre');
  const request = el('p', { class: 'faint' });
  const more = el('details', { class: 'more', open: true }, el('summary', {}, runsText.details), detail, request);
  const element = el('section', { class: 'failure', hidden: true }, title, text, steps, actions, more);
  const stepList = keyedList(steps, (one: string) => one, step);
  const actionList = keyedList(actions, (one: Action) => one.action, actionButton(post));
  return {
    element,
    update: (view) => {
      show(element, view !== undefined);
      setAttribute(element, 'data-failure', view?.code);
      if (view === undefined) return;
      setText(title, view.title);
      setText(text, view.text);
      stepList(view.steps);
      show(steps, view.steps.length > 0);
      actionList(view.actions);
      setText(detail, view.detail);
      show(detail, view.detail !== '');
      setText(request, view.requestId === undefined ? '' : runsText.requestId(view.requestId));
      show(more, view.detail !== '' || view.requestId !== undefined);
    },
  };
};
