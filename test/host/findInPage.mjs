// Find in the page of a run: a text in the middle of a long answer.
// @ts-check
import { keyLimitMs, limitMs, promptOf } from './runsWindow.mjs';

/** @import { Part, Window } from './runsWindow.mjs' */

/**
 * @typedef {object} FoundText
 * @property {boolean} foundBefore Was what is looked for in sight from the start?
 * @property {string} found What is selected in the page once it was looked for.
 * @property {boolean} foundInSight
 */

const line = (/** @type {number} */ at) => `${at}. A member asks for book ${at} of the long list, and the desk answers.`;
const lines = Array.from({ length: 600 }, (_, at) => line(at + 1));
/** In the middle, and nowhere else. */
const wanted = 'umbrellas left in the reading room';
const answer = `a long list.\n\n${lines.toSpliced(300, 0, `301. Here are the ${wanted}.`).join('\n')}`;

const matter = `inferenceConfig: { maxTokens: 30000 }
variables:
  question: { varies: request }
samples:
  - question: What is on the long list?`;

/** @param {Window} window @returns {Promise<FoundText>} */
async function use(window) {
  const { page } = window;
  const frame = await window.send(1);
  const place = frame.locator('[data-answer] li', { hasText: wanted });
  const isInSight = () =>
    place.evaluate((item) => {
      const { top, bottom } = item.getBoundingClientRect();
      const box = item.closest('[data-answer]')?.getBoundingClientRect();
      return box !== undefined && top >= Math.max(0, box.top) && bottom <= Math.min(innerHeight, box.bottom);
    });
  const foundBefore = await isInSight();
  await frame.locator('[data-answer]').focus();
  // A page that has just got the focus does not pass all keys on yet.
  const find = page.locator('.simple-find-part.visible').first();
  for (const limit = Date.now() + limitMs; Date.now() < limit && !(await find.isVisible());) {
    await page.keyboard.press('Control+F');
    await find.waitFor({ timeout: keyLimitMs }).catch(() => {});
  }
  await find.waitFor();
  await page.keyboard.insertText(wanted);
  await page.keyboard.press('Enter');
  await frame.waitForFunction((text) => getSelection()?.toString() === text, wanted, { timeout: limitMs });
  const found = await frame.evaluate(() => getSelection()?.toString() ?? '');
  await window.shootThemes('find');
  const foundInSight = await isInSight();
  await page.keyboard.press('Escape');
  return { foundBefore, found, foundInSight };
}

/** @type {Part<FoundText>} */
export const findInPage = { use, prompt: promptOf('find', matter), replies: [answer], speed: 0 };
