// The workbench as a person uses it: keys, mouse, and what is visible. Waits for visible states, never for a length of time.
// @ts-check
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** @import { Browser, Frame, Locator, Page } from 'playwright-core' */

/**
 * @typedef {object} OpenOptions
 * @property {string} [folder] The folder to open.
 * @property {boolean} [isEmpty] Nothing is in it, so no file shows that it is open.
 * @property {number} [width]
 * @property {number} [height]
 */

/**
 * One entry of the Problems view.
 * @typedef {object} ProblemEntry
 * @property {string} severity `error`, `warning` or `info`.
 * @property {string} code The rule's code, empty without one.
 * @property {string} message
 * @property {string} place Line and column as the view shows them, for instance `[Ln 3, Col 1]`.
 */

const openLimitMs = 60_000;
const waitLimitMs = 45_000;
const keyLimitMs = 2_000;
const keyTries = 10;
const paletteTries = 4;
const paletteLimitMs = 3_000;
const menuTries = 4;
const menuLimitMs = 10_000;

/** @param {string} text */
const wholly = (text) => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/**
 * Does again what VS Code did not take, or closed at once.
 * @param {() => Promise<void>} attempt
 */
async function again(attempt) {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === menuTries) throw error;
    }
  }
}

/** Settings by which the workbench follows the colors of the system. */
export const systemColors = {
  'window.autoDetectColorScheme': true,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
};

/** The colors of the system by the kinds of VS Code's themes, and what a webview's page says of them. */
const themeKinds = /** @type {const} */ ({
  vs: { dark: false, contrast: false, page: 'vscode-light' },
  'vs-dark': { dark: true, contrast: false, page: 'vscode-dark' },
  'hc-black': { dark: true, contrast: true, page: 'vscode-high-contrast' },
  'hc-light': { dark: false, contrast: true, page: 'vscode-high-contrast-light' },
});

/** High contrast as VS Code asks for it. The browser's own emulation would paint over the theme, which desktop VS Code does not. */
const followContrast = () => {
  const real = window.matchMedia.bind(window);
  const asked = Object.assign(new EventTarget(), { matches: false, media: '(forced-colors: active)', onchange: null });
  const contrast = /** @type {MediaQueryList} */ (/** @type {unknown} */ (asked));
  window.matchMedia = (query) => (query === asked.media ? contrast : real(query));
  addEventListener('test-contrast', (event) => {
    asked.matches = event instanceof CustomEvent && event.detail === true;
    asked.dispatchEvent(new Event('change'));
  });
};

/** One page that shows a workbench. */
export class Workbench {
  /** @type {string[]} */
  #outside = [];
  /** Lists are answered by keys and not by clicks, as by somebody who has no mouse. */
  keysOnly = false;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * Opens the workbench in a new page and waits until it is drawn.
   * @param {Browser} browser
   * @param {string} url
   * @param {OpenOptions} [options]
   */
  static async open(browser, url, { folder, isEmpty = false, width = 1600, height = 1000 } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.addInitScript(followContrast);
    const page = await context.newPage();
    page.setDefaultTimeout(waitLimitMs);
    const workbench = new Workbench(page);
    context.on('request', (request) => workbench.#note(request.url()));
    const query = folder === undefined ? { ew: 'true' } : { folder };
    await page.goto(`${url}/?${new URLSearchParams(query)}`, { timeout: openLimitMs });
    const sign = folder === undefined || isEmpty ? '.monaco-workbench .part.editor' : '.explorer-folders-view .monaco-list-row';
    await page.waitForSelector(sign, { timeout: openLimitMs });
    return workbench;
  }

  /** Reloads the window and waits until it is drawn. By its own command: it writes down which editors are open before the page goes, which may be faster. */
  async reload() {
    const loaded = this.page.waitForEvent('load', { timeout: openLimitMs });
    await this.command('Developer: Reload Window');
    await loaded;
    await this.page.waitForSelector('.monaco-workbench .part.editor', { timeout: openLimitMs });
  }

  /** Addresses other than loopback that the page asked for. */
  get outsideRequests() {
    return this.#outside;
  }

  /** @param {string} address */
  #note(address) {
    const { protocol, hostname } = new URL(address);
    if (!/^(https?|wss?):$/.test(protocol) || /^(127\.0\.0\.1|localhost)$/.test(hostname)) return;
    // Files of a webview: its service worker answers for this host, nothing leaves the page.
    if (!hostname.endsWith('.vscode-resource.vscode-cdn.net')) this.#outside.push(address);
  }

