// Runs that are remembered, compared and explained, from the packaged extension: each part in a window of its own, with a folder and a prompt of its own, so
// that none rests on what another left on the screen; the main screens in each theme.
// @ts-check
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { waitForRuns } from './panel.mjs';
import { projectRoot } from './paths.mjs';
import { removedRuns } from './removedRuns.mjs';
import { keyLimitMs, limitMs, promptOf, reply, settings, Window } from './runsWindow.mjs';
import { installExtension, startServer, writeMachineSettings } from './server.mjs';
import { slowRows } from './slowRows.mjs';
import { toolTurn } from './toolTurn.mjs';

/** @import { RemovedRuns } from './removedRuns.mjs' */
/** @import { Part } from './runsWindow.mjs' */
/** @import { SlowRows } from './slowRows.mjs' */
/** @import { ToolTurn } from './toolTurn.mjs' */

/**
 * @typedef {object} OwnResult
 * @property {string} identity What the card says of its run.
 * @property {readonly string[]} drawn Elements of the answer, as its Markdown asks for them.
 * @property {number} pictures Pictures that the answer would have loaded.
 * @property {string} raw The answer letter by letter.
 * @property {string} totals Of all runs on the page.
 * @property {string} clock What the status bar says of the prompt.
 * @property {readonly string[]} offers For how long a prompt may be kept warm, and for what.
 * @property {string} keeping What the status bar says while it is kept warm.
 * @property {string} why What the card says of a run that missed.
 * @property {string} difference What the editor for differences shows.
 * @property {string} beside What the panel says meanwhile.
 * @property {readonly string[]} remembered What a screen reader hears of the view of all runs.
 * @property {readonly string[]} filtered The same, with a filter.
 * @property {string} compared The page of two runs.
 * @property {string} exported The file of exported runs.
 * @property {string} back What the panel says of its runs after a reload.
 * @property {string} consent What is said once texts are to be kept.
 * @property {string} clockBack What the status bar says after a reload.
 * @property {readonly string[]} answers What stands in the cells of the table of rows.
 * @property {string} status
 * @property {string} details What the card of one of its calls says in the panel.
 * @property {readonly string[]} models The columns of the table of several models.
 * @property {readonly string[]} onModels Answers of the first row, a model each.
 * @property {readonly string[]} rowsBack Answers after a reload.
 * @property {string} next The request that goes on with a conversation.
 * @property {string} turn What the card of its run says.
 * @property {string} cheapest What the simulator says of the best place for cache points.
 * @property {number} charts
 * @property {string} texts What stands beside each other of two runs.
 * @property {readonly string[]} outsideRequests
 */

/** @typedef {OwnResult & RemovedRuns & SlowRows & ToolTurn} RunsResult What each window showed. */

/** Words arrive quickly. */
const usualSpeed = 0.2;
const replies = [reply, reply.replace('any desk', 'the desk upstairs')];

/**
 * @param {{ readonly vsix?: string | undefined, readonly emulator?: string | undefined, readonly screenshots?: string | undefined, readonly windows?: readonly string[] }} [options] `windows`: only these.
 * @returns {Promise<RunsResult>}
 */
