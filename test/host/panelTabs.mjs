// What can be done in the tabs of the panel: sort and filter models, try a traffic and keep it, wait for an answer.
// @ts-check
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { extensionId } from './panel.mjs';

/** @import { Frame } from 'playwright-core' */
/** @import { Workbench } from './workbench.mjs' */

/** @typedef {{ readonly state: string, readonly figures: readonly number[] }} Sorted */

/**
 * @typedef {object} TabsResult
 * @property {{ readonly up: Sorted, readonly down: Sorted }} sorted The column by which models were sorted, once and again.
 * @property {readonly string[]} filtered Names of the models that fit a filter.
 * @property {readonly string[]} retired Models that stand apart, and are in the table of the others as well.
 * @property {number} apart How many stand apart.
 * @property {string} priceOf What a column of prices says that it holds.
 * @property {readonly string[]} names What the tables are called for a screen reader.
 * @property {{ readonly said: string, readonly before: string, readonly after: string }} invalid What is said of a traffic that is none, and the figures around it.
 * @property {string} saved The prompt after a traffic that was tried has been saved.
 * @property {string} clock The time while an answer is waited for.
 */

const command = (/** @type {string} */ title) => `Bedrock Cachepoint: ${title}`;
const expected = 'Expected';

/** The panel, used with mouse and keys. */
export class PanelTabs {
  /**
   * @param {Workbench} workbench
   * @param {(name: string) => Promise<unknown>} shoot
   */
  constructor(workbench, shoot) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.shoot = shoot;
  }

  /**
   * @param {{ readonly prompt: string, readonly slow: string }} files The path of a prompt with a cache point, and the name of one whose answer is slow.
   * @returns {Promise<TabsResult>}
   */
  async all({ prompt, slow }) {
    await this.workbench.openFile(basename(prompt));
    // Where it was left, its lens is out of sight.
    await this.page.keyboard.press('Control+Home');
    await this.workbench.codeLens('cached').waitFor();
    const models = await this.#models();
    const forecast = await this.#forecast(prompt);
    const clock = await this.#clock(slow);
    return { ...models, ...forecast, names: [...models.names, ...forecast.names], clock };
  }

  /**
   * @param {string} title
   * @param {string} selector
   */
  async #tab(title, selector) {
    await this.workbench.command(command(title));
    const frame = await this.workbench.webview(extensionId);
    await frame.locator(selector).first().waitFor();
    return frame;
  }

  /** @param {Frame} frame */
  #namesOf(frame) {
    return frame
      .locator('table:visible')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.querySelector('caption')?.textContent ?? ''));
  }

  async #models() {
    const frame = await this.#tab('Compare Models for Prompt', 'table[data-models] tbody tr');
    // Those that do not cache it too: they make the longer list.
    await frame.locator('.filter button.link').click();
    const table = frame.locator('table[data-models]').first();
    const button = table.locator('button.sort', { hasText: expected });
    const priceOf = (await button.getAttribute('title')) ?? '';
    const sorted = async (/** @type {string} */ order) => {
      await button.click();
      const head = table.locator(`th[aria-sort="${order}"]`);
      await head.waitFor();
      const cells = await table.locator(`td[data-label="${expected}"]`).allInnerTexts();
      const figures = cells.map((text) => Number(text.replaceAll(/[^\d.]/g, '') || Number.NaN)).filter((figure) => !Number.isNaN(figure));
      return { state: (await head.getAttribute('aria-sort')) ?? '', figures };
    };
    const up = await sorted('ascending');
    const down = await sorted('descending');
    await frame.locator('details.retired > summary').click();
    const names = await this.#namesOf(frame);
    const [offered = [], old = []] = await Promise.all(
      [table, frame.locator('details.retired table')].map((one) =>
        one.locator('tr[data-model]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-model') ?? '')),
      ),
    );
    const retired = old.filter((model) => offered.includes(model));
    await this.shoot('models-sorted');
    await frame.locator('[data-model-filter]').fill('haiku');
    await frame.locator('tr[data-model*="sonnet"]').first().waitFor({ state: 'detached' });
    const filtered = await frame.locator('tr[data-model] th button').allInnerTexts();
    await this.shoot('models-filtered');
    await frame.locator('[data-model-filter]').fill('');
    return { sorted: { up, down }, retired, apart: old.length, priceOf, names, filtered };
  }

  /** @param {string} prompt */
  async #forecast(prompt) {
    const { page } = this;
    const frame = await this.#tab('Forecast Costs of Prompt', '.forecast svg path');
    const field = frame.locator('[data-traffic]');
    const figures = () => frame.locator('.forecast .figures').first().innerText();
    const before = await figures();
    await field.fill('many');
    await field.press('Enter');
    const error = frame.locator('#traffic-error:visible');
    await error.waitFor();
    const said = await error.innerText();
    const after = await figures();
    await this.shoot('forecast-invalid');
    await field.fill('120');
    await field.press('Enter');
    await error.waitFor({ state: 'hidden' });
    const save = frame.locator('[data-save-traffic]:visible');
    await save.waitFor();
    await this.shoot('forecast-tried');
    const names = await this.#namesOf(frame);
    await save.click();
    await save.waitFor({ state: 'hidden' });
    await page.locator(`.tab.dirty[data-resource-name="${basename(prompt)}"]`).waitFor();
    await this.workbench.command('File: Save All Files');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    return { invalid: { said, before, after }, saved: readFileSync(prompt, 'utf8'), names };
  }

  /** @param {string} file */
  async #clock(file) {
    await this.workbench.openFile(file);
    await this.workbench.codeLens('Run').waitFor();
    await this.workbench.command(command('Run Prompt'));
    const frame = await this.workbench.webview(extensionId);
    const clock = frame.locator('[data-run-state="waiting"] .clock:visible');
    await clock.filter({ hasText: /^0:0[1-9]$/ }).waitFor();
    const text = await clock.innerText();
    await this.shoot('waiting');
    await this.workbench.command(command('Cancel Run'));
    await frame.locator('[data-run-state="failed"]').first().waitFor();
    return text;
  }
}
