// Runs mocha in the extension host of a real VS Code, in passes: in a trusted folder (test/host/suite/*.test.ts), with the Git extension (suite/git), in a
// workspace of two folders (suite/folders), with a proxy and a certificate in the environment (suite/environment) and in Restricted Mode (suite/restricted).
// The VS Code is the one that VSCODE_PATH names, else the one from npm, else, where that one does not run, a desktop VS Code that test-electron
// downloads.
// @ts-check
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { bundleSuite, compiledSuite } from './bundleSuite.mjs';
import { inLanes } from './lanes.mjs';
import { hostRoot, isHostSupported, projectRoot } from './paths.mjs';
import { prepareHost } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    extension: { type: 'string', default: projectRoot },
    suite: { type: 'string', default: join(hostRoot, 'suite') },
    workspace: { type: 'string', default: join(projectRoot, 'media', 'samples') },
    results: { type: 'string', default: join(projectRoot, 'out', 'results') },
    // Only tests in whose name it stands, in the trusted folder or in the pass that is named.
    grep: { type: 'string' },
    // Only this pass: host, git, folders, environment or restricted.
    only: { type: 'string' },
  },
});
const desktop = process.env['VSCODE_PATH'];
const useHost = desktop === undefined && isHostSupported();

/**
 * @param {string} name
 * @param {string} tests The folder of the compiled tests.
 * @param {Readonly<Record<string, string>>} [variables] What else the launcher is told.
 * @param {readonly string[]} [folders] The workspace has these folders instead of the one with the samples.
 * @returns {Promise<boolean>} Whether all tests passed.
 */
async function runPass(name, tests, variables = {}, folders = []) {
  const resultFile = join(values.results, `${name}.json`);
  rmSync(resultFile, { force: true });
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-suite-'));
  const workspace = join(temporary, 'workspace');
  const program = desktop ?? (useHost ? join(hostRoot, 'codeShim.mjs') : undefined);
  try {
    // Tests edit and save, so they get a copy.
    cpSync(values.workspace, workspace, { recursive: true });
    const opened = folders.length === 0 ? workspace : writeWorkspace(temporary, folders);
    await runTests({
      ...(program === undefined ? {} : { vscodeExecutablePath: program }),
      extensionDevelopmentPath: values.extension,
      extensionTestsPath: join(compiledSuite, 'index'),
      launchArgs: [opened, `--user-data-dir=${join(temporary, 'user')}`, `--extensions-dir=${join(temporary, 'extensions')}`],
      extensionTestsEnv: {
        CACHEPOINT_TEST_FOLDER: tests,
        CACHEPOINT_TEST_RESULT: resultFile,
        CACHEPOINT_TEST_FIXTURES: join(projectRoot, 'test', 'fixtures'),
        ...(values.grep === undefined ? {} : { CACHEPOINT_TEST_GREP: values.grep }),
        ...variables,
      },
    });
    return hasPassed(resultFile);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    return false;
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * A workspace of several empty folders; the file that names them.
 * @param {string} parent
 * @param {readonly string[]} names
 */
function writeWorkspace(parent, names) {
  for (const name of names) mkdirSync(join(parent, name));
  const file = join(parent, 'several.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((path) => ({ path })) }));
  return file;
}

/**
 * VS Code may end well although the extension host did not, so only the result file counts.
 * @param {string} resultFile
 */
function hasPassed(resultFile) {
  if (!existsSync(resultFile)) {
    console.error('The tests ended without a result');
    return false;
  }
  return JSON.parse(readFileSync(resultFile, 'utf8')).stats.failures === 0;
}

/** @param {string} folder */
const hasTests = (folder) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.test.js'));

if (useHost) await prepareHost((sentence) => console.log(sentence));
await bundleSuite(values.suite);

/** A port that is free now, for the test that listens there. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** VS Code and Node read these when they start. */
const environment = async () => ({
  HTTPS_PROXY: `http://127.0.0.1:${await freePort()}`,
  NO_PROXY: 'localhost,sts.eu-west-1.amazonaws.com',
  NODE_EXTRA_CA_CERTS: join(projectRoot, 'test', 'fixtures', 'tls', 'ca.pem'),
});

/** @type {readonly { readonly name: string, readonly folder: string, readonly here?: boolean, readonly folders?: readonly string[], readonly variables?: () => Promise<Record<string, string>> }[]} */
const passes = [
  { name: 'host', folder: compiledSuite },
  // The Git extension runs programs of its own, whose errors would end up in whatever test is running: it gets a VS Code to itself.
  { name: 'git', folder: join(compiledSuite, 'git') },
  { name: 'folders', folder: join(compiledSuite, 'folders'), folders: ['library', 'shop'] },
  {
    name: 'environment',
    folder: join(compiledSuite, 'environment'),
    here: true,
    variables: async () => ({ CACHEPOINT_TEST_ENVIRONMENT: JSON.stringify(await environment()) }),
  },
  {
    name: 'restricted',
    folder: join(compiledSuite, 'restricted'),
    here: true,
    variables: async () => ({ CACHEPOINT_TEST_TRUST: 'ask' }),
  },
];

const wanted = passes.filter(
  ({ name, folder }) => name === (values.only ?? (values.grep === undefined ? name : 'host')) && hasTests(folder),
);
/** @param {typeof passes[number]} pass */
async function isPassed({ name, folder, here = false, folders, variables }) {
  if (here && !useHost) {
    console.log(`The pass "${name}" runs in the VS Code from npm only: test-electron sets trust and environment itself.`);
    return true;
  }
  const started = performance.now();
  const passed = await runPass(name, folder, await variables?.(), folders);
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return passed;
}

// Desktop windows take the focus from each other, and the first one downloads what all of them are.
const passed = await inLanes(wanted, isPassed, useHost ? undefined : 1);
process.exitCode = passed.every(Boolean) ? 0 : 1;
