// Rows of a prompt as a batch, what stays warm, going on with a conversation, and the simulator of conversations.
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
 * @property {string} clock What the status bar says of the prompt.
 * @property {string} next The request that goes on with a conversation.
 * @property {string} cheapest What the simulator says of the best place for cache points.
 * @property {number} charts
 * @property {string} kept What the table says of an answer after a reload.
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
 * @returns {Promise<Pick<RowsJob, 'answers' | 'status' | 'details' | 'clock'>>}
 */
async function runRows(workbench, file, shoot) {
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
  await workbench.openFile(file);
  const item = workbench.page.locator('.statusbar-item[aria-label*="Cachepoint: warm"]');
  await item.waitFor({ timeout: limitMs });
  return { answers, status, details, clock: (await item.getAttribute('aria-label')) ?? '' };
}

/**
 * Goes on from the last run in a document of its own; what that holds.
 * @param {Workbench} workbench
 * @param {string} file
 * @param {(name: string) => Promise<unknown>} shoot
 */
async function goOn(workbench, file, shoot) {
  await workbench.openFile(file);
  await workbench.command('Bedrock Cachepoint: Run Prompt');
  const done = workbench.page.locator('.notification-toast');
  for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(200)) {
    const input = workbench.quickInput.locator('.monaco-list-row').first();
    if (await input.isVisible()) await workbench.page.keyboard.press('Enter');
    const panel = await pageWith(workbench, '[data-run-state]');
    const running = await panel.locator('[data-run-state="waiting"], [data-run-state="streaming"]').count();
    if (running === 0 && !(await input.isVisible())) break;
  }
  await workbench.openFile(file);
  await workbench.command('Bedrock Cachepoint: Continue Conversation of Prompt…');
  const turn = workbench.quickInput.locator('input[type=text]');
  await workbench.quickInput.getByText('Your next turn').waitFor({ timeout: limitMs });
  await turn.fill('And what does the second return cost?');
  await workbench.page.keyboard.press('Enter');
  await choose(workbench, 'document of its own');
  const line = workbench.line('And what does the second return cost?');
  await line.waitFor({ timeout: limitMs });
  await done.first().waitFor({ timeout: limitMs });
  await shootThemes(workbench, shoot, 'conversation');
  return line.innerText();
}

/**
 * Opens the simulator; what it says, and how many conversations it draws.
 * @param {Workbench} workbench
 * @param {string} file
 * @param {(name: string) => Promise<unknown>} shoot
 * @returns {Promise<Pick<RowsJob, 'cheapest' | 'charts'>>}
 */
async function simulate(workbench, file, shoot) {
  await workbench.openFile(file);
  await workbench.command('Bedrock Cachepoint: Simulate Conversation of Prompt');
  const page = await pageWith(workbench, 'svg.chat-bars');
  await shootThemes(workbench, shoot, 'simulator');
  const cheapest = await page.locator('.chat-strategy[data-best] h2').first().innerText();
  return { cheapest, charts: await page.locator('svg.chat-bars').count() };
}

/**
 * Reloads the window and opens the rows of before; what the table says of an answer.
 * @param {Workbench} workbench
 * @param {string} file
 * @param {(name: string) => Promise<unknown>} shoot
 */
async function rowsAfterReload(workbench, file, shoot) {
  await workbench.reload();
  // The extension host begins anew: before that no command of ours is there.
  await workbench.openFile(file);
  await workbench.codeLens('Run').waitFor({ timeout: limitMs });
  await workbench.command('Bedrock Cachepoint: Show Rows of Earlier…');
  await choose(workbench, 'support-desk');
  const rows = await pageWith(workbench, '.rows-table td[data-state="done"]');
  await shoot('rows-after-reload');
  return rows.locator('td[data-state="done"] .rows-answer').first().innerText();
}

/**
 * @param {Workbench} workbench
 * @param {string} file
 * @param {(name: string) => Promise<unknown>} shoot
 * @returns {Promise<RowsJob>}
 */
export async function useRows(workbench, file, shoot) {
  const rows = await runRows(workbench, file, shoot);
  const next = await goOn(workbench, file, shoot);
  const simulated = await simulate(workbench, file, shoot);
  const kept = await rowsAfterReload(workbench, file, shoot);
  return { ...rows, next, ...simulated, kept };
}
