// VS Code's server on loopback: the workbench's pages, and the extension host as its child.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtinExtensions, everyExtension, parentWatch, serverMain, serverNode } from './paths.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDir The profile: settings, extensions, state.
 * @property {Readonly<Record<string, unknown>>} [settings] User settings on top of the quiet ones. They are written before the
 * start, because a running workbench does not notice a change from outside.
 * @property {boolean} [keepSettings] Leave the user settings alone where the profile has some.
 * @property {Readonly<Record<string, unknown>>} [machineSettings] Settings of the machine scope, which user settings cannot hold here.
 * @property {Readonly<Record<string, string | undefined>>} [env] Reaches the extension host.
 * @property {boolean} [trust] Ask for trust: folders open in Restricted Mode.
 * @property {boolean} [allExtensions] With every extension that comes with VS Code, as a person has it; takes longer to start.
 * @property {boolean} [automation] Accept extension tests from the page's address; hides notifications, so not for try-outs.
 * @property {number} [port] 0, the default, takes a free one.
 */

/**
 * @typedef {object} Server
 * @property {string} url The workbench's address, without a slash at the end.
 * @property {string} authority Host and port.
 * @property {Promise<string>} ended Resolves with a sentence when the server has ended.
 * @property {() => string} output What the server has printed so far.
 * @property {() => Promise<void>} stop Ends the server and everything it started.
 */

// No welcome page, no tips, no updates, no downloads, no features that reach out or move on their own.
const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.autoDetect': 'off',
  'remote.autoForwardPorts': false,
  'task.autoDetect': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.menuBarVisibility': 'classic',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const startLimitMs = 60_000;
const stopLimitMs = 5_000;

/** @param {string} dataDir */
const profileArgs = (dataDir) => [
  '--accept-server-license-terms',
  '--server-data-dir',
  dataDir,
  '--user-data-dir',
  join(dataDir, 'data'),
  '--extensions-dir',
  join(dataDir, 'extensions'),
];

/**
 * The surrounding VS Code's variables, if there is one, would lead the server astray; those of test runners are passed on.
 * An empty gallery keeps the server from asking one.
 */
function cleanEnvironment() {
  const foreign = /^(VSCODE_(?!TEST_)|ELECTRON_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

/**
 * @param {ServerOptions} options
 * @param {string} runtimeDir
 */
function spawnServer({ dataDir, env = {}, trust = false, automation = false, allExtensions = false, port = 0 }, runtimeDir) {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  args.push('--telemetry-level', 'off', '--disable-telemetry', '--disable-experiments', '--force-disable-user-env');
  args.push(
    '--disable-getting-started-override',
    '--builtin-extensions-dir',
    allExtensions ? everyExtension : builtinExtensions,
    ...profileArgs(dataDir),
  );
  if (!trust) args.push('--disable-workspace-trust');
  if (automation) args.push('--enable-smoke-test-driver');
  return spawn(serverNode, ['--import', pathToFileURL(parentWatch).href, serverMain, ...args], {
    env: { ...cleanEnvironment(), TMPDIR: runtimeDir, XDG_RUNTIME_DIR: runtimeDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/**
 * Settings of the machine, for windows that are opened from now on.
 * @param {string} dataDir
 * @param {Readonly<Record<string, unknown>>} values
 */
export function writeMachineSettings(dataDir, values) {
  writeFileSync(join(dataDir, 'data', 'Machine', 'settings.json'), JSON.stringify(values, null, 2));
}

/** @param {ServerOptions} options */
function writeSettings({ dataDir, settings = {}, machineSettings = {}, keepSettings = false, trust = false }) {
  const trustSettings = trust ? { 'security.workspace.trust.startupPrompt': 'never' } : {};
  const scopes = [
    { scope: 'User', values: { ...quietSettings, ...trustSettings, ...settings } },
    { scope: 'Machine', values: machineSettings },
  ];
  for (const { scope, values } of scopes) {
    const file = join(dataDir, 'data', scope, 'settings.json');
    if (scope === 'User' && keepSettings && existsSync(file)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(values, null, 2));
  }
}

/**
 * Starts the server and waits until it listens.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  writeSettings(options);
  // The server's sockets: their paths must be short (107 bytes), so they do not go below the profile.
  const runtimeDir = mkdtempSync(join(tmpdir(), 'cachepoint-'));
  const child = spawnServer(options, runtimeDir);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(`VS Code's server could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(`VS Code's server ended: ${signal ?? code}`));
  });
  // An extension host in a busy loop outlives its server, so the whole process group is ended.
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(killGroup, stopLimitMs);
    await ended;
    clearTimeout(timer);
    killGroup();
    rmSync(runtimeDir, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const port = await listeningPort(() => output, ended);
    return { url: `http://127.0.0.1:${port}`, authority: `127.0.0.1:${port}`, ended, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {() => string} output
 * @param {Promise<string>} ended
 * @returns {Promise<number>}
 */
async function listeningPort(output, ended) {
  let sentence = '';
  void ended.then((text) => (sentence = text));
  for (const limit = Date.now() + startLimitMs; Date.now() < limit;) {
    const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
    if (port !== undefined) return Number(port);
    if (sentence !== '') break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${sentence || "VS Code's server did not listen in time"}\n${output()}`);
}

/**
 * Installs an extension from its file into a profile; rejects with the server's words when it is refused.
 * @param {string} vsix
 * @param {string} dataDir
 * @returns {Promise<void>}
 */
export function installExtension(vsix, dataDir) {
  const child = spawn(serverNode, [serverMain, '--install-extension', vsix, '--force', ...profileArgs(dataDir)], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && output.includes('successfully installed')) resolve();
      else reject(new Error(`The extension could not be installed from ${vsix}:\n${output}`));
    });
  });
}
