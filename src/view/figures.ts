import { runsText } from '../core/messages/page/runs';
import type { Remark, Tone } from '../core/panel/protocol';
import { el, keyedList, setAttribute, setText, show } from './dom';
import type { Part } from './dom';

/** A number with its label and what explains it. */
export interface ShownFigure extends Explained {
  readonly id: string;
  readonly value: string;
  readonly tone?: Tone;
}

const figure = ({ id }: ShownFigure): Part<ShownFigure> => {
  const label = el('dt');
  const value = el('dd');
  const element = el('div', { class: 'figure', 'data-figure': id }, label, value);
  return {
    element,
    update: (view) => {
      setText(label, view.label);
      setText(value, view.value);
      setAttribute(element, 'data-tone', view.tone);
      setAttribute(element, 'title', view.hint);
    },
  };
};

/** Figures, each with its label. */
export const figureList = (): Part<readonly ShownFigure[]> => {
  const element = el('dl', { class: 'figures' });
  const list = keyedList(element, (view: ShownFigure) => view.id, figure);
  return {
    element,
    update: (figures) => {
      show(element, figures.length > 0);
      list(figures);
    },
  };
};

/** What is explained: a figure, or a row of the usage table. */
export interface Explained {
  readonly label: string;
  readonly hint: string;
}

const explained = (): Part<Explained> => {
  const label = el('dt');
  const hint = el('dd');
  return {
    element: el('div', {}, label, hint),
    update: (view) => {
      setText(label, view.label);
      setText(hint, view.hint);
    },
  };
};

/** How each figure comes about, in words, for those who cannot hover. */
export const explanations = (): Part<readonly Explained[]> => {
  const rows = el('dl');
  const element = el('details', { class: 'more explanations' }, el('summary', {}, runsText.howFigures), rows);
  const list = keyedList(rows, (view: Explained) => view.label, explained);
  return {
    element,
    update: (figures) => {
      show(element, figures.length > 0);
      list(figures);
    },
  };
};

const remark = (): Part<Remark> => {
  const element = el('li');
  return {
    element,
    update: ({ tone, text }) => {
      setAttribute(element, 'data-tone', tone);
      setText(element, text);
    },
  };
};

/** What the figures mean, a sentence each. */
export const remarkList = (): Part<readonly Remark[]> => {
  const element = el('ul', { class: 'remarks' });
  const list = keyedList(element, (view: Remark) => view.text, remark);
  return {
    element,
    update: (remarks) => {
      show(element, remarks.length > 0);
      list(remarks);
    },
  };
};
