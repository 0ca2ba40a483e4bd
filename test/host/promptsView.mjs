// A small program with prompts in its files, and what the view of all prompts says of it.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @import { Workbench } from './workbench.mjs' */

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const rules = 'Members may borrow four books for three weeks, and renew each of them once. '.repeat(180);

const policy = `RULES = """# House rules
${rules}"""
`;

/** @param {string} name @param {string} own */
const call = (name, own) => `

def ${name}(question):
    return client.converse(
        modelId="${model}",
        system=[
            {"text": RULES},
            {"text": "${own}"},
            {"cachePoint": {"type": "default"}},
        ],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;

const head = `import boto3
from pathlib import Path

from policy import RULES

client = boto3.client("bedrock-runtime")
`;

const files = {
  'policy.py': policy,
  'desk.py': `${head}${call('answer', 'You answer members of a library at its desk.')}${call('renew', 'You answer members of a library who renew books.')}`,
  'letters.py': `${head}
LETTER = (Path(__file__).parent / "prompts" / "letter.md").read_text()
${call('remind', 'You write reminders.').replace('{"text": "You write reminders."}', '{"text": LETTER}')}`,
  'prompts/letter.md': `# Letters\n\nYou write letters to members of a library. Be kind, and name the book.\n`,
};

/** @param {string} folder */
export const writeProgram = (folder) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};

/**
 * Shows the view and waits until its search is over; what a screen reader hears of its rows.
 * @param {Workbench} workbench
 * @returns {Promise<readonly string[]>}
 */
export async function showPromptsView(workbench) {
  await workbench.command('Bedrock Cachepoint: Focus on Prompts View');
  const rows = workbench.page.locator('.pane-body .monaco-list-row[aria-label]');
  await rows.filter({ hasText: 'letter.md' }).first().waitFor();
  const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  return labels;
}
