import { forecastText } from '../core/messages/page/forecast';
import {
  mostCallsPerHour,
  type ForecastChart,
  type ForecastCurve,
  type ForecastRow,
  type ForecastView,
  type TrafficMessage,
} from '../core/panel/forecastTypes';
import { el, setAttribute, setText, show, type Part } from './dom';
import { lineChart, lineSample } from './lineChart';

/** The Forecast tab: what the prompt's input costs over its traffic, as a chart and as the same numbers in tables. */

/** What the field takes, as it is written; `undefined` for anything else. */
const callsIn = (text: string): number | undefined => {
  const calls = Number(text);
  return text.trim() !== '' && calls >= 0 && calls <= mostCallsPerHour ? calls : undefined;
};

const keepLabels = { prompt: forecastText.keepInPrompt, settings: forecastText.keepInSettings } as const;

const trafficField = (post: (message: TrafficMessage) => void): Part<ForecastView> => {
  let mostCalls = '';
  const error = el('p', { class: 'invalid', id: 'traffic-error', role: 'alert' });
  const say = (text: string): void => {
    setText(error, text);
    show(error, text !== '');
    setAttribute(input, 'aria-invalid', text === '' ? undefined : 'true');
  };
  const input: HTMLInputElement = el('input', {
    type: 'text',
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-describedby': 'traffic-error',
    'data-traffic': true,
    onchange: () => {
      const callsPerHour = callsIn(input.value);
      say(callsPerHour === undefined ? forecastText.wrongCalls(mostCalls) : '');
      if (callsPerHour !== undefined) post({ type: 'traffic', callsPerHour });
    },
    oninput: () => {
      if (callsIn(input.value) !== undefined) say('');
    },
  });
  const keep = el('button', {
    type: 'button',
    class: 'secondary',
    'data-save-traffic': true,
    onclick: () => post({ type: 'saveTraffic' }),
  });
  show(error, false);
  return {
    element: el('div', { class: 'traffic-box' }, el('label', { class: 'traffic' }, forecastText.callsAnHour, input), keep, error),
    update: (view) => {
      mostCalls = view.mostCalls;
      // What a person is typing is theirs until they leave the field, and so is what they are told is wrong.
      const wrong = input.getAttribute('aria-invalid') === 'true';
      if (document.activeElement !== input && !wrong) input.value = view.callsPerHour === undefined ? '' : String(view.callsPerHour);
      show(keep, view.keep !== undefined);
      if (view.keep !== undefined) setText(keep, keepLabels[view.keep]);
    },
  };
};

const figures = ({ figures: list }: ForecastChart): HTMLElement =>
  el(
    'dl',
    { class: 'figures' },
    ...list.map(({ id, label, value, hint }) =>
      el('div', { class: 'figure', 'data-forecast-figure': id, title: hint }, el('dt', {}, label), el('dd', {}, value)),
    ),
  );

const legendEntry = (curve: ForecastCurve): HTMLElement =>
  el(
    'li',
    { 'data-choice': curve.id },
    lineSample(curve),
    el('span', { class: curve.asWritten ? 'own' : undefined }, curve.label),
    el('span', { class: 'number' }, curve.usdText),
    ...(curve.rank === 'other' ? [] : [el('span', { class: 'badge-quiet' }, forecastText.ranks[curve.rank])]),
  );

const legend = ({ curves }: ForecastChart): HTMLElement =>
  el('div', { class: 'legend' }, el('p', { class: 'faint' }, forecastText.atPresent), el('ul', {}, ...curves.map(legendEntry)));

const shadeNote = ({ bandText }: ForecastChart): readonly HTMLElement[] =>
  bandText === '' ? [] : [el('p', { class: 'shade-note faint' }, bandText)];

const markList = ({ marks }: ForecastChart): readonly HTMLElement[] =>
  marks.length === 0
    ? []
    : [el('ul', { class: 'chart-marks' }, ...marks.map(({ letter, text }) => el('li', {}, el('b', {}, letter), el('span', {}, text))))];

