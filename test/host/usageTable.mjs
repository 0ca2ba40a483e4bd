// The usage of runs side by side, as text.
// @ts-check
import { usageFields } from './panel.mjs';

/** @import { ShownRun } from './panel.mjs' */

const fieldWidth = 24;
const valueWidth = 14;

/**
 * A table with a row per usage field and a column per run, under the panel's own label; a field that the panel did not show is a dash.
 * @param {readonly ShownRun[]} runs
 * @returns {string}
 */
export function usageTable(runs) {
  /**
   * @param {string} name
   * @param {readonly string[]} cells
   */
  const row = (name, cells) => name.padEnd(fieldWidth) + cells.map((cell) => cell.padStart(valueWidth)).join('');
  const head = row(
    '',
    runs.map(({ label }, index) => (label === '' ? `run ${index + 1}` : label).slice(0, valueWidth - 1)),
  );
  const body = usageFields.map((field) =>
    row(
      field,
      runs.map(({ usage }) => usage[field]?.toLocaleString('en') ?? '-'),
    ),
  );
  return [head, ...body].join('\n');
}
