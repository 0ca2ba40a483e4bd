// Runs that are deleted from their view, one, those of a prompt and all, and what the view says once it is empty.
// @ts-check
import { waitForRuns } from './panel.mjs';
import { keyLimitMs } from './runsWindow.mjs';

/** @import { Locator } from 'playwright-core' */
/** @import { Part, Window } from './runsWindow.mjs' */

/**
 * @typedef {object} RemovedRuns
 * @property {readonly string[]} questions What was asked before runs were deleted, in order.
 * @property {readonly [view: number, kept: number][]} removed Runs in the view, and lines that are kept of them, after each of: three runs, *Cancel*, one
 * deleted, the rest of its prompt deleted.
 * @property {number} cards Cards in the panel once all runs of the prompt are deleted.
 * @property {readonly [view: number, cards: number]} removedBack Rows of the prompt in the view, and cards in the panel, after a reload.
 * @property {string} welcome What the empty view says.
 * @property {readonly string[]} welcomed What a screen reader hears of the view after its button was pressed.
 */

const menuLimitMs = 500;

/**
 * Chooses *Delete Runs…* where the mouse has its menu, and gives the question that is asked.
 * @param {Window} window
 * @param {Locator} row
 */
async function askToDelete({ workbench, page }, row) {
  await workbench.clickAt(row, 'right');
  const entry = page.locator('.monaco-menu .action-label', { hasText: 'Delete Runs…' });
  await entry.waitFor();
  // A menu that has just opened takes no click, or one that came from opening it would choose.
  while (await entry.isVisible()) {
    await entry.click({ timeout: keyLimitMs }).catch(() => {});
    await entry.waitFor({ state: 'detached', timeout: menuLimitMs }).catch(() => {});
  }
  return readQuestion(page);
}

/** @param {Window['page']} page */
async function readQuestion(page) {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  return dialog.locator('.dialog-message-container').innerText();
}

/**
 * @param {Window['page']} page
 * @param {'Delete' | 'Cancel'} button
 */
async function answerQuestion(page, button) {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** @param {Window} window @returns {Promise<RemovedRuns>} */
async function use(window) {
  const { workbench, page } = window;
  await window.run('Run Prompt Twice (Cold, Then Warm)');
  await waitForRuns(workbench, 2);
  await window.send(3);
  await window.run('Focus on Runs View');
  const rows = window.remembered;
  const prompt = rows.filter({ hasText: window.prompt }).first();
  const runs = rows.filter({ hasText: 'Sample 1' });
  await workbench.clickAt(prompt);
  await page.keyboard.press('ArrowRight');
  await runs.nth(2).waitFor();
  /** @type {[number, number][]} */
  const removed = [];
  const note = async () => void removed.push([await runs.count(), window.keptLines().length]);
  await note();

  const cold = runs.filter({ hasText: 'cold' }).first();
  const questions = [await askToDelete(window, cold)];
  await window.shootThemes('delete');
  await answerQuestion(page, 'Cancel');
  await note();
  questions.push(await askToDelete(window, cold));
  await answerQuestion(page, 'Delete');
  await cold.waitFor({ state: 'detached' });
  await workbench.statusItem('1 run deleted').waitFor();
  await note();

  questions.push(await askToDelete(window, prompt));
  await answerQuestion(page, 'Delete');
  await prompt.waitFor({ state: 'detached' });
  await workbench.statusItem('2 runs deleted').waitFor();
  await note();
  const cards = await (await window.pageWith('[data-tab="run"]')).locator('[data-run-state]').count();
  await window.shoot('deleted');

  await window.backToPrompt();
  await window.reload();
  const panel = await window.pageWith('[data-tab="run"]');
  const removedBack = /** @type {const} */ ([await prompt.count(), await panel.locator('[data-run-state]').count()]);
  await window.backToPrompt();
  await window.send(1);
  await prompt.waitFor();
  await window.run('Delete Runs…');
  await window.choose('Which runs?', 'All Runs');
  questions.push(await readQuestion(page));
  await answerQuestion(page, 'Delete');
  const empty = window.runsPane.locator('.welcome-view');
  await empty.getByText('No run is kept yet').waitFor();
  const welcome = await empty.innerText();
  await window.shootThemes('welcome');
  await empty.getByRole('button', { name: 'Run Prompt' }).click();
  await prompt.waitFor();
  await waitForRuns(workbench, 1);
  return { questions, removed, cards, removedBack, welcome, welcomed: await window.heard(rows) };
}

/** @type {Part<RemovedRuns>} */
export const removedRuns = { use };
