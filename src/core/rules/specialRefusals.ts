import type { RefusalId } from '../service/refusals';
import { isRecord, type Json, type JsonObject } from '../text/json';
import { oncePer } from '../text/once';
import { isOpen, itemsOf, recordOf, requestOf } from './requestValues';
import { doubtedKeywords, schemaHas } from './schemas';
import type { RuleInput } from './types';

/** Refusals by model for which a path and a value are not enough. The table says of which models they are true. */

export interface Special {
  readonly id: RefusalId;
  readonly path: readonly (string | number)[];
}

/** Members of a request that rules look at together. */
export interface Turns {
  readonly request: JsonObject;
  readonly messages: readonly JsonObject[];
  /** The value of Claude's thinking, whatever its name. */
  readonly thinking: JsonObject;
}

const fieldsOf = (request: JsonObject): JsonObject => recordOf(request['additionalModelRequestFields']);

export const turnsOf = (request: JsonObject): Turns => {
  const fields = fieldsOf(request);
  return {
    request,
    messages: itemsOf(request['messages']).map(recordOf),
    thinking: recordOf(fields['thinking'] ?? fields['reasoning_config']),
  };
};

const listBlocks = oncePer((message: JsonObject): readonly JsonObject[] => itemsOf(message['content']).map(recordOf));

/** The blocks of a message, listed once: many rules ask for them. */
export const blocksOf = (message: JsonObject | undefined): readonly JsonObject[] => (message === undefined ? [] : listBlocks(message));

export const has = (block: JsonObject, member: string): boolean => (block[member] ?? null) !== null;

const isOn = ({ thinking }: Turns): boolean => thinking['type'] === 'enabled' || thinking['type'] === 'adaptive';

function* lastTurn(turns: Turns): Generator<Special> {
  const at = turns.messages.length - 1;
  if (turns.messages[at]?.['role'] !== 'assistant') return;
  yield { id: 'prefill', path: ['messages', at] };
  const blocks = blocksOf(turns.messages[at]);
  const last = blocks.findLastIndex((block) => !has(block, 'cachePoint'));
  const text = blocks[last]?.['text'];
  // Nothing but white space is told as that.
  if (typeof text === 'string' && /\S\s+$/.test(text)) yield { id: 'prefill.space', path: ['messages', at, 'content', last] };
  if (isOn(turns)) yield { id: 'prefill.thinking', path: ['messages', at] };
}

/** Does a message of the assistant end in the result of a tool that the service ran? */
const endsInServerResult = (message: JsonObject | undefined): boolean => {
  const last = blocksOf(message).findLast((block) => !has(block, 'cachePoint'));
  return message?.['role'] === 'assistant' && last !== undefined && has(last, 'toolResult');
};

const changesTools = (block: JsonObject): boolean => has(block, 'toolAddition') || has(block, 'toolRemoval');

const isMisplaced = (messages: readonly JsonObject[], at: number): boolean => {
  const [before, next] = [messages[at - 1], messages[at + 1]];
  const follows = before?.['role'] === 'user' || before?.['role'] === 'system' || endsInServerResult(before);
  const precedes = next === undefined || next['role'] !== 'user';
  const onlyText = blocksOf(messages[at]).every((block) => has(block, 'text') || has(block, 'cachePoint') || changesTools(block));
  return !follows || !precedes || !onlyText;
};

function* systemTurns({ messages }: Turns, isBody: boolean): Generator<Special> {
  for (const [at, { role }] of messages.entries()) {
    if (role !== 'system') continue;
    const path = ['messages', at, 'role'];
    // First in messages it is refused by every model, which the rule on roles says.
    if (at > 0) yield { id: isMisplaced(messages, at) ? 'role.system.place' : 'role.system', path };
    if (at > 0 && isMisplaced(messages, at)) yield { id: 'role.system', path };
    if (at > 0 && isBody) yield { id: 'role.system.invoke', path };
  }
}

const changesBeta = 'mid-conversation-tool-changes-2026-07-01';

