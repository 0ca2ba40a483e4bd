import { runsText } from '../core/messages/page/runs';
import type { UsageRow } from '../core/panel/protocol';
import { el, keyedList, setAttribute, setText } from './dom';
import type { Part } from './dom';
import { swatch } from './usageBar';

const verdictMarks: { readonly [V in UsageRow['predicted']]: string } = { within: '✓', outside: '≠', none: '' };
const verdictTexts: { readonly [V in UsageRow['predicted']]: string } = {
  within: runsText.asPredicted,
  outside: runsText.notAsPredicted,
  none: '',
};

const usageRow = (prefix: string, { field }: UsageRow): Part<UsageRow> => {
  const label = el('span');
  const tokens = el('td', { class: 'number' });
  const share = el('td', { class: 'number faint share' });
  const band = el('span');
  const mark = el('span', { class: 'verdict', 'aria-hidden': 'true' });
  const verdict = el('span', { class: 'visually-hidden' });
  const predicted = el('td', { class: 'number predicted' }, band, '\u00a0', mark, verdict);
  const cost = el('td', { class: 'number' });
  const element = el(
    'tr',
    { 'data-field': field },
    el('th', { scope: 'row' }, swatch(prefix, field), label),
    tokens,
    share,
    predicted,
    cost,
  );
  return {
    element,
    update: (row) => {
      setText(label, row.label);
      setText(tokens, row.tokensText);
      setAttribute(tokens, 'data-value', row.tokens ?? '');
      setText(share, row.shareText);
      setText(band, row.predictedText);
      setText(mark, verdictMarks[row.predicted]);
      setText(verdict, verdictTexts[row.predicted]);
      setAttribute(predicted, 'data-predicted', row.predicted);
      setAttribute(predicted, 'title', verdictTexts[row.predicted] || undefined);
      setText(cost, row.costText);
      setAttribute(element, 'title', row.hint);
    },
  };
};

const columns: readonly (readonly [title: string, look: string])[] = [
  [runsText.tokens, ''],
  [runsText.measured, 'number'],
  [runsText.ofPrompt, 'number share'],
  [runsText.predicted, 'number'],
  [runsText.cost, 'number'],
];

/** The exact numbers of one call, measured next to predicted; its swatches are the legend of the bar with this prefix. */
export const usageTable = (prefix: string): Part<readonly UsageRow[]> => {
  const body = el('tbody');
  const head = columns.map(([text, look]) => el('th', { scope: 'col', class: look || undefined }, text));
  const table = el('table', { 'data-usage': true, class: 'usage' }, el('thead', {}, el('tr', {}, ...head)), body);
  const element = el('div', { class: 'usage-scroller' }, table);
  return {
    element,
    update: keyedList(
      body,
      (row: UsageRow) => row.field,
      (row) => usageRow(prefix, row),
    ),
  };
};
