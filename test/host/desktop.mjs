// A desktop VS Code with a profile of its own, by its `code` command.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const onWindows = process.platform === 'win32';

/**
 * @typedef {object} DesktopOptions
 * @property {string} vsix
 * @property {string} profile The folder for settings, state and extensions.
 * @property {Readonly<Record<string, unknown>>} settings
 * @property {string} folder The folder to open.
 */

/**
 * @typedef {object} DesktopWindow
 * @property {Promise<void>} closed
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function start(program, args) {
  // On Windows `code` is a batch file, which needs a shell, and a shell needs quotes.
  return spawn(program, onWindows ? args.map((arg) => `"${arg}"`) : [...args], { shell: onWindows, stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<{ readonly ok: boolean, readonly output: string }>}
 */
function run(program, args) {
  const child = start(program, args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * The command of the desktop VS Code, if it is on the PATH.
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop() {
  const program = 'code';
  return (await run(program, ['--version'])).ok ? program : undefined;
}

/**
 * Installs the extension into the profile and opens a window.
 * @param {string} program
 * @param {DesktopOptions} options
 * @returns {Promise<DesktopWindow>}
 */
export async function openDesktop(program, { vsix, profile, settings, folder }) {
  const userDir = join(profile, 'user');
  const profileArgs = ['--user-data-dir', userDir, '--extensions-dir', join(profile, 'extensions')];
  mergeSettings(join(userDir, 'User', 'settings.json'), settings);
  const installed = await run(program, [...profileArgs, '--install-extension', vsix, '--force']);
  if (!installed.ok) throw new Error(`The extension could not be installed from ${vsix}:\n${installed.output}`);
  const child = start(program, [...profileArgs, '--new-window', '--disable-workspace-trust', '--wait', folder]);
  child.stdout.resume();
  child.stderr.resume();
  /** @type {Promise<void>} */
  const closed = new Promise((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  const close = async () => {
    endMainProcess(join(userDir, 'code.lock'));
    child.kill('SIGTERM');
    await closed;
  };
  return { closed, close };
}

/**
 * Sets values in a settings file and keeps the rest. A file that is not plain JSON is left as it is.
 * @param {string} file
 * @param {Readonly<Record<string, unknown>>} settings
 */
function mergeSettings(file, settings) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    writeFileSync(file, JSON.stringify({ ...kept, ...settings }, null, 2));
  } catch {
    console.log(`${file} has comments or is not JSON, so set in it yourself: ${JSON.stringify(settings)}`);
  }
}

/**
 * The `code` command only hands over to VS Code's main process, which notes its number in this file.
 * @param {string} lockFile
 */
function endMainProcess(lockFile) {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 'SIGTERM');
  } catch {
    // The window was closed by hand.
  }
}
