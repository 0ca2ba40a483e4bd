import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import type { WireCall } from '../../../src/core/request/types';
import type { AnswerPart } from '../../../src/core/runs/parts';
import type { RunEvent } from '../../../src/core/runs/events';
import { call, collect, ofType, targetAt, textOf, typesOf } from './support/calls';
import { chunk, frame, messageStart, startRawBedrock, textDelta, type RawBedrock } from './support/rawBedrock';

const partsOf = (events: readonly RunEvent[]): readonly AnswerPart[] => ofType(events, 'part').map(({ part }) => part);

const location = { documentPage: { documentIndex: 0, start: 3, end: 4 } };
const cited: AnswerPart = {
  kind: 'citation',
  title: 'Terms',
  source: undefined,
  cited: 'Kettles may be returned.',
  place: { in: 'pages', document: 0, start: 3, end: 4 },
};
const guardrail = {
  inputAssessment: { g1: { contentPolicy: { filters: [{ type: 'INSULTS', confidence: 'HIGH', action: 'BLOCKED', detected: true }] } } },
  outputAssessments: {
    g1: [
      {
        sensitiveInformationPolicy: { piiEntities: [{ match: 'a@b.example', type: 'EMAIL', action: 'ANONYMIZED' }], regexes: [] },
        contextualGroundingPolicy: { filters: [{ type: 'GROUNDING', threshold: 0.7, score: 0.4, action: 'BLOCKED' }] },
      },
    ],
  },
  actionReason: 'Guardrail blocked.',
};
const guarded: AnswerPart = {
  kind: 'guardrail',
  reason: 'Guardrail blocked.',
  findings: [
    { guardrail: 'g1', side: 'input', policy: 'contentPolicy', name: 'INSULTS', match: undefined, action: 'BLOCKED', measure: 'HIGH' },
    {
      guardrail: 'g1',
      side: 'output',
      policy: 'sensitiveInformationPolicy',
      name: 'EMAIL',
      match: 'a@b.example',
      action: 'ANONYMIZED',
      measure: undefined,
    },
    {
      guardrail: 'g1',
      side: 'output',
      policy: 'contextualGroundingPolicy',
      name: 'GROUNDING',
      match: undefined,
      action: 'BLOCKED',
      measure: '0.4 of 0.7',
    },
  ],
};
const searchResult = { source: 'https://a.example/terms', title: 'Terms', content: [{ text: 'Kettles' }, { text: 'may be returned.' }] };
const found: AnswerPart = { kind: 'searchResult', title: 'Terms', source: 'https://a.example/terms', text: 'Kettles\nmay be returned.' };
const routed = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';

