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
END = "\\n"
client = boto3.client("bedrock-runtime")
RULES = """${rules}"""
DATED = f"It is {datetime.now()}.\\n{RULES}"

def answer(question):
    NOW = datetime.now()
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

  const long = rules.replaceAll('. ', '.\n');

  it('is a line of a literal, which moves as a block of its own', () => {
    const { titles, system } = fixed(`[{"text": f"It is {datetime.now()}.\\n{RULES}"}, ${point}]`);
    assert.equal(titles[0], move);
    assert.equal(system, `[{"text": f"{RULES}"}, ${point}, ${clock}]`);
    const tall = fixed(`[{"type": "text", "text": f\"\"\"${long}It is {datetime.now()}.\n${long}\"\"\"}, ${point}]`);
    assert.equal(
      tall.system,
      `[{"type": "text", "text": f\"\"\"${long}${long}\"\"\"}, ${point}, {"type": "text", "text": f\"\"\"It is {datetime.now()}.\"\"\"}]`,
    );
  });

  it('is the last line of one', () => {
    const { system } = fixed(`[{"text": f"{RULES}\\nIt is {datetime.now()}."}, ${point}]`);
    assert.equal(system, `[{"text": f"{RULES}"}, ${point}, ${clock}]`);
  });

  it('is each line that tells the time which a name keeps', () => {
    const { system } = fixed(`[{"text": f"Begun {NOW}.\\n{RULES}\\nAgain {NOW}."}, ${point}]`);
    assert.equal(system, `[{"text": f"{RULES}"}, ${point}, {"text": f"Begun {NOW}."}, {"text": f"Again {NOW}."}]`);
  });

  it('moves in a program of another language too', () => {
    const lines = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
const client = new BedrockRuntimeClient({});
export const answer = (question: string) =>
  client.send(
    new ConverseCommand({
      modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      system: [
        { text: \`${long}It is \${new Date().toISOString()}.\n\` },
        { cachePoint: { type: 'default' } },
      ],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
`;
    const { prompts } = analyzeWith((source) => readCode(source, 'chat.ts', noFiles), lines, 'code', defaultSettings);
    const [prompt] = prompts;
    const problem = prompt?.problems.find(({ code }) => code === 'cache/volatile-prefix');
    const [fix] = prompt && problem ? fixesOf(prompt, problem) : [];
    assert.match(fix?.title ?? '', /^Move "It is /);
    assert.match(
      applyEdits(lines, fix?.edits ?? []),
      /go by\.\n\` \},\n {8}\{ cachePoint: \{ type: 'default' \} \},\n {8}\{ text: \`It is \$\{new Date\(\)\.toISOString\(\)\}\.\` \},\n {6}\],/,
    );
  });

  for (const [what, system] of [
    ['a list that is added', `[${clock}] + [{"text": RULES}, ${point}]`],
    ['a list with a comment between its elements', `[${clock},  # first\n {"text": RULES}, ${point}]`],
    ['a text with something done to it', `[{"text": f"Now: {datetime.now()}\\n{RULES}".strip()}, ${point}]`],
    ['texts that are joined', `[{"text": f"Now: {datetime.now()}\\n" + RULES}, ${point}]`],
    ['literals side by side', `[{"text": f"Now: {datetime.now()}\\n" f"{RULES}"}, ${point}]`],
    ['a constant', `[{"text": DATED}, ${point}]`],
    ['a line that a variable has a part of', `[{"text": f"Now: {datetime.now()}{END}{RULES}"}, ${point}]`],
  ] as const)
    it(`stays where it is in ${what}`, () => {
      const { titles } = fixed(system);
      assert.ok(
        titles.every((title) => !title.startsWith('Move "')),
        titles.join('; '),
      );
    });
});

describe('a fix of a list that several calls send', () => {
  const text = (calls: readonly string[]): string => `import boto3
client = boto3.client("bedrock-runtime")
RULES = """${rules}"""

def ask(question, system):
    return client.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        system=[{"text": system}, ${point}, ${point}],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )

${calls.map((name) => `def ${name}(question):\n    return ask(question, RULES + "${name}")\n`).join('\n')}`;
  const titles = (calls: readonly string[]): readonly string[] => {
    const { prompts } = analyzeWith((source) => readCode(source, 'chat.py', noFiles), text(calls), 'code', defaultSettings);
    const [prompt] = prompts;
    assert.equal(prompts.length, calls.length);
    const problem = prompt?.problems.find(({ code }) => code === 'cache/redundant');
    return prompt && problem ? fixesOf(prompt, problem).map(({ title }) => title) : [];
  };

  it('says how many others it changes', () => {
    assert.deepEqual(titles(['answer', 'triage', 'sum']), ['Remove this cache point (changes 2 other calls too)']);
    assert.deepEqual(titles(['answer', 'triage']), ['Remove this cache point (changes 1 other call too)']);
  });

  it('says nothing where there is none', () => assert.deepEqual(titles(['answer']), ['Remove this cache point']));
});
