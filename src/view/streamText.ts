import { visible } from '../core/text/visible';
import { el, setAttribute } from './dom';
import type { Props } from './dom';

/** Text that grows at its end while a person may be reading it. */
export interface StreamText {
  readonly element: HTMLElement;
  /** Makes the text equal to this one, touching only what is new where it can. `live`: follow the end. */
  readonly set: (text: string, live: boolean) => void;
  readonly append: (text: string) => void;
}

/** A text node is closed at this length, in UTF-16 units: growing a very long one lays all of it out again. */
const longestNode = 8192;
/** Within so many CSS pixels of the end a person is taken to be reading along. */
const nearEnd = 24;

const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean => scrollHeight - scrollTop - clientHeight < nearEnd;

/** The text in pieces that end with a line and are long enough to be laid out by themselves; the last may be shorter. */
function* stretchesOf(text: string): Generator<string> {
  for (let place = 0; place < text.length;) {
    const end = text.indexOf('\n', place + longestNode) + 1;
    yield text.slice(place, end === 0 ? undefined : end);
    place = end === 0 ? text.length : end;
  }
}

/** A scrolling box of text. It follows the end only while the person is at the end. */
export const streamText = (props: Props): StreamText => {
  const element = el('div', { class: 'stream', tabindex: 0, role: 'region', dir: 'auto', ...props });
  // Lines in boxes of their own: what is in a closed one is not laid out again, and not at all while it is out of sight.
  let box: HTMLElement | undefined;
  let inBox = 0;
  let last: Text | undefined;
  // Kept here because reading a long text back from the page on each update costs more than holding it.
  let current = '';

  const addText = (text: string): void => {
    if (box === undefined) {
      box = el('div', { class: 'stretch' });
      last = undefined;
      element.append(box);
    }
    if (last !== undefined && last.length + text.length <= longestNode) last.appendData(text);
    else {
      last = document.createTextNode(text);
      box.append(last);
    }
    inBox += text.length;
  };
  const add = (more: string): void => {
    current += more;
    for (const text of stretchesOf(visible(more))) {
      const end = inBox + text.length < longestNode ? 0 : text.lastIndexOf('\n') + 1;
      if (end > 0) {
        addText(text.slice(0, end));
        if (box !== undefined) setAttribute(box, 'data-closed', true);
        box = undefined;
        inBox = 0;
      }
      if (end < text.length) addText(text.slice(end));
    }
  };
  const follow = (live: boolean, change: () => void): void => {
    const stick = live && isAtEnd(element);
    change();
    if (stick) element.scrollTop = element.scrollHeight;
  };
  const replace = (text: string): void => {
    element.textContent = '';
    box = undefined;
    inBox = 0;
    current = '';
    if (text !== '') add(text);
  };

  return {
    element,
    set: (text, live) => {
      if (text === current) return;
      follow(live, () => (text.startsWith(current) ? add(text.slice(current.length)) : replace(text)));
    },
    append: (text) => {
      if (text !== '') follow(true, () => add(text));
    },
  };
};