describe('aws: further parts of an answer', () => {
  let server: RawBedrock;
  before(async () => (server = await startRawBedrock()));
  after(async () => {
    disposeClients();
    await server.close();
  });

  it('come out of ConverseStream: citations, tools of the service, images, hidden reasoning, fields, guardrail, router, tier', async () => {
    const start = (contentBlockIndex: number, of: object): Buffer => frame('contentBlockStart', { contentBlockIndex, start: of });
    const delta = (contentBlockIndex: number, of: object): Buffer => frame('contentBlockDelta', { contentBlockIndex, delta: of });
    const stop = (contentBlockIndex: number): Buffer => frame('contentBlockStop', { contentBlockIndex });
    server.answer((exchange) =>
      exchange.stream([
        messageStart,
        delta(0, { reasoningContent: { redactedContent: 'AAAA' } }),
        delta(0, { reasoningContent: { redactedContent: 'BBBB' } }),
        stop(0),
        textDelta('Yes.', 1),
        delta(1, { citation: { title: 'Terms', sourceContent: [{ text: 'Kettles may ' }, { text: 'be returned.' }], location } }),
        stop(1),
        start(2, { toolUse: { toolUseId: 't', name: 'nova_grounding', type: 'server_tool_use' } }),
        delta(2, { toolUse: { input: '{"q":1}' } }),
        stop(2),
        start(3, { toolResult: { toolUseId: 't', status: 'success' } }),
        delta(3, { toolResult: [{ json: { searchResult } }, { text: 'done' }] }),
        stop(3),
        start(4, { image: { format: 'png' } }),
        delta(4, { image: { source: { bytes: Buffer.from('picture').toString('base64') } } }),
        stop(4),
        frame('messageStop', { stopReason: 'end_turn', additionalModelResponseFields: { stop_sequence: null, seed: 7 } }),
        frame('metadata', {
          usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
          metrics: { latencyMs: 12 },
          trace: { guardrail, promptRouter: { invokedModelId: routed } },
          serviceTier: { type: 'flex' },
          performanceConfig: { latency: 'optimized' },
        }),
      ]),
    );
    const events = await collect(targetAt(server.url));
    assert.equal(textOf(events), 'Yes.');
    const [use] = ofType(events, 'toolUse');
    assert.deepEqual([use?.name, use?.input, use?.byService], ['nova_grounding', { q: 1 }, true]);
    assert.deepEqual(partsOf(events), [
      { kind: 'hiddenReasoning' },
      cited,
      { kind: 'toolResult', status: 'success', content: [{ json: { searchResult } }, { text: 'done' }] },
      { kind: 'image', format: 'png', bytes: 7 },
      { kind: 'fields', value: { stop_sequence: null, seed: 7 } },
      guarded,
      { kind: 'router', modelId: routed },
      { kind: 'served', tier: 'flex', latency: 'optimized' },
    ]);
    assert.deepEqual(typesOf(events).slice(-3), ['part', 'usage', 'finished']);
  });

  it('come out of Converse as out of a stream', async () => {
    server.answer((exchange) =>
      exchange.json({
        output: {
          message: {
            role: 'assistant',
            content: [
              { reasoningContent: { redactedContent: 'AAAA' } },
              {
                citationsContent: {
                  content: [{ text: 'Yes.' }],
                  citations: [{ title: 'Terms', sourceContent: [{ text: 'Kettles may be returned.' }], location }],
                },
              },
              { toolResult: { toolUseId: 't', status: 'error', content: [{ searchResult }] } },
            ],
          },
        },
        stopReason: 'guardrail_intervened',
        usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
        metrics: { latencyMs: 12 },
        trace: { guardrail, promptRouter: { invokedModelId: routed } },
      }),
    );
    const events = await collect(targetAt(server.url), { call: { ...call, door: 'Converse' } as WireCall });
    assert.equal(textOf(events), 'Yes.');
    assert.deepEqual(partsOf(events), [{ kind: 'hiddenReasoning' }, cited, found, guarded, { kind: 'router', modelId: routed }]);
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'guardrail_intervened');
  });

  const messages: WireCall = { api: 'messages', modelId: 'us.anthropic.claude-test-v1:0', body: '{}' };
  const citation = {
    type: 'page_location',
    cited_text: 'Kettles may be returned.',
    document_index: 0,
    document_title: 'Terms',
    start_page_number: 3,
    end_page_number: 4,
  };
  const web = { type: 'web_search_result', title: 'Terms', url: 'https://a.example/terms', encrypted_content: 'x' };
  const trace = { guardrail: { input: guardrail.inputAssessment, outputs: [{ g1: guardrail.outputAssessments.g1[0] }] } };
  const ofMessages: readonly AnswerPart[] = [
    { kind: 'hiddenReasoning' },
    { kind: 'searchResult', title: 'Terms', source: 'https://a.example/terms', text: '' },
    cited,
    { ...guarded, reason: undefined } as AnswerPart,
  ];

  it('come out of the events of the Messages API', async () => {
    const start = (index: number, block: object): Buffer => chunk({ type: 'content_block_start', index, content_block: block });
    const delta = (index: number, of: object): Buffer => chunk({ type: 'content_block_delta', index, delta: of });
    const stop = (index: number): Buffer => chunk({ type: 'content_block_stop', index });
    server.answer((exchange) =>
      exchange.stream([
        chunk({ type: 'message_start', message: { usage: {} } }),
        start(0, { type: 'redacted_thinking', data: 'AAAA' }),
        stop(0),
        start(1, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '{"query":"kettle"}' }),
        stop(1),
        start(2, { type: 'web_search_tool_result', tool_use_id: 's', content: [web] }),
        stop(2),
        start(3, { type: 'text', text: '' }),
        delta(3, { type: 'text_delta', text: 'Yes.' }),
        delta(3, { type: 'citations_delta', citation }),
        stop(3),
        chunk({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: {} }),
        chunk({ type: 'message_stop', 'amazon-bedrock-trace': trace }),
      ]),
    );
    const events = await collect(targetAt(server.url), { call: messages });
    assert.deepEqual(partsOf(events), ofMessages);
    const [use] = ofType(events, 'toolUse');
    assert.deepEqual([use?.name, use?.input, use?.byService], ['web_search', { query: 'kettle' }, true]);
  });

  it('come out of its answers in one piece', async () => {
    server.answer((exchange) =>
      exchange.json({
        content: [
          { type: 'redacted_thinking', data: 'AAAA' },
          { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'kettle' } },
          { type: 'web_search_tool_result', tool_use_id: 's', content: [web] },
          { type: 'text', text: 'Yes.', citations: [citation] },
        ],
        stop_reason: 'end_turn',
        usage: {},
        'amazon-bedrock-trace': trace,
      }),
    );
    const events = await collect(targetAt(server.url), { call: { ...messages, door: 'InvokeModel' } as WireCall });
    assert.deepEqual(partsOf(events), ofMessages);
  });
});
