import { valuesPageText } from '../core/messages/page/values';
import type { UsedValue } from '../core/panel/valuesProtocol';
import { el, keyedList, setText, show, type Part } from './dom';

const usedValue = ({ name }: UsedValue): Part<UsedValue> => {
  const label = el('dt');
  const text = el('dd');
  return {
    element: el('div', { 'data-used-value': name }, label, text),
    update: (view) => {
      setText(label, view.name);
      setText(text, view.text);
    },
  };
};

/** The values that a call was made with, in a list that is opened; hidden where there are none. */
export const usedValues = (): Part<readonly UsedValue[]> => {
  const summary = el('summary');
  const rows = el('dl');
  const element = el('details', { class: 'more used-values', 'data-used-values': true, hidden: true }, summary, rows);
  const list = keyedList(rows, ({ name }: UsedValue) => name, usedValue);
  return {
    element,
    update: (values) => {
      show(element, values.length > 0);
      setText(summary, valuesPageText.used(values.length));
      list(values);
    },
  };
};
