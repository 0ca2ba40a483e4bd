import assert from 'node:assert/strict';
import { analyzeWith, fixesOf } from '../../../../src/core/analysis';
import { readCode } from '../../../../src/core/code';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';

const rules = 'Answer in one sentence, and name the rule of the handbook that you go by. '.repeat(120);
const clock = '{"text": f"It is {datetime.now()}."}';
const point = '{"cachePoint": {"type": "default"}}';

const program = (system: string): string => `import boto3
from datetime import datetime
client = boto3.client("bedrock-runtime")
RULES = """${rules}"""

def answer(question):
    return client.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        system=${system},
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;

/** The titles of the fixes for what varies, and the list after the first of them. */
const fixed = (system: string): { readonly titles: readonly string[]; readonly system: string | undefined } => {
  const text = program(system);
  const { prompts } = analyzeWith((source) => readCode(source, 'chat.py', noFiles), text, 'code', defaultSettings);
  const [prompt] = prompts;
  const problem = prompt?.problems.find(({ code }) => code === 'cache/volatile-prefix');
  const fixes = prompt && problem ? fixesOf(prompt, problem) : [];
  const next = fixes[0] && applyEdits(text, fixes[0].edits);
  return { titles: fixes.map(({ title }) => title), system: next && /system=([^]*?),\n {8}messages/.exec(next)?.[1] };
};

const move = 'Move "It is datetime.now()." after the last cache point';

describe('a block of a program that varies', () => {
  it('moves after the cache point as an element of its list', () => {
    const { titles, system } = fixed(`[${clock}, {"text": RULES}, ${point}]`);
    assert.equal(titles[0], move);
    assert.equal(system, `[{"text": RULES}, ${point}, ${clock}]`);
  });

  it('keeps lines, indentation and the comma at the end', () => {
    const lines = (...items: readonly string[]) => `[\n${items.map((item) => `            ${item},\n`).join('')}        ]`;
    assert.equal(fixed(lines(clock, '{"text": RULES}', point)).system, lines('{"text": RULES}', point, clock));
  });

  for (const [what, system] of [
    ['a list that is added', `[${clock}] + [{"text": RULES}, ${point}]`],
    ['a list with a comment between its elements', `[${clock},  # first\n {"text": RULES}, ${point}]`],
    ['a text that has more than what varies', `[{"text": f"Now: {datetime.now()}\\n{RULES}"}, ${point}]`],
  ] as const)
    it(`stays where it is in ${what}`, () => {
      const { titles } = fixed(system);
      assert.ok(
        titles.every((title) => !title.startsWith('Move "')),
        titles.join('; '),
      );
    });
});
