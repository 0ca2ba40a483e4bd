// What a person sees of the extension beside prompts and runs, from the packaged extension with all that comes with VS Code: files that prompts include, the
// status bar, new files, the request beside the prompt, menus, settings, the tabs of the panel, the walkthrough.
// @ts-check
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { PanelTabs } from './panelTabs.mjs';
import { extensionId, waitForRuns } from './panel.mjs';
import { projectRoot } from './paths.mjs';
import { installExtension, startServer } from './server.mjs';
import { Walk } from './walk.mjs';
import { Workbench } from './workbench.mjs';

/** @import { TabsResult } from './panelTabs.mjs' */

/**
 * @typedef {object} HomeResult
 * @property {string} included What stands above a file that prompts include, in a window in which no prompt was opened before.
 * @property {number} tints Of that file.
 * @property {readonly string[]} sticky The lines that stay on top of a long section.
 * @property {string} selected What our item of the status bar says while lines are selected.
 * @property {string} unselected The same, when they are no more.
 * @property {readonly string[]} found Words by which the palette finds the command for a new prompt.
 * @property {string} created The file that *New File…* made.
 * @property {readonly string[]} ofFolder What the menu of a folder in the Explorer has of ours.
 * @property {readonly string[]} buttons Of the editor's title.
 * @property {{ readonly readable: string, readonly json: string, readonly active: string }} preview What was sent with a row, in both forms, and the file that kept
 * the focus.
 * @property {string} address What is asked before a false alarm is reported.
 * @property {readonly string[]} groups Of the settings.
 * @property {TabsResult} tabs The tabs of the panel.
 * @property {readonly string[]} ticked Steps of the walkthrough that are ticked when it is first opened, in another window than they were done in.
 * @property {readonly string[]} pictures Colors of its picture in a dark and in a light theme.
 * @property {readonly string[]} screenshots
 * @property {readonly string[]} outsideRequests
 */

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const rules = Array.from({ length: 120 }, (_, at) => `Rule ${at + 1} says what the desk answers to a member of the library.`).join('\n');

/** @param {string} name */
const including = (name) =>
  `---\nname: ${name}\nmodelId: ${model}\n---\n# system:\n{{> ./desk-rules.md}}\n<!-- cachePoint -->\n# user:\nWhere is my book?\n`;

const files = {
  'desk-rules.md': `${rules}\n`,
  'lending.bedrock.md': including('Lending'),
  'returns.bedrock.md': including('Returns'),
  'complaints.bedrock.md': including('Complaints'),
  'long.bedrock.md': `---
modelId: ${model}
variables:
  question: { varies: request }
samples:
  - { question: Where is the first book? }
  - { question: Where is the second book? }
---
# system:
## Rules of the desk
${rules}
<!-- cachePoint -->
# user:
{{question}}
`,
  'slow.bedrock.md': `---\nmodelId: ${model}\nrequestMetadata: { cachepoint-fault: "slow-start:30000" }\n---\n# user:\nHello\n`,
  'dated.bedrock.md': `---\nmodelId: ${model}\n---\n# system:\nIt is now 14:03 on 23 November 2026.\n${rules}\n<!-- cachePoint -->\n# user:\nHello\n`,
};

const tint = '[class*="ced-"][class*="TextEditorDecorationType"]';
const mostEscapes = 4;
const escapeLimitMs = 3_000;
const colorLimitMs = 20_000;
/** All extensions start with the first file. */
const startLimitMs = 150_000;
const ownItem = '.statusbar-item[id^="cachepoint."]';
/** Editors draw with blanks of their own. */
const plain = (/** @type {string | null} */ text) => (text ?? '').replaceAll(/\s+/g, ' ').trim();
const command = (/** @type {string} */ title) => `Bedrock Cachepoint: ${title}`;

const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
};

/**
 * @param {{ readonly vsix?: string | undefined, readonly samples?: string | undefined, readonly screenshots?: string | undefined }} [options]
 * @returns {Promise<HomeResult>}
 */
