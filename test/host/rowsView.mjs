// Rows of a prompt as a batch, in three themes.
// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { extensionId } from './panel.mjs';

/** @import { Frame } from 'playwright-core' */
/** @import { Workbench } from './workbench.mjs' */

/**
 * @typedef {object} RowsJob
 * @property {readonly string[]} answers What stands in the cells of the table.
 * @property {string} status
 * @property {string} details What the card of one of its calls says in the panel.
 */

const limitMs = 120_000;

const themes = /** @type {const} */ ([
  { name: 'light', label: 'Light Modern', kind: 'vs' },
  { name: 'dark', label: 'Dark Modern', kind: 'vs-dark' },
  { name: 'high-contrast', label: 'Dark High Contrast', kind: 'hc-black' },
]);

/**
 * The page of ours that holds something; several stand beside each other, and one may be replaced at any time.
 * @param {Workbench} workbench
 * @param {string} selector
 * @returns {Promise<Frame>}
 */
async function pageWith(workbench, selector) {
  for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(100))
    for (const frame of workbench.page.frames()) {
      if (frame.parentFrame()?.url().includes(`extensionId=${extensionId}`) !== true) continue;
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
  throw new Error(`No page has ${selector}`);
}

/**
 * @param {Workbench} workbench
 * @param {(name: string) => Promise<unknown>} shoot
 * @param {string} name
 */
async function shootThemes(workbench, shoot, name) {
  for (const { name: theme, label, kind } of themes) {
    await workbench.setTheme(label, kind);
    await shoot(`${name}-${theme}`);
  }
}

/**
 * Takes the entry of a list that is open by a part of its text.
 * @param {Workbench} workbench
 * @param {string} text
 */
async function choose(workbench, text) {
  const row = workbench.quickInput.locator('.monaco-list-row', { hasText: text }).first();
  await row.waitFor({ timeout: limitMs });
  await row.click();
}

/**
 * Runs all samples of the prompt in front; what the table and the panel say.
 * @param {Workbench} workbench
 * @param {string} file
 * @param {(name: string) => Promise<unknown>} shoot
 * @returns {Promise<RowsJob>}
 */
export async function useRows(workbench, file, shoot) {
  await workbench.openFile(file);
  await workbench.command('Bedrock Cachepoint: Run All Rows of Prompt…');
  await choose(workbench, 'samples');
  const rows = await pageWith(workbench, '.rows-table td[data-state="done"]');
  await rows.locator('.rows-status', { hasText: /^Done/ }).waitFor({ timeout: limitMs });
  const answers = await rows.locator('td[data-state="done"] .rows-answer').allInnerTexts();
  const status = await rows.locator('.rows-status').innerText();
  await shootThemes(workbench, shoot, 'rows');
  await rows.locator('[data-action="details"]').nth(1).click();
  const panel = await pageWith(workbench, '[data-run-state="finished"]');
  const card = panel.locator('[data-run-state="finished"]', { hasText: 'Sample 2' });
  await card.waitFor({ timeout: limitMs });
  const details = await card.innerText();
  await shoot('rows-details');
  return { answers, status, details };
}
