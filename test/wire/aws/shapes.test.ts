import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { filesFrom, noFiles } from '../../../src/core/prompt/files';
import type { FormatId } from '../../../src/core/prompt/model';
import { wireCall } from '../../../src/core/formats/wireCall';
import { callBody } from '../../../src/core/request/json';
import type { Door, WireCall } from '../../../src/core/request/types';
import { runValues } from '../../../src/core/request/values';
import { defaultSettings } from '../../../src/core/settings';
import type { Json, JsonObject } from '../../../src/core/text/json';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { images } from '../../support/sentFiles';
import { analyzeOnly } from '../../support/onlyPrompt';
import { collect, targetAt } from './support/calls';
import { startRawBedrock, wholeAnswer, type RawBedrock } from './support/rawBedrock';

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const opus = 'us.anthropic.claude-opus-5';
const nova = 'us.amazon.nova-pro-v1:0';
const prompt = 'arn:aws:bedrock:us-east-1:111122223333:prompt/ABCDEFGHIJ:1';
const hello = { role: 'user', content: [{ text: 'Hello' }] };
const png = images.png(4, 4);
const text = (words: string): string => Buffer.from(words).toString('base64');
const tools = [{ toolSpec: { name: 'find', description: 'Finds.', inputSchema: { json: { type: 'object', properties: {} } } } }];

/** A request of each shape, as a file holds it, and the model that takes it. */
const shapes: readonly (readonly [shape: string, modelId: string, request: JsonObject])[] = [
  [
    'an image',
    sonnet,
    { messages: [{ role: 'user', content: [{ text: 'What is it?' }, { image: { format: 'png', source: { bytes: png } } }] }] },
  ],
  [
    'a document with citations',
    sonnet,
    {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'What does it say?' },
            {
              document: { format: 'txt', name: 'terms', source: { text: 'No refund.' }, context: 'Of 2026', citations: { enabled: true } },
            },
          ],
        },
      ],
    },
  ],
  [
    'documents by bytes and by parts',
    sonnet,
    {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Compare.' },
            { document: { format: 'csv', name: 'sums', source: { bytes: text('a,b\n1,2\n') } } },
            { document: { name: 'parts', source: { content: [{ text: 'One.' }, { text: 'Two.' }] } } },
          ],
        },
      ],
    },
  ],
  [
    'S3 locations',
    nova,
    {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Compare.' },
            { image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png', bucketOwner: '111122223333' } } } },
            { document: { format: 'pdf', name: 'report', source: { s3Location: { uri: 's3://bucket/report.pdf' } } } },
            { video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/a.mp4' } } } },
          ],
        },
      ],
    },
  ],
  ['tools and a forced choice', sonnet, { messages: [hello], toolConfig: { tools, toolChoice: { tool: { name: 'find' } } } }],
  [
    'a call of a tool, its result and reasoning of earlier turns',
    sonnet,
    {
      messages: [
        hello,
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } },
            { toolUse: { toolUseId: 't1', name: 'find', input: { a: 1.5 } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { b: 2 } }], status: 'success' } }] },
      ],
      toolConfig: { tools },
      inferenceConfig: { maxTokens: 4_000 },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2_000 } },
    },
  ],
  [
    'search results',
    sonnet,
    {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'May I?' },
            {
              searchResult: { source: 'https://a.example', title: 'Terms', content: [{ text: 'You may.' }], citations: { enabled: true } },
            },
          ],
        },
      ],
    },
  ],
  [
    'adaptive reasoning with effort',
    opus,
    { messages: [hello], additionalModelRequestFields: { thinking: { type: 'adaptive' } }, outputConfig: { effort: 'low' } },
  ],
  [
    'a guardrail with its trace, and a guarded text',
    sonnet,
    {
      messages: [{ role: 'user', content: [{ guardContent: { text: { text: 'May I?', qualifiers: ['query'] } } }] }],
      guardrailConfig: { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT', trace: 'enabled_full', streamProcessingMode: 'async' },
    },
  ],
  ['a service tier', 'us.amazon.nova-2-lite-v1:0', { messages: [hello], serviceTier: { type: 'flex' } }],
  ['latency-optimized inference', nova, { messages: [hello], performanceConfig: { latency: 'standard' } }],
  ['request metadata', sonnet, { messages: [hello], requestMetadata: { team: 'desk', ticket: 'A-1' } }],
  [
    'additional fields and response field paths',
    sonnet,
    { messages: [hello], additionalModelRequestFields: { top_k: 20 }, additionalModelResponseFieldPaths: ['/stop_sequence'] },
  ],
  [
    'a schema of the answer',
    sonnet,
    {
      messages: [hello],
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: {
            jsonSchema: {
              name: 'answer',
              schema: '{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}',
            },
          },
        },
      },
    },
  ],
  ['a stored prompt with its variables', prompt, { promptVariables: { question: { text: 'May I?' }, tenant: { text: 'Acme' } } }],
];

