import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatterPlace } from '../../../../src/core/editing/frontMatterPlace';

const placeAt = (marked: string) => {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { path, key, typed, span, taken } = frontMatterPlace(text, 0, offset);
  const at = [...path, key === undefined ? `<key ${typed}>` : `${key}=${typed}`].join('/');
  return [at, text.slice(span.start, span.end), taken.join(' ')];
};

describe('a place in front matter', () => {
  for (const [marked, at, replaced, taken] of [
    ['|', '<key >', '', ''],
    ['mo|', '<key mo>', 'mo', ''],
    ['name: a\nmo|del\nstatic: []', '<key mo>', 'model', 'name static'],
    ['modelId: us.a|nthropic # which', 'modelId=us.a', 'us.anthropic', ''],
    ['modelId: opus 5|', 'modelId=opus 5', 'opus 5', ''],
    ['inferenceConfig: { | }', 'inferenceConfig/<key >', '', ''],
    ['inferenceConfig: { maxTokens: 800, te|, topP: 1 }', 'inferenceConfig/<key te>', 'te', 'maxTokens topP'],
    ['inferenceConfig: { maxTokens: 8|00 }', 'inferenceConfig/maxTokens=8', '800', 'maxTokens'],
    ['inferenceConfig:\n  maxTokens: 800\n  |', 'inferenceConfig/<key >', '', 'maxTokens'],
    ['variables:\n  question:\n    |\n  other: x', 'variables/question/<key >', '', ''],
    ['variables:\n  question: { example: a, varies: re| }', 'variables/question/varies=re', 're', 'example varies'],
    ['variables:\n  a: x\n  |', 'variables/<key >', '', 'a'],
    ['samples:\n  - { quest| }', 'samples/*/<key quest>', 'quest', ''],
    ['samples:\n  - question: a\n    ten|', 'samples/*/<key ten>', 'ten', 'question'],
    ['samples:\n- question: a\n- |', 'samples/*/<key >', '', ''],
    ['toolConfig:\n  tools:\n    - toolSpec:\n        name: a\n        |', 'toolConfig/tools/*/toolSpec/<key >', '', 'name'],
    ['toolConfig:\n  tools:\n    - |', 'toolConfig/tools/*/<key >', '', ''],
    ['toolConfig:\n  tools:\n    - cachePoint: { type: | }', 'toolConfig/tools/*/cachePoint/type=', '', 'type'],
    ['static:\n  - a|', 'static/*/<key a>', 'a', ''],
    ['a: { b: { c: "x, y: {", d| } }', 'a/b/<key d>', 'd', 'c'],
    ['stop: [a, b|]', 'stop/*/*=b', 'b', ''],
  ] as const)
    it(`is ${at} in ${JSON.stringify(marked)}`, () => assert.deepEqual(placeAt(marked), [at, replaced, taken]));

  it('is somewhere in any text, and its span touches the cursor', () => {
    const word = fc.constantFrom('a: ', '  ', '- ', '{', '}', '[', ']', ',', '\n', ':', '"', 'key', '# x', ' ', 'b: { ');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.nat(), (words, at) => {
        const text = words.join('');
        const offset = at % (text.length + 1);
        const { span } = frontMatterPlace(text, 0, offset);
        assert.ok(span.start <= offset && offset <= span.end && span.end <= text.length, JSON.stringify([text, offset, span]));
      }),
    );
  });
});
