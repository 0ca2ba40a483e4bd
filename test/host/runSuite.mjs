// Runs mocha in the extension host of a real VS Code, in passes: in a trusted folder (test/host/suite/*.test.ts), with the
// Git extension (suite/git) and in Restricted Mode (suite/restricted). The VS Code is the one that VSCODE_PATH names, else the one from npm,
// else, where that one does not run, a desktop VS Code that test-electron downloads.
// @ts-check
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { bundleSuite, compiledSuite } from './bundleSuite.mjs';
import { hostRoot, isHostSupported, projectRoot } from './paths.mjs';
import { prepareHost } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    extension: { type: 'string', default: projectRoot },
    suite: { type: 'string', default: join(hostRoot, 'suite') },
    workspace: { type: 'string', default: join(projectRoot, 'media', 'samples') },
    results: { type: 'string', default: join(projectRoot, 'out', 'results') },
    // Only tests in whose name it stands, in the trusted folder.
    grep: { type: 'string' },
  },
});
const desktop = process.env['VSCODE_PATH'];
const useHost = desktop === undefined && isHostSupported();

/**
 * @param {string} name
 * @param {string} tests The folder of the compiled tests.
 * @param {boolean} restricted
 * @returns {Promise<boolean>} Whether all tests passed.
 */
async function runPass(name, tests, restricted) {
  const resultFile = join(values.results, `${name}.json`);
  rmSync(resultFile, { force: true });
  const temporary = mkdtempSync(join(tmpdir(), 'cachepoint-suite-'));
  const workspace = join(temporary, 'workspace');
  const program = desktop ?? (useHost ? join(hostRoot, 'codeShim.mjs') : undefined);
  try {
    // Tests edit and save, so they get a copy.
    cpSync(values.workspace, workspace, { recursive: true });
    await runTests({
      ...(program === undefined ? {} : { vscodeExecutablePath: program }),
      extensionDevelopmentPath: values.extension,
      extensionTestsPath: join(compiledSuite, 'index'),
      launchArgs: [workspace, `--user-data-dir=${join(temporary, 'user')}`, `--extensions-dir=${join(temporary, 'extensions')}`],
      extensionTestsEnv: {
        CACHEPOINT_TEST_FOLDER: tests,
        CACHEPOINT_TEST_RESULT: resultFile,
        CACHEPOINT_TEST_FIXTURES: join(projectRoot, 'test', 'fixtures'),
        ...(values.grep === undefined ? {} : { CACHEPOINT_TEST_GREP: values.grep }),
        ...(restricted ? { CACHEPOINT_TEST_TRUST: 'ask' } : {}),
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
const restrictedTests = join(compiledSuite, 'restricted');
let passed = await runPass('host', compiledSuite, false);
// The Git extension runs programs of its own, whose errors would end up in whatever test is running: it gets a VS Code to itself.
const gitTests = join(compiledSuite, 'git');
if (values.grep === undefined && hasTests(gitTests)) passed = (await runPass('git', gitTests, false)) && passed;
if (values.grep === undefined && hasTests(restrictedTests)) {
  if (useHost) passed = (await runPass('restricted', restrictedTests, true)) && passed;
  else console.log('Restricted Mode is tested in the VS Code from npm only: test-electron switches trust off.');
}
process.exitCode = passed ? 0 : 1;
