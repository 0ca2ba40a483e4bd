// The main job without a person: installs the extension from its file, opens a sample, runs it twice by the command palette
// against the emulator, and gives back what the editor and the panel say.
// @ts-check
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { extensionId, waitForRuns } from './panel.mjs';
import { fixProgram, visitPlaces, writePlaces } from './placesJob.mjs';
import { showPromptsView, writeProgram } from './promptsView.mjs';
import { projectRoot } from './paths.mjs';
import { installExtension, startServer } from './server.mjs';
import { Workbench } from './workbench.mjs';

/** @import { Locator } from 'playwright-core' */
/** @import { ProblemEntry } from './workbench.mjs' */
/** @import { ShownRun } from './panel.mjs' */
/** @import { SeenPlace } from './placesJob.mjs' */

/**
 * @typedef {object} JobOptions
 * @property {string} [vsix]
 * @property {string} [emulator]
 * @property {string} [samples]
 * @property {string} [screenshots] The folder for the pictures.
 * @property {string} [brokenPrompt] A further prompt to open at the end, for the problems that it has.
 * @property {AbortSignal} [signal] Ends the job early.
 */

/**
 * @typedef {object} JobResult
 * @property {readonly ProblemEntry[]} problems Those of the sample.
 * @property {readonly ProblemEntry[]} brokenProblems Those of all files after the broken prompt was opened.
 * @property {readonly ShownRun[]} runs Cold, then warm.
 * @property {number} models Rows of the table of models.
 * @property {number} curves Lines of the forecast's chart.
 * @property {readonly string[]} listed What a screen reader hears of the rows of the view of all prompts.
 * @property {readonly SeenPlace[]} places What the editor shows of prompts in other files than prompt files.
 * @property {readonly string[]} left Problems of the program after its fix.
 * @property {readonly ShownRun[]} programRuns Cold, then warm.
 * @property {readonly string[]} screenshots
 * @property {readonly string[]} outsideRequests
 */

/** The sample that the job opens. */
export const sampleName = 'support-desk.bedrock.md';

/** What the first code lens of the sample says, and the command of the job. */
const firstLens = 'Run';
const runTwice = 'Bedrock Cachepoint: Run Prompt Twice (Cold, Then Warm)';
const runsOfJob = 2;

// The minimap takes the room of the panel in a picture.
const pictureSettings = {
  // A file that is open is shown where it is, not beside a page of ours.
  'workbench.editor.revealIfOpen': true,
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
};
const themes = /** @type {const} */ ([
  { name: 'dark', label: 'Dark Modern', kind: 'vs-dark' },
  { name: 'high-contrast', label: 'Dark High Contrast', kind: 'hc-black' },
  { name: 'high-contrast-light', label: 'Light High Contrast', kind: 'hc-light' },
]);

const viewThemes = /** @type {const} */ ([
  { name: 'light', label: 'Light Modern', kind: 'vs' },
  { name: 'dark', label: 'Dark Modern', kind: 'vs-dark' },
]);

/**
 * Does the job. Everything it starts has ended when the promise settles.
 * @param {JobOptions} [options]
 * @returns {Promise<JobResult>}
 */
export async function runMainJob(options = {}) {
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-job-'));
  /** @type {(() => Promise<void>)[]} */
  const endings = [async () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 })];
  const endAll = async () => {
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  };
  const job = perform(options, temporary, endings);
  try {
    return await Promise.race([job, whenAborted(options.signal)]);
  } finally {
    await endAll();
    // An aborted job may have been starting something just now.
    await job.catch(() => {});
    await endAll();
  }
}

/**
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<never>}
 */
const whenAborted = (signal) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('Interrupted')), { once: true }));

/**
 * @param {JobOptions} options
 * @param {string} temporary
 * @param {(() => Promise<void>)[]} endings Filled with what ends each part started.
 * @returns {Promise<JobResult>}
 */
