import type { PartGroupView, PartView } from '../core/panel/partViews';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

type Numbered = PartView & { readonly index: number };

const item = (): Part<Numbered> => {
  const head = el('h4');
  const note = el('p', { class: 'faint' });
  const text = el('pre', { tabindex: 0 });
  return {
    element: el('li', {}, head, note, text),
    update: (part) => {
      for (const [element, said] of [
        [head, part.head],
        [note, part.note],
        [text, part.text],
      ] as const) {
        setText(element, said);
        show(element, said !== '');
      }
    },
  };
};

const group = (): Part<PartGroupView> => {
  const title = el('h3');
  const rows = el('ol', { class: 'answer-parts' });
  const element = el('section', {}, title, rows);
  const list = keyedList(rows, (part: Numbered) => String(part.index), item);
  return {
    element,
    update: ({ kind, title: said, items }) => {
      setText(title, said);
      setAttribute(element, 'data-part', kind);
      list(items.map((one, index) => ({ ...one, index })));
    },
  };
};

/** What an answer has besides text, reasoning and tool calls: citations, search results, a guardrail's findings and the like, each kind a list. */
export const answerParts = (): Part<readonly PartGroupView[]> => {
  const element = el('div', {});
  const list = keyedList(element, ({ kind }: PartGroupView) => kind, group);
  return {
    element,
    update: (groups) => {
      show(element, groups.length > 0);
      list(groups);
    },
  };
};
