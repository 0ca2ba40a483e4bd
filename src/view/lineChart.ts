import { forecastText } from '../core/messages/page/forecast';
import type { Axis, ForecastChart, ForecastCurve, ForecastMark } from '../core/panel/forecastTypes';
import { svg } from './dom';

/**
 * A line chart that fits any width without measuring: lines live in a stretched box of 1,000 by 1,000 units, texts and marks stand beside
 * it at percentages, so that they keep their shape.
 */
const units = 1000;

const clamp = (share: number): number => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);

/** Where a value stands on its axis: 0 at the start, 1 at the end; values beyond stand at the nearer end. */
export const shareOf = ({ scale, min, max }: Axis, value: number): number => {
  if (scale === 'linear') return clamp((value - min) / (max - min));
  return value <= min ? 0 : clamp(Math.log(value / min) / Math.log(max / min));
};

const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;
const round = (value: number): number => Math.round(value * 10) / 10;

/** The outline of a curve as an SVG path; `y` counts downwards. */
export const pathOf = (points: readonly { readonly x: number; readonly y: number }[], x: Axis, y: Axis): string =>
  points
    .map((point, at) => `${at === 0 ? 'M' : 'L'}${round(shareOf(x, point.x) * units)} ${round((1 - shareOf(y, point.y)) * units)}`)
    .join('');

/** The area up to the highest price found, where sources disagree; nothing where they do not. */
const bandOf = ({ points, id }: ForecastCurve, x: Axis, y: Axis): readonly SVGElement[] => {
  if (points.every(({ y: likely, high }) => high <= likely * (1 + 1e-9))) return [];
  const upper = points.map((point) => ({ x: point.x, y: point.high }));
  const outline = `${pathOf(points, x, y)}${pathOf([...upper].reverse(), x, y).replace('M', 'L')}Z`;
  return [svg('path', { class: 'chart-band', 'data-choice': id, d: outline })];
};

const lines = ({ curves, x, y }: ForecastChart): SVGElement =>
  svg(
    'svg',
    { width: '100%', height: '100%', viewBox: `0 0 ${units} ${units}`, preserveAspectRatio: 'none' },
    ...curves.flatMap((curve) => bandOf(curve, x, y)),
    ...curves.map((curve) =>
      svg('path', { class: 'chart-line', 'data-choice': curve.id, 'data-written': curve.asWritten, d: pathOf(curve.points, x, y) }),
    ),
  );

const grid = ({ x, y }: ForecastChart): readonly SVGElement[] => [
  ...y.ticks.flatMap(({ at, text }) => {
    const height = percent(1 - shareOf(y, at));
    return [
      svg('line', { class: 'chart-grid', x1: '0', x2: '100%', y1: height, y2: height }),
      svg('text', { class: 'chart-tick chart-tick-y', x: '0', y: height, dx: '-8', dy: '0.32em' }, text),
    ];
  }),
  ...x.ticks.flatMap(({ at, text }) => {
    const place = percent(shareOf(x, at));
    return [
      svg('line', { class: 'chart-grid', x1: place, x2: place, y1: '0', y2: '100%' }),
      svg('text', { class: 'chart-tick chart-tick-x', x: place, y: '100%', dy: '1.5em' }, text),
    ];
  }),
  svg('text', { class: 'chart-title', x: '50%', y: '100%', dy: '3.1em' }, x.title),
];

const present = ({ x, now }: ForecastChart): readonly SVGElement[] => {
  const share = shareOf(x, now.at);
  const right = share > 0.75;
  return [
    svg('line', { class: 'chart-now', x1: percent(share), x2: percent(share), y1: '0', y2: '100%' }),
    svg(
      'text',
      { class: right ? 'chart-now-text chart-now-end' : 'chart-now-text', x: percent(share), y: '0', dx: right ? '-5' : '5', dy: '1em' },
      forecastText.now(now.text),
    ),
  ];
};

/** Letters stand above and below in turn, so that neighbors keep apart on a narrow page. */
const markAt = ({ letter, x: at, y: usd, text }: ForecastMark, index: number, x: Axis, y: Axis): SVGElement => {
  const [left, top] = [percent(shareOf(x, at)), percent(1 - shareOf(y, usd))];
  return svg(
    'g',
    { 'data-mark': letter },
    svg('title', {}, text),
    svg('circle', { class: 'chart-mark', cx: left, cy: top, r: '4' }),
    svg('text', { class: 'chart-letter', x: left, y: top, dy: index % 2 === 0 ? '-0.7em' : '1.5em' }, letter),
  );
};

/** Draws a forecast's curves; `name` is what assistive technology calls the picture, and keeps the ids of its texts apart. */
export const lineChart = (chart: ForecastChart, name: string): SVGSVGElement =>
  svg(
    'svg',
    { class: 'chart', role: 'img', 'aria-labelledby': `${name}-title`, 'aria-describedby': `${name}-text` },
    svg('title', { id: `${name}-title` }, forecastText.over(chart.y.title, chart.x.title.toLowerCase())),
    svg('desc', { id: `${name}-text` }, chart.description),
    ...grid(chart),
    lines(chart),
    ...present(chart),
    ...chart.marks.map((mark, index) => markAt(mark, index, chart.x, chart.y)),
  );

/** A short piece of a curve's line, for a legend. */
export const lineSample = ({ id, asWritten }: ForecastCurve): SVGSVGElement =>
  svg(
    'svg',
    { class: 'line-sample', 'aria-hidden': 'true', viewBox: '0 0 36 8' },
    svg('path', { class: 'chart-line', 'data-choice': id, 'data-written': asWritten, d: 'M0 4H36' }),
  );
