import assert from 'node:assert/strict';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { buildRequest, missingValues } from '../../../../src/core/request/build';
import { withGapTexts } from '../../../../src/core/request/gapTexts';
import { runValues } from '../../../../src/core/request/values';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeCode } from '../../../support/codeFixtures';
import { analyzeOnly } from '../../../support/onlyPrompt';

/** The prompt of a function whose call has these arguments. */
const promptOf = (...words: readonly string[]): Prompt => {
  const text = [
    'import boto3',
    '',
    'def answer(question, turns, tools):',
    '    return boto3.client("bedrock-runtime").converse(',
    '        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",',
    ...words.map((word) => `        ${word},`),
    '    )',
  ].join('\n');
  const [prompt] = analyzeCode(text, 'answer.py', noFiles).prompts;
  assert.ok(prompt);
  return prompt.prompt;
};

const sent = (prompt: Prompt | undefined, values: Readonly<Record<string, string>>) => {
  assert.ok(prompt);
  const { system, messages } = buildRequest(prompt, runValues([], values));
  return { system, messages };
};

const hello = 'messages=[{"role": "user", "content": [{"text": question}]}]';

describe('what a program adds to a prompt', () => {
  it('is asked for as variables are, and sent where it stands', () => {
    const prompt = withGapTexts(promptOf('system=[{"text": f"Be brief. {turns}"}]', hello));
    assert.ok(prompt);
    assert.deepEqual(missingValues(prompt, runValues([], {})), ['turns', 'question']);
    assert.deepEqual(sent(prompt, { turns: 'And kind.', question: 'Why?' }), {
      system: [{ text: 'Be brief. And kind.' }],
      messages: [{ role: 'user', content: [{ text: 'Why?' }] }],
    });
  });

  it('is a turn of the user where the messages come only when it runs', () => {
    const prompt = withGapTexts(promptOf('system=[{"text": "Be brief."}]', 'messages=turns'));
    assert.ok(prompt);
    const [name = ''] = missingValues(prompt, runValues([], {}));
    assert.equal(name, 'turns');
    assert.deepEqual(sent(prompt, { [name]: 'Hello' }).messages, [{ role: 'user', content: [{ text: 'Hello' }] }]);
  });

  it('is nothing where earlier turns may stand and the last one is known', () => {
    const prompt = withGapTexts(promptOf('messages=[*turns, {"role": "user", "content": [{"text": question}]}]'));
    assert.deepEqual(sent(prompt, { question: 'Why?' }).messages, [{ role: 'user', content: [{ text: 'Why?' }] }]);
  });

  it('can be a block of the system text or of a message', () => {
    const prompt = withGapTexts(promptOf('system=[*turns, {"text": "Be brief."}]', hello));
    assert.deepEqual(sent(prompt, { turns: 'First.', question: 'Why?' }).system, [{ text: 'First.' }, { text: 'Be brief.' }]);
  });

  it('cannot be a tool', () => {
    assert.equal(withGapTexts(promptOf(hello, 'toolConfig={"tools": tools}')), undefined);
  });

  it('is nothing for a prompt that says all of itself', () => {
    const { prompt } = analyzeOnly('# user:\nHello {{name}}\n', 'bedrock-prompt', noFiles, defaultSettings);
    assert.equal(withGapTexts(prompt), prompt);
  });
});
