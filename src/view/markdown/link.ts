import { runsText } from '../../core/messages/page/runs';
import { el, setAttribute, show, type Child } from '../dom';

/** Addresses that a browser or a mail program is for; any other can be read and not opened. */
const openable = /^(?:https?|mailto):/i;

/** The address as a person reads it: the parser has written what is not ASCII in percent signs. */
const readable = (url: string): string => {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
};

/** A link of an answer. A press shows where it leads, and only what then appears opens it. */
export const linkPart = (url: string, children: readonly Child[], openLink: (url: string) => void): HTMLElement => {
  const more = el(
    'span',
    { class: 'address', hidden: true },
    el('code', {}, readable(url)),
    ...(openable.test(url) ? [el('button', { type: 'button', class: 'link', onclick: () => openLink(url) }, runsText.open)] : []),
  );
  const button = el('button', {
    type: 'button',
    class: 'link answer-link',
    title: readable(url),
    'aria-expanded': 'false',
    onclick: () => {
      const opened = button.getAttribute('aria-expanded') !== 'true';
      setAttribute(button, 'aria-expanded', opened ? 'true' : 'false');
      show(more, opened);
    },
  });
  button.append(...children);
  return el('span', { class: 'answer-link-box' }, button, more);
};
