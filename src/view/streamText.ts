import { visible } from '../core/text/visible';
import { el } from './dom';
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

/** A scrolling box of text. It follows the end only while the person is at the end. */
export const streamText = (props: Props): StreamText => {
  const element = el('div', { class: 'stream', tabindex: 0, role: 'region', dir: 'auto', ...props });
  let last: Text | undefined;
  // Kept here because reading a long text back from the page on each update costs more than holding it.
  let current = '';

  const add = (more: string): void => {
    current += more;
    const text = visible(more);
    if (last !== undefined && last.length + text.length <= longestNode) {
      last.appendData(text);
      return;
    }
    last = document.createTextNode(text);
    element.append(last);
  };
  const follow = (live: boolean, change: () => void): void => {
    const stick = live && isAtEnd(element);
    change();
    if (stick) element.scrollTop = element.scrollHeight;
  };
  const replace = (text: string): void => {
    element.textContent = '';
    last = undefined;
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
