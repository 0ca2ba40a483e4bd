import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConverseRequest } from '../../../../src/core/request/types';
import { estimateRequest, estimateText } from '../../../../src/core/tokens/estimate';
import type { TokenModel } from '../../../../src/core/tokens/estimate';

const sonnet46: TokenModel = { tokens: 'claude-3', toolPrompt: [497, 589] };
const sonnet45: TokenModel = { tokens: 'claude-3', toolPrompt: [496, 588] };
const opus5: TokenModel = { tokens: 'claude-5', toolPrompt: [286, 406] };
const marker = { cachePoint: { type: 'default' } } as const;
const weather = {
  toolSpec: {
    name: 'get_weather',
    description: 'Get the weather for a location.',
    inputSchema: { json: { properties: { location: { type: 'string' } }, required: ['location'], type: 'object' } },
  },
};
const ask = (text: string): ConverseRequest => ({ modelId: 'm', messages: [{ role: 'user', content: [{ text }] }] });
const near = (actual: number, expected: number, by: number): void =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not within ${by} of ${expected}`);

describe('estimating a request', () => {
  it('adds the frame to a first message', () => {
    near(estimateRequest(ask('Hi there!'), sonnet46).total.likely, 10, 1);
    near(estimateRequest(ask('Hello'), opus5).total.likely - estimateText('Hello', 'claude-5').likely, 6, 0.1);
  });

  it('charges the hidden tool prompt and a tool as they were recorded', () => {
    const request = { ...ask('What is the weather in San Francisco, CA?'), toolConfig: { tools: [weather] } };
    near(estimateRequest(request, { tokens: 'claude-5', toolPrompt: [354, 474] }).total.likely, 446, 6);
  });

  it('charges a tool call and its result as they were recorded', () => {
    const request: ConverseRequest = {
      modelId: 'm',
      messages: [
        { role: 'user', content: [{ text: 'What is the weather in San Francisco, CA?' }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'get_weather', input: { location: 'San Francisco, CA' } } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: "It's sunny." }] } }] },
      ],
      toolConfig: { tools: [weather] },
    };
    near(estimateRequest(request, { tokens: 'claude-5', toolPrompt: [354, 474] }).total.likely, 512, 12);
  });

  it('lists blocks in the order tools, system, messages, markers with nothing of their own', () => {
    const { blocks } = estimateRequest(
      { ...ask('Question?'), system: [{ text: 'Be brief.' }, marker], toolConfig: { tools: [weather, marker] } },
      sonnet46,
    );
    assert.deepEqual(
      blocks.map(({ place }) => place),
      [
        { field: 'tools', index: 0 },
        { field: 'tools', index: 1 },
        { field: 'system', index: 0 },
        { field: 'system', index: 1 },
        { field: 'messages', message: 0, index: 0 },
      ],
    );
    assert.equal(blocks[1]?.own.likely, 0);
    assert.deepEqual(blocks[1]?.prefix, blocks[0]?.prefix);
  });

  it('ends the prefix of the last message short of the whole by the closing frame', () => {
    for (const [model, closing] of [
      [sonnet46, 3],
      [opus5, 2],
    ] as const) {
      const request: ConverseRequest = { modelId: 'm', messages: [{ role: 'user', content: [{ text: 'A question.' }, marker] }] };
      const { blocks, total } = estimateRequest(request, model);
      assert.equal(total.likely - (blocks.at(-1)?.prefix.likely ?? 0), closing);
    }
  });

  it('makes the prefix after tools or system of the first part of the tool prompt, tools and text, and what a message leaves of the rest', () => {
    const request: ConverseRequest = { ...ask('Q'), system: [{ text: 'Be brief.' }, marker], toolConfig: { tools: [weather, marker] } };
    const { blocks } = estimateRequest(request, sonnet46);
    const tool = estimateRequest({ ...ask('Q'), toolConfig: { tools: [weather] } }, { tokens: 'claude-3', toolPrompt: [0, 0] }).blocks[0];
    const content = (tool?.own.likely ?? 0) + estimateText('Be brief.', 'claude-3').likely;
    near(blocks[3]?.prefix.likely ?? 0, 182 + content, 0.01);
    near(blocks[1]?.prefix.likely ?? 0, 182 + (tool?.own.likely ?? 0), 0.01);
  });

  it('leaves as much of the hidden tool prompt behind a point after system as was recorded', () => {
    const request: ConverseRequest = { ...ask('Q'), system: [{ text: 'Be brief.' }, marker], toolConfig: { tools: [weather] } };
    const left = (toolChoice: object | undefined): number => {
      const { blocks, total } = estimateRequest(
        { ...request, toolConfig: { tools: [weather], ...(toolChoice && { toolChoice }) } } as ConverseRequest,
        sonnet45,
      );
      return total.likely - (blocks[2]?.prefix.likely ?? 0) - estimateText('Q', 'claude-3').likely - 8;
    };
    near(left(undefined), 314, 2);
    near(left({ tool: { name: 'get_weather' } }), 411, 3);
  });

  it('knows the whole of the hidden tool prompt better than where it stands', () => {
    const request: ConverseRequest = { ...ask('Q'), system: [{ text: 'Be brief.' }, marker], toolConfig: { tools: [weather] } };
    const { blocks, total } = estimateRequest(request, opus5);
    const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high - low;
    assert.ok(width(blocks[1]?.prefix ?? total) > 100 && width(total) < 50, `${width(blocks[1]?.prefix ?? total)} ${width(total)}`);
  });

  it('has all of the hidden tool prompt and the opening before a point after system on Nova', () => {
    const request: ConverseRequest = { ...ask('Q'), system: [{ text: 'Be brief.' }, marker], toolConfig: { tools: [weather] } };
    const { blocks, total } = estimateRequest(request, { tokens: 'nova-2', toolPrompt: [818, 818] });
    near(total.likely - (blocks[2]?.prefix.likely ?? 0), estimateText('Q', 'nova-2').likely, 0.01);
    const { blocks: bare } = estimateRequest({ ...ask('Q'), system: [{ text: 'Be brief.' }, marker] }, { tokens: 'nova-2' });
    near(bare[0]?.prefix.likely ?? 0, 46 + estimateText('Be brief.', 'nova-2').likely, 0.01);
  });

  it('counts what Nova adds for tools as it was recorded', () => {
    const add = {
      toolSpec: {
        description: 'Add x and y together',
        inputSchema: {
          json: {
            properties: {
              x: { description: 'The first number to add', type: 'number' },
              y: { description: 'The second number to add', type: 'number' },
            },
            required: ['x', 'y'],
            type: 'object',
          },
        },
        name: 'add',
      },
    };
    const any: ConverseRequest = {
      ...ask('Use the add tool to calculate 20 + 22.'),
      toolConfig: { tools: [add], toolChoice: { any: {} } },
    };
    near(estimateRequest(any, { tokens: 'nova-1', toolPrompt: [345, 345] }).total.likely, 434, 8);
  });

  it('charges a forced choice more, behind the system prompt', () => {
    const base: ConverseRequest = { ...ask('Q'), system: [{ text: 'Be brief.' }] };
    const auto = estimateRequest({ ...base, toolConfig: { tools: [weather] } }, sonnet46);
    const any = estimateRequest({ ...base, toolConfig: { tools: [weather], toolChoice: { any: {} } } }, sonnet46);
    near(any.total.likely - auto.total.likely, 92, 0.01);
    near((any.blocks[1]?.prefix.likely ?? 0) - (auto.blocks[1]?.prefix.likely ?? 0), 0, 0.01);
  });

  it('knows thinking under all its names', () => {
    const with_ = (name: string, type: string, model: TokenModel): number =>
      estimateRequest({ ...ask('Q'), additionalModelRequestFields: { [name]: { type } } } as ConverseRequest, model).total.likely -
      estimateRequest(ask('Q'), model).total.likely;
    for (const name of ['thinking', 'reasoning_config']) near(with_(name, 'enabled', sonnet46), 28, 0.01);
    near(with_('reasoningConfig', 'enabled', { tokens: 'nova-2' }), 57, 0.01);
    near(with_('thinking', 'adaptive', sonnet46), 16, 0.01);
    near(with_('thinking', 'disabled', sonnet46), 0, 0.01);
  });

  it('shows a schema to Claude as it does over the Messages API, and to no other model', () => {
    const schema = { type: 'object', properties: { town: { type: 'string' } }, required: ['town'] };
    const asked = (outputConfig: object, model: TokenModel): number =>
      estimateRequest({ ...ask('Q'), ...outputConfig } as ConverseRequest, model).total.likely -
      estimateRequest(ask('Q'), model).total.likely;
    const converse = {
      outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(schema) } } } },
    };
    const body = { additionalModelRequestFields: { output_config: { format: { type: 'json_schema', schema } } } };
    const shown = 81 + estimateText(JSON.stringify(schema, undefined, 2), 'claude-3').likely;
    near(asked(converse, sonnet46), shown, 0.01);
    near(asked(body, sonnet46), shown, 0.01);
    near(asked(converse, { ...sonnet46, hidesOutputSchema: true }), 0, 0.01);
    near(asked(converse, { tokens: 'mistral' }), 0, 0.01);
    const broken = { outputConfig: { textFormat: { structure: { jsonSchema: { schema: '{"type": ' } } } } };
    near(asked(broken, sonnet46), 81 + estimateText('{"type": ', 'claude-3').likely, 0.01);
  });

  it('has blocks that sum to the prefix they lead to', () => {
    const request: ConverseRequest = { ...ask('One\n'), system: [{ text: 'Two' }, marker, { text: 'Three' }] };
    const { blocks } = estimateRequest(request, sonnet46);
    let sum = 0;
    for (const block of blocks) near((sum += block.own.likely), block.prefix.likely, 1e-9);
  });

  it('widens the band for what cannot be seen, and says zero tokens for nothing', () => {
    const video = { video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/film.mp4' } } } };
    const seen = estimateRequest(ask('Q'), sonnet46).total;
    const unseen = estimateRequest({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Q' }, video] }] }, sonnet46).total;
    assert.ok(unseen.high - unseen.low > 100 * (seen.high - seen.low));
  });
});

describe('estimating what is no request', () => {
  const names = [
    'toolConfig',
    'tools',
    'toolSpec',
    'inputSchema',
    'json',
    'system',
    'messages',
    'content',
    'text',
    'role',
    'image',
    'source',
  ];
  const more = [
    'bytes',
    'document',
    'format',
    'toolUse',
    'input',
    'toolResult',
    'cachePoint',
    'reasoningContent',
    'toolChoice',
    'tool',
    'any',
  ];
  const key = fc.constantFrom(...names, ...more);
  const odd = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, undefined, true, -1, NaN, 1e308, '', 'text', '%PDF-1.4 /Type /Page', 'iVBORw0KGgo='),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  })).value;

  it('takes any JSON without an exception or an unsound number', () => {
    fc.assert(
      fc.property(odd, fc.constantFrom<TokenModel>(sonnet46, opus5, { tokens: 'nova-2' }, { tokens: 'other' }), (value, model) => {
        const estimate = estimateRequest(value as unknown as ConverseRequest, model); // half-typed input is of any shape
        for (const { low, likely, high } of [estimate.total, ...estimate.blocks.flatMap(({ own, prefix }) => [own, prefix])]) {
          assert.ok(Number.isFinite(high) && low >= 0 && low <= likely && likely <= high, `${low} ${likely} ${high}`);
        }
      }),
      { numRuns: 400 },
    );
  });
});
