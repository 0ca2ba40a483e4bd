// The first hour of somebody who has no mouse, from the packaged extension with all that VS Code brings along: a prompt of their own from an empty
// folder that is not trusted, the refused run, trust, the form of values, a sample that is broken and fixed by light bulbs, two runs, a reload; the main
// screens in each of the four default themes.
// @ts-check
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { inNarrowWindow, lookAround, overflowOfPanel } from './lookAround.mjs';
import { extensionId, waitForRuns } from './panel.mjs';
import { projectRoot } from './paths.mjs';
import { installExtension, startServer } from './server.mjs';
import { Walk } from './walk.mjs';
import { Workbench } from './workbench.mjs';

/** @import { Frame } from 'playwright-core' */
/** @import { Seen } from './lookAround.mjs' */
/** @import { ShownRun } from './panel.mjs' */

/**
 * @typedef {object} KeyboardResult
 * @property {string} own The prompt of their own, as it is on disk.
 * @property {string} refusal What is said of the run that has to wait for trust.
 * @property {readonly ShownRun[]} ownRuns The run of their own prompt.
 * @property {readonly string[]} usedValues What that run says of its values.
 * @property {number} foreign Runs that the panel shows of a prompt that has not been run.
 * @property {string} status What the status bar says of it.
 * @property {readonly string[]} broken Codes of the problems that were made.
 * @property {readonly string[]} left Codes of those that light bulbs have left.
 * @property {readonly ShownRun[]} runs Of the fixed sample: cold, then warm.
 * @property {readonly string[]} tabs The tabs of the panel that arrow keys lead to.
 * @property {readonly number[]} overflow By how many pixels each is wider than a narrow panel.
 * @property {number} width Of that panel, in pixels.
 * @property {Seen} seen What is come across besides.
 * @property {readonly ShownRun[]} back The runs that are there after a reload.
 * @property {number} clicks How often a button of the mouse was pressed.
 * @property {readonly string[]} screenshots
 * @property {readonly string[]} outsideRequests
 */

const themes = /** @type {const} */ ([
  { name: 'dark', label: 'Dark Modern', kind: 'vs-dark' },
  { name: 'light', label: 'Light Modern', kind: 'vs' },
  { name: 'high-contrast', label: 'Dark High Contrast', kind: 'hc-black' },
  { name: 'high-contrast-light', label: 'Light High Contrast', kind: 'hc-light' },
]);

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  // In a browser VS Code saves by itself after a second.
  'files.autoSave': 'off',
};
const reloadLimitMs = 150_000;
const problemsId = 'status.problems';
const mostTabs = 40;
const mostFixes = 8;

const command = (/** @type {string} */ title) => `Bedrock Cachepoint: ${title}`;

/**
 * @param {{ readonly vsix?: string | undefined, readonly screenshots?: string | undefined }} [options]
 * @returns {Promise<KeyboardResult>}
 */