const costRow = (row: ForecastRow): HTMLElement =>
  el(
    'tr',
    { 'aria-current': row.now ? 'true' : undefined },
    el('th', { scope: 'row', class: 'number' }, row.amount, ...(row.note === '' ? [] : [' ', el('b', { class: 'note' }, row.note)])),
    ...row.cells.map(({ text, cheapest }) =>
      el(
        'td',
        { class: 'number', 'data-lowest': cheapest },
        text,
        ...(cheapest ? [el('span', { class: 'visually-hidden' }, forecastText.isLowest)] : []),
      ),
    ),
  );

const costTable = ({ curves, rows, rowHead, y }: ForecastChart): HTMLElement =>
  el(
    'div',
    { class: 'scroller' },
    el(
      'table',
      { class: 'forecast-costs', 'data-forecast': true },
      el('caption', {}, forecastText.lowestIsBold(y.title)),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col', class: 'number' }, rowHead),
          ...curves.map((curve) => el('th', { scope: 'col', class: 'number' }, curve.label)),
        ),
      ),
      el('tbody', {}, ...rows.map(costRow)),
    ),
  );

const pointColumns: readonly (readonly [title: string, look: string])[] = [
  [forecastText.cachePoint, ''],
  [forecastText.prefixTokens, 'number'],
  [forecastText.lifetime, ''],
  [forecastText.readBy, 'number'],
];

const pointTable = ({ points }: ForecastChart): HTMLElement =>
  el(
    'div',
    { class: 'scroller' },
    el(
      'table',
      { class: 'forecast-points' },
      el('caption', {}, forecastText.howOften),
      el('thead', {}, el('tr', {}, ...pointColumns.map(([text, look]) => el('th', { scope: 'col', class: look || undefined }, text)))),
      el(
        'tbody',
        {},
        ...points.map(({ number, tokens, ttl, reads }) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, number),
            el('td', { class: 'number' }, tokens),
            el('td', {}, ttl),
            el('td', { class: 'number' }, reads),
          ),
        ),
      ),
    ),
  );

const chartParts = (chart: ForecastChart): readonly HTMLElement[] => [
  figures(chart),
  el(
    'figure',
    { class: 'forecast-chart' },
    el('p', { class: 'chart-title-y faint' }, chart.y.title),
    lineChart(chart, 'forecast-chart'),
    legend(chart),
    ...shadeNote(chart),
    ...markList(chart),
  ),
  el('div', { class: 'forecast-tables' }, costTable(chart), pointTable(chart)),
];

/** The Forecast tab, brought up to date in place: the field for the traffic keeps its focus. */
export const forecastPart = (post: (message: TrafficMessage) => void): Part<ForecastView> => {
  const field = trafficField(post);
  const sentences = el('ul', { class: 'forecast-sentences', 'data-forecast-sentences': true });
  const body = el('div', { class: 'forecast-body' });
  let drawn = '';
  return {
    element: el('section', { class: 'forecast', 'aria-label': forecastText.forecast }, field.element, sentences, body),
    update: (view) => {
      field.update(view);
      const content = JSON.stringify([view.sentences, view.chart]);
      if (content === drawn) return;
      drawn = content;
      setText(sentences, '');
      sentences.append(...view.sentences.map((sentence) => el('li', {}, sentence)));
      setText(body, '');
      if (view.chart !== undefined) body.append(...chartParts(view.chart));
      show(body, view.chart !== undefined);
    },
  };
};

/** The Forecast tab: says what to do while no prompt is open. */
export const forecastTab = (post: (message: TrafficMessage) => void): Part<ForecastView | undefined> => {
  const waiting = el('p', { class: 'welcome' }, forecastText.noPrompt);
  const forecast = forecastPart(post);
  return {
    element: el('div', {}, waiting, forecast.element),
    update: (view) => {
      show(waiting, view === undefined);
      show(forecast.element, view !== undefined);
      if (view !== undefined) forecast.update(view);
    },
  };
};

/** The Forecast tab, drawn once. */
export const drawForecast = (view: ForecastView, post: (message: TrafficMessage) => void): HTMLElement => {
  const { element, update } = forecastPart(post);
  update(view);
  return element as HTMLElement; // `forecastPart` makes a section
};
