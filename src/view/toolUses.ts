import { runsText } from '../core/messages/page/runs';
import type { RunView } from '../core/panel/protocol';
import { el, keyedList, setText, show } from './dom';
import type { Part } from './dom';

type ToolUse = RunView['toolUses'][number];
type Numbered = ToolUse & { readonly index: number };

const toolUse = (): Part<Numbered> => {
  const name = el('h4');
  const note = el('p', { class: 'faint' });
  const input = el('pre', { tabindex: 0 });
  return {
    element: el('li', {}, name, note, input),
    update: (use) => {
      setText(name, use.name);
      setText(note, use.note);
      show(note, use.note !== '');
      setText(input, use.input);
    },
  };
};

/** What the model asked tools for. */
export const toolUseList = (): Part<readonly ToolUse[]> => {
  const rows = el('ol', { class: 'tool-uses' });
  const element = el('section', {}, el('h3', {}, runsText.toolRequests), rows);
  const list = keyedList(rows, (use: Numbered) => String(use.index), toolUse);
  return {
    element,
    update: (uses) => {
      show(element, uses.length > 0);
      list(uses.map((use, index) => ({ ...use, index })));
    },
  };
};