const sentFrom = (source: string, format: FormatId, files = noFiles): WireCall => {
  const { prompt: read, plan } = analyzeOnly(source, format, files, defaultSettings);
  return wireCall(read, runValues(read.header.variables, {}), plan.modelId, plan.door);
};

describe('aws: the shapes of requests', () => {
  let server: RawBedrock;
  let emulator: Emulator;
  before(async () => {
    server = await startRawBedrock();
    emulator = await createEmulator({ speed: 0 });
  });
  after(async () => {
    disposeClients();
    await server.close();
    await emulator.close();
  });
  const arrived = async (call: WireCall): Promise<string> => {
    server.answer((exchange) => exchange.stream(wholeAnswer()));
    await collect(targetAt(server.url), { call });
    return (await server.request(1)).text;
  };
  const answered = async (call: WireCall, door?: Door): Promise<unknown> => {
    const by = door === undefined ? call : ({ ...call, door } as WireCall);
    return (await collect(targetAt(emulator.url), { call: by })).at(-1);
  };

  for (const [shape, modelId, request] of shapes) {
    it(`sends ${shape} as the file has it`, async () => {
      const call = sentFrom(JSON.stringify({ modelId, ...request }, undefined, 2), 'converse-json');
      assert.equal(call.modelId, modelId);
      assert.equal(await arrived(call), JSON.stringify(request));
    });

    it(`is answered by the emulator for ${shape}, as a stream and in one piece`, async () => {
      const call = sentFrom(JSON.stringify({ modelId, ...request }), 'converse-json');
      const last = (await answered(call)) as { readonly type: string };
      assert.equal(last.type, 'finished', JSON.stringify(last));
      // Converse has no streamProcessingMode.
      const { guardrailConfig, ...rest } = request;
      const { streamProcessingMode: _stream, ...guardrail } = (guardrailConfig ?? {}) as JsonObject;
      const whole = guardrailConfig === undefined ? request : { ...rest, guardrailConfig: guardrail };
      const inOnePiece = (await answered(sentFrom(JSON.stringify({ modelId, ...whole }), 'converse-json'), 'Converse')) as {
        readonly type: string;
      };
      assert.equal(inOnePiece.type, 'finished', JSON.stringify(inOnePiece));
    });
  }

  it('sends each member of front matter, and files by their bytes', async () => {
    const members = {
      inferenceConfig: { maxTokens: 900, temperature: 0.5 },
      additionalModelRequestFields: { top_k: 20 },
      additionalModelResponseFieldPaths: ['/stop_sequence'],
      guardrailConfig: { guardrailIdentifier: 'abc123', guardrailVersion: '2', trace: 'enabled' },
      performanceConfig: { latency: 'standard' },
      serviceTier: { type: 'default' },
      requestMetadata: { team: 'desk' },
      outputConfig: { effort: 'low' },
    } satisfies JsonObject;
    const toolConfig = { tools, toolChoice: { auto: {} } };
    const source = `---\n${JSON.stringify({ modelId: opus, ...members, toolConfig }, undefined, 1)}\n---\n# user:\nLook at this.\n\n![It](./it.png)\n\n[Report](s3://bucket/report.pdf)\n`;
    const call = sentFrom(source, 'bedrock-prompt', filesFrom({ 'it.png': Buffer.from(png, 'base64') }));
    const body = JSON.parse(await arrived(call)) as Record<string, Json>;
    const { messages, toolConfig: sentTools, ...others } = body;
    assert.deepEqual(others, members);
    assert.deepEqual(sentTools, toolConfig);
    assert.deepEqual(messages, [
      {
        role: 'user',
        content: [
          { text: 'Look at this.' },
          { image: { format: 'png', source: { bytes: png } } },
          { document: { format: 'pdf', name: 'Report', source: { s3Location: { uri: 's3://bucket/report.pdf' } } } },
        ],
      },
    ]);
    assert.equal(await arrived(call), callBody(call));
  });

  it('sends request metadata of a body of InvokeModel in its header, where the body is as it was', async () => {
    const body = '{"anthropic_version":"bedrock-2023-05-31", "max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}';
    for (const door of ['InvokeModelWithResponseStream', 'InvokeModel'] as const) {
      const call: WireCall = { api: 'messages', door, modelId: sonnet, body, metadata: { 'cachepoint-prompt': 'a.json', team: 'desk' } };
      assert.equal(await arrived(call), body);
      const { headers } = await server.request(1);
      assert.equal(headers['x-amzn-bedrock-request-metadata'], '{"cachepoint-prompt":"a.json","team":"desk"}');
    }
  });

  it('sends the variables of a stored prompt, and no messages', async () => {
    const source = `---\nmodelId: ${prompt}\npromptVariables: { question: { text: May I? } }\n---\n`;
    const call = sentFrom(source, 'bedrock-prompt');
    assert.equal(call.modelId, prompt);
    assert.equal(await arrived(call), '{"promptVariables":{"question":{"text":"May I?"}}}');
    assert.equal(decodeURIComponent(server.exchanges[0]?.path ?? ''), `/model/${prompt}/converse-stream`);
  });
});
