// Prompts where people have them: opens a program in two languages, a notebook, a plain text and a request body, looks at what the editor shows of
// each, and applies the fix for a clock in a prefix.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Workbench } from './workbench.mjs';

/**
 * What was seen of one file.
 * @typedef {object} SeenPlace
 * @property {string} name
 * @property {readonly string[]} lenses
 * @property {number} tints Stretches that have a tint.
 * @property {readonly string[]} problems Their codes.
 */

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const rules = 'Answer in one sentence, and name the rule of the handbook that you go by. '.repeat(120).trim();
const clock = 'datetime.now()';

const python = `import boto3
from datetime import datetime

client = boto3.client("bedrock-runtime")
RULES = """${rules}"""


def answer(question):
    return client.converse(
        modelId="${model}",
        system=[
            {"text": f"It is {${clock}}."},
            {"text": RULES},
            {"cachePoint": {"type": "default"}},
        ],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;

const typescript = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({});

export const answer = (question: string) =>
  client.send(
    new ConverseCommand({
      modelId: '${model}',
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
`;

const body = JSON.stringify(
  {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 200,
    system: [
      { type: 'text', text: 'It is 2026-11-28 14:03:27.' },
      { type: 'text', text: rules, cache_control: { type: 'ephemeral' } },
    ],
    messages: [{ role: 'user', content: 'Which way is north?' }],
  },
  undefined,
  2,
);

/** @param {readonly string[]} cells */
const notebook = (...cells) =>
  JSON.stringify({
    cells: cells.map((source, at) => ({ cell_type: 'code', id: `c${at}`, execution_count: null, metadata: {}, outputs: [], source })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const [head = '', call = ''] = python.split('\n\n\n');

const files = {
  'where/chat.py': python,
  'where/agent.ts': typescript,
  'where/explore.ipynb': notebook(head, call),
  'where/prompts/reply.md': `# Replies\n\nToday is 2026-11-28.\n\n${rules}\n`,
  'where/body.json': body,
};

/** The files, in the order in which they are opened, and the problem that each has. */
const places = /** @type {const} */ ([
  { name: 'chat.py', problem: 'cache/volatile-prefix' },
  { name: 'agent.ts', problem: 'cache/below-minimum' },
  { name: 'explore.ipynb', problem: 'cache/volatile-prefix' },
  // A plain text names no model, so nothing is said of its cache: its lens has its tokens.
  { name: 'reply.md', problem: undefined },
  // A body names no model of its own: its address does.
  { name: 'body.json', problem: 'request/model-missing' },
]);

/** @param {string} folder */
export const writePlaces = (folder) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};

const tint = '[class*="ced-"][class*="TextEditorDecorationType"]';

/**
 * @param {Workbench} workbench
 * @param {typeof places[number]} place
 * @returns {Promise<SeenPlace>}
 */
async function look(workbench, { name, problem }) {
  const { page } = workbench;
  await workbench.codeLens('Run').waitFor();
  if (problem !== undefined) await page.locator(tint).first().waitFor();
  const problems = await workbench.problems();
  await workbench.command('View: Hide Panel');
  return {
    name,
    lenses: await page.locator('.codelens-decoration a:visible').allTextContents(),
    tints: await page.locator(tint).count(),
    problems: problems.map(({ code }) => code),
  };
}

/**
 * Opens each file, waits for its problem and takes its picture.
 * @param {Workbench} workbench
 * @param {(name: string) => Promise<unknown>} shoot
 * @returns {Promise<readonly SeenPlace[]>}
 */
export async function visitPlaces(workbench, shoot) {
  /** @type {SeenPlace[]} */
  const seen = [];
  await workbench.command('View: Close All Editors');
  for (const place of places) {
    const { name } = place;
    await workbench.openFile(name);
    seen.push(await look(workbench, place));
    await shoot(`where-${name.replace('.', '-')}`);
    await workbench.command('View: Close All Editors');
  }
  return seen;
}

/**
 * Puts the clock of the program after its cache point by the light bulb, and gives what is left of its problems.
 * @param {Workbench} workbench
 * @param {(name: string) => Promise<unknown>} shoot
 * @returns {Promise<readonly string[]>}
 */
export async function fixProgram(workbench, shoot) {
  const { page } = workbench;
  await workbench.openFile('chat.py');
  await workbench.codeLens('Run').waitFor();
  const warnings = page.locator('.editor-instance .squiggly-warning');
  await warnings.first().waitFor();
  await workbench.command('Go to Next Problem in Files (Error, Warning, Info)');
  await workbench.closeProblem();
  await workbench.lightBulb(async (first) => {
    await shoot('where-light-bulb');
    await Workbench.take(first);
  });
  await warnings.first().waitFor({ state: 'detached' });
  await shoot('where-fixed');
  const left = await workbench.problems();
  await workbench.command('View: Hide Panel');
  return left.map(({ code }) => code);
}

/**
 * Does every place show its lens, and where it has a problem, this and a tint?
 * @param {readonly SeenPlace[]} seen
 */
export const arePlacesShown = (seen) =>
  places.every(({ name, problem }) =>
    seen.some(
      (one) => one.name === name && one.lenses.length > 0 && (problem === undefined || (one.tints > 0 && one.problems.includes(problem))),
    ),
  );
