// What somebody comes across besides, without a mouse: a page of rules, a settings file, a narrow panel.
// @ts-check
import { extensionId } from './panel.mjs';

/** @import { Workbench } from './workbench.mjs' */

/**
 * @typedef {object} Seen
 * @property {readonly string[]} settings Keys that are offered in `cachepoint.json`.
 * @property {string} page The title of the page of rules, rendered.
 */

// The side bar and two groups of editors: the panel is a little wider than the 420 pixels from which it fits.
const narrow = { width: 1210, height: 1000 };

/**
 * Goes through it in a folder that has a `cachepoint.json` with an empty line in its braces.
 * @param {Workbench} workbench
 * @returns {Promise<Seen>}
 */
export const lookAround = async (workbench) => ({ settings: await offeredSettings(workbench), page: await rulePage(workbench) });

/** @param {Workbench} workbench */
async function offeredSettings(workbench) {
  const { page } = workbench;
  await workbench.openFile('cachepoint.json');
  const rows = page.locator('.suggest-widget:visible .monaco-list-row');
  // The editor's own support for JSON starts with the first such file, and offers nothing until then.
  for (let tries = 1; ; tries++) {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    try {
      await workbench.statusItem('Ln 2,').waitFor({ timeout: 5_000 });
      await page.keyboard.press('Control+Space');
      await rows.filter({ hasText: 'defaultModelId' }).waitFor({ timeout: 5_000 });
      break;
    } catch (error) {
      if (tries === 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
  const labels = await rows.locator('.label-name').allTextContents();
  await page.keyboard.press('Escape');
  return labels;
}

/** @param {Workbench} workbench */
async function rulePage(workbench) {
  const { page } = workbench;
  await workbench.command('Bedrock Cachepoint: Explain Cache Rule…');
  await workbench.quickInput.getByText('cache/below-minimum').first().waitFor();
  await page.keyboard.press('Enter');
  const tab = page.locator('.tab', { hasText: 'Preview rules.md' });
  await tab.waitFor();
  return tab.innerText();
}

/**
 * By how many pixels a tab of the panel is wider than its place where that is narrow; the tab is the one that is shown.
 * @param {Workbench} workbench
 */
export async function overflowOfPanel(workbench) {
  const frame = await workbench.webview(extensionId);
  return frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Looks at the panel in a narrow window.
 * @template T
 * @param {Workbench} workbench
 * @param {() => Promise<T>} look
 */
export async function inNarrowWindow({ page }, look) {
  const before = page.viewportSize();
  await page.setViewportSize(narrow);
  try {
    return await look();
  } finally {
    if (before !== null) await page.setViewportSize(before);
  }
}
