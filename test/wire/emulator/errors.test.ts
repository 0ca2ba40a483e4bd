import assert from 'node:assert/strict';

import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { ConverseCommand, CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';

import type { Bench } from './bench';
import { assistant, cachePoint, nova, openBench, prose, sonnet, tool, user } from './bench';

const hello = user({ text: 'Hello' });
const converse = (over: Partial<ConverseCommandInput>): ConverseCommandInput => ({ modelId: sonnet, messages: [hello], ...over });
const document = (format: 'pdf' | 'csv') => ({ document: { format, name: 'figures', source: { bytes: new Uint8Array([1, 2, 3]) } } });
const use = (toolUseId: string) => ({ toolUse: { toolUseId, name: 'lookup', input: {} } });
const result = (toolUseId: string) => ({ toolResult: { toolUseId, content: [{ text: 'found' }] } });
const tools = { tools: [tool('lookup')] };

interface Refusal {
  readonly when: string;
  readonly input: ConverseCommandInput;
  readonly name?: string;
  readonly status?: number;
  readonly says: string;
}

/** Numbers are those of `docs/emulator.md`. */
const refusals: readonly Refusal[] = [
  {
    when: 'E1: the bare id of a model that runs through profiles only',
    input: converse({ modelId: 'anthropic.claude-opus-4-8' }),
    says: 'Invocation of model ID anthropic.claude-opus-4-8 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  },
  {
    when: 'E3: a cache point on a model without caching',
    input: converse({ modelId: 'meta.llama3-1-8b-instruct-v1:0', messages: [user({ text: 'Hello' }, cachePoint())] }),
    name: 'AccessDeniedException',
    status: 403,
    says: 'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
  },
  {
    when: 'E4: five cache points',
    input: converse({ messages: [user(...['a', 'b', 'c', 'd', 'e'].flatMap((text) => [{ text }, cachePoint()]))] }),
    says: 'The model returned the following errors: A maximum of 4 blocks with cache_control may be provided. Found 5.',
  },
  {
    when: 'E5: an hour after five minutes',
    input: converse({ system: [{ text: 'a' }, cachePoint()], messages: [hello, assistant('Yes'), user({ text: 'b' }, cachePoint('1h'))] }),
    says: "messages.2.content.0.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
  },
  {
    when: 'E6: an hour on Nova',
    input: converse({ modelId: nova, system: [{ text: 'a' }, cachePoint('1h')] }),
    says: 'Extended TTL prompt caching is only supported for Anthropic models',
  },
  {
    when: 'E8: a cache point after reasoning',
    input: converse({
      messages: [
        hello,
        {
          role: 'assistant',
          content: [{ reasoningContent: { reasoningText: { text: 'so', signature: 'c2ln' } } }, cachePoint(), { text: 'Yes' }],
        },
        hello,
      ],
    }),
    says: 'Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.',
  },
  {
    when: 'E9: a cache point with nothing before it in its list',
    input: converse({ messages: [user(cachePoint(), { text: 'Hello' })] }),
    says: 'There is nothing available to cache. Please remove the invalid cache point and try again.',
  },
  {
    when: 'E9: a system prompt of a cache point alone',
    input: converse({ system: [cachePoint()] }),
    says: 'There is nothing available to cache. Please remove the invalid cache point and try again.',
  },
  {
    when: 'E10: blank text',
    input: converse({ messages: [user({ text: 'Hello' }, { text: ' \n' })] }),
    says: 'The text field in the ContentBlock object at messages.0.content.1 is blank. Add text to the text field, and try again.',
  },
  {
    when: 'E11: a cache point straight after a document that is not a PDF',
    input: converse({ messages: [user({ text: 'See' }, document('csv'), cachePoint(), { text: 'and say' })] }),
    says: 'messages.0.content.2.type: Field required',
  },
  {
    when: 'E12: a cache point among Nova’s tools',
    input: converse({ modelId: nova, toolConfig: { tools: [tool('lookup'), cachePoint()] } }),
    says: 'Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not permitted, please reformat your input and try again.',
  },
  {
    when: 'E12: a cache point beside Nova’s tool results',
    input: converse({
      modelId: nova,
      toolConfig: tools,
      messages: [hello, { role: 'assistant', content: [use('t1')] }, user(result('t1'), cachePoint())],
    }),
    says: 'Malformed input request: #/messages/2/content/0: extraneous key [cachePoint] is not permitted, please reformat your input and try again.',
  },
  {
    when: 'E16: what cannot be the id of a model',
    input: converse({ modelId: 'anthropic.claude nonsense' }),
    says: 'The provided model identifier is invalid.',
  },
  {
    when: 'E17: a retired model',
    input: converse({ modelId: 'us.amazon.nova-premier-v1:0' }),
    name: 'ResourceNotFoundException',
    status: 404,
    says: 'This model version has reached the end of its life.',
  },
  {
    when: 'E20: more than Nova’s context window',
    input: converse({ modelId: 'us.amazon.nova-micro-v1:0', messages: [user({ text: 'word '.repeat(200_000) })] }),
    says: 'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.',
  },
  {
    when: 'E21: a video for Claude',
    input: converse({ messages: [user({ text: 'See' }, { video: { format: 'mp4', source: { bytes: new Uint8Array([1]) } } })] }),
    says: "This model doesn't support the video content block that you provided. Update the content block and try again.",
  },
  {
    when: 'E21: an image in S3 for Claude',
    input: converse({
      messages: [user({ text: 'See' }, { image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png' } } } })],
    }),
    says: "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
  },
  {
    when: 'a conversation that starts with the assistant, on Nova',
    input: converse({ modelId: nova, messages: [assistant('Hello'), hello] }),
    says: 'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
  },
  {
    when: 'an empty conversation',
    input: converse({ messages: [] }),
    says: 'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
  },
  {
    when: 'a message without content',
    input: converse({ messages: [hello, { role: 'assistant', content: [] }] }),
    says: 'The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field and try again.',
  },
  {
    when: 'more maxTokens than the model gives',
    input: converse({ inferenceConfig: { maxTokens: 64_001 } }),
    says: 'The maximum tokens you requested exceeds the model limit of 64000. Try again with a maximum tokens value that is lower than 64000.',
  },
  {
    when: 'tool calls without toolConfig',
    input: converse({ messages: [hello, { role: 'assistant', content: [use('t1')] }, user(result('t1'))] }),
    says: 'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
  },
  {
    when: 'a tool call without its result',
    input: converse({ toolConfig: tools, messages: [hello, { role: 'assistant', content: [use('t1'), use('t2')] }, user(result('t1'))] }),
    says: 'Expected toolResult blocks at messages.2.content for the following Ids: t2',
  },
  {
    when: 'a tool result without its call',
    input: converse({ toolConfig: tools, messages: [user(result('t1'))] }),
    says: 'The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.',
  },
  {
    when: 'two tools of one name',
    input: converse({ toolConfig: { tools: [tool('lookup'), tool('lookup')] } }),
    says: 'The model returned the following errors: tools: Tool names must be unique.',
  },
  {
    when: 'a tool name with a dot',
    input: converse({ toolConfig: { tools: [tool('look.up')] } }),
    says: "1 validation error detected: Value 'look.up' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
  },
  {
    when: 'a tool name of 65 characters',
    input: converse({ toolConfig: { tools: [tool('a'.repeat(65))] } }),
    says: `1 validation error detected: Value '${'a'.repeat(65)}' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must have length less than or equal to 64`,
  },
  {
    when: 'a chosen tool that is not there',
    input: converse({ toolConfig: { ...tools, toolChoice: { tool: { name: 'other' } } } }),
    says: "The model returned the following errors: Tool 'other' not found in provided tools",
  },
];

describe('what the emulated service refuses', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());

  for (const { when, input, says, name = 'ValidationException', status = 400 } of refusals)
    it(when, async () => {
      await assert.rejects(bench.client.send(new ConverseCommand(input)), (error: Error & { $metadata: { httpStatusCode?: number } }) => {
        assert.deepEqual([error.name, error.$metadata.httpStatusCode, error.message], [name, status, says]);
        return true;
      });
    });

  it('E7 and E13: an hour on an older Claude, and caching with latency-optimized inference', async () => {
    // Both need a model that has since reached its end of life.
    const early = await openBench({ now: () => Date.UTC(2026, 0, 1) });
    const haiku = 'us.anthropic.claude-3-5-haiku-20241022-v1:0';
    const message = async (ttl: '5m' | '1h', more: object): Promise<string | undefined> =>
      (await early.post(`/model/${haiku}/converse`, { system: [{ text: 'a' }, cachePoint(ttl)], messages: [hello], ...more })).body.message;
    assert.equal(await message('1h', {}), 'system.0.cache_control.ephemeral.ttl: Extra inputs are not permitted');
    assert.equal(
      await message('5m', { performanceConfig: { latency: 'optimized' } }),
      'system.0.cache_control: Extra inputs are not permitted',
    );
    await early.close();
  });

  it('E15: counting for a profile id, and for a model that does not count', async () => {
    for (const modelId of [sonnet, 'anthropic.claude-opus-4-8', 'amazon.nova-lite-v1:0'])
      await assert.rejects(bench.client.send(new CountTokensCommand({ modelId, input: { converse: { messages: [hello] } } })), {
        name: 'ValidationException',
        message: "The provided model doesn't support counting tokens.",
      });
  });

  it('E14: counting with server tools', async () => {
    const body = Buffer.from(
      JSON.stringify({
        anthropic_version: 'x',
        max_tokens: 1,
        messages: [{ role: 'user', content: 'a' }],
        tools: [{ type: 'web_search_20250305', name: 'web_search' }],
      }),
    ).toString('base64');
    const answer = await bench.post('/model/anthropic.claude-sonnet-4-5-20250929-v1:0/count-tokens', { input: { invokeModel: { body } } });
    assert.match(answer.body.message ?? '', /^tools\.0: Input tag 'web_search_20250305' found using 'type'/);
  });

  const raw = async (body: unknown): Promise<string> => {
    const answer = await bench.post(`/model/${sonnet}/converse`, body);
    assert.equal(answer.status, 400);
    return `${answer.error ?? ''}: ${answer.body.message ?? ''}`;
  };

  it('refuses unknown members, two members in one block, and missing ones', async () => {
    assert.match(
      await raw({ messages: [hello], colour: 'red' }),
      /^ValidationException: Malformed input request: #: extraneous key \[colour\]/,
    );
    assert.match(
      await raw({ messages: [{ role: 'user', content: [{ text: 'a', cachePoint: { type: 'default' } }] }] }),
      /at messages\.0\.content\.0 must set only one of/,
    );
    assert.match(
      await raw({ messages: [{ role: 'user', content: [{}] }] }),
      /^ValidationException: ContentBlock object at messages\.0\.content\.0 must set one of/,
    );
    assert.match(
      await raw({ messages: [{ content: [{ text: 'a' }] }] }),
      /Value at 'messages\.1\.member\.role' failed .* must not be null/,
    );
    assert.match(await raw({ messages: [{ role: 'robot', content: [{ text: 'a' }] }] }), /enum value set: \[user, assistant, system\]/);
    assert.match(await raw({ messages: 'Hello' }), /^SerializationException: /);
    assert.match(await raw('{"messages": ['), /^SerializationException: /);
  });

  it('refuses a cache point inside a tool result', async () => {
    const inside = { toolResult: { toolUseId: 't1', content: [{ text: 'found' }, cachePoint()] } };
    const says = await raw({
      toolConfig: tools,
      messages: [hello, { role: 'assistant', content: [use('t1')] }, { role: 'user', content: [inside] }],
    });
    assert.match(says, /#\/messages\/2\/content\/0\/toolResult\/content\/1: extraneous key \[cachePoint\]/);
  });

  it('refuses wrong Messages bodies in that API’s words', async () => {
    const base = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] };
    const says = async (over: object): Promise<string> =>
      (await bench.post(`/model/${sonnet}/invoke`, { ...base, ...over })).body.message ?? '';
    assert.equal(await says({ max_tokens: undefined }), 'max_tokens: Field required');
    assert.equal(await says({ cache_control: { type: 'ephemeral' } }), 'cache_control: Extra inputs are not permitted');
    assert.equal(
      await says({ system: [{ type: 'text', text: '', cache_control: { type: 'ephemeral' } }] }),
      'The model returned the following errors: system: text content blocks must be non-empty',
    );
    const marked = (ttl: string) => [{ type: 'text', text: prose(3), cache_control: { type: 'ephemeral', ttl } }];
    assert.match(
      await says({ system: marked('5m'), messages: [{ role: 'user', content: marked('1h') }] }),
      /^messages\.0\.content\.0\.cache_control\.ttl: a ttl='1h'/,
    );
    assert.match(await says({ system: marked('2h') }), /^system\.0\.cache_control\.ephemeral\.ttl: Input should be/);
    assert.match(await says({ messages: [{ role: 'user', content: [{ type: 'poem' }] }] }), /^messages\.0\.content\.0: Input tag 'poem'/);
  });

  it('accepts a PDF before a cache point, and text between a table and one', async () => {
    for (const content of [
      [{ text: 'See' }, document('pdf'), cachePoint()],
      [{ text: 'See' }, document('csv'), { text: 'and say' }, cachePoint()],
    ])
      await bench.client.send(new ConverseCommand(converse({ messages: [user(...content)] })));
  });
});
