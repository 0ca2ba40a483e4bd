import { runsText } from '../core/messages/page/runs';
import type { UsageField, UsageRow } from '../core/panel/protocol';
import { setAttribute, svg } from './dom';
import type { Part } from './dom';

/** Lines of each field's pattern, drawn over the color where colors alone do not tell the fields apart. */
const patterns: { readonly [F in UsageField]: string } = {
  cacheReadInputTokens: 'M0 8 8 0',
  cacheWriteInputTokens: 'M0 0 8 8M0 8 8 0',
  inputTokens: 'M4 0V8',
  outputTokens: 'M0 4H8',
};
const fields = Object.keys(patterns) as readonly UsageField[]; // the keys of the table above, and no others
const patternSize = 8;

/** Thinner than this share a segment could not be seen. */
const thinnest = 0.01;

/** Where each field's segment starts and how wide it is, as shares of the bar. Whatever is not zero can be seen. */
export const segmentsOf = (rows: readonly UsageRow[]): ReadonlyMap<UsageField, { readonly start: number; readonly width: number }> => {
  const total = rows.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
  const raw = rows.map(({ field, tokens = 0 }) => ({ field, size: tokens > 0 ? Math.max(tokens / total, thinnest) : 0 }));
  const whole = raw.reduce((sum, { size }) => sum + size, 0);
  const segments = new Map<UsageField, { start: number; width: number }>();
  let start = 0;
  for (const { field, size } of raw) {
    const width = whole > 0 ? size / whole : 0;
    segments.set(field, { start, width });
    start += width;
  }
  return segments;
};

/** The bar in words. */
export const barLabel = (rows: readonly UsageRow[]): string =>
  rows.some(({ tokens }) => tokens !== undefined)
    ? runsText.tokensOfCall(rows.map(({ label, tokensText }) => `${label.toLowerCase()} ${tokensText}`).join(', '))
    : runsText.tokensNotReported;

const patternOf = (prefix: string, field: UsageField): SVGPatternElement =>
  svg(
    'pattern',
    { id: `${prefix}-${field}`, width: patternSize, height: patternSize, patternUnits: 'userSpaceOnUse' },
    svg('path', { d: patterns[field], class: 'pattern-line' }),
  );

const percent = (share: number): string => `${Number((share * 100).toFixed(3))}%`;

/** A small square in the color and pattern of a field, for a legend. */
export const swatch = (prefix: string, field: UsageField): SVGSVGElement =>
  svg(
    'svg',
    { class: 'swatch', 'aria-hidden': 'true' },
    svg('rect', { class: 'segment', 'data-segment': field, width: '100%', height: '100%' }),
    svg('rect', { class: 'segment-pattern', fill: `url(#${prefix}-${field})`, width: '100%', height: '100%' }),
  );

/** A stacked bar of one call's tokens. `prefix` keeps the ids of its patterns apart from other bars'. */
export const usageBar = (prefix: string): Part<readonly UsageRow[]> => {
  const rects = fields.map((field) => ({
    field,
    color: svg('rect', { class: 'segment', 'data-segment': field, height: '100%' }),
    pattern: svg('rect', { class: 'segment-pattern', fill: `url(#${prefix}-${field})`, height: '100%' }),
  }));
  const element = svg(
    'svg',
    { class: 'usage-bar', role: 'img' },
    svg('defs', {}, ...fields.map((field) => patternOf(prefix, field))),
    svg('rect', { class: 'track', width: '100%', height: '100%' }),
    ...rects.flatMap(({ color, pattern }) => [color, pattern]),
  );
  return {
    element,
    update: (rows) => {
      const segments = segmentsOf(rows);
      setAttribute(element, 'aria-label', barLabel(rows));
      for (const { field, color, pattern } of rects) {
        const { start, width } = segments.get(field) ?? { start: 0, width: 0 };
        for (const rect of [color, pattern]) {
          setAttribute(rect, 'x', percent(start));
          setAttribute(rect, 'width', percent(width));
        }
      }
    },
  };
};
