import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readCode } from '../../../../src/core/code';
import { convert } from '../../../../src/core/convert/convert';
import { readingCode, type ReadingCode } from '../../../../src/core/convert/reading';
import { pythonReader } from '../../../../src/core/convert/readers/pythonReader';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { applyEdits } from '../../../../src/core/text/edit';
import { makeFolder } from '../../../support/folder';

const modelId = 'us.anthropic.claude-sonnet-4-6';
const options = { modelId, model: undefined, name: 'answer' };

const promptIn = (text: string, path: string): Prompt => {
  const [only, ...others] = readCode(text, path, noFiles).prompts;
  assert.ok(only !== undefined && others.length === 0);
  return only.read();
};

/** The code after a prompt was taken out of it; `undefined` where it stays as it is. */
const extracted = (
  text: string,
  path: string,
): { readonly code: string; readonly reading: ReadingCode; readonly file: string } | undefined => {
  const prompt = promptIn(text, path);
  const file = convert(prompt, 'bedrock-prompt', options);
  assert.ok(file.kind === 'converted');
  const reading = readingCode(prompt, 'prompts/answer.bedrock.md', text, options);
  return reading && { code: applyEdits(text, reading.edits), reading, file: file.text };
};

const python = `"""Answers tickets."""
from __future__ import annotations

import boto3

client = boto3.client("bedrock-runtime")
RULES = "Be brief."


def answer(ticket, tone):
    reply = client.converse(
        modelId="${modelId}",
        system=[{"text": RULES}, {"cachePoint": {"type": "default"}}, {"text": f"Write in a {tone} tone."}],
        messages=[{"role": "user", "content": [{"text": ticket.body}]}],
        inferenceConfig={"maxTokens": 500},
    )
    return reply["output"]
`;

const typescript = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient();

export const answer = (question: string, user: { name: string }) =>
  client.send(
    new ConverseCommand({
      modelId: '${modelId}',
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: \`\${user.name} asks: \${question}\` }] }],
    }),
  );
`;

describe('a prompt that is taken out of code', () => {
  it('leaves Python that reads it', () => {
    const found = extracted(python, 'app.py');
    assert.equal(
      found?.code,
      `"""Answers tickets."""
from __future__ import annotations

from bedrock_prompt import load_prompt
import boto3

client = boto3.client("bedrock-runtime")
RULES = "Be brief."


def answer(ticket, tone):
    reply = client.converse(**load_prompt("prompts/answer.bedrock.md", tone=tone, ticket_body=ticket.body))
    return reply["output"]
`,
    );
    assert.equal(found.reading.reader.fileName, 'bedrock_prompt.py');
    assert.equal(
      found.file,
      `---
modelId: ${modelId}
inferenceConfig:
  maxTokens: 500
variables:
  tone:
    description: tone
  ticket_body:
    description: ticket.body
---
# system:
Be brief.
<!-- cachePoint -->
Write in a {{tone}} tone.

# user:
{{ticket_body}}
`,
    );
  });

  it('leaves TypeScript that reads it', () => {
    assert.equal(
      extracted(typescript, 'app.ts')?.code,
      `import { loadPrompt } from './bedrockPrompt';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient();

export const answer = (question: string, user: { name: string }) =>
  client.send(
    new ConverseCommand(loadPrompt('prompts/answer.bedrock.md', { user_name: user.name, question })),
  );
`,
    );
  });

  it('is read with the same answer as before', function () {
    if (spawnSync('python3', ['-c', 'import yaml']).status !== 0) return this.skip();
    const found = extracted(python, 'app.py');
    assert.ok(found !== undefined);
    const folder = makeFolder();
    folder.put({
      'before.py': python,
      'behind.py': found.code,
      'bedrock_prompt.py': pythonReader,
      'prompts/answer.bedrock.md': found.file,
      'boto3.py':
        'class Client:\n    def converse(self, **request):\n        return {"output": request}\n\n\ndef client(name):\n    return Client()\n',
      'run.py': [
        'import before, behind, types',
        'given = (types.SimpleNamespace(body="Where is {it}? \\n# user:"), "calm")',
        'assert before.answer(*given) == behind.answer(*given), behind.answer(*given)',
      ].join('\n'),
    });
    const { status, stderr } = spawnSync('python3', ['run.py'], { cwd: folder.path, encoding: 'utf8' });
    folder.remove();
    assert.equal(status, 0, stderr);
  }).timeout(20_000);

  it('imports what reads it once', () => {
    const again = python.replace('import boto3\n', 'import boto3\nfrom bedrock_prompt import load_prompt\n');
    assert.equal(extracted(again, 'app.py')?.code.split('load_prompt').length, 3);
  });

  const stay: Readonly<Record<string, readonly [path: string, text: string]>> = {
    'a client that takes no request of Converse': [
      'app.py',
      `from anthropic import AnthropicBedrock\nclient = AnthropicBedrock()\ndef ask(q):\n    return client.messages.create(model="${modelId}", max_tokens=9, messages=[{"role": "user", "content": q}])\n`,
    ],
    'messages that come when the program runs': [
      'app.py',
      `import boto3\nclient = boto3.client("bedrock-runtime")\ndef ask(messages):\n    return client.converse(modelId="${modelId}", messages=messages, system=[{"text": "a"}])\n`,
    ],
    'a setting that is not known': [
      'app.py',
      `import boto3\nclient = boto3.client("bedrock-runtime")\ndef ask(n):\n    return client.converse(modelId="${modelId}", messages=[{"role": "user", "content": [{"text": "a"}]}], inferenceConfig={"maxTokens": n})\n`,
    ],
    'a model that is not known': [
      'app.py',
      'import boto3\nclient = boto3.client("bedrock-runtime")\ndef ask(m):\n    return client.converse(modelId=m, messages=[{"role": "user", "content": [{"text": "a"}]}])\n',
    ],
    'a part that another function gives': [
      'app.py',
      `import boto3\nclient = boto3.client("bedrock-runtime")\ndef text():\n    day = today()\n    return f"Today is {day}."\ndef ask():\n    return client.converse(modelId="${modelId}", messages=[{"role": "user", "content": [{"text": text()}]}])\n`,
    ],
  };
  for (const [what, [path, text]] of Object.entries(stay))
    it(`leaves the code as it is for ${what}`, () => {
      assert.equal(readingCode(promptIn(text, path), 'answer.bedrock.md', text, options), undefined);
    });

  it('leaves the code as it is where its path would have to be escaped', () => {
    assert.equal(readingCode(promptIn(python, 'app.py'), 'a"b.bedrock.md', python, options), undefined);
  });
});
