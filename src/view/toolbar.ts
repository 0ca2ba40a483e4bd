import { runsText } from '../core/messages/page/runs';
import type { FromPanel, PanelState } from '../core/panel/protocol';
import { el, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

type Command = 'run' | 'runTwice' | 'runCold' | 'cancel';

/** A button that is off stays focusable, so that neither focus nor the Escape key is lost when a run starts. */
const commandButton = (
  command: Command,
  look: string,
  label: string,
  hint: string,
  post: (message: FromPanel) => void,
): HTMLButtonElement => {
  const element = el(
    'button',
    {
      type: 'button',
      class: look,
      'data-command': command,
      title: hint,
      onclick: () => {
        if (element.getAttribute('aria-disabled') !== 'true') post({ type: command });
      },
    },
    label,
  );
  return element;
};

const tags: { readonly [K in PanelState['service']['kind']]: string } = {
  aws: runsText.live,
  emulator: runsText.simulated,
  custom: runsText.customEndpoint,
};

/** Which service the next run goes to, in words, and unmistakable where answers are simulated. */
export const serviceNotice = (post: (message: FromPanel) => void): Part<PanelState> => {
  const tag = el('strong');
  const text = el('span');
  const note = el('p', { class: 'note' });
  const clear = el(
    'button',
    {
      type: 'button',
      class: 'link',
      'data-command': 'clearEmulator',
      title: runsText.clearHint,
      onclick: () => post({ type: 'clearEmulator' }),
    },
    runsText.clearCache,
  );
  const element = el('div', { class: 'service', role: 'note' }, el('p', {}, tag, ' ', text, ' ', clear), note);
  return {
    element,
    update: ({ service, serviceNote }) => {
      setAttribute(element, 'data-service', service.kind);
      setText(tag, tags[service.kind]);
      setText(text, service.text);
      setText(note, serviceNote);
      show(clear, service.kind === 'emulator');
      show(note, serviceNote !== '');
    },
  };
};

/** The prompt's name and what can be done with it. */
export interface Toolbar extends Part<PanelState> {
  /** The button that runs gets the focus. */
  readonly focus: () => void;
}

export const toolbar = (post: (message: FromPanel) => void): Toolbar => {
  const file = el('h1');
  const run = commandButton('run', 'primary', runsText.run, runsText.runHint, post);
  const twice = commandButton('runTwice', 'secondary', runsText.runTwice, runsText.runTwiceHint, post);
  const cold = commandButton('runCold', 'secondary', runsText.runCold, runsText.runColdHint, post);
  const cancel = commandButton('cancel', 'secondary', runsText.cancel, runsText.cancelHint, post);
  return {
    element: el('div', { class: 'toolbar' }, file, el('div', { class: 'buttons' }, run, twice, cold, cancel)),
    update: (state) => {
      setText(file, state.file);
      setAttribute(file, 'title', state.file);
      for (const button of [run, twice, cold]) setAttribute(button, 'aria-disabled', state.busy ? 'true' : 'false');
      setAttribute(cancel, 'aria-disabled', state.busy ? 'false' : 'true');
    },
    focus: () => run.focus(),
  };
};
