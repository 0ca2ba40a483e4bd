// `npm test`: everything that is checked, step by step, from a fresh clone with nothing but Node installed.
// Flags: --only NAME and --skip NAME (each may be repeated), --verbose (all output, not only that of failing steps).
// The last line is the sum over all test runs; a step without tests that fails counts as one failure.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages, runNpm } from './host/npm.mjs';
import { isHostSupported, projectRoot } from './host/paths.mjs';
import { mocha, parallelMocha } from './parallel.mjs';

/**
 * What a step found out: `passed` and `failed` count tests, `output` is shown when the step failed.
 * @typedef {{ readonly ok: boolean, readonly output: string, readonly passed: number, readonly failed: number }} Outcome
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [needs] The step without whose success this one makes no sense.
 * @property {string} [skip] Why the step is left out on this machine.
 * @property {boolean} [oneCore] It takes one core at most, and changes nothing that its neighbors use: steps of this kind that stand together run side by side,
 * one on each core.
 * @property {() => Promise<Outcome>} run
 */

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    skip: { type: 'string', multiple: true, default: [] },
    verbose: { type: 'boolean', default: false },
  },
});

const results = join(projectRoot, 'out', 'results');
const node = process.execPath;
// Far above what any step takes: for a test that leaves something running, which keeps mocha from ending.
const stepLimitMs = 10 * 60_000;
const notAskedFor = 'not asked for';

/** @type {readonly Step[]} */
const steps = [
  { name: 'install', run: install },
  { name: 'types', oneCore: true, run: () => runTool('typescript/bin/tsc', '-b') },
  { name: 'lint', oneCore: true, run: () => runTool('eslint/bin/eslint.js', '.') },
  { name: 'format', oneCore: true, run: () => runTool('prettier/bin/prettier.cjs', '--check', '.') },
  { name: 'unused', oneCore: true, run: () => runTool('knip/bin/knip.js', '--no-progress') },
  { name: 'unit', run: () => runMocha('unit', parallelMocha, 'test/unit/**/*.test.ts') },
  { name: 'property', run: () => runMocha('property', parallelMocha, 'test/property/**/*.test.ts') },
  { name: 'build', run: () => runProgram(node, ['esbuild.mjs']) },
  { name: 'cli', needs: 'build', oneCore: true, run: () => runMocha('cli', mocha, 'test/cli/**/*.test.ts') },
  { name: 'wire', oneCore: true, run: () => runMocha('wire', mocha, 'test/wire/**/*.test.ts') },
  { name: 'grammar', oneCore: true, run: () => runProgram(node, [join('test', 'grammar', 'run.mjs')]) },
  { name: 'package', run: packageExtension },
  {
    name: 'host',
    needs: 'package',
    run: () => runCounted(['host', 'git', 'folders', 'environment', 'restricted'], join('test', 'host', 'runSuite.mjs')),
  },
  {
    name: 'end-to-end',
    needs: 'package',
    ...(isHostSupported() ? {} : { skip: 'it needs the VS Code from npm, which is for Linux with glibc on x64' }),
    run: () => runCounted(['end-to-end'], join('test', 'host', 'endToEnd.mjs')),
  },
];

/**
 * Runs a program and collects what it prints.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<Outcome>}
 */
function runProgram(program, args) {
  const child = spawn(program, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
      if (flags.verbose) process.stdout.write(data);
    });
  }
  const timer = setTimeout(() => {
    output += `\nIt did not end within ${stepLimitMs / 60_000} minutes and was ended.\n`;
    child.kill('SIGTERM');
  }, stepLimitMs);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: error.message, passed: 0, failed: 0 }));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, output, passed: 0, failed: 0 });
    });
  });
}

/**
 * Runs a tool of the project's packages by the path of its program, which is the same on every platform.
 * @param {string} path
 * @param {readonly string[]} args
 */
const runTool = (path, ...args) => runProgram(node, [join('node_modules', ...path.split('/')), ...args]);

/** @returns {Promise<Outcome>} */
async function install() {
  try {
    await installPackages(projectRoot);
    return { ok: true, output: '', passed: 0, failed: 0 };
  } catch (error) {
    return { ok: false, output: String(error), passed: 0, failed: 0 };
  }
}

/** @returns {Promise<Outcome>} */
async function packageExtension() {
  try {
    await runNpm(['run', 'package'], projectRoot);
    return { ok: true, output: '', passed: 0, failed: 0 };
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error), passed: 0, failed: 0 };
  }
}

/**
 * One test as mocha's JSON reporter writes it.
 * @typedef {{ readonly fullTitle: string, readonly err: { readonly message?: string, readonly stack?: string } }} ReportedTest
 */