async function perform(options, temporary, endings) {
  const { vsix = join(projectRoot, 'cachepoint.vsix'), samples = join(projectRoot, 'media', 'samples') } = options;
  const screenshots = options.screenshots ?? join(projectRoot, 'out', 'screenshots');
  const workspace = join(temporary, 'prompts');
  cpSync(samples, workspace, { recursive: true });
  writeProgram(join(workspace, 'program'));
  writePlaces(workspace);
  // From the start, because the search for files does not see at once what is added later.
  if (options.brokenPrompt !== undefined) cpSync(options.brokenPrompt, join(workspace, 'more', basename(options.brokenPrompt)));
  const dataDir = join(temporary, 'profile');
  await installExtension(vsix, dataDir);
  const emulator = await startEmulator(options.emulator);
  endings.push(emulator.stop);
  options.signal?.throwIfAborted();
  const machineSettings = { 'cachepoint.endpoint': emulator.url };
  const server = await startServer({ dataDir, settings: pictureSettings, machineSettings });
  endings.push(server.stop);
  options.signal?.throwIfAborted();
  const browser = await launchBrowser();
  endings.push(() => browser.close());
  options.signal?.throwIfAborted();
  const workbench = await Workbench.open(browser, server.url, { folder: workspace });

  const camera = createCamera(workbench, screenshots);
  try {
    await workbench.openFile(sampleName);
    await workbench.codeLens(firstLens).waitFor();
    await camera.shoot('editor');
    const problems = await workbench.problems();
    await camera.shoot('problems');
    await workbench.command('View: Hide Panel');
    await workbench.command(runTwice);
    const runs = await waitForRuns(workbench, runsOfJob);
    await workbench.command('View: Close Primary Side Bar');
    await camera.shoot('support-desk');
    await camera.shootPanel('panel');
    const models = await readTab(workbench, 'Bedrock Cachepoint: Compare Models for Prompt', 'table[data-models] tbody tr');
    await camera.shoot('models');
    const curves = await readTab(workbench, 'Bedrock Cachepoint: Forecast Costs of Prompt', '.forecast svg path');
    await camera.shoot('forecast');
    await (await workbench.webview(extensionId)).locator('[data-tab="run"]').click();
    for (const { name, label, kind } of themes) {
      await workbench.setTheme(label, kind);
      await camera.shoot(`support-desk-${name}`);
    }
    const listed = await showPromptsView(workbench);
    for (const { name, label, kind } of viewThemes) {
      await workbench.setTheme(label, kind);
      await camera.shoot(`prompts-${name}`);
    }
    const places = await visitPlaces(workbench, camera.shoot);
    const left = await fixProgram(workbench, camera.shoot);
    await workbench.command(runTwice);
    const programRuns = await waitForRuns(workbench, runsOfJob);
    await camera.shoot('where-run');
    const brokenProblems = options.brokenPrompt === undefined ? [] : await readBroken(workbench, options.brokenPrompt);
    return {
      problems,
      brokenProblems,
      runs,
      models,
      curves,
      listed,
      places,
      left,
      programRuns,
      screenshots: camera.taken,
      outsideRequests: workbench.outsideRequests,
    };
  } catch (error) {
    const picture = await camera.shoot('failure').then(
      (file) => `What the page shows: ${file}`,
      () => 'The page does not answer',
    );
    const message = error instanceof Error ? stripVTControlCharacters(error.message).trim() : String(error);
    throw new Error(`${message}\n${picture}`, { cause: error });
  }
}

/**
 * Opens a tab of the panel by its command and counts what it shows.
 * @param {Workbench} workbench
 * @param {string} command
 * @param {string} selector
 */
async function readTab(workbench, command, selector) {
  await workbench.command(command);
  const found = (await workbench.webview(extensionId)).locator(selector);
  await found.first().waitFor();
  return found.count();
}

/**
 * @param {Workbench} workbench
 * @param {string} prompt
 */
async function readBroken(workbench, prompt) {
  await workbench.openFile(basename(prompt));
  await workbench.page.locator('.editor-instance .squiggly-warning, .editor-instance .squiggly-error').first().waitFor();
  return workbench.problems();
}

/**
 * @param {Workbench} workbench
 * @param {string} folder
 */
function createCamera(workbench, folder) {
  /** @type {string[]} */
  const taken = [];
  /**
   * @param {string} name
   * @param {Locator} [part]
   */
  const shoot = async (name, part) => {
    const file = join(folder, `${name}.png`);
    await workbench.screenshot(file, part);
    taken.push(file);
    return file;
  };
  /** @param {string} name */
  const shootPanel = async (name) => {
    const frame = await workbench.webview(extensionId);
    return shoot(name, frame.parentFrame()?.locator('body'));
  };
  return { taken, shoot, shootPanel };
}
