// The first run of somebody who has no AWS, from the packaged extension: no setting of ours, no key, no profile and no role on the machine. A click on
// *Run* above a sample leads to one dialog, a click in it to an answer.
// @ts-check
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { extensionId, waitForRuns } from './panel.mjs';
import { projectRoot } from './paths.mjs';
import { installExtension, startServer } from './server.mjs';
import { Workbench } from './workbench.mjs';

/** @import { AddressInfo } from 'node:net' */
/** @import { ShownRun } from './panel.mjs' */

/**
 * @typedef {object} FirstRunResult
 * @property {string} status What the status bar says before the first click.
 * @property {readonly string[]} dialogs The words of each dialog that came up, in order.
 * @property {string} focused The button that Enter presses.
 * @property {number} asked How often the metadata service of an instance was asked for credentials.
 * @property {number} clicks How often a button of the mouse was pressed from the first click on *Run* to the answer.
 * @property {readonly ShownRun[]} runs The run that was answered.
 * @property {number} toasts Notifications beside the dialog.
 * @property {readonly ShownRun[]} again After *Run* was clicked once more.
 * @property {readonly string[]} screenshots
 * @property {readonly string[]} outsideRequests
 */

/** A sample without values, so that nothing but the place is asked for. */
const sample = 'agent-transcript.bedrock.md';

const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
};

/** What the AWS SDK looks at besides files: nothing of it may come from the machine that the test runs on. */
const awsVariables = /^AWS_|^(https?|no|all)_proxy$/i;

/**
 * @param {{ readonly vsix?: string | undefined, readonly samples?: string | undefined, readonly screenshots?: string | undefined }} [options]
 * @returns {Promise<FirstRunResult>}
 */
export async function runFirstRunJob(options = {}) {
  const { vsix = join(projectRoot, 'cachepoint.vsix'), samples = join(projectRoot, 'media', 'samples') } = options;
  const pictures = options.screenshots ?? join(projectRoot, 'out', 'screenshots');
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-first-'));
  const folder = join(temporary, 'prompts');
  const home = join(temporary, 'home');
  const dataDir = join(temporary, 'profile');
  mkdirSync(home);
  cpSync(samples, folder, { recursive: true });
  const metadata = await startSilence();
  /** @type {(() => Promise<void>)[]} */
  const endings = [metadata.stop];
  try {
    await installExtension(vsix, dataDir);
    const without = Object.fromEntries(Object.keys(process.env).flatMap((name) => (awsVariables.test(name) ? [[name, undefined]] : [])));
    const server = await startServer({
      dataDir,
      settings,
      env: { ...without, HOME: home, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url },
    });
    endings.push(server.stop);
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url, { folder });
    return await walk(workbench, pictures, () => metadata.asked);
  } finally {
    for (const end of endings.reverse()) await end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Where an instance of AWS would have its metadata service: something that takes connections and says nothing, as on most networks elsewhere. */
async function startSilence() {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  let asked = 0;
  const server = createServer((socket) => {
    asked++;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    get asked() {
      return asked;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * @param {Workbench} workbench
 * @param {string} pictures
 * @param {() => number} asked
 * @returns {Promise<FirstRunResult>}
 */
async function walk(workbench, pictures, asked) {
  const { page } = workbench;
  /** @type {string[]} */
  const screenshots = [];
  const shoot = async (/** @type {string} */ name) => {
    const file = join(pictures, `first-run-${name}.png`);
    await workbench.screenshot(file);
    screenshots.push(file);
    return file;
  };
  const dialog = page.locator('.monaco-dialog-box');
  try {
    await workbench.openFile(sample);
    await workbench.codeLens('Run').waitFor();
    await workbench.statusItem(' tok ').first().waitFor();
    const status = await workbench.statusItem(' tok ').first().innerText();
    await page.evaluate(watch);

    const tries = await workbench.clickLens('Run', dialog);
    await shoot('dialog');
    const focused = await dialog.locator('.monaco-button:focus').innerText();
    await dialog.getByText('Use the Local Emulator', { exact: true }).click();
    const runs = await waitForRuns(workbench, 1);
    const clicks = (await page.evaluate(() => Number(document.body.dataset['clicks']))) - (tries - 1);
    const toasts = await page.locator('.notification-toast').count();
    await shoot('answered');

    // From now on the emulator is where runs go.
    const frame = await workbench.webview(extensionId);
    // Its card takes the place of the first one’s.
    const read = 'tr[data-field="cacheReadInputTokens"] td[data-value]:not([data-value="0"])';
    await workbench.clickLens('Run', frame.locator('[data-run-state="finished"]').locator(read).first());
    const again = await waitForRuns(workbench, 1);
    const dialogs = await page.evaluate(() => /** @type {string[]} */ (JSON.parse(document.body.dataset['dialogs'] ?? '[]')));
    return {
      status,
      dialogs,
      focused,
      asked: asked(),
      clicks,
      runs,
      toasts,
      again,
      screenshots,
      outsideRequests: workbench.outsideRequests,
    };
  } catch (error) {
    const picture = await shoot('failure').catch(() => 'none');
    const message = error instanceof Error ? stripVTControlCharacters(error.message).trim() : String(error);
    throw new Error(`The first run: ${message}\nWhat the page shows: ${picture}`, { cause: error });
  }
}

/** Counts clicks, and keeps the words of each dialog that comes up; in the page. */
function watch() {
  const { dataset } = document.body;
  dataset['clicks'] = '0';
  addEventListener('mousedown', () => (dataset['clicks'] = String(Number(dataset['clicks']) + 1)), true);
  /** @type {string[]} */
  const dialogs = [];
  const seen = new Set();
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) {
        const box = node instanceof HTMLElement ? node.querySelector('.monaco-dialog-box') : null;
        // It is added together with what is around it, and again inside of that.
        if (box === null || seen.has(box)) continue;
        seen.add(box);
        const words = ['.dialog-message-text', '.dialog-message-detail'].map((part) => box.querySelector(part)?.textContent ?? '');
        dialogs.push(words.join('\n'));
      }
    dataset['dialogs'] = JSON.stringify(dialogs);
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