function* toolChanges({ request, messages }: Turns): Generator<Special> {
  const declared = new Set(itemsOf(recordOf(request['toolConfig'])['tools']).map((tool) => recordOf(recordOf(tool)['toolSpec'])['name']));
  const allowed = itemsOf(fieldsOf(request)['anthropic_beta']).includes(changesBeta);
  for (const [at, message] of messages.entries())
    for (const [index, block] of blocksOf(message).entries()) {
      if (!changesTools(block)) continue;
      const { name } = recordOf(recordOf(block['toolAddition'] ?? block['toolRemoval'])['tool']);
      if (message['role'] !== 'system' || !allowed || !declared.has(name ?? null))
        yield { id: 'tool.change', path: ['messages', at, 'content', index] };
    }
}

function* thinkingBudget({ request, thinking }: Turns): Generator<Special> {
  const most = recordOf(request['inferenceConfig'])['maxTokens'];
  const budget = thinking['budget_tokens'];
  const betas = itemsOf(fieldsOf(request)['anthropic_beta']);
  const interleaved =
    betas.some((value) => typeof value === 'string' && value.startsWith('interleaved-thinking')) && isRecord(request['toolConfig']);
  if (thinking['type'] !== 'enabled' || typeof budget !== 'number' || interleaved) return;
  // A small budget was seen to be taken without.
  if (most === undefined && budget > 4096) yield { id: 'thinking.budget.unset', path: ['additionalModelRequestFields'] };
  if (typeof most === 'number' && budget >= most) yield { id: 'thinking.budget.most', path: ['inferenceConfig', 'maxTokens'] };
}

function* reasoning({ messages, thinking }: Turns): Generator<Special> {
  const last = messages.length - 1;
  const answered = blocksOf(messages[last]).some((block) => has(block, 'toolResult')) && messages[last]?.['role'] === 'user';
  const [first] = blocksOf(messages[last - 1]);
  if (
    thinking['type'] === 'enabled' &&
    answered &&
    first !== undefined &&
    !has(first, 'reasoningContent') &&
    messages[last - 1]?.['role'] === 'assistant'
  )
    yield { id: 'reasoning.beforeTool', path: ['messages', last - 1, 'content', 0] };
  for (const [at, message] of messages.entries()) yield* reasoningIn(message, ['messages', at]);
}

function* reasoningIn(message: JsonObject, path: Special['path']): Generator<Special> {
  const blocks = blocksOf(message);
  const first = blocks.findIndex((block) => has(block, 'reasoningContent'));
  if (first === -1) return;
  if (message['role'] === 'user') yield { id: 'reasoning.user', path: [...path, 'content', first] };
  if (message['role'] !== 'assistant') return;
  if (blocks.every((block) => has(block, 'reasoningContent'))) yield { id: 'reasoning.alone', path };
  // A tool that the service runs has its result in the same message, and thinking goes on after it.
  const call = blocks.findIndex((block) => has(block, 'toolUse') && recordOf(block['toolUse'])['type'] !== 'server_tool_use');
  const late = call === -1 ? -1 : blocks.findIndex((block, index) => index > call && has(block, 'reasoningContent'));
  if (late !== -1) yield { id: 'reasoning.order', path: [...path, 'content', late] };
}

const isEmpty = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;

function* toolResults({ messages }: Turns): Generator<Special> {
  for (const [at, message] of messages.entries()) {
    const blocks = blocksOf(message);
    const hasResult = blocks.some((block) => has(block, 'toolResult'));
    if (!hasResult) continue;
    for (const [index, block] of blocks.entries()) {
      const path = ['messages', at, 'content', index];
      if (!has(block, 'toolResult') && !has(block, 'cachePoint')) yield { id: 'tool.result.alone', path };
      if (has(block, 'document') || has(block, 'video')) yield { id: 'tool.result.beside', path };
      const { status, content } = recordOf(block['toolResult']);
      if (status === 'error' && isEmpty(content)) yield { id: 'tool.result.error', path: [...path, 'toolResult', 'content'] };
      for (const [inside, item] of itemsOf(content).entries())
        if (has(recordOf(item), 'json') && !isRecord(recordOf(item)['json']) && !isOpen(recordOf(item)['json']))
          yield { id: 'tool.result.json', path: [...path, 'toolResult', 'content', inside, 'json'] };
    }
  }
}

