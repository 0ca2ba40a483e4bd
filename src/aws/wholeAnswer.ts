import { serviceText } from '../core/messages/serviceText';
import type {
  Citation,
  CitationsDelta,
  ContentBlock,
  ContentBlockDelta,
  ContentBlockStart,
  ConverseResponse,
  ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { isRecord } from '../core/text/json';
import { translatorOf } from './invokeEvents';
import { OtherAnswerError } from './replyCheck';

/** An answer in one piece as the events that a stream would have had, so that one reader reads all answers. */

type Loose = Readonly<Record<string, unknown>>;

interface BlockParts {
  readonly start?: ContentBlockStart;
  readonly deltas: readonly ContentBlockDelta[];
}

/** A citation of a stream has each member that one of an answer in one piece has. */
const citationDelta = (citation: Citation): CitationsDelta => citation as CitationsDelta;

const partsOf = (block: ContentBlock): BlockParts => {
  if (block.text !== undefined) return { deltas: [{ text: block.text }] };
  if (block.reasoningContent !== undefined) {
    const { reasoningText, redactedContent } = block.reasoningContent;
    if (redactedContent !== undefined) return { deltas: [{ reasoningContent: { redactedContent } }] };
    const signature = reasoningText?.signature;
    return {
      deltas: [
        { reasoningContent: { text: reasoningText?.text ?? '' } },
        ...(signature === undefined ? [] : [{ reasoningContent: { signature } }]),
      ],
    };
  }
  if (block.toolUse !== undefined) {
    const { toolUseId, name, type, input } = block.toolUse;
    return { start: { toolUse: { toolUseId, name, type } }, deltas: [{ toolUse: { input: JSON.stringify(input ?? {}) } }] };
  }
  if (block.citationsContent !== undefined) {
    const { content = [], citations = [] } = block.citationsContent;
    return {
      deltas: [...content.map(({ text = '' }) => ({ text })), ...citations.map((citation) => ({ citation: citationDelta(citation) }))],
    };
  }
  if (block.toolResult !== undefined) {
    const { toolUseId, status, type, content } = block.toolResult;
    // Its blocks are read one by one; members that a stream's delta lacks are kept all the same.
    return { start: { toolResult: { toolUseId, status, type } }, deltas: [{ toolResult: (content ?? []) as never }] };
  }
  if (block.image !== undefined) {
    const { format, source } = block.image;
    return { start: { image: { format } }, deltas: [{ image: { source } }] };
  }
  return { deltas: [] };
};

function* blockEvents(block: ContentBlock, contentBlockIndex: number): Generator<ConverseStreamOutput> {
  const { start, deltas } = partsOf(block);
  if (start !== undefined) yield { contentBlockStart: { contentBlockIndex, start } };
  for (const delta of deltas) yield { contentBlockDelta: { contentBlockIndex, delta } };
  yield { contentBlockStop: { contentBlockIndex } };
}

/** The answer of Converse. */
export function* wholeConverse(answer: ConverseResponse): Generator<ConverseStreamOutput> {
  const content = answer.output?.message?.content;
  if (content === undefined) throw new OtherAnswerError('json', 'application/json', serviceText.converseAnswer);
  for (const [index, block] of content.entries()) yield* blockEvents(block, index);
  yield { messageStop: { stopReason: answer.stopReason, additionalModelResponseFields: answer.additionalModelResponseFields } };
  const { usage, metrics, trace, performanceConfig, serviceTier } = answer;
  yield { metadata: { usage, metrics, trace, performanceConfig, serviceTier } };
}

const recordOf = (value: unknown): Loose => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The events in which the Messages API would have streamed a block. */
function* messagesBlock(block: Loose, index: number): Generator<Loose> {
  const delta = (part: Loose): Loose => ({ type: 'content_block_delta', index, delta: part });
  yield { type: 'content_block_start', index, content_block: block };
  switch (block['type']) {
    case 'text':
      yield delta({ type: 'text_delta', text: block['text'] });
      for (const citation of listOf(block['citations'])) yield delta({ type: 'citations_delta', citation });
      break;
    case 'thinking':
      yield delta({ type: 'thinking_delta', thinking: block['thinking'] });
      break;
    case 'tool_use':
    case 'server_tool_use':
      yield delta({ type: 'input_json_delta', partial_json: JSON.stringify(block['input'] ?? {}) });
      break;
    default:
  }
  yield { type: 'content_block_stop', index };
}

function* messagesEvents(answer: Loose): Generator<Loose> {
  yield { type: 'message_start', message: { usage: answer['usage'] } };
  for (const [index, block] of listOf(answer['content']).entries()) yield* messagesBlock(recordOf(block), index);
  yield { type: 'message_delta', delta: { stop_reason: answer['stop_reason'] } };
  yield { type: 'message_stop', 'amazon-bedrock-trace': answer['amazon-bedrock-trace'] };
}

function* novaEvents(answer: Loose): Generator<Loose> {
  const content = listOf(recordOf(recordOf(answer['output'])['message'])['content']);
  for (const [index, block] of content.entries()) yield* blockEvents(recordOf(block) as unknown as ContentBlock, index) as Iterable<Loose>; // its blocks are those of Converse
  yield { messageStop: { stopReason: answer['stopReason'] } };
  yield { metadata: { usage: answer['usage'] } };
}

/** The answer of InvokeModel or of the Messages API. */
export function* messageEvents(answer: Loose, api: 'messages' | 'nova'): Generator<ConverseStreamOutput> {
  const isOne = api === 'messages' ? Array.isArray(answer['content']) : isRecord(answer['output']);
  if (!isOne) throw new OtherAnswerError('json', 'application/json', serviceText.modelAnswer);
  const translate = translatorOf(api);
  for (const event of api === 'messages' ? messagesEvents(answer) : novaEvents(answer)) yield* translate(event);
}
