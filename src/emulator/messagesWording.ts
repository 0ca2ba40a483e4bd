import type { JsonObject } from '../core/text/json';
import type { Answer } from './answer';
import { splitWords } from './answer';
import { signature } from './converseWording';
import { invocationMetrics, messagesUsage } from './usage';
import type { Finished, WireEvent, Wording } from './wording';
import { atOnce, paced } from './wording';

const contentOf = ({ reasoning, text, toolCall }: Answer): readonly JsonObject[] => [
  ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning, signature }]),
  ...(text === '' ? [] : [{ type: 'text', text }]),
  ...(toolCall === undefined ? [] : [{ type: 'tool_use', id: toolCall.toolUseId, name: toolCall.name, input: toolCall.input }]),
];

const event = (type: string, members: JsonObject): WireEvent => atOnce(type, { type, ...members });
const deltaEvent = (index: number, delta: JsonObject): WireEvent =>
  paced('content_block_delta', { type: 'content_block_delta', index, delta });

const deltasOf = (block: JsonObject, answer: Answer, index: number): readonly WireEvent[] => {
  switch (block['type']) {
    case 'thinking':
      return [
        ...splitWords(answer.reasoning ?? '').map((thinking) => deltaEvent(index, { type: 'thinking_delta', thinking })),
        deltaEvent(index, { type: 'signature_delta', signature }),
      ];
    case 'tool_use':
      return splitWords(JSON.stringify(block['input'], undefined, 1)).map((json) =>
        deltaEvent(index, { type: 'input_json_delta', partial_json: json }),
      );
    default:
      return splitWords(answer.text).map((text) => deltaEvent(index, { type: 'text_delta', text }));
  }
};

const emptied = (block: JsonObject): JsonObject => {
  switch (block['type']) {
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'tool_use':
      return { ...block, input: {} };
    default:
      return { type: 'text', text: '' };
  }
};

const blockEvents = (block: JsonObject, answer: Answer, index: number): readonly WireEvent[] => [
  event('content_block_start', { index, content_block: emptied(block) }),
  ...deltasOf(block, answer, index),
  event('content_block_stop', { index }),
];

const messageOf = ({ modelId, messageId }: Finished, members: JsonObject): JsonObject => ({
  id: `msg_bdrk_${messageId}`,
  type: 'message',
  role: 'assistant',
  model: modelId,
  ...members,
});
const ending = ({ stopReason, stopSequence }: Answer): JsonObject => ({ stop_reason: stopReason, stop_sequence: stopSequence ?? null });

/** Anthropic's Messages API as it is; the type of each event is that of its body. */
export const mantleWording: Wording = {
  whole: (finished) => {
    const { answer, cache } = finished;
    return messageOf(finished, { content: contentOf(answer), ...ending(answer), usage: messagesUsage(cache, answer.outputTokens) });
  },
  events: (finished) => {
    const { answer, cache } = finished;
    const started = { content: [], stop_reason: null, stop_sequence: null, usage: messagesUsage(cache, 1) };
    return [
      event('message_start', { message: messageOf(finished, started) }),
      ...contentOf(answer).flatMap((block, index) => blockEvents(block, answer, index)),
    ];
  },
  closing: ({ answer, cache }) => [
    event('message_delta', { delta: ending(answer), usage: messagesUsage(cache, answer.outputTokens) }),
    event('message_stop', {}),
  ],
};

/** InvokeModel wraps each event of a model's own stream in a `chunk` frame. */
export const chunkOf = (body: JsonObject): JsonObject => ({ bytes: Buffer.from(JSON.stringify(body)).toString('base64') });

const asChunk = ({ body, ...rest }: WireEvent): WireEvent => ({ ...rest, type: 'chunk', body: chunkOf(body) });

/** Anthropic Messages on InvokeModel: the same events in chunks, the last one with what Bedrock measured. */
export const messagesWording: Wording = {
  whole: mantleWording.whole,
  events: (finished) => mantleWording.events(finished).map(asChunk),
  closing: (finished, latency) => {
    const { answer, cache } = finished;
    const measured = { 'amazon-bedrock-invocationMetrics': invocationMetrics(cache, answer.outputTokens, latency) };
    return mantleWording
      .closing(finished, latency)
      .map(({ type, body, paced: waits }) =>
        asChunk({ type, paced: waits, body: type === 'message_stop' ? { ...body, ...measured } : body }),
      );
  },
};
