import type { JsonObject } from '../core/text/json';
import type { CacheOutcome } from './cachePlan';

/** `usage` of Converse: `inputTokens` are those outside the cache, `totalTokens` is the sum of all; no cache members without caching. */
export const converseUsage = ({ reported, read, written, input, writes }: CacheOutcome, outputTokens: number): JsonObject => ({
  inputTokens: input,
  outputTokens,
  totalTokens: input + read + written + outputTokens,
  ...(reported
    ? {
        cacheReadInputTokens: read,
        cacheWriteInputTokens: written,
        cacheDetails: writes.map(({ ttl, tokens }) => ({ ttl, inputTokens: tokens })),
      }
    : {}),
});

/** `usage` of the Messages API on InvokeModel. */
export const messagesUsage = ({ read, written, input, writes }: CacheOutcome, outputTokens: number): JsonObject => {
  const writtenFor = (ttl: string): number => writes.find((write) => write.ttl === ttl)?.tokens ?? 0;
  return {
    input_tokens: input,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: writtenFor('5m'), ephemeral_1h_input_tokens: writtenFor('1h') },
    output_tokens: outputTokens,
  };
};

/** `usage` of a Nova body on InvokeModel. */
export const novaUsage = ({ read, written, input }: CacheOutcome, outputTokens: number): JsonObject => ({
  inputTokens: input,
  outputTokens,
  totalTokens: input + read + written + outputTokens,
  cacheReadInputTokenCount: read,
  cacheWriteInputTokenCount: written,
});

/** What InvokeModel measured: milliseconds from the start of the request. */
export interface Latency {
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** `amazon-bedrock-invocationMetrics` of the last chunk of an InvokeModel stream. */
export const invocationMetrics = (
  { reported, read, written, input }: CacheOutcome,
  outputTokens: number,
  latency: Latency,
): JsonObject => ({
  inputTokenCount: input,
  outputTokenCount: outputTokens,
  invocationLatency: latency.totalMs,
  firstByteLatency: latency.firstByteMs,
  ...(reported ? { cacheReadInputTokenCount: read, cacheWriteInputTokenCount: written } : {}),
});

/** The `x-amzn-bedrock-*` headers of an InvokeModel answer; the input count is the uncached one. */
export const invocationHeaders = ({ reported, read, written, input }: CacheOutcome, outputTokens: number, totalMs: number) => ({
  'x-amzn-bedrock-input-token-count': String(input),
  'x-amzn-bedrock-output-token-count': String(outputTokens),
  'x-amzn-bedrock-invocation-latency': String(totalMs),
  ...(reported
    ? { 'x-amzn-bedrock-cache-read-input-token-count': String(read), 'x-amzn-bedrock-cache-write-input-token-count': String(written) }
    : {}),
});
