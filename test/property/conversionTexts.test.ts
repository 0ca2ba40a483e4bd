import assert from 'node:assert/strict';
import fc from 'fast-check';
import { targetIds, type TargetId } from '../../src/core/convert/targetIds';
import { noFiles } from '../../src/core/prompt/files';
import type { Prompt } from '../../src/core/prompt/model';
import { escapeTokens } from '../../src/core/text/templateTokens';
import { anyText } from '../support/anyText';
import { convertPrompt, namedValues, readBack, sentBy, type Sent } from '../support/conversions';
import { parseOnly } from '../support/onlyPrompt';
import { hasPython, runPython } from '../support/programs';
import { forms, known } from '../support/sentForms';

/** What texts are made of that are hard to say in some language or other. */
const hard = [
  ...['"', "'", '`', '"""', "'''", '""', '\\', '\\\\', '\\n', '\\"', "\\'", '\\{', '\\u0041', '\\N{DASH}', '\\x41', '\\0'],
  ...['{', '}', '{{', '}}', '{{x}}', '{{ y }}', '{{> a.md}}', '\\{{', '${', '${a}', '$', '$$', '{0}', '%s', '{{{', '#{', '<%= a %>'],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
    ' ',
    '\n  ',
    '  \n',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u00a0',
    '\ufeff',
    '\u0000',
    '\u001b',
    '\u007f',
  ],
  ...['\ue000', '\uf8ff', '\ufffe', '\ud800', '\udfff', '😀', 'é', '中'],
  ...[
    '# user:\n',
    '\nassistant:',
    '\\user:',
    '\n<!-- cachePoint -->\n',
    '<!-- cachePoint ttl=1h -->',
    '\n```\n',
    '~~~',
    '```converse\n',
    '\n---\n',
  ],
  ...[
    'JSON\n',
    '\nJSON\n',
    'EOF',
    ': ',
    '# ',
    '- ',
    '|',
    '>',
    '!',
    '&',
    '*',
    '[a](b.md)',
    '\n![](a.png)\n',
    'null',
    'true',
    '1',
    'a',
    'word ',
  ],
] as const;

const parts = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...hard) }, { weight: 1, arbitrary: anyText({ maxLength: 6 }) }), {
  minLength: 1,
  maxLength: 10,
});
const texts = parts.map((found) => found.join(''));
const variables = fc.constantFrom('question', 'tone', 'class', 'a.b', 'x_1');

/** A text with variables in it, as a prompt file says it. */
const templates = fc.array(
  fc.oneof({ weight: 3, arbitrary: texts.map(escapeTokens) }, { weight: 1, arbitrary: variables.map((name) => `{{${name}}}`) }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

const blocks = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: templates.map((found) => ({ text: found.join('') })) },
    { weight: 1, arbitrary: fc.constantFrom({ cachePoint: { type: 'default' } }, { cachePoint: { type: 'default', ttl: '1h' } }) },
  ),
  { minLength: 1, maxLength: 4 },
);

const fenced = (block: object): string => `\`\`\`converse\n${JSON.stringify(block)}\n\`\`\`\n`;

const prompts = fc
  .record({ system: blocks, user: blocks, assistant: blocks, last: blocks, description: texts })
  .map(({ system, user, assistant, last, description }): Prompt => {
    const tools = [{ toolSpec: { name: 'find', description, inputSchema: { json: { type: 'object', title: description } } } }];
    const front = { modelId: 'us.anthropic.claude-sonnet-4-6', inferenceConfig: { maxTokens: 9 }, toolConfig: { tools } };
    const section = (role: string, list: readonly object[]): string => `# ${role}:\n${list.map(fenced).join('')}`;
    const body = [section('system', system), section('user', user), section('assistant', assistant), section('user', last)].join('');
    // Escapes of JSON alone: YAML reads them as well.
    const head = JSON.stringify(front).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return parseOnly(`---\n${head}\n---\n${body}`, 'bedrock-prompt', noFiles);
  });

const withoutTools = (prompt: Prompt): Prompt => ({ ...prompt, tools: [] });

const compared = (prompt: Prompt, target: TargetId): Sent => {
  const { forget = (sent) => sent } = forms[target];
  return forget(known(sentBy(prompt, namedValues(prompt))));
};

describe('a text of a prompt', () => {
  for (const target of targetIds)
    it(`stays as it is, whatever it holds: ${target}`, () => {
      let count = 0;
      fc.assert(
        fc.property(prompts, (drawn) => {
          const prompt = target === 'strands' ? withoutTools(drawn) : drawn;
          // As if it were no prompt file, of which nothing would have to be written.
          const result = convertPrompt({ ...prompt, format: 'converse-json' }, target);
          if (result.kind === 'refused') return;
          count += 1;
          assert.deepEqual(compared(readBack(result), target), compared(prompt, target), result.text);
        }),
        { numRuns: 300 },
      );
      assert.ok(count > (target === 'prompt-management' || target === 'cloudformation' ? 3 : 10), `${count} of 300`);
    }).timeout(120_000);

  it('stays as it is where Python runs', function () {
    if (!hasPython()) return this.skip();
    const drawn = fc.sample(prompts, { seed: 7, numRuns: 400 });
    for (const target of ['boto3', 'anthropic-sdk'] as const) {
      const made = drawn.flatMap((prompt) => {
        const result = convertPrompt(prompt, target);
        return result.kind === 'refused' ? [] : [{ prompt, result }];
      });
      assert.ok(made.length > 40);
      const sent = runPython(made.map(({ result }) => result.text));
      made.forEach(({ prompt, result }, at) => {
        const captured = JSON.stringify(sent[at]);
        const back = parseOnly(captured, target === 'boto3' ? 'converse-json' : 'messages', noFiles);
        assert.deepEqual(compared(back, target), compared(prompt, target), result.text);
      });
    }
  }).timeout(120_000);
});
