import assert from 'node:assert/strict';
import { defaultSettings } from '../../../../src/core/settings';
import { analyze } from '../../../../src/core/analysis';
import { toldWhileTyping } from '../../../../src/core/editing/typing';
import { noFiles } from '../../../../src/core/prompt/files';
import type { RatedProblem } from '../../../../src/core/rules/index';

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const problemsOf = (text: string): readonly RatedProblem[] => analyze(text, 'bedrock-prompt', noFiles, defaultSettings).problems;
const codes = (problems: readonly RatedProblem[]): readonly string[] => problems.map(({ code }) => code);

/** What is told of a text in which `|` is the cursor, and of what is found those that are not. */
const typed = (marked: string, before = '') => {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const all = problemsOf(text);
  const told = toldWhileTyping(all, { text, offset }, before === '' ? [] : problemsOf(before));
  return { told: codes(told), held: codes(all.filter((problem) => !told.includes(problem))) };
};

describe('problems while somebody types', () => {
  const before = `---\nmodelId: ${modelId}\n---\n# user:\nHello\n`;
  for (const [what, text] of [
    ['front matter that is not closed', '---|\n'],
    ['the second line of it', `---\nmodelId: ${modelId}\n|`],
    ['a message that is not written', `---\nmodelId: ${modelId}\n---\n# user:\n|`],
    ['a role line', `---\nmodelId: ${modelId}\n---\n# user:|`],
    ['a variable', `---\nmodelId: ${modelId}\n---\n# user:\nHello {{na|}}\n`],
    ['an include', `---\nmodelId: ${modelId}\n---\n# user:\nHello\n{{> ./pa|}}\n`],
    ['a model id', '---\nmodelId: us.anth|\n---\n# user:\nHello\n'],
    ['a key', `---\nmodelId: ${modelId}\ninference|: 1\n---\n# user:\nHello\n`],
    ['a fence', `---\nmodelId: ${modelId}\n---\n# user:\n\`\`\`js|\nHello\n`],
    ['JSON in a fence', `---\nmodelId: ${modelId}\n---\n# user:\n\`\`\`converse\n{ "text": |\n\`\`\`\n`],
  ] as const)
    it(`wait: ${what}`, () => {
      const { told, held } = typed(text);
      assert.deepEqual(told, []);
      assert.ok(held.length > 0, 'something is wrong with it');
    });

  it('are told at once where the cursor does not stand', () => {
    const text = `---\nmodelId: ${modelId}\n---\n# user:\n{{> ./absent.md}}\nHello {{na|}}\n`;
    assert.deepEqual(typed(text), { told: ['request/include'], held: ['request/undefined-variable'] });
  });

  it('stay where they were told before, in the line of the cursor too', () => {
    const wrong = before.replace('Hello', 'Hello {{name}}');
    assert.deepEqual(typed(wrong.replace('name', 'names|'), wrong).told, ['request/undefined-variable']);
  });

  it('stay as many as they were told before', () => {
    const one = before.replace('Hello', '{{name}}');
    const two = before.replace('Hello', '{{name}}\n{{other|}}');
    assert.deepEqual(typed(two, one), { told: ['request/undefined-variable'], held: ['request/undefined-variable'] });
  });

  it('stay all while the text is in doubt, and no other is told', () => {
    const wrong = before.replace('Hello', '{{> ./absent.md}}');
    const { told } = typed(wrong.replace('---\n# user', '--|\n# user'), wrong);
    assert.ok(told.every((code) => code === 'request/include'));
  });
});
