// Runs that are remembered, compared and explained, from the packaged extension: each part in a window of its own, with a folder and a prompt of its own, so
// that none rests on what another left on the screen; the main screens in each theme.
// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { extensionId, waitForRuns } from './panel.mjs';
import { projectRoot } from './paths.mjs';
import { installExtension, startServer } from './server.mjs';
import { systemColors, Workbench } from './workbench.mjs';

/** @import { Browser, Frame, Locator } from 'playwright-core' */

/**
 * @typedef {object} RunsResult
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

const limitMs = 60_000;
const keyLimitMs = 2_000;
const reloadLimitMs = 150_000;

const themes = /** @type {const} */ ([
  { name: 'light', kind: 'vs' },
  { name: 'high-contrast', kind: 'hc-black' },
  { name: 'dark', kind: 'vs-dark' },
]);

const settings = {
  ...systemColors,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  // A place on this machine is typed, not looked for in a dialog of the browser.
  'files.simpleDialog.enable': true,
};

const rules = 'Members may borrow four books for three weeks, and renew each of them once. Films are lent for a week. ';
/** No two prompts share a prefix, as all are sent to one emulator. @param {string} name */
const promptOf = (name) => `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
inferenceConfig: { maxTokens: 400 }
variables:
  question: { varies: request }
samples:
  - question: When is my book due?
    expect: library
  - question: May I renew a film?
  - question: Where do I return it?
---
# system:
You answer members of a library at its desk: ${name}.

${rules.repeat(100)}

<!-- cachePoint -->

# user:
{{question}}
`;

const reply = `the answer of a library.

## What the library says

Bring it back to **any desk**, or send it [by post](https://library.example/post).

| lent | for |
| --- | ---: |
| a book | 21 days |
| a film | 7 days |

1. Bring the card.
2. Bring what you borrowed.

\`\`\`sh
library renew --card 17
\`\`\`

![The way to the desk](https://library.example/way.png)`;

const command = (/** @type {string} */ title) => `Bedrock Cachepoint: ${title}`;

