import type { JsonObject } from '../core/text/json';
import type { Answer } from './answer';
import type { AnswerExtras } from './answerExtras';
import { splitWords } from './answer';
import { converseUsage } from './usage';
import type { Finished, WireEvent, Wording } from './wording';
import { atOnce, paced } from './wording';

/** Stands where a model's signature of its reasoning would be. */
export const signature = 'c2ltdWxhdGVk';

/** A text with citations is a block of its own kind. */
const textBlock = (text: string, citations: readonly JsonObject[]): JsonObject =>
  citations.length === 0 ? { text } : { citationsContent: { content: [{ text }], citations } };

const contentOf = ({ reasoning, text, toolCall }: Answer, { citations, systemTool }: AnswerExtras): readonly JsonObject[] => [
  ...(reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: { text: reasoning, signature } } }]),
  ...(systemTool === undefined ? [] : [{ toolUse: systemTool.toolUse }, { toolResult: systemTool.toolResult }]),
  ...(text === '' ? [] : [textBlock(text, citations)]),
  ...(toolCall === undefined ? [] : [{ toolUse: { ...toolCall } }]),
];

const delta = (contentBlockIndex: number, body: JsonObject): WireEvent => paced('contentBlockDelta', { contentBlockIndex, delta: body });
const stop = (contentBlockIndex: number): WireEvent => atOnce('contentBlockStop', { contentBlockIndex });

/** The events of a call that begins and goes on with these. */
const startedEvents = (index: number, start: JsonObject, deltas: readonly JsonObject[]): readonly WireEvent[] => [
  atOnce('contentBlockStart', { contentBlockIndex: index, start }),
  ...deltas.map((one) => delta(index, one)),
  stop(index),
];

const blockEvents = (block: JsonObject, answer: Answer, { citations, systemTool }: AnswerExtras, index: number): readonly WireEvent[] => {
  const { toolCall, reasoning } = answer;
  if (systemTool !== undefined && block['toolUse'] === systemTool.toolUse) {
    const { input, ...started } = systemTool.toolUse;
    return startedEvents(index, { toolUse: started }, [{ toolUse: { input: JSON.stringify(input) } }]);
  }
  if (systemTool !== undefined && block['toolResult'] !== undefined) {
    const { content = [], ...started } = systemTool.toolResult;
    return startedEvents(index, { toolResult: started }, [{ toolResult: content }]);
  }
  if (block['reasoningContent'] !== undefined)
    return [
      ...splitWords(reasoning ?? '').map((text) => delta(index, { reasoningContent: { text } })),
      delta(index, { reasoningContent: { signature } }),
      stop(index),
    ];
  if (block['toolUse'] !== undefined && toolCall !== undefined)
    return startedEvents(
      index,
      { toolUse: { toolUseId: toolCall.toolUseId, name: toolCall.name } },
      splitWords(JSON.stringify(toolCall.input, undefined, 1)).map((input) => ({ toolUse: { input } })),
    );
  const cited = citations.map((citation) => atOnce('contentBlockDelta', { contentBlockIndex: index, delta: { citation } }));
  return [...splitWords(answer.text).map((text) => delta(index, { text })), ...cited, stop(index)];
};

/** What router and guardrail decided, and how the call was served. Source: ConverseStreamMetadataEvent in the API reference of Bedrock Runtime, read 2026-11. */
const traceOf = ({ routedTo, extras: { guardrail, serviceTier, performanceConfig } }: Finished): JsonObject => {
  const trace = {
    ...(routedTo === undefined ? {} : { promptRouter: { invokedModelId: routedTo } }),
    ...(guardrail === undefined ? {} : { guardrail }),
  };
  return {
    ...(Object.keys(trace).length === 0 ? {} : { trace }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(performanceConfig === undefined ? {} : { performanceConfig }),
  };
};

const stopOf = ({ answer, extras: { fields } }: Finished): JsonObject => ({
  stopReason: answer.stopReason,
  ...(fields === undefined ? {} : { additionalModelResponseFields: fields }),
});

/** Converse and ConverseStream. */
export const converseWording: Wording = {
  whole: (finished, { totalMs }) => ({
    output: { message: { role: 'assistant', content: contentOf(finished.answer, finished.extras) } },
    ...stopOf(finished),
    usage: converseUsage(finished.cache, finished.answer.outputTokens),
    metrics: { latencyMs: totalMs },
    ...traceOf(finished),
  }),
  events: ({ answer, extras }) => [
    atOnce('messageStart', { role: 'assistant' }),
    ...contentOf(answer, extras).flatMap((block, index) => blockEvents(block, answer, extras, index)),
  ],
  closing: (finished, { totalMs }) => [
    atOnce('messageStop', stopOf(finished)),
    atOnce('metadata', {
      usage: converseUsage(finished.cache, finished.answer.outputTokens),
      metrics: { latencyMs: totalMs },
      ...traceOf(finished),
    }),
  ],
};
