// Runs that are remembered: a miss that is explained, the view of all runs, and what is there after a reload.
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { extensionId, waitForRuns } from './panel.mjs';

/** @import { Workbench } from './workbench.mjs' */

/**
 * Changes a word of a text that the prompt includes, runs it, and gives what the card says of why it missed.
 * @param {Workbench} workbench
 * @param {string} included
 * @returns {Promise<string>}
 */
export async function explainMiss(workbench, included) {
  const text = readFileSync(included, 'utf8');
  writeFileSync(included, `A line that was not there before.\n${text}`);
  await workbench.command('Bedrock Cachepoint: Run Prompt Twice (Cold, Then Warm)');
  // A first run says in the same place that there was nothing to read.
  const card = (await workbench.webview(extensionId)).locator('.why:visible', { hasText: 'Why it missed' });
  await card.first().waitFor();
  await waitForRuns(workbench, 2);
  return card.first().innerText();
}

/**
 * Shows the view with the runs of the first prompt; what a screen reader hears of its rows.
 * @param {Workbench} workbench
 * @param {number} runs
 * @returns {Promise<readonly string[]>}
 */
export async function showRunsView(workbench, runs) {
  await workbench.command('Bedrock Cachepoint: Focus on Runs View');
  const pane = workbench.page.locator('.pane').filter({ has: workbench.page.locator('.pane-header[aria-label^="Runs"]') });
  const rows = pane.locator('.monaco-list-row[aria-label]');
  await rows.first().waitFor();
  await rows.first().click();
  await workbench.page.keyboard.press('ArrowRight');
  await rows.nth(runs).waitFor();
  return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
}

/**
 * Reloads the window; what the card of the run that came back says.
 * @param {Workbench} workbench
 * @returns {Promise<string>}
 */
export async function reloadWithPanel(workbench) {
  await workbench.reload();
  // The extension host begins anew.
  const [run] = await waitForRuns(workbench, 2, 150_000);
  return run?.text ?? '';
}
