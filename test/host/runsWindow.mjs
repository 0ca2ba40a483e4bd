// A window of the job about runs: a prompt and an emulator of its own, and what a person does in it.
// @ts-check
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { extensionId, waitForRuns } from './panel.mjs';
import { systemColors, Workbench } from './workbench.mjs';

/** @import { Browser, Frame, Locator } from 'playwright-core' */
/** @import { Emulator } from './emulator.mjs' */

/**
 * A part of the job.
 * @template T
 * @typedef {object} Part
 * @property {(window: Window) => Promise<T>} use What a person does, and what is seen.
 * @property {string} [prompt] Another prompt than the usual one.
 * @property {Readonly<Record<string, string>>} [files] What lies beside it.
 * @property {readonly string[]} [replies] What the emulator answers, in turn.
 * @property {number} [speed] Factor on the waits of the emulator.
 * @property {Readonly<Record<string, unknown>>} [machineSettings] What is set in its window besides the address of its emulator.
 */

export const limitMs = 60_000;
export const keyLimitMs = 2_000;
const reloadLimitMs = 150_000;

const themes = /** @type {const} */ ([
  { name: 'light', kind: 'vs' },
  { name: 'high-contrast', kind: 'hc-black' },
  { name: 'dark', kind: 'vs-dark' },
]);

/** Settings of the windows. */
export const settings = {
  ...systemColors,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  // A place on this machine is typed, not looked for in a dialog of the browser.
  'files.simpleDialog.enable': true,
};

const rules = 'Members may borrow four books for three weeks, and renew each of them once. Films are lent for a week. ';
const front = `inferenceConfig: { maxTokens: 400 }
variables:
  question: { varies: request }
samples:
  - question: When is my book due?
    expect: library
  - question: May I renew a film?
  - question: Where do I return it?`;

/**
 * A prompt of a library, with what its front matter says besides the model. No two share a prefix.
 * @param {string} name
 * @param {string} [matter]
 */
export const promptOf = (name, matter = front) => `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
${matter}
---
# system:
You answer members of a library at its desk: ${name}.

${rules.repeat(100)}

<!-- cachePoint -->

# user:
{{question}}
`;

/** An answer with much of what Markdown has. */
export const reply = `the answer of a library.

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
 * @typedef {object} WindowPlace
 * @property {string} name Of the window and of its prompt.
 * @property {string} folder Made for it.
 * @property {string} dataDir The profile, which all windows share.
 * @property {string} pictures
 */

/** A fresh window with a prompt of its own in front, named as the window. */
export class Window {
  #dataDir;
  #emulatorUrl;

  /**
   * @param {Workbench} workbench
   * @param {WindowPlace} place
   * @param {Emulator} emulator
   */
  constructor(workbench, { name, folder, dataDir, pictures }, emulator) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.prompt = `${name}.bedrock.md`;
    this.folder = folder;
    this.pictures = pictures;
    this.#dataDir = dataDir;
    this.#emulatorUrl = emulator.url;
  }

  /**
   * @param {Browser} browser
   * @param {string} url
   * @param {WindowPlace} place
   * @param {Emulator} emulator
   * @param {Pick<Part<unknown>, 'prompt' | 'files'>} part
   */
  static async open(browser, url, place, emulator, { prompt, files = {} }) {
    const { name, folder } = place;
    mkdirSync(folder);
    for (const [file, text] of Object.entries({ ...files, [`${name}.bedrock.md`]: prompt ?? promptOf(name) }))
      writeFileSync(join(folder, file), text);
    const window = new Window(await Workbench.open(browser, url, { folder }), place, emulator);
    await window.workbench.openFile(window.prompt);
    await window.workbench.codeLens('Run').waitFor();
    return window;
  }

  /**
   * Requests that have come to its emulator.
   * @returns {Promise<number>}
   */
  async requests() {
    const answer = await fetch(`${this.#emulatorUrl}/_emulator/state`);
    return Number((await answer.json()).requests);
  }

  /**
   * Its emulator waits before it answers the next requests, so many milliseconds each.
   * @param {readonly number[]} waits
   */
  async delayNext(waits) {
    const body = JSON.stringify({ faults: waits.map((ms) => `slow-start:${ms}`) });
    await fetch(`${this.#emulatorUrl}/_emulator/faults`, { method: 'POST', body });
  }

  /** The lines that are kept of its prompt's runs, over all windows. */
  keptLines() {
    const folder = join(this.#dataDir, 'data', 'User', 'globalStorage', extensionId, 'history');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
      .filter((line) => line.includes(`"${this.prompt}"`));
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
   * What stands there once it has this text, or in the end what stands there instead, for its check to tell.
   * @param {Locator} place
   * @param {RegExp} text
   */
  async said(place, text) {
    await place
      .filter({ hasText: text })
      .waitFor({ timeout: limitMs })
      .catch(() => {});
    return place.innerText();
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

  /** The view of all runs. */
  get runsPane() {
    return this.page.locator('.pane').filter({ has: this.page.locator('.pane-header[aria-label^="Runs"]') });
  }

  /** Its rows, as a screen reader hears them. */
  get remembered() {
    return this.runsPane.locator('.monaco-list-row[aria-label]');
  }

  /** @param {Locator} rows */
  heard(rows) {
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  }
}