/**
 * @param {{ readonly vsix?: string | undefined, readonly emulator?: string | undefined, readonly screenshots?: string | undefined }} [options]
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
    const scenario = join(temporary, 'scenario.json');
    writeFileSync(scenario, JSON.stringify({ replies: [reply, reply.replace('any desk', 'the desk upstairs')] }));
    await installExtension(vsix, dataDir);
    const emulator = await startEmulator(options.emulator, ['--speed', '0.2', '--scenario', scenario]);
    endings.push(emulator.stop);
    const server = await startServer({ dataDir, settings, machineSettings: { 'cachepoint.endpoint': emulator.url } });
    endings.push(server.stop);
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    /** @type {Partial<RunsResult>[]} */
    const parts = [];
    /** @type {string[]} */
    const outsideRequests = [];
    for (const [name, part] of Object.entries(windows)) {
      const began = Date.now();
      const window = await Window.open(browser, server.url, name, join(temporary, name), pictures);
      try {
        parts.push(await part(window));
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
    return /** @type {RunsResult} */ ({ ...Object.assign({}, ...parts), outsideRequests });
  } finally {
    for (const end of endings.reverse()) await end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A fresh window with a prompt of its own in front, named as the window. */
class Window {
  /**
   * @param {Workbench} workbench
   * @param {string} name
   * @param {string} folder
   * @param {string} pictures
   */
  constructor(workbench, name, folder, pictures) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.prompt = `${name}.bedrock.md`;
    this.folder = folder;
    this.pictures = pictures;
  }

  /**
   * @param {Browser} browser
   * @param {string} url
   * @param {string} name
   * @param {string} folder
   * @param {string} pictures
   */
  static async open(browser, url, name, folder, pictures) {
    mkdirSync(folder);
    writeFileSync(join(folder, `${name}.bedrock.md`), promptOf(name));
    const window = new Window(await Workbench.open(browser, url, { folder }), name, folder, pictures);
    await window.workbench.openFile(window.prompt);
    await window.workbench.codeLens('Run').waitFor();
    return window;
  }

  /** @param {string} name */
  async shoot(name) {
    const file = join(this.pictures, `past-${name}.png`);
    await this.workbench.screenshot(file);
    return file;
  }

  /**
   * The same screen in every theme, in the last one of which it stays.
   * @param {string} name
   */
  async shootThemes(name) {
    for (const { name: theme, kind } of themes) {
      await this.workbench.setSystemColors(kind);
      await this.shoot(`${name}-${theme}`);
    }
  }

  /** @param {string} title */
  run(title) {
    return this.workbench.command(command(title));
  }

  /**
   * Sends the prompt with its first sample until the panel lists so many runs.
   * @param {number} runs
   */
  async send(runs) {
    await this.run('Run Prompt');
    await waitForRuns(this.workbench, 1);
    const frame = await this.pageWith('[data-history]');
    await frame
      .locator('[data-history] tbody tr')
      .nth(runs - 1)
      .waitFor();
    await waitForRuns(this.workbench, 1);
    return frame;
  }

  /**
   * The page of ours that shows something; several may stand beside each other, and one may be replaced at any time.
   * @param {string} selector
   * @returns {Promise<Frame>}
   */
  async pageWith(selector) {
    for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(50))
      for (const frame of this.page.frames()) {
        if (frame.parentFrame()?.url().includes(`extensionId=${extensionId}`) !== true) continue;
        const isThere = await frame
          .locator(selector)
          .first()
          .isVisible()
          .catch(() => false);
        if (isThere) return frame;
      }
    throw new Error(`No page shows ${selector}`);
  }

  /**
   * A list that is open, by its title.
   * @param {string} title
   */
  list(title) {
    return this.workbench.quickInput.filter({ hasText: title });
  }

  /**
   * Takes the entry of a list whose label has this text. What comes next may have the same title.
   * @param {string} title
   * @param {string | RegExp} text
   */
  async choose(title, text) {
    const name = this.page.locator('.label-name').filter({ hasText: text });
    const row = this.list(title).locator('.monaco-list-row').filter({ has: name }).first();
    await row.waitFor({ timeout: limitMs });
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Types into the box that is open and has this title.
   * @param {string} title
   * @param {string} text
   */
  async answer(title, text) {
    const box = this.list(title);
    await box.waitFor({ timeout: limitMs });
    await box.locator('input[type=text]').fill(text);
    await this.page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /**
   * What the status bar says of the prompt, once it fits.
   * @param {RegExp} text
   */
  async clock(text) {
    const item = this.page.locator('.statusbar-item[aria-label^="Cachepoint: "]').filter({ hasText: text }).first();
    await item.waitFor({ timeout: limitMs });
    return (await item.getAttribute('aria-label')) ?? '';
  }

  /** The prompt has the keys again, wherever its tab stands. */
  async backToPrompt() {
    const tab = this.page.locator(`.tab[data-resource-name="${this.prompt}"]`).first();
    await this.workbench.clickAt(tab);
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${this.prompt}"]`).waitFor();
  }

  /**
   * The button of a notification.
   * @param {string} text
   * @param {string} button
   */
  async press(text, button) {
    const toast = this.workbench.toast(text).first();
    await toast.waitFor({ timeout: limitMs });
    await toast.getByRole('button', { name: button }).click();
  }

  /** Loads the window again and waits for the extension. */
  async reload() {
    await this.workbench.reload();
    await this.workbench.codeLens('Run').waitFor({ timeout: reloadLimitMs });
  }

  /**
   * A page of Markdown that is shown beside, once it has this heading.
   * @param {string} heading
   * @returns {Promise<Frame>}
   */
  async markdown(heading) {
    for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(50))
      for (const frame of this.page.frames()) {
        const found = frame.locator('h1', { hasText: heading }).first();
        if (await found.isVisible().catch(() => false)) return frame;
      }
    throw new Error(`No page has the heading ${heading}`);
  }

  /** The view of all runs, as a screen reader hears it. */
  get remembered() {
    return this.page
      .locator('.pane')
      .filter({ has: this.page.locator('.pane-header[aria-label^="Runs"]') })
      .locator('.monaco-list-row[aria-label]');
  }

  /** @param {Locator} rows */
  heard(rows) {
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  }
}

/** The page of a run, and what of it stays warm. @param {Window} window */
async function page(window) {
  const { page: keys } = window;
  const frame = await window.send(1);
  const card = frame.locator('[data-run-state="finished"]').first();
  const identity = await card.locator('header').innerText();
  const drawn = await card
    .locator('[data-answer]')
    .evaluate((answer) => ['h2,h3,h4,h5,h6', 'strong', 'table', 'ol', 'pre'].filter((name) => answer.querySelector(name) !== null));
  const pictures = await card.locator('[data-answer] img').count();
  await window.shootThemes('page');
  await card.getByRole('button', { name: 'Raw' }).click();
  const raw = await card.locator('[data-look="raw"]').innerText();
  // A page that has just got the focus does not pass all keys on yet.
  const find = keys.locator('.simple-find-part.visible').first();
  for (const limit = Date.now() + limitMs; Date.now() < limit && !(await find.isVisible());) {
    await keys.keyboard.press('Control+F');
    await find.waitFor({ timeout: keyLimitMs }).catch(() => {});
  }
  await find.waitFor();
  await keys.keyboard.insertText('renew --card');
  await window.shoot('find');
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
  const totals = await after.locator('.history dl.figures').innerText();
  return { identity, drawn, pictures, raw, totals, clock, offers, keeping };
}

/** A call that misses, and what the panel and the clock know after a reload. @param {Window} window */
async function missed(window) {
  const { workbench, page: keys } = window;
  await window.send(1);
  await workbench.clickAt(workbench.line('You answer members'));
  await keys.keyboard.press('Home');
  await keys.keyboard.type('Be kind. ');
  await workbench.command('File: Save');
  await keys.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  const frame = await window.send(2);
  const card = frame.locator('.why:visible', { hasText: 'Why it missed' }).first();
  const why = await card.innerText();
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
  const back = await restored.locator('[data-run-state]').first().innerText();
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
  const compared = await preview.locator('body').innerText();
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
  const details = await card.innerText();
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
  const turn = await frame.locator('[data-run-state]').first().innerText();
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
  await window.run('Compare Two Runs…');
  await window.choose('Compare Two Runs: the First', 'Sample 1');
  await window.choose('Compare Two Runs: the Second', 'Sample 1');
  await window.markdown('Two Runs Compared');
  const group = keys.locator('.multiDiffEditor, .monaco-editor-group, .editor-instance').filter({ hasText: 'answer.md' }).first();
  await group.waitFor();
  await window.shootThemes('compared-texts');
  const texts = await group.innerText();
  return { next, turn, cheapest, charts, texts };
}

const windows = /** @type {const} */ ({ page, missed, remembered, rows, talk });
