// Starts the emulator of Bedrock Runtime as a process of its own.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentWatch, projectRoot } from './paths.mjs';

const startLimitMs = 15_000;

/**
 * @typedef {object} Emulator
 * @property {string} url
 * @property {Promise<string>} ended Resolves with a sentence when it has ended.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the emulator on a free port and waits until it listens.
 * @param {string} [program] The built emulator.
 * @param {readonly string[]} [args] Further options of its command line.
 * @returns {Promise<Emulator>}
 */
export async function startEmulator(program = join(projectRoot, 'dist', 'emulator.js'), args = []) {
  if (!existsSync(program)) throw new Error(`There is no emulator at ${program}: run "npm run build" first`);
  const child = spawn(process.execPath, ['--import', pathToFileURL(parentWatch).href, program, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(`The emulator could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(`The emulator ended: ${signal ?? code}\n${output}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(timer);
  };
  /** @type {Promise<string>} */
  const listening = new Promise((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = /listening on (http:\/\/\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then((sentence) => reject(new Error(sentence)));
    setTimeout(() => reject(new Error(`The emulator did not listen in time\n${output}`)), startLimitMs).unref();
  });
  try {
    return { url: await listening, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
