import type { ConverseStreamMetadataEvent, ConverseStreamOutput, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { isJsonTooDeep } from '../core/text/depth';
import type { Json } from '../core/text/json';
import type { RunEvent } from '../core/runs/events';
import type { Usage } from '../core/tokens/usage';

/** Turns the SDK's stream events into run events and knows whether the answer is whole. */
export interface StreamReader {
  read(event: ConverseStreamOutput): readonly RunEvent[];
  /** What was still being assembled when the stream ended early. */
  rest(): readonly RunEvent[];
  /** `messageStop` has arrived: the answer is whole. Nothing else says that a stream was not cut. */
  readonly stopped: boolean;
  /** The figures have arrived as well: there is nothing more to wait for. */
  readonly complete: boolean;
  /** Some of the answer has been handed on. */
  readonly hasContent: boolean;
}

interface OpenTool {
  readonly name: string;
  input: string;
}

/** Tool input as JSON; text that is not JSON (a cut or malformed answer), or deeper than can be shown, is kept as it came. */
const parseInput = (input: string): Json => {
  if (input.trim() === '') return {};
  if (isJsonTooDeep(input)) return input;
  try {
    // JSON.parse gives JSON by definition.
    return JSON.parse(input) as Json;
  } catch {
    return input;
  }
};

/** The service's usage in our words; cache fields it did not mention stay `undefined`. */
export const toUsage = (usage: Partial<TokenUsage>): Usage => ({
  input: usage.inputTokens ?? 0,
  output: usage.outputTokens ?? 0,
  cacheRead: usage.cacheReadInputTokens,
  cacheWrite: usage.cacheWriteInputTokens,
  writes: (usage.cacheDetails ?? []).flatMap(({ ttl, inputTokens }) =>
    ttl === undefined || inputTokens === undefined ? [] : [{ ttl, tokens: inputTokens }],
  ),
});

const usageEvents = (metadata: ConverseStreamMetadataEvent, at: number): readonly RunEvent[] =>
  metadata.usage === undefined ? [] : [{ type: 'usage', at, usage: toUsage(metadata.usage), latencyMs: metadata.metrics?.latencyMs }];

/** `now`: milliseconds of the run's clock. */
export const createStreamReader = (now: () => number): StreamReader => {
  const openTools = new Map<number, OpenTool>();
  const seen = { stop: false, metadata: false, content: false };

  const delta = (type: 'text' | 'reasoning', text: string | undefined): readonly RunEvent[] => {
    if (text === undefined || text === '') return [];
    seen.content = true;
    return [{ type, at: now(), delta: text }];
  };
  const closeTool = (index: number): readonly RunEvent[] => {
    const tool = openTools.get(index);
    if (tool === undefined) return [];
    openTools.delete(index);
    seen.content = true;
    return [{ type: 'toolUse', at: now(), name: tool.name, input: parseInput(tool.input) }];
  };
  const rest = (): readonly RunEvent[] => [...openTools.keys()].flatMap(closeTool);

  const read = (event: ConverseStreamOutput): readonly RunEvent[] => {
    if (event.contentBlockDelta !== undefined) {
      const { contentBlockIndex, delta: part } = event.contentBlockDelta;
      const tool = part?.toolUse === undefined ? undefined : openTools.get(contentBlockIndex ?? 0);
      if (tool !== undefined) tool.input += part?.toolUse?.input ?? '';
      return part?.text === undefined ? delta('reasoning', part?.reasoningContent?.text) : delta('text', part.text);
    }
    if (event.contentBlockStart?.start?.toolUse !== undefined) {
      const { contentBlockIndex, start } = event.contentBlockStart;
      openTools.set(contentBlockIndex ?? 0, { name: start.toolUse.name ?? '', input: '' });
      return [];
    }
    if (event.contentBlockStop !== undefined) return closeTool(event.contentBlockStop.contentBlockIndex ?? 0);
    if (event.messageStop !== undefined) {
      seen.stop = true;
      return [...rest(), { type: 'stopped', at: now(), reason: event.messageStop.stopReason ?? 'unknown' }];
    }
    if (event.metadata === undefined) return [];
    seen.metadata = true;
    return usageEvents(event.metadata, now());
  };

  return {
    read,
    rest,
    get stopped() {
      return seen.stop;
    },
    get complete() {
      return seen.stop && seen.metadata;
    },
    get hasContent() {
      return seen.content;
    },
  };
};
