// The end-to-end test: the main job, the first hour without a mouse, the first run without AWS, what an editor gives and runs that are remembered, with the
// packaged extension, and what must be true of them. Leaves its counts beside those of the mocha runs. With --vsix, --emulator and --samples it does the same with others
// than the project's, with --only main, keyboard, first, home or runs one of them.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFirstRunJob } from './firstRunJob.mjs';
import { homeChecks, runHomeJob } from './homeJob.mjs';
import { runKeyboardJob } from './keyboardJob.mjs';
import { inLanes } from './lanes.mjs';
import { runMainJob } from './mainJob.mjs';
import { arePlacesShown } from './placesJob.mjs';
import { hostRoot, projectRoot } from './paths.mjs';
import { prepareHost } from './prepare.mjs';
import { runsChecks } from './runsChecks.mjs';
import { runRunsJob } from './runsJob.mjs';
import { usageTable } from './usageTable.mjs';

/** @import { FirstRunResult } from './firstRunJob.mjs' */
/** @import { JobResult } from './mainJob.mjs' */
/** @import { KeyboardResult } from './keyboardJob.mjs' */
/** @import { ShownRun } from './panel.mjs' */

const { values } = parseArgs({
  options: {
    vsix: { type: 'string' },
    emulator: { type: 'string' },
    samples: { type: 'string' },
    screenshots: { type: 'string' },
    only: { type: 'string' },
    results: { type: 'string', default: join(projectRoot, 'out', 'results', 'end-to-end.json') },
  },
});

/** @type {readonly { readonly title: string, readonly holds: (job: JobResult) => boolean }[]} */
const checks = [
  { title: 'the sample has no errors', holds: ({ problems }) => problems.every(({ severity }) => severity !== 'error') },
  {
    title: 'a marker below the minimum is in the Problems view',
    holds: ({ brokenProblems }) => brokenProblems.some(({ code }) => code === 'cache/below-minimum'),
  },
  { title: 'shows two finished runs', holds: ({ runs }) => runs.length === 2 },
  { title: 'the cold run writes the cache', holds: ({ runs }) => (runs[0]?.usage.cacheWriteInputTokens ?? 0) > 0 },
  { title: 'the cold run reads nothing from it', holds: ({ runs }) => runs[0]?.usage.cacheReadInputTokens === 0 },
  { title: 'the warm run reads the cache', holds: ({ runs }) => (runs[1]?.usage.cacheReadInputTokens ?? 0) > 0 },
  { title: 'both runs have an answer', holds: ({ runs }) => runs.every(({ usage }) => (usage.outputTokens ?? 0) > 0) },
  { title: 'the table of models has the models that cache the prompt', holds: ({ models }) => models > 5 },
  { title: 'the forecast draws its curves', holds: ({ curves }) => curves >= 3 },
  {
    title: 'the view of all prompts groups those that share a prefix',
    holds: ({ listed }) => listed.some((label) => /^3 prompts share [\d,]+ tokens: policy\.py$/.test(label)),
  },
  { title: 'a program, a notebook, a plain text and a body show lens, tint and problem', holds: ({ places }) => arePlacesShown(places) },
  {
    title: 'the light bulb puts the clock of a program after its cache point',
    holds: ({ left }) => !left.includes('cache/volatile-prefix'),
  },
  {
    title: 'the fixed program is read from the cache by its second run',
    holds: ({ programRuns }) => (programRuns.at(-1)?.usage.cacheReadInputTokens ?? 0) > 0,
  },
  { title: 'the page asks for nothing outside this machine', holds: ({ outsideRequests }) => outsideRequests.length === 0 },
];