export async function runHomeJob(options = {}) {
  const { vsix = join(projectRoot, 'cachepoint.vsix'), samples = join(projectRoot, 'media', 'samples') } = options;
  const pictures = options.screenshots ?? join(projectRoot, 'out', 'screenshots');
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-home-'));
  const folder = join(temporary, 'library');
  const dataDir = join(temporary, 'profile');
  mkdirSync(join(folder, 'desk'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  cpSync(join(samples, 'nova-translator.bedrock.md'), join(folder, 'desk', 'nova.bedrock.md'));
  /** @type {(() => Promise<void>)[]} */
  const endings = [];
  try {
    await installExtension(vsix, dataDir);
    const server = await startServer({ dataDir, settings, machineSettings: { 'cachepoint.endpoint': 'emulator' }, allExtensions: true });
    endings.push(server.stop);
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url, { folder });
    return await new HomeWalk(workbench, folder, join(pictures, 'home-')).all();
  } finally {
    for (const end of endings.reverse()) await end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What is looked at, a method for each place. */
class HomeWalk extends Walk {
  /** @returns {Promise<HomeResult>} */
  async all() {
    try {
      const { included, tints } = await this.#included();
      const { sticky, selected, unselected } = await this.#long();
      const preview = await this.#preview();
      const found = await this.#palette();
      const created = await this.#newFile();
      const { ofFolder, buttons } = await this.#menus();
      const address = await this.#falseAlarm();
      const groups = await this.#settings();
      const tabs = await new PanelTabs(this.workbench, (name) => this.shoot(name)).all({
        prompt: join(this.folder, 'long.bedrock.md'),
        slow: 'slow.bedrock.md',
      });
      const { ticked, pictures } = await this.#walkthrough();
      const { outsideRequests } = this.workbench;
      return {
        included,
        tints,
        sticky,
        selected,
        unselected,
        preview,
        found,
        created,
        ofFolder,
        buttons,
        address,
        groups,
        tabs,
        ticked,
        pictures,
        screenshots: this.screenshots,
        outsideRequests,
      };
    } catch (error) {
      const picture = await this.shoot('failure').catch(() => 'none');
      const message = error instanceof Error ? stripVTControlCharacters(error.message).trim() : String(error);
      throw new Error(`At home: ${message}\nWhat the page shows: ${picture}`, { cause: error });
    }
  }

  /** A text that prompts include is the first file that is opened: it wakes the extension. */
  async #included() {
    const { workbench, page } = this;
    await workbench.openFile('desk-rules.md');
    const lens = workbench.codeLens('Included by');
    await lens.waitFor({ timeout: startLimitMs });
    await page.locator(tint).first().waitFor();
    await this.shoot('included');
    return { included: plain(await lens.textContent()), tints: await page.locator(tint).count() };
  }

  /** A long section, its headings on top, and lines of it selected. */
  async #long() {
    const { workbench, page } = this;
    await workbench.openFile('long.bedrock.md');
    await workbench.codeLens('cached').waitFor();
    await this.press('Control+End');
    const lines = page.locator('.editor-instance:visible .sticky-widget .sticky-line-content');
    await lines.filter({ hasText: 'Rules of the desk' }).waitFor();
    const sticky = (await lines.allInnerTexts()).map(plain);
    await this.press('ArrowUp', 'ArrowUp', 'ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp');
    const item = page.locator(ownItem).filter({ hasText: ' tok' });
    await item.filter({ hasText: 'selected' }).waitFor();
    const selected = plain(await item.innerText());
    await this.shoot('selected');
    await this.press('ArrowLeft');
    await item.filter({ hasNotText: 'selected' }).waitFor();
    return { sticky, selected, unselected: plain(await item.innerText()) };
  }

  /** The request with the second row, to be read and as JSON; the prompt keeps the focus. */
  async #preview() {
    const { workbench, page } = this;
    const shown = async (/** @type {string} */ form, /** @type {string} */ name) => {
      await workbench.command(command('Preview Request of Prompt As…'));
      const row = workbench.quickInput.locator('.monaco-list-row', { hasText: 'Sample 2' }).filter({ hasText: form });
      await row.click();
      const group = page.locator('.editor-group-container').filter({ has: page.locator(`.tab.active[data-resource-name$="${name}"]`) });
      await group.locator('.view-line', { hasText: 'Rules of the desk' }).first().waitFor();
      return plain(await group.locator('.view-lines').innerText());
    };
    const readable = await shown('text', '.sample-2.request.txt');
    await this.shoot('preview');
    const json = await shown('JSON', '.sample-2.request.json');
    const active = page.locator('.editor-group-container.active .tab.active');
    const preview = { readable, json, active: (await active.getAttribute('data-resource-name')) ?? '' };
    await this.press('Control+2');
    await workbench.command('View: Close All Editors in Group');
    return preview;
  }

  /** The words by which people look for it. */
  async #palette() {
    const { workbench } = this;
    /** @type {string[]} */
    const found = [];
    for (const word of ['bedrock', 'cache', 'prompt']) {
      await this.press('F1');
      await workbench.quickInput.locator('input[type=text]').fill(`>${word} new file`);
      await workbench.quickInput.locator('.monaco-list-row', { hasText: 'New Prompt File' }).first().waitFor();
      found.push(word);
      await this.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
    }
    return found;
  }

  /** *File › New File…* asks for the name first. */
  async #newFile() {
    const { workbench, page } = this;
    // By its keys: the palette has another command of the same name, which makes a file in the Explorer.
    await this.press('Control+Alt+Meta+KeyN');
    await workbench.quickInput.locator('input[type=text]').fill('prompt');
    const entry = workbench.quickInput.locator('.monaco-list-row', { hasText: 'New Prompt File' });
    await entry.waitFor();
    await this.shoot('new-file');
    await entry.click();
    await workbench.quickInput.getByText('.bedrock.md is added').waitFor();
    await workbench.quickInput.locator('input[type=text]').fill('letter');
    await this.press('Enter');
    await page.locator('.tab.active[data-resource-name="letter.bedrock.md"]').waitFor();
    await workbench.line('What the model is to do').waitFor();
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    const file = join(this.folder, 'letter.bedrock.md');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** What stands in menus and beside the tabs of editors. */
  async #menus() {
    const { page } = this;
    const buttons = await page
      .locator('.editor-group-container.active .editor-actions .action-label[aria-label]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'desk' }).first().click({ button: 'right' });
    const entries = page.locator('.monaco-menu .action-menu-item:visible');
    await entries.filter({ hasText: 'New Prompt File' }).waitFor();
    await this.shoot('explorer');
    const ofFolder = (await entries.allInnerTexts()).filter((text) => /prompt/i.test(text));
    await this.press('Escape');
    return { ofFolder, buttons };
  }

  /** The light bulb leads to the form for a false alarm, whose address is shown before it is opened. */
  async #falseAlarm() {
    const { workbench, page } = this;
    await workbench.openFile('dated.bedrock.md');
    await page.locator('.editor-instance .squiggly-warning').first().waitFor();
    await this.press('Control+Home', 'F8');
    await workbench.closeProblem();
    await workbench.lightBulb(Workbench.take, 'Report a False Alarm');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await this.shoot('false-alarm');
    const address = await dialog.innerText();
    await this.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    return address;
  }

  async #settings() {
    const { workbench, page } = this;
    await workbench.command('Preferences: Open Settings (UI)');
    const search = page.locator(
      '.settings-editor .settings-header .search-container textarea, .settings-editor .settings-header .native-edit-context',
    );
    await search.first().waitFor({ state: 'attached' });
    await page.keyboard.insertText('@ext:cachepoint.cachepoint');
    const rows = page.locator('.settings-editor .settings-toc-container .monaco-list-row');
    await rows.filter({ hasText: 'Prompts and Models' }).first().waitFor();
    await this.shoot('settings');
    const groups = await rows.allInnerTexts();
    // It lies over the editors.
    for (let tries = 1; await page.locator('.settings-editor').isVisible(); tries++) {
      if (tries === mostEscapes) throw new Error('The settings do not close');
      await this.press('Escape');
      await page
        .locator('.settings-editor')
        .waitFor({ state: 'hidden', timeout: escapeLimitMs })
        .catch(() => {});
    }
    return groups.map((text) => text.trim());
  }

  /** What its steps wait for happens while nobody has opened it; it is opened after a reload. */
  async #walkthrough() {
    const { workbench, page } = this;
    await workbench.command('View: Close All Editors');
    await workbench.command(command('Open Sample Prompt…'));
    await workbench.quickInput.getByText('Support desk').first().waitFor();
    await this.press('Enter');
    await workbench.codeLens('cached').waitFor();
    await workbench.command(command('Run Prompt Twice (Cold, Then Warm)'));
    await waitForRuns(workbench, 2);
    await workbench.command('View: Close All Editors');
    await workbench.reload();
    await workbench.command('Welcome: Open Walkthrough...');
    const entry = workbench.quickInput.locator('.monaco-list-row', { hasText: 'Get Started with Cachepoint' });
    await entry.click();
    const steps = page.locator('.getting-started-step[data-step-id]');
    await steps.nth(3).waitFor();
    const ticked = await steps.evaluateAll((all) =>
      all.flatMap((one) =>
        one.getAttribute('aria-checked') === 'true' ? [(one.getAttribute('data-step-id') ?? '').replace(/.*#/, '')] : [],
      ),
    );
    /** @type {string[]} */
    const pictures = [];
    for (const { name, label, kind } of /** @type {const} */ ([
      { name: 'dark', label: 'Dark Modern', kind: 'vs-dark' },
      { name: 'light', label: 'Light Modern', kind: 'vs' },
    ])) {
      await workbench.setTheme(label, kind);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      pictures.push(await this.#pictureColor(pictures.at(-1)));
      await this.shoot(`walkthrough-${name}`);
    }
    return { ticked, pictures };
  }

  /**
   * The color of the words in the picture that the walkthrough shows, once it is another one than before.
   * @param {string} [before]
   */
  async #pictureColor(before) {
    for (const limit = Date.now() + colorLimitMs; Date.now() < limit; await delay(100))
      for (const frame of this.page.frames()) {
        const words = frame.locator('svg text').first();
        const there = await words.count().catch(() => 0);
        const color = there === 0 ? undefined : await words.evaluate((element) => getComputedStyle(element).fill).catch(() => undefined);
        if (color !== undefined && color !== before) return color;
      }
    return before ?? '';
  }
}