export async function runKeyboardJob(options = {}) {
  const { vsix = join(projectRoot, 'cachepoint.vsix') } = options;
  const pictures = options.screenshots ?? join(projectRoot, 'out', 'screenshots');
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-keys-'));
  const folder = join(temporary, 'empty');
  const dataDir = join(temporary, 'profile');
  mkdirSync(folder);
  /** @type {(() => Promise<void>)[]} */
  const endings = [];
  try {
    await installExtension(vsix, dataDir);
    const server = await startServer({
      dataDir,
      settings,
      machineSettings: { 'cachepoint.endpoint': 'emulator' },
      trust: true,
      allExtensions: true,
    });
    endings.push(server.stop);
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url, { folder, isEmpty: true });
    workbench.keysOnly = true;
    return await new KeyboardWalk(workbench, folder, join(pictures, 'keys-')).all();
  } finally {
    for (const end of endings.reverse()) await end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What is done, a method for each part of the hour. */
class KeyboardWalk extends Walk {
  /** @returns {Promise<KeyboardResult>} */
  async all() {
    try {
      await this.#countClicks();
      const own = await this.#writeOwn();
      const refusal = await this.#trust();
      const { ownRuns, usedValues } = await this.#runOwn();
      const { broken, foreign, status } = await this.#breakSample();
      const left = await this.#fix(broken.length);
      const { runs, ...panel } = await this.#runSample();
      const back = await this.#reload();
      const seen = await lookAround(this.workbench);
      const clicks = await this.page.evaluate(() => Number(sessionStorage.getItem('clicks') ?? 0));
      const { outsideRequests } = this.workbench;
      return {
        own,
        refusal,
        ownRuns,
        usedValues,
        foreign,
        status,
        broken,
        left,
        runs,
        ...panel,
        seen,
        back,
        clicks,
        screenshots: this.screenshots,
        outsideRequests,
      };
    } catch (error) {
      const picture = await this.shoot('failure').catch(() => 'none');
      const message = error instanceof Error ? stripVTControlCharacters(error.message).trim() : String(error);
      throw new Error(`By keyboard: ${message}\nWhat the page shows: ${picture}`, { cause: error });
    }
  }

  /** A mouse that is used after all is found out. */
  async #countClicks() {
    const count = () =>
      addEventListener(
        'mousedown',
        () => sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks') ?? 0) + 1)),
        true,
      );
    await this.page.evaluate(count);
    await this.page.context().addInitScript(count);
  }

  /**
   * The same screen in every theme, in the last one of which it stays.
   * @param {string} name
   * @param {{ readonly before?: () => Promise<void>, readonly after?: () => Promise<void> }} [around]
   */
  async #shootThemes(name, { before, after } = {}) {
    for (const { name: theme, label, kind } of [...themes.slice(1), ...themes.slice(0, 1)]) {
      await this.workbench.setTheme(label, kind);
      await before?.();
      await this.shoot(`${name}-${theme}`);
      await after?.();
    }
  }

  /** A new prompt, from the palette to the disk. */
  async #writeOwn() {
    const { workbench, page } = this;
    await workbench.command(command('New Prompt File'));
    await workbench.quickInput.getByText('.bedrock.md is added').waitFor();
    await page.keyboard.insertText('triage');
    await this.press('Enter');
    await page.locator('.tab.active[data-resource-name="triage.bedrock.md"]').waitFor();
    await workbench.line('What the model is to do').waitFor();
    // What is to be filled in is selected, and Tab leads to the next.
    await page.keyboard.type('You sort the mail of a library: lending, returns, complaints.');
    await this.press('Escape', 'Control+End');
    await page.keyboard.type('Answer with one word.');
    await this.press('Control+S');
    const file = join(this.folder, 'triage.bedrock.md');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await workbench.codeLens('Runs wait until').waitFor();
    await this.shoot('restricted');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** A run is refused, and the button beside that leads to trust. */
  async #trust() {
    const { workbench, page } = this;
    await workbench.command(command('Run Prompt'));
    const toast = workbench.toast('until this workspace is trusted');
    await toast.waitFor();
    const refusal = await toast.innerText();
    await this.shoot('refused');
    await workbench.command('Notifications: Focus Notification Toast');
    await this.#tabTo('Manage Trust');
    await this.press('Enter');
    await page.locator('.workspace-trust-editor').waitFor();
    await this.shoot('trust');
    await this.#tabTo('Trust');
    await this.press('Enter');
    await workbench.statusItem('Restricted Mode').waitFor({ state: 'hidden' });
    await workbench.openFile('triage.bedrock.md');
    return refusal;
  }

  /**
   * Goes on by Tab until what has the focus is called so.
   * @param {string} name
   */
  async #tabTo(name) {
    const focused = () => this.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      if ((await focused()) === name) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}`);
  }

  /**
   * Goes on by Tab until this has the focus in a page.
   * @param {Frame} frame
   * @param {string} selector
   */
  async #tabToIn(frame, selector) {
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      const before = await frame.evaluate(() => document.activeElement?.outerHTML);
      await this.press('Tab');
      await frame.waitForFunction((html) => document.activeElement?.outerHTML !== html, before);
      if (await frame.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  }

  /** Values of several lines are typed, kept as a sample row, and sent. */
  async #runOwn() {
    const { workbench, page } = this;
    await workbench.command(command('Run Prompt'));
    const frame = await workbench.webview(extensionId);
    const field = frame.locator('.values:visible textarea');
    await field.waitFor();
    await frame.waitForFunction(() => document.hasFocus() && document.activeElement?.tagName === 'TEXTAREA');
    // What is there is selected. Ctrl+A would be answered twice, the second time some keys later, by VS Code.
    await page.keyboard.type('Where is my book?');
    await this.press('Enter');
    await page.keyboard.type('It was due in May.');
    await this.#tabToIn(frame, '[data-values="save"]');
    await this.press('Enter');
    await frame.locator('[data-values-said]', { hasText: 'Sample 1' }).waitFor();
    await this.shoot('values');
    await this.press('Control+Enter');
    const ownRuns = await waitForRuns(workbench, 1);
    const usedValues = await frame.locator('[data-used-value] dd').allTextContents();
    return { ownRuns, usedValues };
  }

  /** A sample is opened and gets a date and a marker that is none. */
  async #breakSample() {
    const { workbench, page } = this;
    await this.press('Control+1');
    await workbench.command(command('Open Sample Prompt…'));
    await workbench.quickInput.getByText('Support desk').first().waitFor();
    await this.press('Enter');
    await page.locator('.tab.active[data-resource-name="support-desk.bedrock.md"]').waitFor();
    await workbench.codeLens('cached').waitFor();
    await this.#goTo(25);
    await page.keyboard.insertText('Today is 23 November 2026, 14:03. ');
    await this.#goTo(30);
    await this.press('Home', 'Shift+End');
    await page.keyboard.insertText('<!-- cachepoint ttl=1h -->');
    await this.#goTo(20);
    // What the cursor has just left is told a little later.
    await workbench.command('Problems: Focus on Problems View');
    for (const code of ['syntax/marker', 'cache/volatile-prefix']) await page.locator('.markers-panel', { hasText: code }).waitFor();
    const broken = await this.#codes();
    const foreign = await (await workbench.webview(extensionId)).locator('[data-run]').count();
    const status = await workbench.statusItem(' tok ').first().innerText();
    await workbench.command('View: Hide Panel');
    await this.#shootThemes('broken', { before: () => this.#lightBulb(), after: () => this.press('Escape') });
    return { broken, foreign, status };
  }

  /** @param {number} line */
  async #goTo(line) {
    await this.press('Control+G');
    await this.workbench.quickInput.locator('input[type=text]').waitFor();
    await this.page.keyboard.insertText(String(line));
    await this.press('Enter');
    await this.workbench.quickInput.waitFor({ state: 'hidden' });
  }

  /** The next problem, and what is offered for it. */
  async #lightBulb() {
    await this.press('F8');
    await this.workbench.closeProblem();
    await this.workbench.lightBulb();
  }

  /** Warnings and errors of the sample. */
  async #codes() {
    const all = await this.workbench.problems();
    const codes = all.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
    await this.press('Control+1');
    return codes;
  }

  /**
   * Takes a fix of each problem, one that keeps what is there.
   * @param {number} problems
   */
  async #fix(problems) {
    const squiggles = this.page.locator('.editor-instance .squiggly-warning, .editor-instance .squiggly-error');
    // How many errors and warnings there are, which the editor itself counts.
    const counted = this.page.locator(`[id="${problemsId}"] [aria-label]`).first();
    await this.#goTo(1);
    for (let times = 0; times < problems; times++) {
      await squiggles.first().waitFor();
      await this.#lightBulb();
      const focused = this.page.locator('.action-widget .monaco-list-row.focused');
      for (let down = 0; /^(?:Remove|Remember|Explain|Report)/.test((await focused.innerText()).trim()); down++) {
        if (down === mostFixes) throw new Error('No fix keeps what is there');
        await this.press('ArrowDown');
      }
      const before = await counted.getAttribute('aria-label');
      await this.press('Enter');
      await this.page.waitForFunction(
        ([id, label]) => document.getElementById(id)?.querySelector('[aria-label]')?.getAttribute('aria-label') !== label,
        [problemsId, before],
      );
    }
    await squiggles.first().waitFor({ state: 'detached' });
    await this.shoot('fixed');
    const left = await this.#codes();
    await this.workbench.command('View: Hide Panel');
    await this.press('Control+S');
    return left;
  }

  /** The sample is run twice, with its first row; arrow keys lead through the tabs of the panel. */
  async #runSample() {
    const { workbench } = this;
    await workbench.command(command('Run Prompt Twice (Cold, Then Warm)'));
    const runs = await waitForRuns(workbench, 2);
    await this.#shootThemes('ran');
    const frame = await workbench.webview(extensionId);
    await this.press('Control+2');
    const chosen = frame.locator('[role="tab"][aria-selected="true"]');
    await frame.waitForFunction(() => document.hasFocus());
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      if (await frame.evaluate(() => document.activeElement?.getAttribute('role') === 'tab')) break;
      await this.press('Tab');
    }
    /** @type {string[]} */
    const tabs = [];
    /** @type {number[]} */
    const overflow = [];
    const width = await inNarrowWindow(workbench, async () => {
      for (const shown of ['table[data-models]', '.forecast svg path', '[data-run-state]']) {
        await this.press('ArrowRight');
        await frame.locator(shown).first().waitFor();
        tabs.push((await chosen.textContent()) ?? '');
        overflow.push(await overflowOfPanel(workbench));
      }
      await this.shoot('narrow');
      return frame.evaluate(() => document.documentElement.clientWidth);
    });
    return { runs, tabs, overflow, width };
  }

  async #reload() {
    // The search for files sees it from the reload on.
    writeFileSync(join(this.folder, 'cachepoint.json'), '{\n  \n}\n');
    await this.workbench.reload();
    const back = await waitForRuns(this.workbench, 2, reloadLimitMs);
    await this.shoot('back');
    return back;
  }
}
