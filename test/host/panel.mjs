// What the panel says, as its page holds it. The panel promises these attributes: data-run-state and data-run-label on each run, table[data-usage]
// in it, a row per field with data-field, and the exact number in data-value.
// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/** @import { Frame } from 'playwright-core' */
/** @import { Workbench } from './workbench.mjs' */

/** The extension's id, by which its panel is found. */
export const extensionId = 'cachepoint.cachepoint';

/** The members of Bedrock's usage that the panel shows, in the order of the printed table. */
export const usageFields = /** @type {const} */ (['inputTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens', 'outputTokens']);

/**
 * One run as the panel shows it; a field that it does not show is missing in the usage.
 * @typedef {object} ShownRun
 * @property {string} state `waiting`, `streaming`, `finished` or `failed`.
 * @property {string} label
 * @property {Partial<Record<typeof usageFields[number], number>>} usage
 * @property {string} text All words of the run.
 */

const runLimitMs = 60_000;

/**
 * Reads the runs in the order in which they stand on the page.
 * @param {Frame} frame
 * @returns {Promise<readonly ShownRun[]>}
 */
export function readRuns(frame) {
  return frame.locator('[data-run-state]').evaluateAll((elements) =>
    elements.map((element) => {
      const rows = [...element.querySelectorAll('table[data-usage] tr[data-field]')];
      const usage = rows.flatMap((row) => {
        const value = row.querySelector('td[data-value]')?.getAttribute('data-value');
        // An empty value is a figure that the service did not report.
        return value === null || value === undefined || value === '' ? [] : [[row.getAttribute('data-field'), Number(value)]];
      });
      return {
        state: element.getAttribute('data-run-state') ?? '',
        label: element.getAttribute('data-run-label') ?? '',
        usage: Object.fromEntries(usage),
        text: element instanceof HTMLElement ? element.innerText : '',
      };
    }),
  );
}

/**
 * Waits until the panel shows that many runs and none is under way, and answers inputs that come up meanwhile.
 * @param {Workbench} workbench
 * @param {number} count
 * @param {number} [limitMs]
 * @returns {Promise<readonly ShownRun[]>}
 */
export async function waitForRuns(workbench, count, limitMs = runLimitMs) {
  /** @type {readonly ShownRun[]} */
  let runs = [];
  for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(100)) {
    await answerInput(workbench);
    // The page may be replaced while it is read.
    const frame = await findPanel(workbench);
    if (frame !== undefined) await answerForm(frame).catch(() => {});
    if (frame !== undefined) runs = await readRuns(frame).catch(() => runs);
    if (runs.some(({ state }) => state === 'failed')) break;
    if (runs.length >= count && runs.every(({ state }) => state === 'finished')) return runs;
  }
  const seen = runs.map(({ state, label, text }) => `- ${label} ${state}: ${text.slice(0, 500)}`);
  throw new Error(`The panel did not show ${count} finished runs, but:\n${seen.join('\n') || '- no run at all'}`);
}

/** @param {Workbench} workbench */
async function findPanel(workbench) {
  const shown = workbench.page.frames().some((frame) => frame.url().includes(`extensionId=${extensionId}`));
  return shown ? workbench.webview(extensionId).catch(() => undefined) : undefined;
}

/**
 * Types a word into each empty field of the form of values, where it is shown, and goes on.
 * @param {Frame} frame
 */
async function answerForm(frame) {
  const fields = frame.locator('.values:visible textarea');
  if (!(await fields.first().isVisible())) return;
  for (const field of await fields.all()) if ((await field.inputValue()) === '') await field.fill('example');
  await fields.first().press('Control+Enter');
}

/**
 * Takes the first choice of a list, and gives a word where a value is asked for.
 * @param {Workbench} workbench
 */
async function answerInput(workbench) {
  const input = workbench.quickInput.locator('input[type=text]');
  if (!(await input.isVisible())) return;
  const isList = await workbench.quickInput.locator('.monaco-list-row').first().isVisible();
  if (!isList && (await input.inputValue()) === '') await input.fill('example');
  await workbench.page.keyboard.press('Enter');
}
