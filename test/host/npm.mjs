// Runs npm, whatever the platform calls it. Imports nothing but Node's own modules.
// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs npm with these arguments in a folder; rejects with npm's own output when it fails.
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function runNpm(args, cwd) {
  const script = process.env['npm_execpath'];
  const viaNode = script !== undefined && /npm-cli\.c?js$/.test(script);
  const command = viaNode ? process.execPath : 'npm';
  const child = spawn(command, viaNode ? [script, ...args] : [...args], {
    cwd,
    shell: !viaNode && process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} in ${cwd} ended with ${code}:\n${output}`));
    });
  });
}

/**
 * A short fingerprint of the given files' contents.
 * @param {readonly string[]} files
 * @returns {string}
 */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

/**
 * Whether a folder's packages are those of its lock file. npm notes in node_modules what it installed;
 * packages for other platforms may be missing there.
 * @param {string} folder
 * @returns {boolean}
 */
function isInstalled(folder) {
  const noted = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = readPackages(noted);
  return Object.entries(readPackages(join(folder, 'package-lock.json'))).every(([path, wanted]) => {
    const found = installed[path];
    if (found === undefined) return path === '' || wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
const readPackages = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages;

/**
 * Installs a folder's packages by its lock file, unless they are there already.
 * @param {string} folder
 * @param {() => void} [onInstall] Called before an installation, which takes a while.
 * @returns {Promise<void>}
 */
export async function installPackages(folder, onInstall = () => {}) {
  if (isInstalled(folder)) return;
  onInstall();
  await runNpm(['ci', '--no-audit', '--no-fund'], folder);
}
