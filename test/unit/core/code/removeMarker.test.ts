import assert from 'node:assert/strict';
import { readCode } from '../../../../src/core/code';
import { noFiles } from '../../../../src/core/prompt/files';
import { applyEdits } from '../../../../src/core/text/edit';

const program = (before: string, block: string): string => `import json, boto3
client = boto3.client("bedrock-runtime")
block = {"type": "text", "text": "You answer."}
${before}
body = {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "system": [${block}], "messages": [{"role": "user", "content": "Hi."}]}
answer = client.invoke_model(modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0", body=json.dumps(body))
`;

/** The program without its cache point; `undefined` where it is not taken out. */
const without = (text: string, path = 'a.py'): string | undefined => {
  const prompt = readCode(text, path, noFiles).prompts[0]?.read();
  const marker = prompt && [...prompt.tools, ...prompt.system].find((block) => block.kind === 'cachePoint');
  assert.ok(prompt !== undefined && marker?.kind === 'cachePoint');
  const edits = prompt.write.removeMarker(marker);
  return edits && applyEdits(text, edits);
};

describe('a cache point of a program', () => {
  it('is taken out of the object in which it is written', () => {
    const marked = '{"type": "text", "text": "You answer.", "cache_control": {"type": "ephemeral"}}';
    assert.equal(without(program('', marked)), program('', '{"type": "text", "text": "You answer."}'));
  });

  it('is left where a statement of its own gives it: nothing would be left behind the sign', () =>
    assert.equal(without(program('block["cache_control"] = {"type": "ephemeral"}', 'block')), undefined));

  it('is neither taken out nor added where what is written once is sent more than once', () => {
    const helper = (marker: string) =>
      program(`def told(text):\n    return {"type": "text", "text": text${marker}}\n`, 'told("One."), told("Two.")');
    assert.equal(without(helper(', "cache_control": {"type": "ephemeral"}')), undefined);
    const prompt = readCode(helper(''), 'a.py', noFiles).prompts[0]?.read();
    const last = prompt?.system.at(-1);
    assert.ok(prompt !== undefined && last !== undefined);
    assert.equal(prompt.write.insertMarker(last, undefined), undefined);
  });
});

const tool = '{"toolSpec": {"name": "find", "inputSchema": {"json": {"type": "object"}}}}';
const point = '{"cachePoint": {"type": "default"}}';

const withTools = (tools: string, { before = '' }: { readonly before?: string } = {}): string => `import boto3
client = boto3.client("bedrock-runtime")
TOOLS = [${tool}]
${before}answer = client.converse(
    modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    toolConfig={"tools": ${tools}},
    messages=[{"role": "user", "content": [{"text": "Hi."}]}],
)
`;

describe('the only cache point of a list that is added to another', () => {
  for (const [why, written, left] of [
    ['with its list', `TOOLS + [${point}]`, 'TOOLS'],
    ['with the comma behind it', `TOOLS + [\n        ${point},\n    ]`, 'TOOLS'],
    ['from between two others', `TOOLS + [${point}] + MORE`, 'TOOLS + MORE'],
    ['with the lines that it has', `(\n        TOOLS\n        + [${point}]\n    )`, '(\n        TOOLS\n    )'],
    ['without what a comment would take in', `(\n        TOOLS  # All\n        + [${point}])`, '(\n        TOOLS  # All\n        )'],
    ['behind a call', `list(TOOLS) + [${point}]`, 'list(TOOLS)'],
    ['alone, where its list has more', `TOOLS + [${tool}, ${point}]`, `TOOLS + [${tool}]`],
    ['alone, where its list comes first', `[${point}] + TOOLS`, '[] + TOOLS'],
    ['alone, from a list that nothing is added to', `[*TOOLS, ${point}]`, '[*TOOLS]'],
  ] as const)
    it(`goes ${why}`, () => {
      const before = `MORE = [${tool.replace('find', 'list')}]\n`;
      assert.equal(without(withTools(written, { before })), withTools(left, { before }));
    });

  it('leaves the sign of a statement', () => {
    const grown = (list: string): string => withTools('TOOLS', { before: `TOOLS += ${list}\n` });
    assert.equal(without(grown(`[${point}]`)), grown('[]'));
  });

  it('leaves a spread in TypeScript', () => {
    const program = (tools: string): string => `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
const client = new BedrockRuntimeClient({});
const TOOLS = [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }];
await client.send(
  new ConverseCommand({
    modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    toolConfig: { tools: ${tools} },
    messages: [{ role: 'user', content: [{ text: 'Hi.' }] }],
  }),
);
`;
    assert.equal(without(program("[...TOOLS, { cachePoint: { type: 'default' } }]"), 'a.ts'), program('[...TOOLS]'));
  });
});
