import assert from 'node:assert/strict';
import { noFiles } from '../../../../src/core/prompt/files';
import type { FormatId } from '../../../../src/core/prompt/model';
import { buildRequest } from '../../../../src/core/request/build';
import { applyEdits } from '../../../../src/core/text/edit';
import { parseOnly } from '../../../support/onlyPrompt';

const from = ['inferenceConfig', 'topK'];
const to = ['additionalModelRequestFields', 'top_k'];

/** The text with the setting moved; `undefined` where that cannot be written. */
const moved = (text: string, format: FormatId): string | undefined => {
  const edits = parseOnly(text, format, noFiles).write.moveMember(from, to);
  return edits && applyEdits(text, edits);
};

const fieldsOf = (text: string, format: FormatId): unknown => {
  const { additionalModelRequestFields, inferenceConfig } = buildRequest(parseOnly(text, format, noFiles), () => undefined);
  return { additionalModelRequestFields, inferenceConfig };
};

const front = (lines: string): string => `---\n${lines}name: a\n---\n# user:\nHello\n`;
const last = (lines: string): string => `---\nname: a\n${lines}---\n# user:\nHello\n`;
const json = (members: string): string => `{\n  ${members},\n  "messages": []\n}\n`;

describe('moving a setting', () => {
  for (const [how, format, text] of [
    ['in block style', 'bedrock-prompt', front('inferenceConfig:\n  topK: 40\n  maxTokens: 9\n')],
    ['in block style, the last of its group', 'bedrock-prompt', front('inferenceConfig:\n  maxTokens: 9\n  topK: 40\n')],
    ['in block style, the last of all', 'bedrock-prompt', last('inferenceConfig:\n  maxTokens: 9\n  topK: 40\n')],
    ['in brackets', 'bedrock-prompt', front('inferenceConfig: { topK: 40, maxTokens: 9 }\n')],
    ['beside others', 'bedrock-prompt', front('additionalModelRequestFields:\n  a: 1\ninferenceConfig:\n  maxTokens: 9\n  topK: 40\n')],
    ['in JSON', 'converse-json', json('"inferenceConfig": { "topK": 40, "maxTokens": 9 }')],
    [
      'in JSON, beside others',
      'converse-json',
      json('"additionalModelRequestFields": { "a": 1 },\n  "inferenceConfig": { "maxTokens": 9, "topK": 40 }'),
    ],
    ['in JSON, without spaces', 'converse-json', '{"inferenceConfig":{"maxTokens":9,"topK":40},"messages":[]}'],
  ] as const)
    it(`says the same at another place ${how}`, () => {
      const after = moved(text, format);
      assert.ok(after !== undefined);
      const beside = text.includes('a: 1') || text.includes('"a": 1') ? { a: 1 } : {};
      assert.deepEqual(fieldsOf(after, format), {
        additionalModelRequestFields: { ...beside, top_k: 40 },
        inferenceConfig: { maxTokens: 9 },
      });
      assert.deepEqual(parseOnly(after, format, noFiles).problems, []);
    });

  it('takes the group along with its only member', () => {
    const after = moved(front('inferenceConfig:\n  topK: 40\n'), 'bedrock-prompt');
    assert.doesNotMatch(after ?? 'inferenceConfig', /inferenceConfig/);
    assert.deepEqual(fieldsOf(moved(json('"inferenceConfig": { "topK": 40 }'), 'converse-json') ?? '', 'converse-json'), {
      additionalModelRequestFields: { top_k: 40 },
      inferenceConfig: undefined,
    });
  });

  it('keeps the line ends of the file', () => {
    const after = moved(front('inferenceConfig:\n  maxTokens: 9\n  topK: 40\n').replaceAll('\n', '\r\n'), 'bedrock-prompt');
    assert.doesNotMatch(after ?? '\n', /[^\r]\n/);
  });

  it('is not written where the name is taken, or nothing of that name stands', () => {
    const taken = front('additionalModelRequestFields: { top_k: 1 }\ninferenceConfig: { topK: 40 }\n');
    assert.equal(moved(taken, 'bedrock-prompt'), undefined);
    assert.equal(moved(front('additionalModelRequestFields: 3\ninferenceConfig: { topK: 40 }\n'), 'bedrock-prompt'), undefined);
    assert.equal(moved(front('inferenceConfig: { topP: 1 }\n'), 'bedrock-prompt'), undefined);
    assert.equal(moved('# user:\nHello\n', 'bedrock-prompt'), undefined);
  });
});
