import type {
  ContentBlockDelta,
  ContentBlockStart,
  ConverseStreamMetadataEvent,
  ConverseStreamOutput,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { isJsonTooDeep } from '../core/text/depth';
import type { Json } from '../core/text/json';
import type { RunEvent } from '../core/runs/events';
import type { AnswerPart } from '../core/runs/parts';
import type { Usage } from '../core/tokens/usage';
import { createAnswerContent } from './answerContent';
import { asJson, citationPart, metadataParts, toolResultParts } from './answerParts';

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

/** A block that is told in pieces. */
type OpenBlock =
  | { readonly kind: 'tool'; readonly name: string; readonly byService: boolean; input: string }
  | { readonly kind: 'result'; readonly status: string | undefined; readonly content: unknown[] }
  | { readonly kind: 'image'; readonly format: string; bytes: number };

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

const opened = (start: ContentBlockStart | undefined): OpenBlock | undefined => {
  if (start?.toolUse !== undefined) {
    const { name = '', type } = start.toolUse;
    return { kind: 'tool', name, byService: type === 'server_tool_use', input: '' };
  }
  if (start?.toolResult !== undefined) return { kind: 'result', status: start.toolResult.status, content: [] };
  return start?.image === undefined ? undefined : { kind: 'image', format: start.image.format ?? '', bytes: 0 };
};

/** Takes in what is told of an open block. */
const grow = (block: OpenBlock, { toolUse, toolResult, image }: ContentBlockDelta): void => {
  if (block.kind === 'tool') block.input += toolUse?.input ?? '';
  else if (block.kind === 'result') block.content.push(...(toolResult ?? []));
  else block.bytes += image?.source?.bytes?.length ?? 0;
};

const closed = (block: OpenBlock, at: number): readonly RunEvent[] => {
  switch (block.kind) {
    case 'tool':
      return [{ type: 'toolUse', at, name: block.name, input: parseInput(block.input), ...(block.byService ? { byService: true } : {}) }];
    case 'result':
      return toolResultParts(block.status, block.content).map((part) => ({ type: 'part', at, part }));
    case 'image':
      return [{ type: 'part', at, part: { kind: 'image', format: block.format, bytes: block.bytes } }];
  }
};

/** `now`: milliseconds of the run's clock. */
export const createStreamReader = (now: () => number): StreamReader => {
  const open = new Map<number, OpenBlock>();
  /** Blocks of reasoning that only the model can read; each is told once. */
  const hidden = new Set<number>();
  const seen = { stop: false, metadata: false, content: false };
  const answer = createAnswerContent();

  const delta = (type: 'text' | 'reasoning', text: string | undefined): readonly RunEvent[] => {
    if (text === undefined || text === '') return [];
    seen.content = true;
    return [{ type, at: now(), delta: text }];
  };
  const partsAt = (parts: readonly AnswerPart[]): readonly RunEvent[] => parts.map((part) => ({ type: 'part', at: now(), part }));
  const content = (...parts: readonly AnswerPart[]): readonly RunEvent[] => {
    seen.content = true;
    return partsAt(parts);
  };
  const close = (index: number): readonly RunEvent[] => {
    const block = open.get(index);
    if (block === undefined) return [];
    open.delete(index);
    seen.content = true;
    return closed(block, now());
  };
  const rest = (): readonly RunEvent[] => [...open.keys()].flatMap(close);

  const readDelta = (index: number, part: ContentBlockDelta): readonly RunEvent[] => {
    if (part.text !== undefined) return delta('text', part.text);
    if (part.reasoningContent?.redactedContent !== undefined) {
      if (hidden.has(index)) return [];
      hidden.add(index);
      return content({ kind: 'hiddenReasoning' });
    }
    if (part.reasoningContent !== undefined) return delta('reasoning', part.reasoningContent.text);
    if (part.citation !== undefined) return content(citationPart(part.citation));
    const block = open.get(index);
    if (block !== undefined) grow(block, part);
    return [];
  };

  const read = (event: ConverseStreamOutput): readonly RunEvent[] => {
    if (event.contentBlockDelta !== undefined) {
      const { contentBlockIndex = 0, delta: part } = event.contentBlockDelta;
      if (part === undefined) return [];
      answer.add(contentBlockIndex, part);
      return readDelta(contentBlockIndex, part);
    }
    if (event.contentBlockStart !== undefined) {
      answer.open(event.contentBlockStart.contentBlockIndex ?? 0, event.contentBlockStart.start);
      const block = opened(event.contentBlockStart.start);
      if (block !== undefined) open.set(event.contentBlockStart.contentBlockIndex ?? 0, block);
      return [];
    }
    if (event.contentBlockStop !== undefined) return close(event.contentBlockStop.contentBlockIndex ?? 0);
    if (event.messageStop !== undefined) {
      seen.stop = true;
      const { stopReason, additionalModelResponseFields: fields } = event.messageStop;
      const asked = fields === undefined || fields === null ? [] : partsAt([{ kind: 'fields', value: asJson(fields) }]);
      const { blocks } = answer;
      const stopped = { type: 'stopped', at: now(), reason: stopReason ?? 'unknown' } as const;
      return [...rest(), ...asked, blocks === undefined ? stopped : { ...stopped, content: blocks }];
    }
    if (event.metadata === undefined) return [];
    seen.metadata = true;
    return [...partsAt(metadataParts(event.metadata)), ...usageEvents(event.metadata, now())];
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