function* strictTools({ request }: Turns): Generator<Special> {
  for (const [index, tool] of itemsOf(recordOf(request['toolConfig'])['tools']).entries()) {
    const { strict, inputSchema } = recordOf(recordOf(tool)['toolSpec']);
    const path = ['toolConfig', 'tools', index, 'toolSpec', 'inputSchema'];
    const has = (keyword: string): boolean => strict === true && schemaHas(recordOf(inputSchema)['json'], keyword);
    if (has('maxItems')) yield { id: 'tool.strictSchema', path };
    if (doubtedKeywords.some(has)) yield { id: 'tool.strictSchema.other', path };
  }
}

function* pointsAfterVideo({ messages }: Turns): Generator<Special> {
  for (const [at, message] of messages.entries()) {
    const blocks = blocksOf(message);
    for (const [index, block] of blocks.entries())
      if (has(block, 'cachePoint') && has(blocks[index - 1] ?? {}, 'video'))
        yield { id: 'cache.afterVideo', path: ['messages', at, 'content', index] };
  }
}

/** Names of additional fields that are known, by the beginning of a model's id. */
const knownFields: Readonly<Record<string, readonly string[]>> = {
  'anthropic.': [
    ...[
      'thinking',
      'reasoning_config',
      'output_config',
      'anthropic_beta',
      'anthropic_version',
      'top_k',
      'top_p',
      'temperature',
      'max_tokens',
    ],
    ...[
      'stop_sequences',
      'tools',
      'tool_choice',
      'metadata',
      'context_management',
      'cache_control',
      'cacheControl',
      'output_format',
      'container',
    ],
  ],
  'amazon.nova': ['inferenceConfig', 'reasoningConfig', 'top_k', 'thinking', 'reasoning_config', 'cache_control', 'cacheControl'],
};

function* unknownFields({ request }: Turns, modelId: string): Generator<Special> {
  const known = Object.entries(knownFields).find(([start]) => modelId.startsWith(start))?.[1];
  const unknown = known && Object.keys(fieldsOf(request)).find((name) => !known.includes(name));
  if (unknown !== undefined) yield { id: 'fields.unknown', path: ['additionalModelRequestFields', unknown] };
}

function* bareLatency({ request }: Turns, { plan }: RuleInput): Generator<Special> {
  if (plan.resolution.kind === 'bare' && recordOf(request['performanceConfig'])['latency'] === 'optimized')
    yield { id: 'latency.bare', path: ['performanceConfig', 'latency'] };
}

function* formatOnMantle({ request }: Turns, { prompt }: RuleInput): Generator<Special> {
  if (prompt.onMantle !== true) return;
  const fields = fieldsOf(request);
  if (recordOf(fields['output_config'])['format'] !== undefined)
    yield { id: 'output.mantle', path: ['additionalModelRequestFields', 'output_config', 'format'] };
  else if (fields['output_format'] !== undefined) yield { id: 'output.mantle', path: ['additionalModelRequestFields', 'output_format'] };
}

/** Everything of this kind in a request, whether or not its model refuses it. */
export function* specialRefusals(input: RuleInput): Generator<Special> {
  const turns = turnsOf(requestOf(input.prompt));
  yield* lastTurn(turns);
  yield* systemTurns(turns, input.prompt.api === 'messages');
  yield* toolChanges(turns);
  yield* thinkingBudget(turns);
  yield* reasoning(turns);
  yield* toolResults(turns);
  yield* strictTools(turns);
  yield* pointsAfterVideo(turns);
  yield* unknownFields(turns, input.plan.model?.id ?? '');
  yield* bareLatency(turns, input);
  yield* formatOnMantle(turns, input);
  yield { id: 'id.mantle', path: ['modelId'] };
}
