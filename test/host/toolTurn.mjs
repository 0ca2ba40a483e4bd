// A tool that an answer calls, answered by hand.
// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForRuns } from './panel.mjs';
import { limitMs, promptOf } from './runsWindow.mjs';

/** @import { Part, Window } from './runsWindow.mjs' */

/**
 * @typedef {object} ToolTurn
 * @property {string} called What is said of the call while its result is typed.
 * @property {string} refused What is said of a result that is no JSON.
 * @property {string} results What was written to the end of the prompt.
 * @property {string} sent The request that went on, as *Preview Request* shows it.
 * @property {string} answered The card of its run.
 */

const prompt = promptOf(
  'tool',
  `inferenceConfig: { maxTokens: 400 }
toolConfig:
  tools:
    - toolSpec:
        name: find_book
        description: Finds out where a book is.
        inputSchema:
          json:
            type: object
            required: [title, copies]
            properties:
              title: { type: string }
              copies: { type: integer }
variables:
  question: { varies: request }
samples:
  - question: Where is the atlas? Please call tool find_book.`,
);

/** @param {Window} window @returns {Promise<ToolTurn>} */
async function use(window) {
  const { workbench, page, folder } = window;
  await window.send(1);
  await window.shootThemes('tool');
  await window.backToPrompt();
  await window.run('Continue Conversation of Prompt…');
  const box = window.list('Result of find_book');
  await box.waitFor({ timeout: limitMs });
  const message = box.locator('.quick-input-message');
  const called = await message.innerText();
  await window.shootThemes('tool-result');
  await box.locator('input[type=text]').fill('{"shelf": 17');
  await box.getByText('This begins as JSON').waitFor();
  await page.keyboard.press('Enter');
  const refused = await message.innerText();
  await window.shootThemes('tool-refused');
  await window.answer('Result of find_book', '{"shelf": 17, "copies": 2}');
  await window.answer('Your next turn', 'And on which floor is that?');
  await window.choose('Where does the conversation go on?', 'In this prompt');
  await window.press('The turn is written', 'Run');
  const frame = await window.pageWith('[data-history]');
  await frame.locator('[data-history] tbody tr').nth(1).waitFor();
  const [run] = await waitForRuns(workbench, 1);
  await window.backToPrompt();
  await workbench.command('File: Save');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  const results = readFileSync(join(folder, window.prompt), 'utf8').slice(prompt.length);
  await window.shootThemes('tool-turn');
  await window.run('Preview Request of Prompt');
  const preview = page.locator('.monaco-editor[data-uri*="request.json"] .view-lines').filter({ hasText: 'toolResult' });
  await preview.waitFor();
  const sent = await preview.innerText();
  return { called, refused, results, sent, answered: run?.text ?? '' };
}

/** @type {Part<ToolTurn>} */
export const toolTurn = { use, prompt };
