import type { JsonObject } from '../core/text/json';
import type { Answer } from './answer';
import { splitWords } from './answer';
import { converseUsage } from './usage';
import type { Finished, WireEvent, Wording } from './wording';
import { atOnce, paced } from './wording';

/** Stands where a model's signature of its reasoning would be. */
export const signature = 'c2ltdWxhdGVk';

const contentOf = ({ reasoning, text, toolCall }: Answer): readonly JsonObject[] => [
  ...(reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: { text: reasoning, signature } } }]),
  ...(text === '' ? [] : [{ text }]),
  ...(toolCall === undefined ? [] : [{ toolUse: { ...toolCall } }]),
];

const delta = (contentBlockIndex: number, body: JsonObject): WireEvent => paced('contentBlockDelta', { contentBlockIndex, delta: body });
const stop = (contentBlockIndex: number): WireEvent => atOnce('contentBlockStop', { contentBlockIndex });

const blockEvents = (block: JsonObject, answer: Answer, index: number): readonly WireEvent[] => {
  const { toolCall, reasoning } = answer;
  if (block['reasoningContent'] !== undefined)
    return [
      ...splitWords(reasoning ?? '').map((text) => delta(index, { reasoningContent: { text } })),
      delta(index, { reasoningContent: { signature } }),
      stop(index),
    ];
  if (block['toolUse'] !== undefined && toolCall !== undefined)
    return [
      atOnce('contentBlockStart', { contentBlockIndex: index, start: { toolUse: { toolUseId: toolCall.toolUseId, name: toolCall.name } } }),
      ...splitWords(JSON.stringify(toolCall.input, undefined, 1)).map((input) => delta(index, { toolUse: { input } })),
      stop(index),
    ];
  return [...splitWords(answer.text).map((text) => delta(index, { text })), stop(index)];
};

/** What a router decided. Source: PromptRouterTrace in the API reference of Bedrock Runtime, read 2026-11. */
const traceOf = ({ routedTo }: Finished): JsonObject =>
  routedTo === undefined ? {} : { trace: { promptRouter: { invokedModelId: routedTo } } };

/** Converse and ConverseStream. */
export const converseWording: Wording = {
  whole: (finished, { totalMs }) => ({
    output: { message: { role: 'assistant', content: contentOf(finished.answer) } },
    stopReason: finished.answer.stopReason,
    usage: converseUsage(finished.cache, finished.answer.outputTokens),
    metrics: { latencyMs: totalMs },
    ...traceOf(finished),
  }),
  events: ({ answer }) => [
    atOnce('messageStart', { role: 'assistant' }),
    ...contentOf(answer).flatMap((block, index) => blockEvents(block, answer, index)),
  ],
  closing: (finished, { totalMs }) => [
    atOnce('messageStop', { stopReason: finished.answer.stopReason }),
    atOnce('metadata', {
      usage: converseUsage(finished.cache, finished.answer.outputTokens),
      metrics: { latencyMs: totalMs },
      ...traceOf(finished),
    }),
  ],
};
