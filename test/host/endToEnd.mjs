// The end-to-end test: the main job, the first hour without a mouse, the first run without AWS and runs that are remembered, with the packaged extension,
// and what must be true of them. Leaves its counts beside those of the mocha runs. With --vsix, --emulator and --samples it does the same with others
// than the project's, with --only main, keyboard, first or runs one of them.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFirstRunJob } from './firstRunJob.mjs';
import { runKeyboardJob } from './keyboardJob.mjs';
import { runMainJob } from './mainJob.mjs';
import { arePlacesShown } from './placesJob.mjs';
import { hostRoot, projectRoot } from './paths.mjs';
import { prepareHost } from './prepare.mjs';
import { runRunsJob } from './runsJob.mjs';
import { usageTable } from './usageTable.mjs';

/** @import { FirstRunResult } from './firstRunJob.mjs' */
/** @import { JobResult } from './mainJob.mjs' */
/** @import { KeyboardResult } from './keyboardJob.mjs' */
/** @import { ShownRun } from './panel.mjs' */
/** @import { RunsResult } from './runsJob.mjs' */

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
  {
    title: 'a miss is explained by the block that changed, and by what it cost',
    holds: ({ why }) =>
      /^Why it missed/i.test(why) && /Block 1 of the system text is different/.test(why) && /Lost: [\d,]+ tokens/.test(why),
  },
  {
    title: 'the view of all runs has each of them, with its share of reads',
    holds: ({ remembered }) =>
      remembered.length === 5 &&
      /^support-desk\.bedrock\.md: 4 runs/.test(remembered[0] ?? '') &&
      remembered.slice(1).every((label) => /^Run of .*% read/.test(label)),
  },
  {
    title: 'the panel comes back after a reload with its run, which is explained again',
    holds: ({ back }) => /Block 1 of the system text is different/.test(back) && !/Simulated by the Cachepoint emulator:/.test(back),
  },
  {
    title: 'all rows are answered, and the card of one says that it read what the first of them wrote',
    holds: ({ rows }) =>
      rows.answers.length === 3 &&
      rows.answers.every((answer) => answer !== '') &&
      /Sample 2/.test(rows.details) &&
      /^Done: 3 of 3/.test(rows.status),
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

/** @type {readonly { readonly title: string, readonly holds: (result: RunsResult) => boolean }[]} */
const runsChecks = [
  { title: 'a card says which prompt and sample it is about', holds: ({ identity }) => /page\.bedrock\.md · Sample 1/.test(identity) },
  {
    title: 'an answer is drawn as its Markdown says, with its picture as a link, and letter by letter',
    holds: ({ drawn, pictures, raw }) => drawn.length === 5 && pictures === 0 && raw.includes('| a film | 7 days |'),
  },
  {
    title: 'the page sums up what its runs read, wrote and cost',
    holds: ({ totals }) =>
      /Runs\n2\n/.test(totals) && /Cache read\n2,\d{3}\nCache write\n2,\d{3}\n/.test(totals) && /Saved\n\$/.test(totals),
  },
  {
    title: 'the status bar says for how long the prompt is likely warm, and what its next call costs',
    holds: ({ clock }) => /warm \d:\d\d · next ≈ \$0\.\d+ \(cold \$0\.\d+\)/.test(clock),
  },
  {
    title: 'a prompt is kept warm for so many calls, whose price is said first',
    holds: ({ offers, keeping }) =>
      offers.length === 3 &&
      offers.every((offer) => /^For \d+ minutes: \d+ calls, about \$0\.\d+$/.test(offer)) &&
      /kept warm, \d calls left/.test(keeping),
  },
  {
    title: 'a miss is explained by the first character that differs, and shown in the editor for differences',
    holds: ({ why, difference }) =>
      /Block 1 of the system text is different/.test(why) &&
      /differ from the first character on/.test(why) &&
      /Lost: 2,\d{3} tokens/.test(why) &&
      difference.includes('Be kind.'),
  },
  {
    title: 'the panel stays with its prompt while what a run sent is shown',
    holds: ({ beside }) => /^missed\.bedrock\.md\b/.test(beside) && beside.includes('Why it missed'),
  },
  {
    title: 'after a reload the panel has its run with its explanation and no text, and says so',
    holds: ({ back }) =>
      /Block 1 of the system text is different/.test(back) &&
      /were not kept/.test(back) &&
      !/What the library says|first character/.test(back),
  },
  {
    title: 'after a reload the status bar knows what is warm from the history',
    holds: ({ clockBack }) => /warm \d:\d\d · next ≈/.test(clockBack),
  },
  {
    title: 'the view of all runs lists those of a prompt, the newest first',
    holds: ({ remembered }) =>
      remembered.some((label) => /^remembered\.bedrock\.md: 2 runs · 50% read/.test(label)) &&
      remembered.findIndex((label) => /warm · Sample 1, 99% read/.test(label)) <
        remembered.findIndex((label) => /cold · Sample 1, 0% read/.test(label)),
  },
  {
    title: 'a filter leaves the runs that fit it',
    holds: ({ filtered }) => filtered.length === 3 && filtered.every((label) => /remembered|Sample 1/.test(label)),
  },
  {
    title: 'runs are exported without any text',
    holds: ({ exported }) =>
      exported.split('\r\n').length === 4 && exported.startsWith('started_at,') && !/library says|borrow four books/.test(exported),
  },
  {
    title: 'two runs without texts are compared by figures and hashes, and the next ones keep theirs if a person says so',
    holds: ({ compared, consent }) =>
      /Cache read\s+0\s+2,\d{3}/.test(compared) && /All blocks are the same/.test(compared) && /^From now on/.test(consent),
  },
  {
    title: 'all rows are answered, and one of them in the panel has its answer',
    holds: ({ answers, status, details }) =>
      answers.length === 3 &&
      /^Done: 3 of 3/.test(status) &&
      /rows\.bedrock\.md · Sample 2/.test(details) &&
      /What the library says/.test(details),
  },
  {
    title: 'rows run on two models side by side',
    holds: ({ models, onModels }) =>
      /Sonnet 4\.5\n\$/.test(models[2] ?? '') && /Haiku 4\.5\n\$/.test(models[3] ?? '') && onModels.length === 2,
  },
  {
    title: 'rows are in their table again after a reload, with the answers that were kept',
    holds: ({ rowsBack }) => rowsBack.length === 6 && rowsBack.every((answer) => answer.includes('library says')),
  },
  {
    title: 'a conversation goes on in the prompt, its cache point after the new turn',
    holds: ({ next }) =>
      /# assistant:[^]*library says[^]*# user:\nAnd what does the second return cost\?\n<!-- cachePoint -->\n$/.test(next),
  },
  {
    title: 'a turn shows what was predicted beside what was measured',
    holds: ({ turn }) =>
      /Cache read\s+2,\d{3}\s+\d+%\s+[\d,]+\s–\s[\d,]+\s✓/.test(turn) && /Cache write\s+\d+\s+\d+%\s+[\d,]+\s–\s[\d,]+\s✓/.test(turn),
  },
  {
    title: 'the simulator draws four conversations and names the cheapest',
    holds: ({ cheapest, charts }) => /^Least: points after the system text and the newest turn, with \$/.test(cheapest) && charts === 4,
  },
  {
    title: 'two runs whose texts are at hand stand side by side, requests and answers',
    holds: ({ texts }) => texts.includes('request.json') && texts.includes('answer.md'),
  },
  { title: 'nothing of it asks for anything outside this machine', holds: ({ outsideRequests }) => outsideRequests.length === 0 },
];

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

async function runsFailures() {
  return failuresOf(runsChecks, await runRunsJob(values));
}

const parts = [
  { name: 'main', count: checks.length, failures: mainFailures },
  { name: 'keyboard', count: keyboardChecks.length, failures: keyboardFailures },
  { name: 'first', count: firstRunChecks.length, failures: firstRunFailures },
  { name: 'runs', count: runsChecks.length, failures: runsFailures },
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

let failed = 0;
for (const part of parts) {
  try {
    await prepareHost((sentence) => console.log(sentence));
    failed += await part.failures();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed += part.count;
  }
}
writeResults(count - failed, failed);
process.exitCode = failed === 0 ? 0 : 1;
