import { serviceText } from '../core/messages/serviceText';
import type { ConverseStreamOutput, ResponseStream, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { isRecord } from '../core/text/json';
import { blockOf, citationOf, traceOf } from './messagesParts';
import { OtherAnswerError } from './replyCheck';

/** The streams of InvokeModel are read as that of ConverseStream: each chunk holds an event of the model's own API, in JSON. */

type Loose = Readonly<Record<string, unknown>>;

const recordOf = (value: unknown): Loose => (isRecord(value) ? value : {});
const countOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What Bedrock measured of the call, in the last chunk. Source: AWS user guide, InvokeModelWithResponseStream, and recordings of 2025. */
const metricsOf = (event: Loose): Loose => recordOf(event['amazon-bedrock-invocationMetrics']);

/** Figures of a usage; a member that nobody told is left out. */
const usageOf = (figures: { readonly [K in keyof TokenUsage]: TokenUsage[K] | undefined }): TokenUsage =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as unknown as TokenUsage; // its reader takes any of them

/**
 * Two tell what a call used: the model's events, and Bedrock's measurement of the whole. They should agree; where they do not, the measurement
 * counts, which is what is billed, and lifetimes that do not add up to it are left out.
 */
const measured = (told: Partial<TokenUsage>, event: Loose): TokenUsage => {
  const metrics = metricsOf(event);
  const cacheWriteInputTokens = countOf(metrics['cacheWriteInputTokenCount']) ?? told.cacheWriteInputTokens;
  const listed = (told.cacheDetails ?? []).reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0);
  return usageOf({
    inputTokens: countOf(metrics['inputTokenCount']) ?? told.inputTokens,
    outputTokens: countOf(metrics['outputTokenCount']) ?? told.outputTokens,
    totalTokens: undefined,
    cacheReadInputTokens: countOf(metrics['cacheReadInputTokenCount']) ?? told.cacheReadInputTokens,
    cacheWriteInputTokens,
    cacheDetails: listed === cacheWriteInputTokens ? told.cacheDetails : undefined,
  });
};

const metadata = (told: Partial<TokenUsage>, event: Loose): ConverseStreamOutput => ({
  metadata: {
    usage: measured(told, event),
    metrics: { latencyMs: countOf(metricsOf(event)['invocationLatency']) },
    trace: traceOf(event['amazon-bedrock-trace']),
  },
});

/** Usage as the Messages API tells it; each event that has one says it again, or adds to it. */
const messagesUsage = (before: Partial<TokenUsage>, value: unknown): Partial<TokenUsage> => {
  const usage = recordOf(value);
  const creation = recordOf(usage['cache_creation']);
  const details = (['1h', '5m'] as const).flatMap((ttl) => {
    const inputTokens = countOf(creation[`ephemeral_${ttl}_input_tokens`]);
    return inputTokens === undefined || inputTokens === 0 ? [] : [{ ttl, inputTokens }];
  });
  return {
    ...before,
    ...usageOf({
      inputTokens: countOf(usage['input_tokens']),
      outputTokens: countOf(usage['output_tokens']),
      totalTokens: undefined,
      cacheReadInputTokens: countOf(usage['cache_read_input_tokens']),
      cacheWriteInputTokens: countOf(usage['cache_creation_input_tokens']),
      cacheDetails: usage['cache_creation'] === undefined ? undefined : details,
    }),
  };
};

type Translate = (event: Loose) => readonly ConverseStreamOutput[];

const deltaOf = (delta: Loose) => {
  if (delta['type'] === 'citations_delta') return { citation: citationOf(delta['citation']) };
  const [text, thinking, json] = [textOf(delta['text']), textOf(delta['thinking']), textOf(delta['partial_json'])];
  if (json !== undefined) return { toolUse: { input: json } };
  return thinking === undefined ? { text: text ?? '' } : { reasoningContent: { text: thinking } };
};

/** An error that the model reports in the middle of its answer. */
const streamError = (error: Loose): Error => {
  const failure = new Error(textOf(error['message']) ?? serviceText.endedByModel);
  failure.name = error['type'] === 'overloaded_error' ? 'ThrottlingException' : 'ModelStreamErrorException';
  return failure;
};

/** Events of Anthropic's Messages API. Source: Anthropic's documentation, Streaming messages, read 2026-11. */
const fromMessages = (): Translate => {
  let usage: Partial<TokenUsage> = {};
  let stopReason: string | undefined;
  return (event) => {
    const contentBlockIndex = countOf(event['index']) ?? 0;
    switch (event['type']) {
      case 'message_start':
        usage = messagesUsage(usage, recordOf(event['message'])['usage']);
        return [];
      case 'content_block_start': {
        const { start, delta } = blockOf(event['content_block']);
        return [
          ...(start === undefined ? [] : [{ contentBlockStart: { contentBlockIndex, start } }]),
          ...(delta === undefined ? [] : [{ contentBlockDelta: { contentBlockIndex, delta } }]),
        ];
      }
      case 'content_block_delta':
        return [{ contentBlockDelta: { contentBlockIndex, delta: deltaOf(recordOf(event['delta'])) } }];
      case 'content_block_stop':
        return [{ contentBlockStop: { contentBlockIndex } }];
      case 'message_delta':
        usage = messagesUsage(usage, event['usage']);
        stopReason = textOf(recordOf(event['delta'])['stop_reason']) ?? stopReason;
        return [];
      case 'message_stop':
        return [{ messageStop: { stopReason: stopReason as 'end_turn' } }, metadata(usage, event)]; // shown as it came
      case 'error':
        throw streamError(recordOf(event['error']));
      default:
        return [];
    }
  };
};

/** Nova sends the events of ConverseStream, and names the cache's figures in its own way. */
const fromNova = (): Translate => (event) => {
  const { metadata: own, ...rest } = event;
  const others = Object.keys(rest).some((name) => name !== 'amazon-bedrock-invocationMetrics')
    ? [rest as unknown as ConverseStreamOutput]
    : [];
  if (own === undefined) return others;
  const usage = recordOf(recordOf(own)['usage']);
  const told = usageOf({
    inputTokens: countOf(usage['inputTokens']),
    outputTokens: countOf(usage['outputTokens']),
    totalTokens: undefined,
    cacheReadInputTokens: countOf(usage['cacheReadInputTokenCount'] ?? usage['cacheReadInputTokens']),
    cacheWriteInputTokens: countOf(usage['cacheWriteInputTokenCount'] ?? usage['cacheWriteInputTokens']),
  });
  return [...others, metadata(told, event)];
};

/** One event of a model, as InvokeModel wraps it, or its whole answer. */
export const parseEvent = (bytes: Uint8Array): Loose => {
  try {
    return recordOf(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    throw new OtherAnswerError('notJson', serviceText.chunk, serviceText.modelEvent);
  }
};

/** Reads the events of one answer, in their order. */
export const translatorOf = (api: 'messages' | 'nova'): Translate => (api === 'messages' ? fromMessages() : fromNova());

/** The events of an answer of InvokeModelWithResponseStream, as those of ConverseStream. */
export async function* converseEvents(
  stream: AsyncIterable<ResponseStream>,
  api: 'messages' | 'nova',
): AsyncGenerator<ConverseStreamOutput, void> {
  const translate = translatorOf(api);
  for await (const { chunk } of stream) if (chunk?.bytes !== undefined) yield* translate(parseEvent(chunk.bytes));
}
