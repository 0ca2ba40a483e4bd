import assert from 'node:assert/strict';
import { convertPrompt as told } from '../../../../src/core/conversion';
import { convert } from '../../../../src/core/convert/convert';
import { targetIds, type TargetId } from '../../../../src/core/convert/targetIds';
import type { ConvertOptions } from '../../../../src/core/convert/types';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { FormatId, Prompt } from '../../../../src/core/prompt/model';
import { resolveModel, entryOf } from '../../../../src/core/models/resolve';
import { readCode } from '../../../../src/core/code';
import { noFiles } from '../../../../src/core/prompt/files';
import { parseOnly, theOne } from '../../../support/onlyPrompt';

const claude = 'us.anthropic.claude-sonnet-4-6';
const nova = 'us.amazon.nova-pro-v1:0';
const files = filesFrom({
  'cat.png': new Uint8Array([137, 80, 78, 71]),
  'terms.pdf': new Uint8Array([37, 80, 68, 70]),
  'rules.md': 'Be kind.',
});

const optionsFor = (modelId: string): ConvertOptions => ({ modelId, model: entryOf(resolveModel(modelId, {})), name: 'desk' });
const read = (text: string, format: FormatId = 'bedrock-prompt'): Prompt => parseOnly(text, format, files);
const converse = (request: object): Prompt => read(JSON.stringify(request), 'converse-json');

const text = (prompt: Prompt, target: TargetId, modelId = claude): string => {
  const result = convert(prompt, target, optionsFor(modelId));
  assert.ok(result.kind === 'converted', JSON.stringify(result));
  return result.text;
};
const notes = (prompt: Prompt, target: TargetId, modelId = claude): readonly string[] => {
  const result = told(prompt, target, optionsFor(modelId));
  return result.kind === 'converted' ? result.notes : ['refused'];
};
const reason = (prompt: Prompt, target: TargetId, modelId = claude): string => {
  const result = told(prompt, target, optionsFor(modelId));
  return result.kind === 'refused' ? result.reason : 'converted';
};

const user = (...content: readonly object[]) => ({ role: 'user', content });
const hello = user({ text: 'Hello' });
const desk = read(
  '---\nvariables:\n  question: { example: Where is it? }\n  tone: { default: calm }\n  shop: { value: Fellgate }\n---\n# system:\n{{> ./rules.md}}\nWork for {{shop}} in a {{tone}} tone.\n<!-- cachePoint ttl=1h -->\n# user:\n{{question}}\n',
);

describe('a stored prompt', () => {
  const long = (characters: number) => converse({ system: [{ text: 'a'.repeat(characters - 5) }], messages: [hello] });
  it('has 200,000 characters at most', () => {
    assert.equal(reason(long(200_000), 'prompt-management'), 'converted');
    for (const target of ['prompt-management', 'cloudformation'] as const)
      assert.match(reason(long(200_001), target), /its texts have 200001 characters, and 200000 are allowed\.$/);
    assert.equal(reason(long(200_001), 'boto3'), 'converted');
  });
});

