// `npm start`: builds the extension, starts the emulator, and opens the samples in a VS Code with a profile of its own.
// `npm start -- --headless`: does the main job without a person, prints the usage of both runs, saves screenshots.
// Ctrl+C ends everything that was started.
// @ts-check
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages, runNpm } from './host/npm.mjs';
import { isHostSupported, projectRoot } from './host/paths.mjs';

/** @import { Emulator } from './host/emulator.mjs' */

const interrupted = 130;
const vsix = join(projectRoot, 'cachepoint.vsix');
const home = join(projectRoot, '.cache', 'start');
const workspace = join(home, 'prompts');
const desktopMissing =
  'No "code" is on the PATH, and the VS Code from npm runs on Linux with glibc on x64 only. Install VS Code, or put "code" on the PATH.';

const { values: flags } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    // The VS Code from npm even where a desktop one is there, and the port of its address.
    server: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
  },
});

const stopping = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stopping.abort());

/** @param {string} sentence */
const say = (sentence) => console.log(sentence);

/** Packages the extension, installing first what that needs. */
async function build() {
  await installPackages(projectRoot, () => say('Installing packages'));
  say('Building and packaging the extension');
  await runNpm(['run', 'package'], projectRoot);
}

/** The main job, with its result on the terminal. */
async function runHeadless() {
  if (!isHostSupported()) throw new Error('The headless run needs the VS Code from npm, which is for Linux with glibc on x64.');
  const { prepareHost } = await import('./host/prepare.mjs');
  await prepareHost(say);
  const { runMainJob, sampleName } = await import('./host/mainJob.mjs');
  const { usageTable } = await import('./host/usageTable.mjs');
  say(`Opening ${sampleName} and running it twice against the emulator`);
  const { runs, screenshots } = await runMainJob({ signal: stopping.signal });
  say(`\n${usageTable(runs)}\n`);
  for (const file of screenshots) say(`saved ${relative(projectRoot, file)}`);
}

/** Opens the samples and stays until the person is done. */
async function runInteractive() {
  // A copy: what is tried out there is kept, and the project stays as it is.
  cpSync(join(projectRoot, 'media', 'samples'), workspace, { recursive: true, force: false });
  const { startEmulator } = await import('./host/emulator.mjs');
  const { findDesktop } = await import('./host/desktop.mjs');
  const desktop = flags.server ? undefined : await findDesktop();
  if (desktop === undefined && !isHostSupported()) throw new Error(desktopMissing);
  const emulator = await startEmulator();
  say(`The emulator of Bedrock listens on ${emulator.url}. It is a simulation: nothing is sent to AWS.`);
  try {
    if (desktop === undefined) await useServer(emulator);
    else await useDesktop(desktop, emulator);
  } finally {
    await emulator.stop();
  }
}

/** @param {Emulator} emulator */
async function useServer(emulator) {
  const { prepareHost } = await import('./host/prepare.mjs');
  await prepareHost(say);
  const { installExtension, startServer } = await import('./host/server.mjs');
  const dataDir = join(home, 'server');
  await installExtension(vsix, dataDir);
  const machineSettings = { 'cachepoint.endpoint': emulator.url };
  const server = await startServer({ dataDir, machineSettings, keepSettings: true, port: Number(flags.port) });
  try {
    say(`Open ${server.url}/?folder=${encodeURIComponent(workspace)} in a browser. Ctrl+C ends it.`);
    await untilEnd([server.ended, emulator.ended]);
  } finally {
    await server.stop();
  }
}

/**
 * @param {string} program
 * @param {Emulator} emulator
 */
async function useDesktop(program, emulator) {
  const { openDesktop } = await import('./host/desktop.mjs');
  const settings = { 'cachepoint.endpoint': emulator.url };
  const window = await openDesktop(program, { vsix, profile: join(home, 'desktop'), settings, folder: workspace });
  try {
    say('VS Code opens the samples. Close its window or press Ctrl+C to end.');
    await untilEnd([window.closed.then(() => ''), emulator.ended]);
  } finally {
    await window.close();
  }
}

/**
 * Waits for Ctrl+C or for one of the parts to end, and says which one did.
 * @param {readonly Promise<string>[]} endings
 */
async function untilEnd(endings) {
  /** @type {Promise<string>} */
  const stopped = new Promise((resolve) => stopping.signal.addEventListener('abort', () => resolve(''), { once: true }));
  const sentence = await Promise.race([stopped, ...endings]);
  if (sentence !== '') throw new Error(sentence);
}

try {
  await build();
  stopping.signal.throwIfAborted();
  await (flags.headless ? runHeadless() : runInteractive());
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
if (stopping.signal.aborted && flags.headless) process.exitCode = interrupted;
