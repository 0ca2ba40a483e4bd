// Rows of a prompt that are paused, resumed, canceled and sent again while the service takes its time, counted where they arrive.
// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { limitMs, promptOf } from './runsWindow.mjs';

/** @import { Frame } from 'playwright-core' */
/** @import { Part, Window } from './runsWindow.mjs' */

/**
 * @typedef {object} SlowRows
 * @property {readonly SeenRows[]} seen After each step: paused, canceled, resumed to the end, and when the failed ones were tried again.
 */

/**
 * What the table says, and how many requests have come.
 * @typedef {object} SeenRows
 * @property {string} status
 * @property {string} usd The cost so far.
 * @property {number} done Rows with an answer.
 * @property {number} failed
 * @property {number} sent Requests that have come to the emulator.
 */

/** Enough to press buttons while some of them wait. */
const rowsCount = 16;

const matter = `inferenceConfig: { maxTokens: 400 }
variables:
  question: { varies: request }
samples:
${Array.from({ length: rowsCount }, (_, at) => `  - question: Where is book ${at + 1}?`).join('\n')}`;

/** Calls under way at once, as the setting has it. */
const atOnce = 4;
/** There is time to press a button while calls are under way. Milliseconds. */
const longWait = 3_000;

/** @param {Window} window @returns {Promise<SlowRows>} */
async function use(window) {
  // The first row leaves alone, and the next ones once its answer begins.
  await window.delayNext([0, ...Array.from({ length: atOnce }, () => longWait)]);
  await window.run('Run All Rows of Prompt…');
  await window.choose('Which rows?', 'samples');
  const table = await window.pageWith('.rows-table');
  const status = table.locator('.rows-status');
  const press = (/** @type {string} */ name) => table.locator(`[data-action="${name}"]:visible`).click();
  const until = (/** @type {RegExp} */ text) => status.filter({ hasText: text }).waitFor({ timeout: limitMs });
  /** @type {SeenRows[]} */
  const seen = [];
  const note = async () => void seen.push(await look(table, window));

  await until(/^Running: [1-9]\d* of 16 answered.* under way/);
  await press('pause');
  await until(/^Paus/);
  await window.shoot('rows-pausing');
  await until(/^Paused: [1-9]\d* of 16 answered$/);
  await note();
  await window.shootThemes('rows-paused');

  await window.delayNext(Array.from({ length: atOnce }, () => 5 * longWait));
  await press('resume');
  await allArrived(table, window);
  await press('cancel');
  await until(/^Canceled: /);
  await note();
  await window.shootThemes('rows-canceled');

  await press('resume');
  await until(/^Done: .* failed$/);
  await note();
  await press('retry');
  await until(/^Done: 16 of 16 answered$/);
  await note();
  await window.shoot('rows-again');
  return { seen };
}

/**
 * Waits until each row that has left is at the emulator, so that none is called back on its way.
 * @param {Frame} table
 * @param {Window} window
 */
async function allArrived(table, window) {
  for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(20)) {
    const left = await table.locator('td[data-state="sent"], td[data-state="done"]').count();
    const under = await table.locator('td[data-state="sent"]').count();
    if (under > 1 && (await window.requests()) === left) return;
  }
  throw new Error('No rows were under way');
}

/**
 * @param {Frame} table
 * @param {Window} window
 * @returns {Promise<SeenRows>}
 */
async function look(table, window) {
  const count = (/** @type {string} */ state) => table.locator(`td[data-state="${state}"]`).count();
  return {
    status: await table.locator('.rows-status').innerText(),
    usd: await table.locator('[data-rows-figure="usd"] dd').innerText(),
    done: await count('done'),
    failed: await count('failed'),
    sent: await window.requests(),
  };
}

/** @type {Part<SlowRows>} */
export const slowRows = { use, prompt: promptOf('slow', matter), speed: 1 };

const usdOf = (/** @type {SeenRows | undefined} */ rows) => Number(rows?.usd.replace('$', '') ?? 0);

/**
 * Is each row sent once, and again only where it was canceled and a person tried it again, with money that grows where answers came?
 * @param {readonly SeenRows[]} seen
 */
export function areRowsCounted(seen) {
  const [paused, canceled, resumed, again] = seen;
  if (paused === undefined || canceled === undefined || resumed === undefined || again === undefined) return false;
  return (
    paused.failed === 0 &&
    paused.sent === paused.done &&
    canceled.failed > 1 &&
    canceled.sent === canceled.done + canceled.failed &&
    canceled.sent < rowsCount &&
    resumed.sent === rowsCount &&
    resumed.done === rowsCount - canceled.failed &&
    again.done === rowsCount &&
    again.sent === rowsCount + canceled.failed &&
    seen.every(({ done }, at) => usdOf(seen[at]) > usdOf(seen[at - 1]) === done > (seen[at - 1]?.done ?? 0))
  );
}