describe('variables', () => {
  it('are parameters of a function in Python', () => {
    assert.equal(
      text(desk, 'boto3'),
      `import boto3

client = boto3.client("bedrock-runtime")


def desk(*, question: str, tone: str = "calm"):
    return client.converse(
        modelId="us.anthropic.claude-sonnet-4-6",
        system=[
            {
                "text": f"""Be kind.
Work for Fellgate in a {tone} tone.""",
            },
            {"cachePoint": {"type": "default", "ttl": "1h"}},
        ],
        messages=[{"role": "user", "content": [{"text": question}]}],
    )
`,
    );
  });

  it('are parameters of a function in TypeScript', () => {
    assert.match(
      text(desk, 'aws-sdk-js'),
      /export const desk = \(\{ question, tone = 'calm' \}: \{ question: string; tone\?: string \}\) => \{/,
    );
    assert.ok(text(desk, 'aws-sdk-js').includes('Work for Fellgate in a ${tone} tone.`'));
  });

  it('stay variables in Prompt Management and in a prompt file', () => {
    assert.deepEqual(JSON.parse(text(desk, 'prompt-management')).variants[0].templateConfiguration.chat.inputVariables, [
      { name: 'tone' },
      { name: 'question' },
    ]);
    assert.equal(text(desk, 'bedrock-prompt'), desk.sources[0]?.text);
    assert.deepEqual(notes(desk, 'prompt-management'), [
      'Variables have no defaults here: give tone with each call.',
      'There are no includes here: the text of rules.md is part of the prompt, and follows the file no more.',
      'The lifetime 1h is left out: cache points have no lifetime of their own here.',
    ]);
  });

  it('have their values in JSON, of a row where one is given', () => {
    assert.match(text(desk, 'converse'), /"text": "Where is it\?"/);
    assert.deepEqual(notes(desk, 'converse'), ['There are no variables here: tone and question have their values or examples.']);
    const row = convert(desk, 'converse', { ...optionsFor(claude), values: { question: 'And now?' } });
    assert.ok(row.kind === 'converted' && row.text.includes('"And now?"'));
  });

  it('are given names that a language takes', () => {
    const odd = read('# user:\n{{class}} {{a.b}} {{a_b}} {{client}} {{lambda-x}}\n');
    assert.match(text(odd, 'boto3'), /def desk\(\*, class_: str, a_b: str, a_b_2: str, client_: str, lambda_x: str\):/);
    assert.match(text(odd, 'aws-sdk-js'), /\(\{ class_, aB, aB_2, client_, lambdaX \}/);
    assert.deepEqual(notes(odd, 'prompt-management').slice(0, 1), [
      'Renamed, because names have only letters, digits, - and _ here: a.b to a_b and a_b to a_b_2.',
    ]);
  });
});

describe('files', () => {
  const prompt = read('# user:\n![](./cat.png)\n[Terms](./terms.pdf)\nLook.\n');

  it('are read by a program, and stand as base64 in JSON', () => {
    assert.match(text(prompt, 'boto3'), /"bytes": Path\("cat\.png"\)\.read_bytes\(\)/);
    assert.match(text(prompt, 'boto3'), /^import boto3\n|from pathlib import Path/);
    assert.match(text(prompt, 'aws-sdk-js'), /bytes: readFileSync\('terms\.pdf'\)/);
    assert.match(text(prompt, 'anthropic-sdk'), /"data": base64\.b64encode\(Path\("cat\.png"\)\.read_bytes\(\)\)\.decode\(\)/);
    assert.match(text(prompt, 'converse'), /"bytes": "iVBORw=="/);
    assert.deepEqual(notes(prompt, 'boto3'), ['The code reads cat.png and terms.pdf from the folder in which it runs.']);
  });

  it('stay lines of a prompt file', () => {
    const again = convert(prompt, 'bedrock-prompt', { ...optionsFor(claude), values: {} });
    assert.ok(again.kind === 'converted');
    assert.match(again.text, /# user:\n!\[image\]\(cat\.png\)\n\[Terms\]\(terms\.pdf\)\nLook\.\n$/);
  });

  it('that cannot be read hinder every conversion', () => {
    const missing = read('# user:\n![](./dog.png)\n');
    for (const target of targetIds)
      assert.equal(reason(missing, target), 'The prompt cannot be converted, because ./dog.png cannot be read.');
  });
});

describe('a body of InvokeModel', () => {
  const body = {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 9,
    metadata: { user_id: 'x' },
    thinking: { type: 'adaptive' },
    system: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello' }],
  };
  const prompt = read(JSON.stringify(body), 'messages');

  it('goes as it is where a client sends either', () => {
    assert.match(text(prompt, 'boto3'), /client\.invoke_model\([^]*"system": "Be brief\."/);
    assert.match(
      text(prompt, 'aws-cli'),
      /^aws bedrock-runtime invoke-model --model-id us\.anthropic\S+ --content-type application\/json --body /,
    );
    assert.deepEqual(JSON.parse(text(prompt, 'messages')), body);
  });

  it('is told in the terms of Converse, with what that has no member for', () => {
    const request = JSON.parse(text(prompt, 'converse'));
    assert.deepEqual(request, {
      modelId: claude,
      system: [{ text: 'Be brief.' }],
      messages: [hello],
      inferenceConfig: { maxTokens: 9 },
      additionalModelRequestFields: { thinking: { type: 'adaptive' } },
    });
    assert.deepEqual(notes(prompt, 'converse'), ['Left out, because there is no place for it here: metadata.']);
  });

  const lost: Readonly<Record<string, object>> = {
    'tools.0.type': { tools: [{ type: 'bash_20250124', name: 'bash' }] },
    'tool_choice.disable_parallel_tool_use': {
      tools: [{ name: 'a', input_schema: {} }],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    },
    'messages.0.content.0.source.url': {
      messages: [user({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } })],
    },
    'messages.0.content.0.citations': { messages: [user({ type: 'text', text: 'a', citations: [{ type: 'char_location' }] })] },
  };
  for (const [what, part] of Object.entries(lost))
    it(`is not told in the terms of Converse where a part of it would be lost: ${what}`, () => {
      const wide = read(JSON.stringify({ ...body, ...part }), 'messages');
      assert.match(reason(wide, 'converse'), /^The prompt cannot be written as Converse request \(JSON\), because there is no place for /);
    });

  it('for Nova is none for Claude', () => {
    const other = read(
      JSON.stringify({ schemaVersion: 'messages-v1', messages: [hello], inferenceConfig: { max_new_tokens: 5, topK: 3 } }),
      'nova',
    );
    for (const target of ['messages', 'anthropic-sdk'] as const)
      assert.match(reason(other, target, nova), /because it is a body for Amazon Nova, which reads no other\.$/);
    assert.deepEqual(JSON.parse(text(other, 'converse', nova)), {
      modelId: nova,
      messages: [hello],
      inferenceConfig: { maxTokens: 5 },
      additionalModelRequestFields: { inferenceConfig: { topK: 3 } },
    });
  });
});

describe('what a target has no place for', () => {
  const refused: readonly (readonly [string, TargetId, Prompt, RegExp])[] = [
    ['another model', 'messages', converse({ messages: [hello] }), /because Amazon Nova Pro does not read such a body\.$/],
    [
      'guard content',
      'messages',
      converse({ messages: [user({ guardContent: { text: { text: 'a' } } })] }),
      /no place for guardContent in it\.$/,
    ],
    [
      'two members',
      'langchain',
      converse({ messages: [user({ text: 'a', image: {} })] }),
      /because text, image is not what the API takes there\.$/,
    ],
    [
      'a text for a list',
      'messages',
      converse({ messages: [{ role: 'user', content: 'a' }] }),
      /because content is not what the API takes there\.$/,
    ],
    [
      'a point with nothing before it',
      'messages',
      converse({ messages: [user({ cachePoint: { type: 'default' } }, { text: 'a' })] }),
      /a cache point stands first in its list/,
    ],
    [
      'an image',
      'prompt-management',
      converse({ messages: [user({ image: { format: 'png', source: { bytes: 'AAAA' } } })] }),
      /no place for image in it\.$/,
    ],
    [
      'a document',
      'ai-sdk',
      converse({ messages: [user({ document: { format: 'pdf', name: 'a', source: { bytes: 'AAAA' } } })] }),
      /no place for document in it\.$/,
    ],
    [
      'an image in a bucket',
      'anthropic-sdk',
      converse({ messages: [user({ image: { format: 'png', source: { s3Location: { uri: 's3://a/b' } } } })] }),
      /no place for image\.source in it\.$/,
    ],
    [
      'twenty-one variables',
      'cloudformation',
      read(`# user:\n${Array.from({ length: 21 }, (_, at) => `{{v${at}}}`).join(' ')}\n`),
      /because it has 21 variables, and 20 are allowed\.$/,
    ],
    [
      'braces',
      'prompt-management',
      read('# user:\nWrite \\{{name}} here.\n'),
      /because "Write \{\{name\}\} here\." would be read with a variable in it\.$/,
    ],
    [
      'two turns of one role',
      'bedrock-prompt',
      converse({ messages: [hello, hello] }),
      /because two messages of the role user that follow each other would become one\.$/,
    ],
    ['broken syntax', 'converse', read('{ "messages": [', 'converse-json'), /Fix its syntax first\.$/],
  ];
  for (const [what, target, prompt, expected] of refused)
    it(`is refused in one sentence: ${what}, ${target}`, () => {
      assert.match(reason(prompt, target, what === 'another model' ? nova : claude), expected);
    });

  it('is noted where it is no part of the prefix', () => {
    const prompt = converse({
      messages: [hello],
      system: [{ text: 'a' }, { cachePoint: { type: 'default' } }, { cachePoint: { type: 'default' } }],
      guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' },
      requestMetadata: { team: 'x' },
    });
    assert.deepEqual(notes(prompt, 'messages'), [
      'Left out, because there is no place for it here: guardrailConfig and requestMetadata.',
      'max_tokens is 4096, because a body must have one and the prompt has none.',
      'Of cache points straight after each other only one is left.',
    ]);
    const tools = converse({
      messages: [hello],
      toolConfig: { tools: [{ toolSpec: { name: 'a', inputSchema: { json: {} } } }, { cachePoint: { type: 'default' } }] },
    });
    assert.match(notes(tools, 'ai-sdk')[0] ?? '', /^The cache point after the tools is left out/);
  });
});

describe('a client that writes some things in its own way', () => {
  const tool = (description?: string) => ({
    toolSpec: { name: 'find', ...(description === undefined ? {} : { description }), inputSchema: { json: {} } },
  });
  const use = { toolUse: { toolUseId: 't', name: 'find', input: { street_name: 'a' } } };

  it('keeps names in the input of a tool, and white space, in LangChain', () => {
    const prompt = converse({
      messages: [
        hello,
        { role: 'assistant', content: [{ text: 'I look. ' }, use] },
        user({ toolResult: { toolUseId: 't', content: [{ text: 'b' }] } }),
      ],
      toolConfig: { tools: [tool('Finds.')] },
    });
    assert.match(text(prompt, 'langchain'), /tool_calls=\[\{"name": "find", "args": \{"street_name": "a"\}, "id": "t"\}\]/);
    assert.match(text(prompt, 'langchain'), /\{"text": "I look\. "\}/);
  });

  const changed: readonly (readonly [string, TargetId, Prompt])[] = [
    ['a tool without a description', 'langchain', converse({ messages: [hello], toolConfig: { tools: [tool()] } })],
    ['uses of tools without the tools', 'langchain', converse({ messages: [hello, { role: 'assistant', content: [use] }] })],
    ['a message without content', 'langchain', converse({ messages: [user()] })],
    ['an empty text', 'langchain', converse({ messages: [user({ text: '' })] })],
    ['an empty text', 'ai-sdk', converse({ messages: [user({ text: '' })] })],
    [
      'white space at the end of the last message',
      'ai-sdk',
      converse({ messages: [hello, { role: 'assistant', content: [{ text: 'So: ' }] }] }),
    ],
    [
      'reasoningContent without a signature',
      'ai-sdk',
      converse({ messages: [hello, { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Hm.' } } }] }] }),
    ],
  ];
  for (const [what, target, prompt] of changed)
    it(`is given nothing that would become another: ${what}, ${target}`, () => {
      assert.ok(reason(prompt, target).endsWith(`because there is no place for ${what} in it.`), reason(prompt, target));
    });
});

describe('a prompt of a program', () => {
  const code = (source: string): Prompt => theOne(readCode(source, 'a.py', noFiles).prompts[0]).read();
  const start = 'import boto3\nclient = boto3.client("bedrock-runtime")\n';

  it('has variables for what only the program knows', () => {
    const prompt = code(
      `${start}def ask(history, user):\n    return client.converse(modelId="${claude}", system=[{"text": f"For {user.name}."}], messages=history)\n`,
    );
    assert.match(text(prompt, 'converse'), /"text": "For \{\{user_name\}\}\."[^]*"text": "\{\{history\}\}"/);
    assert.deepEqual(notes(prompt, 'converse'), [
      'What only the program knows is a variable now: user_name for user.name and history for history.',
    ]);
  });

  it('is not converted where that is no text', () => {
    const prompt = code(
      `${start}def ask(tools):\n    return client.converse(modelId="${claude}", messages=[], toolConfig={"tools": tools})\n`,
    );
    assert.match(reason(prompt, 'boto3'), /a part of it that is no text is known only when the program runs: tools\.$/);
  });

  it('asks for a model that is not known', () => {
    const prompt = code(
      `${start}def ask(m):\n    return client.converse(modelId=m, messages=[{"role": "user", "content": [{"text": "a"}]}])\n`,
    );
    assert.match(text(prompt, 'boto3', ''), /def desk\(\*, model_id: str\):\n {4}return client\.converse\(\n? *modelId=model_id/);
    assert.ok(notes(prompt, 'boto3', '').includes('The prompt names no model, so it has to be given.'));
    assert.match(text(prompt, 'aws-cli', ''), /--model-id "\$MODEL_ID"/);
  });
});

describe('what is told', () => {
  it('is short, and ends as a sentence does', () => {
    const many = Array.from({ length: 40 }, (_, at) => `{{a_very_long_name_of_a_variable_that_goes_on_and_on_${at}}}`).join(' ');
    const prompt = read(`# user:\n${many}\n`);
    const all = targetIds.flatMap((target) => [...notes(prompt, target), reason(prompt, target)]);
    for (const sentence of all.filter((one) => one !== 'converted' && one !== 'refused')) {
      assert.ok(sentence.length < 400, sentence);
      assert.match(sentence, /[.:]$/);
    }
    assert.ok(all.length > 12);
  });
});