export async function runRunsJob(options = {}) {
  const { vsix = join(projectRoot, 'cachepoint.vsix') } = options;
  const pictures = options.screenshots ?? join(projectRoot, 'out', 'screenshots');
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-runs-'));
  const dataDir = join(temporary, 'profile');
  /** @type {(() => Promise<void>)[]} */
  const endings = [];
  try {
    await installExtension(vsix, dataDir);
    const server = await startServer({ dataDir, settings });
    endings.push(server.stop);
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    /** @type {Partial<RunsResult>[]} */
    const seen = [];
    /** @type {string[]} */
    const outsideRequests = [];
    for (const [name, part] of Object.entries(parts).filter(([one]) => options.windows?.includes(one) !== false)) {
      const began = Date.now();
      const scenario = join(temporary, `${name}.json`);
      writeFileSync(scenario, JSON.stringify({ replies: part.replies ?? replies }));
      const emulator = await startEmulator(options.emulator, ['--speed', String(part.speed ?? usualSpeed), '--scenario', scenario]);
      endings.push(emulator.stop);
      // Read when a window is opened.
      writeMachineSettings(dataDir, { 'cachepoint.endpoint': emulator.url, ...part.machineSettings });
      const place = { name, folder: join(temporary, name), dataDir, pictures };
      const window = await Window.open(browser, server.url, place, emulator, part);
      try {
        seen.push(await part.use(window));
        outsideRequests.push(...window.workbench.outsideRequests);
      } catch (error) {
        const picture = await window.shoot('failure').catch(() => 'none');
        const message = error instanceof Error ? stripVTControlCharacters(error.stack ?? error.message).trim() : String(error);
        throw new Error(`In the window of ${name}: ${message}\nWhat the page shows: ${picture}`, { cause: error });
      } finally {
        await window.workbench.page.context().close();
      }
      console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
    // Each part gives what it says of itself.
    return /** @type {RunsResult} */ ({ ...Object.assign({}, ...seen), outsideRequests });
  } finally {
    for (const end of endings.reverse()) await end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The page of a run, and what of it stays warm. @param {Window} window */
async function page(window) {
  const { page: keys } = window;
  const frame = await window.send(1);
  const card = frame.locator('[data-run-state="finished"]').first();
  const identity = await card.locator('header').innerText();
  // What comes last of an answer is drawn last.
  await card.locator('[data-answer] pre').waitFor({ timeout: limitMs });
  const drawn = await card
    .locator('[data-answer]')
    .evaluate((answer) => ['h2,h3,h4,h5,h6', 'strong', 'table', 'ol', 'pre'].filter((name) => answer.querySelector(name) !== null));
  const pictures = await card.locator('[data-answer] img').count();
  await window.shootThemes('page');
  await card.getByRole('button', { name: 'Raw' }).click();
  const raw = await window.said(card.locator('[data-look="raw"]'), /a film/);
  // A page that has just got the focus does not pass all keys on yet.
  const find = keys.locator('.simple-find-part.visible').first();
  for (const limit = Date.now() + limitMs; Date.now() < limit && !(await find.isVisible());) {
    await keys.keyboard.press('Control+F');
    await find.waitFor({ timeout: keyLimitMs }).catch(() => {});
  }
  await find.waitFor();
  await keys.keyboard.press('Escape');
  await window.backToPrompt();
  const clock = await window.clock(/warm \d/);
  await window.run('Keep Prompt Warm…');
  await window.list('Keep Warm').waitFor({ timeout: limitMs });
  const offers = await window.list('Keep Warm').locator('.monaco-list-row .label-name', { hasText: /^For/ }).allInnerTexts();
  await window.shootThemes('keep-warm');
  await window.choose('Keep Warm', 'For 15 minutes');
  const keeping = await window.clock(/kept warm/);
  await window.shoot('kept-warm');
  await window.run('Stop Keeping Prompts Warm');
  await keys.locator('.statusbar-item', { hasText: 'kept warm' }).waitFor({ state: 'detached' });
  const after = await window.send(2);
  const totals = await window.said(after.locator('.history dl.figures'), /Runs\s*2/);
  return { identity, drawn, pictures, raw, totals, clock, offers, keeping };
}

const manner = 'manner.md';
const inManner = 'Answer in few words.';

/** A call that misses because of a file that its prompt includes, and what the panel and the clock know after a reload. @param {Window} window */
async function missed(window) {
  const { page: keys, folder } = window;
  await window.send(1);
  writeFileSync(join(folder, manner), `Be kind. ${inManner}`);
  const frame = await window.send(2);
  const card = frame.locator('.why:visible', { hasText: 'Why it missed' }).first();
  const why = await window.said(card, /differ from the first character on/);
  await window.shootThemes('why');
  await card.getByRole('button', { name: 'Show Difference' }).click();
  const inserted = keys.locator('.monaco-diff-editor .editor.modified .view-line', { hasText: 'Be kind.' }).first();
  await inserted.waitFor();
  // The editor draws blanks of another kind.
  const difference = (await inserted.innerText()).replaceAll('\u00a0', ' ');
  // The page may have been replaced beside the new tab.
  const panel = await window.pageWith('.why');
  const beside = await panel.locator('body').innerText();
  await window.shootThemes('difference');
  await window.backToPrompt();
  await window.reload();
  const restored = await window.pageWith('.why');
  await restored.locator('.why:visible', { hasText: 'Why it missed' }).first().waitFor();
  const back = await window.said(restored.locator('[data-run-state]').first(), /were not kept/);
  const clockBack = await window.clock(/warm \d/);
  await window.shootThemes('back');
  return { why, difference, beside: beside.slice(beside.indexOf('missed')), back, clockBack };
}

/** The view of all runs: filter, file, two runs whose texts were not kept, and consent to keep them. @param {Window} window */
async function remembered(window) {
  const { workbench, page: keys, folder } = window;
  await window.run('Run Prompt Twice (Cold, Then Warm)');
  await waitForRuns(workbench, 2);
  await window.run('Focus on Runs View');
  const rows = window.remembered;
  await workbench.clickAt(rows.filter({ hasText: window.prompt }).first());
  await keys.keyboard.press('ArrowRight');
  for (const part of ['warm', 'cold']) await rows.filter({ hasText: part }).first().waitFor();
  const all = await window.heard(rows);
  await window.shootThemes('view');
  await window.run('Filter Runs…');
  await window.answer('Filter Runs', window.prompt);
  await rows.filter({ hasText: 'missed' }).first().waitFor({ state: 'detached' });
  const filtered = await window.heard(rows);
  await window.shoot('view-filtered');
  await window.run('Export Runs…');
  await window.choose('Which runs?', `Runs of ${window.prompt}`);
  await window.choose('Export Runs', /^CSV$/);
  const file = join(folder, 'runs.csv');
  // The name is offered once the dialog has looked into the folder.
  const place = window.list('Export Runs').locator('input[type=text]');
  while (!(await place.inputValue()).endsWith('runs.csv')) await delay(50);
  await keys.keyboard.press('Enter');
  await workbench.toast('2 runs exported').first().waitFor();
  const exported = readFileSync(file, 'utf8');
  await window.shoot('exported');
  await window.backToPrompt();
  await window.reload();
  await waitForRuns(workbench, 2);
  await window.run('Compare Two Runs…');
  await window.choose('Compare Two Runs: the First', 'warm');
  await window.choose('Compare Two Runs: the Second', 'cold');
  await workbench.toast('their texts were not kept').first().waitFor({ timeout: limitMs });
  const preview = await window.markdown('Two Runs Compared');
  const compared = await window.said(preview.locator('body'), /All blocks are the same/);
  await window.shootThemes('compared');
  await window.press('their texts were not kept', 'Keep Texts from Now On');
  const kept = workbench.toast('From now on').first();
  await kept.waitFor();
  const consent = await kept.innerText();
  return { remembered: all, filtered, exported, compared, consent };
}

/** All rows, on the prompt's model and on two, and what is left of them after a reload. @param {Window} window */
async function rows(window) {
  const { workbench, page: keys } = window;
  await window.run('Run All Rows of Prompt…');
  await window.choose('Rows', 'samples');
  const table = await window.pageWith('.rows-table td[data-state="done"]');
  await table.locator('.rows-status', { hasText: /^Done/ }).waitFor({ timeout: limitMs });
  const answers = await table.locator('td[data-state="done"] .rows-answer').allInnerTexts();
  const status = await table.locator('.rows-status').innerText();
  await window.shootThemes('rows');
  await table.locator('[data-action="details"]').nth(1).click();
  const panel = await window.pageWith('[data-run-state="finished"]');
  const card = panel.locator('[data-run-state="finished"]', { hasText: 'Sample 2' });
  await card.waitFor({ timeout: limitMs });
  const details = await window.said(card, /What the library says/);
  await window.shoot('rows-details');
  await window.backToPrompt();
  await window.run('Run All Rows on Several Models…');
  const models = window.list('models');
  await models.waitFor({ timeout: limitMs });
  await models.locator('input[type=text]').fill('Claude Haiku 4.5');
  await models.locator('.monaco-list-row').first().click();
  await window.shootThemes('choose-models');
  await keys.keyboard.press('Enter');
  await window.choose('Rows', 'samples');
  const wide = await window.pageWith('.rows-table tr:first-child td[data-state="done"] ~ td[data-state="done"]');
  await wide.locator('.rows-status', { hasText: /^Done/ }).waitFor({ timeout: limitMs });
  const columns = await wide.locator('.rows-table thead th').allInnerTexts();
  const onModels = await wide.locator('.rows-table tr[data-row="0"] .rows-answer').allInnerTexts();
  await window.shootThemes('rows-models');
  await window.reload();
  await window.backToPrompt();
  await window.run('Show Rows of Earlier…');
  await window.choose('Rows of earlier', window.prompt);
  const again = await window.pageWith('.rows-table td[data-state="done"]');
  const rowsBack = await again.locator('td[data-state="done"] .rows-answer').allInnerTexts();
  await window.shootThemes('rows-back');
  return { answers, status, details, models: columns, onModels, rowsBack };
}

/** A conversation that goes on, its two runs compared with their texts, and conversations in figures. @param {Window} window */
async function talk(window) {
  const { workbench, page: keys, folder } = window;
  await window.send(1);
  await window.backToPrompt();
  await window.run('Continue Conversation of Prompt…');
  await window.answer('Your next turn', 'And what does the second return cost?');
  await window.choose('Where does the conversation go on?', 'In this prompt');
  await window.press('The turn is written', 'Run');
  const frame = await window.pageWith('[data-history]');
  await frame.locator('[data-history] tbody tr').nth(1).waitFor();
  await waitForRuns(workbench, 1);
  const turn = await window.said(frame.locator('[data-run-state]').first(), /Cache write/);
  await window.shootThemes('conversation');
  await window.backToPrompt();
  await workbench.command('File: Save');
  await keys.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  const next = readFileSync(join(folder, window.prompt), 'utf8').slice(promptOf('talk').length);
  await window.run('Simulate Conversation of Prompt');
  const simulator = await window.pageWith('svg.chat-bars');
  await simulator.locator('.chat-strategy[data-best]').waitFor();
  const cheapest = await simulator.locator('.chat-sentence').innerText();
  const charts = await simulator.locator('svg.chat-bars').count();
  await window.shootThemes('simulator');
  // A page that has just been shown may still take the keys, which ends a list.
  await window.backToPrompt();
  await window.run('Compare Two Runs…');
  await window.choose('Compare Two Runs: the First', 'Sample 1');
  await window.choose('Compare Two Runs: the Second', 'Sample 1');
  await window.markdown('Two Runs Compared');
  // The texts stand beside each other in a tab of their own.
  await keys.locator('.tab', { hasText: 'Two Runs (' }).click();
  const group = keys.locator('.multiDiffEditor, .monaco-editor-group, .editor-instance').filter({ hasText: 'answer.md' }).first();
  await group.waitFor();
  await window.shootThemes('compared-texts');
  const texts = await window.said(group, /answer\.md/);
  return { next, turn, cheapest, charts, texts };
}

/** @satisfies {Readonly<Record<string, Part<Partial<RunsResult>>>>} */
const parts = {
  page: { use: page },
  missed: {
    use: missed,
    prompt: promptOf('missed').replace('You answer', `{{> ./${manner}}}\n\nYou answer`),
    files: { [manner]: inManner },
  },
  remembered: { use: remembered },
  rows: { use: rows, machineSettings: { 'cachepoint.history.keepTexts': true } },
  talk: { use: talk },
  removed: removedRuns,
  tool: toolTurn,
  slow: slowRows,
};
