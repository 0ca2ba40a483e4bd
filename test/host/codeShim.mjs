#!/usr/bin/env node
// Takes the command line of desktop VS Code, as @vscode/test-electron writes it, and runs the extension's tests in the server
// host and a headless browser. Ends with the tests' own code, or with 70 (no answer), 71 (the extension host died) or 72 (the
// run ended without a result). The last two exist because VS Code itself answers 0 when the extension host ends under the tests.
// @ts-check
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const noAnswer = 70;
const hostDied = 71;
const noResult = 72;
const interrupted = 130;
const answerLimitMs = Number(process.env['CACHEPOINT_TEST_TIMEOUT_MS'] ?? 300_000);
const shownErrors = 20;
const shownLength = 400;
// What this VS Code reports in every run.
const knownNoise = /Service Worker|authentication provider/;

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string', multiple: true }, extensionTestsPath: { type: 'string' } },
});
const developmentPaths = (values.extensionDevelopmentPath ?? []).map(String);
const testsPath = String(values.extensionTestsPath ?? '');
const resultFile = process.env['CACHEPOINT_TEST_RESULT'];
// What the extension host, and nothing else that is started here, finds in its environment.
/** @type {Readonly<Record<string, string>>} */
const hostEnvironment = JSON.parse(process.env['CACHEPOINT_TEST_ENVIRONMENT'] ?? '{}');
// test-electron always switches trust off; the pass in Restricted Mode asks for it here.
const trust = process.env['CACHEPOINT_TEST_TRUST'] === 'ask';

const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-host-'));
const outputFile = join(temporary, 'output.txt');
/** @type {string[]} */
const workbenchErrors = [];

/** @returns {Promise<number>} */
async function main() {
  appendFileSync(outputFile, '');
  const server = await startServer({
    dataDir: join(temporary, 'profile'),
    automation: true,
    trust,
    env: { ...hostEnvironment, CACHEPOINT_TEST_OUTPUT: outputFile },
  });
  const copying = copyOutput();
  try {
    const browser = await launchBrowser();
    try {
      const code = await runInPage(server, browser);
      const death = hostDeath(server.output());
      if (death === undefined || code === interrupted) return code;
      console.error(`The extension host died under the tests: ${death}`);
      return hostDied;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    copying.stop();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<number>}
 */
async function runInPage(server, browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  /** @type {Promise<number>} */
  const answer = new Promise((answerWith, reject) => {
    void page.exposeFunction('codeAutomationExit', answerWith);
    page.on('crash', () => reject(new Error('The page of the workbench crashed')));
    browser.on('disconnected', () => reject(new Error('The browser ended')));
    void server.ended.then((sentence) => reject(new Error(sentence)));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => answerWith(interrupted));
    setTimeout(() => reject(new Error(`No answer from the tests in ${answerLimitMs / 1000} s`)), answerLimitMs).unref();
  });
  // It may fail before it is awaited.
  answer.catch(() => {});
  await page.exposeFunction('codeAutomationLog', noteLog);
  await page.goto(`${server.url}/?${pageQuery(server.authority)}`);
  const code = await answer;
  if (code !== 0 || resultFile === undefined || existsSync(resultFile)) return code;
  console.error('The tests ended without a result');
  return noResult;
}

/**
 * What the page opens: a folder, a file that names several, or nothing.
 * @param {string | undefined} path
 * @returns {Record<string, string>}
 */
function opened(path) {
  if (path === undefined) return { ew: 'true' };
  return { [path.endsWith('.code-workspace') ? 'workspace' : 'folder']: resolve(path) };
}

/** @param {string} authority */
function pageQuery(authority) {
  /** @param {string} path */
  const remote = (path) => `vscode-remote://${authority}${resolve(path.replace(/^file:\/\//, ''))}`;
  const payload = developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]);
  payload.push(['extensionTestsPath', remote(testsPath)]);
  return new URLSearchParams({ ...opened(positionals[0]), payload: JSON.stringify(payload) });
}

/**
 * @param {string} type
 * @param {readonly unknown[]} args
 */
function noteLog(type, args) {
  if (type !== 'error') return;
  const line = args.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
  if (!knownNoise.test(line)) workbenchErrors.push(line.slice(0, shownLength));
}

/**
 * What the server says of an extension host that did not end by itself.
 * @param {string} output
 */
function hostDeath(output) {
  const endings = output.matchAll(/Extension Host Process exited with code: (\w+), signal: (\w+)/g);
  return [...endings].find(([, code, signal]) => code !== '0' || signal !== 'null')?.[0];
}

/** Copies what the tests write into their output file to this process's output. */
function copyOutput() {
  let copied = 0;
  const copy = () => {
    const data = readFileSync(outputFile);
    process.stdout.write(data.subarray(copied));
    copied = data.length;
  };
  const timer = setInterval(copy, 100);
  const stop = () => {
    clearInterval(timer);
    copy();
  };
  return { stop };
}

let code = noAnswer;
try {
  code = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
}
if (code !== 0 && code !== interrupted) {
  for (const line of workbenchErrors.slice(-shownErrors)) console.error(`[workbench] ${line}`);
}
process.exit(code);