  /** The input on top: command palette, file search, quick pick, input box. */
  get quickInput() {
    return this.page.locator('.quick-input-widget:visible');
  }

  /**
   * Presses a key until the input on top is there, since keys are lost while the workbench is still starting.
   * @param {string} key
   */
  async #openQuickInput(key) {
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press(key);
      try {
        await this.quickInput.locator('input[type=text]').waitFor({ timeout: keyLimitMs });
        return;
      } catch (error) {
        if (tries === keyTries) throw error;
      }
    }
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {string} label
   */
  async #choose(key, text, label) {
    await this.#openQuickInput(key);
    await this.#pick(text, label);
  }

  /**
   * Types into the input on top and clicks the entry with exactly this label.
   * @param {string} text
   * @param {string} label
   * @param {number} [limitMs]
   */
  async #pick(text, label, limitMs) {
    await this.quickInput.locator('input[type=text]').fill(text);
    // What was typed stands in an element of its own, also inside of longer labels.
    const name = this.page.locator('.label-name').filter({ hasText: wholly(label) });
    const row = this.quickInput.locator('.monaco-list-row').filter({ has: name }).first();
    await row.waitFor(limitMs === undefined ? {} : { timeout: limitMs });
    if (this.keysOnly) await this.#acceptRow(label);
    else await row.click();
  }

  /**
   * Goes down to the entry with exactly this label, and takes it.
   * @param {string} label
   */
  async #acceptRow(label) {
    const focused = this.quickInput.locator('.monaco-list-row.focused .label-name').first();
    for (let steps = 0; steps < 30; steps++) {
      if ((await focused.textContent().catch(() => '')) === label) return this.page.keyboard.press('Enter');
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`No key leads to ${label}`);
  }

  /**
   * Runs a command by its full title in the command palette, for instance `View: Toggle Zen Mode`.
   * The palette lists what can be run at the moment it opens, so it is opened again when an extension was still starting then.
   * @param {string} title
   */
  async command(title) {
    for (let tries = 1; ; tries++) {
      await this.#openQuickInput('F1');
      try {
        return await this.#pick(`>${title}`, title, tries < paletteTries ? paletteLimitMs : undefined);
      } catch (error) {
        if (tries === paletteTries) throw error;
        await this.page.keyboard.press('Escape');
        await this.quickInput.waitFor({ state: 'hidden' });
      }
    }
  }

  /**
   * Switches the color theme as a person does, and waits until the page has its kind.
   * @param {string} label As the theme picker shows it, for instance `Dark Modern`.
   * @param {'vs' | 'vs-dark' | 'hc-black' | 'hc-light'} kind
   */
  async setTheme(label, kind) {
    await this.command('Preferences: Color Theme');
    await this.quickInput.getByPlaceholder('Select Color Theme').waitFor();
    await this.#pick(label, label);
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /**
   * The system changes its colors, and the workbench follows (`systemColors`): whatever is open stays open. Waits until the page and what extensions show in it
   * have the new ones.
   * @param {keyof typeof themeKinds} kind
   */
  async setSystemColors(kind) {
    const { dark, contrast, page } = themeKinds[kind];
    await this.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await this.page.evaluate((on) => dispatchEvent(new CustomEvent('test-contrast', { detail: on })), contrast);
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
    for (const frame of this.page.frames()) {
      const body = frame.locator(`body[data-vscode-theme-kind]:not([data-vscode-theme-kind="${page}"])`);
      // A page may be replaced meanwhile.
      await body.waitFor({ state: 'detached' }).catch(() => {});
    }
  }

  /**
   * Opens a file of the folder by its name.
   * @param {string} name
   */
  async openFile(name) {
    // What a page of ours is still about to show may take the place of the file.
    for (let tries = 1; ; tries++) {
      await this.#choose('Control+P', name, name);
      try {
        await this.page.waitForSelector(
          `.editor-group-container.active .tab.active[data-resource-name="${name}"]`,
          tries < 3 ? { timeout: 8_000 } : {},
        );
        return;
      } catch (error) {
        if (tries === 3) throw error;
      }
    }
  }

  /**
   * A visible line of the active editor that contains the text.
   * @param {string} text
   */
  line(text) {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /**
   * A CodeLens by a part of its title.
   * @param {string} title
   */
  codeLens(title) {
    return this.page.locator('.codelens-decoration a', { hasText: title }).first();
  }

  /**
   * Clicks a lens whose command shows something. VS Code takes no click on a lens that is drawn again between press and release: then it is clicked once more.
   * @param {string} title
   * @param {Locator} shown
   * @returns {Promise<number>} How often it was clicked.
   */
  async clickLens(title, shown) {
    let clicks = 0;
    await again(async () => {
      clicks++;
      await this.clickAt(this.codeLens(title));
      await shown.waitFor({ timeout: menuLimitMs });
    });
    return clicks;
  }

  /**
   * A notification by a part of its text.
   * @param {string} text
   */
  toast(text) {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /**
   * An item of the status bar by a part of its text.
   * @param {string} text
   */
  statusItem(text) {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /**
   * Clicks with the mouse in the middle of what stands there. A locator's own click would scroll the editor's layers.
   * @param {Locator} locator
   * @param {'left' | 'right'} [button]
   */
  async clickAt(locator, button = 'left') {
    // A hover may lie over the target.
    await this.page.mouse.move(1, 1);
    await this.page.keyboard.press('Escape');
    const { x, y } = await this.#restingMiddle(locator);
    await this.page.mouse.click(x, y, { button });
  }

  /**
   * Rests the mouse in the middle of what stands there and gives the hover that appears.
   * @param {Locator} locator
   */
  async hover(locator) {
    const { x, y } = await this.#restingMiddle(locator);
    await this.page.mouse.move(x - 2, y);
    await this.page.mouse.move(x, y);
    const hover = this.page.locator('.monaco-hover:visible').first();
    await hover.waitFor();
    return hover;
  }

  /** @param {Locator} locator */
  async #restingMiddle(locator) {
    await locator.waitFor();
    for (let before = await locator.boundingBox(); ;) {
      await delay(50);
      const box = await locator.boundingBox();
      if (box !== null && before !== null && box.x === before.x && box.y === before.y) {
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      before = box;
    }
  }

  /**
   * The document that an extension shows in a webview. It stands two frames down: VS Code's frame, whose address names the
   * extension, and in it the extension's own, which is the active one.
   * @param {string} extensionId
   * @returns {Promise<Frame>}
   */
  async webview(extensionId) {
    for (const limit = Date.now() + waitLimitMs; Date.now() < limit; await delay(50)) {
      for (const frame of this.page.frames()) {
        if (frame.parentFrame()?.url().includes(`extensionId=${extensionId}`) !== true) continue;
        const element = await frame.frameElement().catch(() => undefined);
        if ((await element?.getAttribute('id')) === 'active-frame') return frame;
      }
    }
    throw new Error(`No webview of ${extensionId} appeared`);
  }

  /** Closes what a command that leads to a problem shows below its line, and leaves the cursor there. */
  async closeProblem() {
    const told = this.page.locator('.marker-widget:visible');
    await told.waitFor();
    await this.page.keyboard.press('Escape');
    await told.waitFor({ state: 'hidden' });
  }

  /**
   * Opens the menu of the light bulb at the cursor, and uses its first entry with this text. The menu closes again when problems or lenses are drawn again
   * while it opens or is used: then it is opened once more.
   * @param {(entry: Locator) => Promise<void>} [use]
   * @param {string} [text]
   */
  async lightBulb(use = async () => {}, text = '') {
    const entry = this.page.locator('.action-widget .monaco-list-row.action:visible', { hasText: text }).first();
    await again(async () => {
      await this.page.keyboard.press('Control+.');
      await entry.waitFor({ timeout: menuLimitMs });
      await use(entry);
    });
  }

  /** Takes an entry of a menu that may close at any time. */
  static take = (/** @type {Locator} */ entry) => entry.click({ timeout: menuLimitMs });

  /**
   * Opens the Problems view and reads it.
   * @returns {Promise<readonly ProblemEntry[]>}
   */
  async problems() {
    await this.command('Problems: Focus on Problems View');
    const panel = this.page.locator('.markers-panel');
    await panel.waitFor();
    return panel.locator('.monaco-list-row').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const icon = row.querySelector('.marker-icon')?.innerHTML ?? '';
        const lines = [...row.querySelectorAll('.marker-message')].map((line) => line.textContent ?? '');
        // The row of a file has none.
        if (lines.length === 0) return [];
        const severity = /codicon-(error|warning|info)/.exec(icon)?.[1] ?? '';
        const code = row.querySelector('.marker-code')?.textContent ?? '';
        return [{ severity, code, message: lines.join('\n'), place: row.querySelector('.marker-line')?.textContent ?? '' }];
      }),
    );
  }

  /**
   * Saves what the page shows, without notifications and hovers that happen to lie over it.
   * @param {string} file
   * @param {Locator} [part] Only this part of the page.
   */
  async screenshot(file, part) {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.mouse.move(1, 1);
    await (part ?? this.page).screenshot({ path: file, animations: 'disabled' });
  }
}
