// Makes the test host ready: installs its packages, links what VS Code's server looks for, unpacks the browser.
// A second call finds everything done and costs milliseconds. Two calls at once wait for each other.
// @ts-check
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fingerprint, installPackages } from './npm.mjs';
import { browserRoot, builtinExtensions, hostCache, hostRoot, serverMain, serverNode, vscodeRoot } from './paths.mjs';

/** The extensions that come with VS Code and matter to prompt files: themes, and the languages found in fences. */
const wantedExtensions = [
  'theme-defaults',
  'theme-seti',
  'configuration-editing',
  'git',
  'git-base',
  'json',
  'yaml',
  'markdown-basics',
  'markdown-language-features',
  'ipynb',
  'javascript',
  'typescript-basics',
  'python',
];

const stampFile = join(hostCache, 'prepared');
const lockFile = join(hostCache, 'preparing');

/** What the stamp holds when the host is ready: it changes with the packages and with the scripts that prepare them. */
const wantedStamp = () => fingerprint(['package-lock.json', 'prepare.mjs', 'unpackBrowser.mjs'].map((file) => join(hostRoot, file)));

const isPrepared = () =>
  [stampFile, serverMain, serverNode, browserRoot].every((path) => existsSync(path)) && readFileSync(stampFile, 'utf8') === wantedStamp();

/**
 * Makes the test host ready to use.
 * @param {(sentence: string) => void} [say] Told of each step that takes a while.
 * @returns {Promise<void>}
 */
export async function prepareHost(say = () => {}) {
  mkdirSync(hostCache, { recursive: true });
  if (isPrepared()) return;
  await holdLock();
  try {
    if (isPrepared()) return;
    await installPackages(hostRoot, () => say('Installing VS Code for tests and a browser (once, about 600 MB)'));
    linkModules();
    linkExtensions();
    say('Unpacking the browser');
    const { unpackBrowser } = await import('./unpackBrowser.mjs');
    await unpackBrowser();
    writeFileSync(stampFile, wantedStamp());
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Waits until no other process prepares the host; the lock of a process that is gone does not count. */
async function holdLock() {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (!isExistingFile(error)) throw error;
    }
    if (existsSync(lockFile) && !isRunning(readOwner())) rmSync(lockFile, { force: true });
    await delay(200);
  }
}

/** @param {unknown} error */
const isExistingFile = (error) => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** The process that holds the lock; 0 where it is just being written, or was removed this moment. */
function readOwner() {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return 0;
  }
}

/** @param {number} processId */
function isRunning(processId) {
  if (processId === 0) return true;
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The server and the workbench look for modules below lib/vscode. Without this link the server would find the modules of
 * code-server itself, of which some have another major version.
 */
function linkModules() {
  const at = join(vscodeRoot, 'node_modules');
  rmSync(at, { recursive: true, force: true });
  symlinkSync(join('..', '..', '..'), at);
}

function linkExtensions() {
  const fresh = `${builtinExtensions}-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const name of wantedExtensions) symlinkSync(join(vscodeRoot, 'extensions', name), join(fresh, name));
  rmSync(builtinExtensions, { recursive: true, force: true });
  renameSync(fresh, builtinExtensions);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepareHost((sentence) => console.log(sentence));