/**
 * @param {string} name
 * @param {readonly string[]} program The arguments of Node that run mocha.
 * @param {string} files
 * @returns {Promise<Outcome>}
 */
async function runMocha(name, program, files) {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${file}`];
  const outcome = await runProgram(node, [...program, '--forbid-only', ...reporter, files]);
  if (!existsSync(file)) return { ...outcome, ok: false };
  /** @type {{ passes: readonly ReportedTest[], failures: readonly ReportedTest[] }} */
  const { passes, failures } = JSON.parse(readFileSync(file, 'utf8'));
  if (flags.verbose) for (const { fullTitle } of passes) console.log(`  ok: ${fullTitle}`);
  const sentences = failures.map(({ fullTitle, err }) => `FAILED: ${fullTitle}\n${err.stack ?? err.message ?? ''}\n`);
  return { ok: outcome.ok, output: [outcome.output, ...sentences].join('\n'), passed: passes.length, failed: failures.length };
}

/**
 * Runs a script that leaves its counts in result files.
 * @param {readonly string[]} names
 * @param {string} script
 * @returns {Promise<Outcome>}
 */
async function runCounted(names, script) {
  const files = names.map((name) => join(results, `${name}.json`));
  for (const file of files) rmSync(file, { force: true });
  const outcome = await runProgram(node, [script]);
  const stats = files.filter((file) => existsSync(file)).map((file) => JSON.parse(readFileSync(file, 'utf8')).stats);
  const passed = stats.reduce((sum, { passes }) => sum + passes, 0);
  const failed = stats.reduce((sum, { failures }) => sum + failures, 0);
  return { ...outcome, ok: outcome.ok && stats.length > 0, passed, failed };
}

/** @param {number} started */
const secondsSince = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/**
 * Why a step is not run, or undefined where it is.
 * @param {Step} step
 * @param {ReadonlySet<string>} failedSteps
 */
function reasonToSkip({ name, needs, skip }, failedSteps) {
  if (flags.only.length > 0 && !flags.only.includes(name)) return notAskedFor;
  if (flags.skip.includes(name)) return 'left out';
  if (needs !== undefined && failedSteps.has(needs)) return `"${needs}" failed`;
  return skip;
}

/**
 * Steps in the order in which they run, those that run side by side together.
 * @param {readonly Step[]} all
 */
function batchesOf(all) {
  /** @type {Step[][]} */
  const batches = [];
  for (const step of all) {
    const last = batches.at(-1);
    if (step.oneCore && last?.[0]?.oneCore) last.push(step);
    else batches.push([step]);
  }
  return batches;
}

/**
 * Runs steps, as many at a time as there are cores; each outcome with how long it took.
 * @param {readonly Step[]} batch
 */
async function runBatch(batch) {
  const waiting = [...batch];
  /** @type {{ readonly step: Step, readonly outcome: Outcome, readonly seconds: string }[]} */
  const done = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      done.push({ step, outcome: await step.run(), seconds: secondsSince(started) });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return done;
}

/** Runs the steps in order; a failing one does not keep the others from running. */
async function main() {
  const unknown = [...flags.only, ...flags.skip].find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) throw new Error(`There is no step "${unknown}". The steps: ${steps.map(({ name }) => name).join(', ')}`);
  const started = performance.now();
  /** @type {Set<string>} */
  const failedSteps = new Set();
  let passed = 0;
  let failed = 0;
  /** @param {Step} step */
  const isToRun = (step) => {
    const reason = reasonToSkip(step, failedSteps);
    if (reason !== undefined && reason !== notAskedFor) console.log(`${step.name.padEnd(12)} skipped: ${reason}`);
    return reason === undefined;
  };
  for (const batch of batchesOf(steps)) {
    for (const { step, outcome, seconds } of await runBatch(batch.filter(isToRun))) {
      const counts = outcome.passed + outcome.failed > 0 ? `${outcome.passed} passed, ${outcome.failed} failed` : '';
      console.log(`${step.name.padEnd(12)} ${outcome.ok ? 'ok    ' : 'FAILED'} ${seconds.padStart(8)}  ${counts}`.trimEnd());
      passed += outcome.passed;
      failed += outcome.failed;
      if (outcome.ok) continue;
      failedSteps.add(step.name);
      if (outcome.failed === 0) failed += 1;
      if (!flags.verbose || outcome.failed > 0) console.log(outcome.output.replace(/^/gm, '    '));
    }
    // Without packages every other step would fail for the same reason.
    if (failedSteps.has('install')) break;
  }
  console.log(`total ${secondsSince(started)}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