/** @type {readonly { readonly title: string, readonly holds: (walk: KeyboardResult) => boolean }[]} */
const keyboardChecks = [
  { title: 'a new prompt is written and saved', holds: ({ own }) => /# system:\nYou sort the mail of a library/.test(own) },
  {
    title: 'Restricted Mode refuses a run and leads to trust',
    holds: ({ refusal }) => /Runs wait until this workspace is trusted/.test(refusal),
  },
  {
    title: 'values of several lines are typed in the panel, sent, and shown with the run',
    holds: ({ ownRuns, usedValues }) => ownRuns.length === 1 && usedValues.includes('Where is my book?\nIt was due in May.'),
  },
  { title: 'the panel shows no run of another prompt', holds: ({ foreign }) => foreign === 0 },
  {
    title: 'what is broken is told',
    holds: ({ broken }) => broken.includes('cache/volatile-prefix') && broken.includes('syntax/marker'),
  },
  { title: 'light bulbs fix all of it', holds: ({ left }) => left.length === 0 },
  {
    title: 'the fixed sample is written into the cache and read from it',
    holds: ({ runs }) => (runs[0]?.usage.cacheWriteInputTokens ?? 0) > 0 && (runs[1]?.usage.cacheReadInputTokens ?? 0) > 0,
  },
  { title: 'arrow keys lead through the tabs of the panel', holds: ({ tabs }) => tabs.join() === 'Models,Forecast,Runs' },
  { title: 'the status bar tells of tokens and of where runs go', holds: ({ status }) => /tok · .*cached · emulator/.test(status) },
  {
    title: 'no tab of a narrow panel is wider than its place',
    holds: ({ overflow, width }) => width >= 420 && width < 460 && overflow.length === 3 && overflow.every((pixels) => pixels <= 0),
  },
  {
    title: 'keys of cachepoint.json are offered',
    holds: ({ seen }) => ['defaultModelId', 'problems.severity', 'traffic.callsPerHour'].every((key) => seen.settings.includes(key)),
  },
  { title: 'the page of a rule opens rendered', holds: ({ seen }) => /Preview rules\.md/.test(seen.page) },
  { title: 'runs are back after a reload', holds: ({ back }) => back.length === 2 },
  { title: 'no button of the mouse was pressed', holds: ({ clicks }) => clicks === 0 },
  {
    title: 'without a mouse, too, nothing outside this machine is asked for',
    holds: ({ outsideRequests }) => outsideRequests.length === 0,
  },
];

/** @type {readonly { readonly title: string, readonly holds: (first: FirstRunResult) => boolean }[]} */
const firstRunChecks = [
  { title: 'before the first run, runs are to go to Amazon Bedrock', holds: ({ status }) => !/emulator/.test(status) },
  {
    title: 'without AWS the first run leads to one dialog, which says where the prompt would go',
    holds: ({ dialogs }) => dialogs.length === 1 && /This prompt would go to Amazon Bedrock.*Nothing was sent/s.test(dialogs[0] ?? ''),
  },
  { title: 'it was looked for credentials everywhere before', holds: ({ asked }) => asked > 0 },
  { title: 'the dialog offers the emulator first', holds: ({ focused }) => focused === 'Use the Local Emulator' },
  {
    title: 'one more click than that on Run leads to a simulated answer',
    holds: ({ runs, clicks }) => clicks === 2 && runs.length === 1 && /Simulated/.test(runs[0]?.text ?? '') && hasAnswer(runs[0]),
  },
  { title: 'nothing else is said or asked on the way', holds: ({ toasts }) => toasts === 0 },
  { title: 'the next run asks nothing, and reads what the first one wrote', holds: ({ again }) => readsCache(again[0]) },
  {
    title: 'without AWS, too, the page asks for nothing outside this machine',
    holds: ({ outsideRequests }) => outsideRequests.length === 0,
  },
];

const hasAnswer = (/** @type {ShownRun | undefined} */ run) => (run?.usage.outputTokens ?? 0) > 0;
const readsCache = (/** @type {ShownRun | undefined} */ run) => (run?.usage.cacheReadInputTokens ?? 0) > 0;

/**
 * Says of each check whether it holds; how many do not.
 * @template T
 * @param {readonly { readonly title: string, readonly holds: (result: T) => boolean }[]} all
 * @param {T} result
 */
function failuresOf(all, result) {
  const failed = all.filter(({ holds }) => !holds(result));
  for (const check of all) console.log(`${failed.includes(check) ? 'FAILED' : 'ok'}: ${check.title}`);
  if (failed.length > 0) console.log(`What was seen: ${JSON.stringify(result)}`);
  return failed.length;
}

async function mainFailures() {
  const job = await runMainJob({ ...values, brokenPrompt: join(hostRoot, 'fixtures', 'below-minimum.bedrock.md') });
  for (const { severity, code, message, place } of job.problems) console.log(`${place} ${severity} ${code} ${message}`);
  console.log(usageTable(job.runs));
  for (const address of job.outsideRequests) console.log(`outside: ${address}`);
  return failuresOf(checks, job);
}

async function keyboardFailures() {
  const walk = await runKeyboardJob(values);
  return failuresOf(keyboardChecks, walk);
}

async function firstRunFailures() {
  const first = await runFirstRunJob(values);
  return failuresOf(firstRunChecks, first);
}

async function homeFailures() {
  return failuresOf(homeChecks, await runHomeJob(values));
}

async function runsFailures() {
  return failuresOf(runsChecks, await runRunsJob(values));
}

// The longest come first, so that both lanes end together.
const parts = [
  { name: 'runs', count: runsChecks.length, failures: runsFailures },
  { name: 'keyboard', count: keyboardChecks.length, failures: keyboardFailures },
  { name: 'home', count: homeChecks.length, failures: homeFailures },
  { name: 'main', count: checks.length, failures: mainFailures },
  { name: 'first', count: firstRunChecks.length, failures: firstRunFailures },
].filter(({ name }) => values.only === undefined || values.only === name);
const count = parts.reduce((sum, part) => sum + part.count, 0);

/**
 * @param {number} passes
 * @param {number} failures
 */
function writeResults(passes, failures) {
  mkdirSync(dirname(values.results), { recursive: true });
  writeFileSync(values.results, JSON.stringify({ stats: { passes, failures, tests: passes + failures } }));
}

/**
 * How many checks of a job do not hold; all of them where it did not come to its end.
 * @param {typeof parts[number]} part
 */
async function failuresIn({ name, count: all, failures }) {
  const started = performance.now();
  try {
    return await failures();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return all;
  } finally {
    console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

let failed = count;
try {
  await prepareHost((sentence) => console.log(sentence));
  const failures = await inLanes(parts, failuresIn);
  failed = failures.reduce((sum, more) => sum + more, 0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
writeResults(count - failed, failed);
process.exitCode = failed === 0 ? 0 : 1;
