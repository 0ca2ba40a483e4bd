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
const without = (text: string): string | undefined => {
  const prompt = readCode(text, 'a.py', noFiles).prompts[0]?.read();
  const marker = prompt?.system.find((block) => block.kind === 'cachePoint');
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
