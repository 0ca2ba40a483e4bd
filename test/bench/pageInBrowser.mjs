// Measures the panel's page, dist/view.js, in the test host's browser, with a host played by the page itself.
// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { launchBrowser } from '../host/browser.mjs';
import { prepareHost } from '../host/prepare.mjs';
import { themes } from '../unit/view/harness/themes.mjs';

/** @import { Page } from 'playwright-core' */

const root = join(import.meta.dirname, '..', '..');
const script = readFileSync(join(root, 'dist', 'view.js'), 'utf8');
const css = readFileSync(join(root, 'media', 'view.css'), 'utf8');
const variables = Object.entries(themes['dark']?.variables ?? {}).map(([key, value]) => `--vscode-${key}: ${value};`);

/** States of the page by the number of runs in its list. */
const states = await (async () => {
  const entry = join(root, 'test', 'unit', 'view', 'harness', 'manyRuns.ts');
  const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? '').toString('base64')}`);
})();

/** What a model might answer at length: headings, lists, tables, code and a block that is longer than a page. */
const part = (/** @type {number} */ at) =>
  `## Part ${at}\n\nSome **words** of part ${at} with \`code\`, *stress* and a [link](https://example.com/${at}).\n\n` +
  `1. One\n2. Two\n   - inner, with some more words in it\n3. Three\n\n| a | b |\n|---|--:|\n${`| row | ${at} |\n`.repeat(8)}\n` +
  `\`\`\`ts\n${`const value${at} = compute(${at}, 'text');\n`.repeat(at % 40 === 0 ? 400 : 6)}\`\`\`\n\n`;
const answerOf = (/** @type {number} */ bytes) => {
  let text = '';
  for (let at = 0; text.length < bytes; at += 1) text += part(at);
  return text.slice(0, bytes);
};

/** @param {Page} page */
async function open(page) {
  await page.setContent(
    `<!doctype html><html><head><meta charset="utf-8"><style>html { ${variables.join(' ')} } ${css}</style></head><body class="vscode-dark"></body></html>`,
  );
  await page.evaluate(() => {
    Object.assign(window, { acquireVsCodeApi: () => ({ postMessage() {}, setState() {}, getState() {} }) });
  });
}

/**
 * The CPU time of the longest tasks of the page while something is done, in milliseconds, the longest first: what a frame takes on a machine that
 * does nothing else. Time by the clock would tell of the machine's other work.
 * @param {Page} page
 * @param {() => Promise<unknown>} work
 */
async function longestTasks(page, work) {
  const session = await page.context().newCDPSession(page);
  /** @type {{ name: string, pid: number, tid: number, tdur?: number }[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any} */ (value)));
  const traceConfig = { includedCategories: ['toplevel', 'devtools.timeline'], excludedCategories: ['*'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await work();
  const whole = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await whole;
  const threadOf = (/** @type {{ pid: number, tid: number }} */ { pid, tid }) => `${pid} ${tid}`;
  const main = new Set(events.filter(({ name }) => name === 'Layout').map(threadOf));
  return events
    .filter((event) => main.has(threadOf(event)) && event.name.endsWith('RunTask'))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((one, other) => other - one);
}

/**
 * From the start of the page's script to the frame in which the first row of the list is drawn.
 * @param {Page} page
 * @param {number} runs
 * @returns {Promise<number>}
 */
async function ready(page, runs) {
  await open(page);
  return page.evaluate(
    ({ source, state }) =>
      new Promise((resolve) => {
        const start = performance.now();
        const element = document.createElement('script');
        element.textContent = source;
        document.body.append(element);
        window.postMessage({ type: 'state', state }, '*');
        const look = () => {
          if (document.querySelector('[data-history-run]') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        };
        look();
      }),
    { source: script, state: states.manyRuns(runs) },
  );
}

/**
 * Streams an answer as the host does, a message each 40 ms, and waits until it is drawn.
 * @param {Page} page
 * @param {string} answer
 * @param {number} messages
 */
async function stream(page, answer, messages) {
  await open(page);
  await page.addScriptTag({ content: script });
  await page.evaluate(
    async ({ state, text }) => {
      window.postMessage({ type: 'state', state }, '*');
      Object.assign(window, { answer: text });
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    { state: states.oneLive(), text: answer },
  );
  const tasks = await longestTasks(page, () =>
    page.evaluate(async (count) => {
      /** @type {string} */
      const text = Reflect.get(window, 'answer');
      const size = Math.ceil(text.length / count);
      const drawn = document.getElementsByClassName('markdown-section');
      for (let place = 0; place < text.length; place += size) {
        window.postMessage({ type: 'append', run: 'live', channel: 'answer', text: text.slice(place, place + size) }, '*');
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      for (let last = -1, now = 0; last !== now;) {
        last = now;
        await new Promise((resolve) => setTimeout(resolve, 400));
        now = drawn.length;
      }
    }, messages),
  );
  const drawn = await page.evaluate(() => document.querySelectorAll('[data-answer] *').length);
  return { tasks, drawn };
}

/**
 * Heap of the page's script in MB after the garbage was collected.
 * @param {Page} page
 * @param {number} runs
 */
async function heap(page, runs) {
  await open(page);
  await page.addScriptTag({ content: script });
  for (let at = 1; at <= runs; at += Math.max(1, Math.floor(runs / 20)))
    await page.evaluate((state) => window.postMessage({ type: 'state', state }, '*'), states.manyRuns(at));
  await page.evaluate((state) => window.postMessage({ type: 'state', state }, '*'), states.manyRuns(runs));
  await page.waitForTimeout(200);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

await prepareHost();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
  for (let round = 0; round < 3; round += 1) {
    let clock = 0;
    const tasks = await longestTasks(page, async () => (clock = await ready(page, 50)));
    const cpu = tasks.reduce((sum, task) => sum + task, 0);
    console.log(
      `ready with 50 runs in the list: ${clock.toFixed(0)} ms, ${cpu.toFixed(0)} ms of CPU with the page's own start (limit 300)`,
    );
  }
  for (const [name, answer, messages] of /** @type {const} */ ([
    ['2 MB in 8 kB pieces', answerOf(2_000_000), 250],
    ['2 MB at once', answerOf(2_000_000), 1],
    ['200 kB in 200 B pieces', answerOf(200_000), 1000],
    ['a list of 400 kB in 8 kB pieces', '- an entry of a long list\n'.repeat(16_000), 50],
    ['a table of 400 kB in 8 kB pieces', `| a | b |\n|---|--:|\n${'| one entry of a table | 17 |\n'.repeat(14_000)}`, 50],
  ])) {
    const { tasks, drawn } = await stream(page, answer, messages);
    const longest = tasks.slice(0, 3).map((task) => task.toFixed(0));
    console.log(`${name}: longest tasks ${longest.join(', ')} ms of CPU (limit 50), ${drawn} elements`);
  }
  const few = await heap(page, 20);
  const many = await heap(page, 200);
  console.log(`heap at 20 runs ${few.toFixed(1)} MB, at 200 runs ${many.toFixed(1)} MB (limit + 5)`);
} finally {
  await browser.close();
}
