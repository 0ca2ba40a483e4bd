import assert from 'node:assert/strict';
import { analyzeWith } from '../../../../src/core/analysis';
import { documentHighlights } from '../../../../src/core/cache/highlights';
import { readCode } from '../../../../src/core/code';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';

const rules = 'Members may borrow four books for three weeks, and renew each of them once. '.repeat(180);

const call = (name: string, after: string): string => `

def ${name}(question):
    return client.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        system=[{"text": RULES}, ${after}],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`;

const point = '{"cachePoint": {"type": "default"}}';

const tints = (...calls: readonly string[]): readonly string[] => {
  const text = `import boto3\nclient = boto3.client("bedrock-runtime")\nRULES = """${rules}"""\n${calls.join('')}`;
  const { prompts } = analyzeWith((source) => readCode(source, 'desk.py', noFiles), text, 'code', defaultSettings);
  return documentHighlights(prompts.map(({ plan }) => plan)).map(
    ({ style, span: { start, end } }) => `${style} ${text.slice(start, end).slice(0, 24)}`,
  );
};

describe('tints of a program', () => {
  it('lie on the call and on the constant that it sends', () => {
    assert.deepEqual(tints(call('answer', point)), [
      'checkpoint1 {"text": RULES}',
      'varyingBlock {"text": question}',
      `checkpoint1 ${rules.slice(0, 24)}`,
    ]);
  });

  it('lie once on a constant that several calls send, as the first of them caches it', () => {
    const found = tints(call('answer', point), call('renew', '{"text": "Be brief."}'));
    assert.deepEqual(
      found.filter((one) => one.endsWith(rules.slice(0, 24))),
      [`checkpoint1 ${rules.slice(0, 24)}`],
    );
  });
});