/** @type {readonly { readonly title: string, readonly holds: (home: HomeResult) => boolean }[]} */
export const homeChecks = [
  {
    title: 'a text wakes the extension, and says by which prompts it is included, with its tokens',
    holds: ({ included }) => /^Included by 3 prompts: Complaints, Lending, Returns · \d,\d{3} tok · cached$/.test(included),
  },
  { title: 'it is tinted as the prompts around it', holds: ({ tints }) => tints > 10 },
  {
    title: 'role and heading stay on top of a long section',
    holds: ({ sticky }) => sticky.some((line) => line.includes('system:')) && sticky.some((line) => line.includes('Rules of the desk')),
  },
  {
    title: 'the status bar counts what is selected, beside the prompt and where its runs go',
    holds: ({ selected, unselected }) =>
      /^selected \d+ tok · [\d,]+ tok · .*cached · emulator/.test(selected) && /^[\d,]+ tok · .*cached · emulator/.test(unselected),
  },
  {
    title: 'the request of a row is shown to be read and as JSON, and the prompt keeps the focus',
    holds: ({ preview: { readable, json, active } }) =>
      readable.includes('modelId: ') && !readable.includes('"modelId"') && json.includes('"modelId"') && active === 'long.bedrock.md',
  },
  { title: 'the palette finds a command by bedrock, cache and prompt', holds: ({ found }) => found.join() === 'bedrock,cache,prompt' },
  {
    title: 'New File… asks for the name and writes the prompt',
    holds: ({ created }) => /^---\nmodelId: \S+\n[^]*# system:\nWhat the model is to do/.test(created),
  },
  { title: 'the menu of a folder has a new prompt', holds: ({ ofFolder }) => ofFolder.join().includes('New Prompt File') },
  {
    title: 'an editor with a prompt has buttons for its runs, its request and the panel',
    holds: ({ buttons }) =>
      ['Run Prompt', 'Preview Request', 'Open Prompt Panel'].every((name) => buttons.some((one) => one.includes(name))),
  },
  {
    title: 'before a false alarm is reported, it is asked whether the page may be opened, without any text of the prompt',
    holds: ({ address }) => /github\.com\/cachepoint\/cachepoint\/issues\/new/.test(address) && !/14:03|library/.test(address),
  },
  {
    title: 'settings stand in groups',
    holds: ({ groups }) => ['Runs', 'Prompts and Models', 'Editor', 'Problems'].every((name) => groups.some((one) => one.includes(name))),
  },
  {
    title: 'models are in the order of a column and down again, and those that fit a filter are left',
    holds: ({ tabs: { sorted, filtered } }) =>
      sorted.up.state === 'ascending' &&
      isSorted(sorted.up.figures) &&
      sorted.down.state === 'descending' &&
      isSorted([...sorted.down.figures].reverse()) &&
      filtered.length > 0 &&
      filtered.every((name) => /haiku/i.test(name)),
  },
  { title: 'retired models stand apart', holds: ({ tabs: { retired, apart } }) => apart > 0 && retired.length === 0 },
  { title: 'the price is that of 1,000 calls', holds: ({ tabs: { priceOf } }) => /1,000 calls/.test(priceOf) },
  { title: 'every table has a name', holds: ({ tabs: { names } }) => names.length >= 4 && names.every((name) => name !== '') },
  {
    title: 'a forecast that is no number says so, and changes nothing',
    holds: ({ tabs: { invalid } }) =>
      /^Nothing was changed: calls an hour are a number/.test(invalid.said) && invalid.before === invalid.after,
  },
  {
    title: 'what was tried is saved as traffic of the prompt',
    holds: ({ tabs: { saved } }) => /^traffic: \{ callsPerHour: 120 \}$/m.test(saved),
  },
  { title: 'the time is told while an answer is waited for', holds: ({ tabs: { clock } }) => /^0:0[1-9]$/.test(clock) },
  {
    title: 'a walkthrough that is opened later has ticked what happened, and only that',
    holds: ({ ticked }) => ticked.join() === 'sample,emulator,twice',
  },
  {
    title: 'its picture has the colors of the theme',
    holds: ({ pictures: [dark = '', light = ''] }) => dark.startsWith('rgb') && light.startsWith('rgb') && dark !== light,
  },
  { title: 'the walk at home asks for nothing outside this machine', holds: ({ outsideRequests }) => outsideRequests.length === 0 },
];

/** @param {readonly number[]} figures */
const isSorted = (figures) => figures.length > 3 && figures.every((figure, at) => at === 0 || figure >= (figures[at - 1] ?? 0));
