import { refusals, type Refusal, type RefusalId } from '../core/service/refusals';
import type { JsonObject } from '../core/text/json';
import { invalid } from './errors';
import { isObject, listOf, numberOf, objectOf, objectsOf, stringOf } from './json';
import { isRefused } from './modelRules';
import { refusalOf } from './modelWording';
import { innerSchemas } from './outputSchema';
import type { RequestRule } from './requestRule';
import type { SentRequest } from './request';

/** Rows of the table of refusals that take more than a path and a value to tell: turns, thinking, tool results. */

const messagesOf = ({ converse }: SentRequest): readonly JsonObject[] => objectsOf(converse['messages']);
const contentOf = (message: JsonObject | undefined): readonly JsonObject[] => objectsOf(message?.['content']);
const additional = ({ converse }: SentRequest): JsonObject => objectOf(converse['additionalModelRequestFields']);
const isSet = (block: JsonObject, name: string): boolean => block[name] !== undefined && block[name] !== null;
const thinkingOf = (request: SentRequest): JsonObject => {
  const { thinking, reasoning_config: config } = additional(request);
  return objectOf(thinking ?? config);
};

/** A rule made of a row and of what code must see of the request. */
const rule =
  (id: RefusalId, sees: (request: SentRequest) => boolean, says = () => refusalOf(id)): RequestRule =>
  (request, context) =>
    isRefused(id, refusals[id] as Refusal, request, context) && sees(request) ? says() : undefined;

const endsWithAssistant = (request: SentRequest): boolean => messagesOf(request).at(-1)?.['role'] === 'assistant';
const endsInSpace = (request: SentRequest): boolean => {
  const last = contentOf(messagesOf(request).at(-1)).findLast((block) => !isSet(block, 'cachePoint'));
  return endsWithAssistant(request) && /\S\s+$/.test(stringOf(last?.['text']) ?? '');
};
const thinks = (request: SentRequest): boolean => ['enabled', 'adaptive'].includes(stringOf(thinkingOf(request)['type']) ?? '');

const startsWithAssistant = (request: SentRequest): boolean =>
  messagesOf(request).find(({ role }) => role !== 'system')?.['role'] === 'assistant';

const systemFirst = (request: SentRequest): boolean => messagesOf(request)[0]?.['role'] === 'system';

const isServerResult = (message: JsonObject | undefined): boolean => {
  const last = contentOf(message)
    .filter((block) => !isSet(block, 'cachePoint'))
    .at(-1);
  return message?.['role'] === 'assistant' && last !== undefined && isSet(last, 'toolResult');
};

const systemAstray = (request: SentRequest): boolean =>
  messagesOf(request).some((message, at, all) => {
    if (message['role'] !== 'system' || at === 0) return false;
    const before = all[at - 1];
    const startsRight = before?.['role'] !== 'assistant' || isServerResult(before);
    const endsRight = all[at + 1]?.['role'] !== 'user';
    const textOnly = contentOf(message).every((block) =>
      ['text', 'cachePoint', 'toolAddition', 'toolRemoval'].some((name) => isSet(block, name)),
    );
    return !(startsRight && endsRight && textOnly);
  });

const toolsChangeAstray = (request: SentRequest): boolean => {
  const names = objectsOf(objectOf(request.converse['toolConfig'])['tools']).map((tool) => objectOf(tool['toolSpec'])['name']);
  const isAllowed = listOf(additional(request)['anthropic_beta']).includes('mid-conversation-tool-changes-2026-07-01');
  return messagesOf(request).some(({ role, content }) =>
    objectsOf(content).some((block) => {
      const change = [block['toolAddition'], block['toolRemoval']].find(isObject);
      if (change === undefined) return false;
      const { name } = objectOf(change['tool']);
      return role !== 'system' || !isAllowed || name === undefined || !names.includes(name);
    }),
  );
};

const budgetTooLarge = (request: SentRequest): boolean => {
  const { type, budget_tokens: budget } = thinkingOf(request);
  const limit = numberOf(objectOf(request.converse['inferenceConfig'])['maxTokens']);
  const interleaved =
    isObject(request.converse['toolConfig']) &&
    listOf(additional(request)['anthropic_beta']).some((value) => stringOf(value)?.startsWith('interleaved-thinking') === true);
  return type === 'enabled' && limit !== undefined && (numberOf(budget) ?? 0) >= limit && !interleaved;
};

const toolCallWithoutReasoning = (request: SentRequest): boolean => {
  const messages = messagesOf(request);
  const [turn, answer] = [messages.at(-2), messages.at(-1)];
  const opening = contentOf(turn)[0];
  return (
    thinkingOf(request)['type'] === 'enabled' &&
    turn?.['role'] === 'assistant' &&
    answer?.['role'] === 'user' &&
    contentOf(answer).some((block) => isSet(block, 'toolResult')) &&
    opening !== undefined &&
    !isSet(opening, 'reasoningContent')
  );
};

const besideResults = (request: SentRequest, isWrong: (block: JsonObject) => boolean): boolean =>
  messagesOf(request).some((message) => {
    const blocks = contentOf(message);
    return blocks.some((block) => isSet(block, 'toolResult')) && blocks.some((block) => !isSet(block, 'toolResult') && isWrong(block));
  });

const mentions = (schema: JsonObject, keyword: string): boolean =>
  Object.hasOwn(schema, keyword) || innerSchemas(schema).some((inner) => mentions(inner, keyword));

const strictWithMaxItems = (request: SentRequest): boolean =>
  objectsOf(objectOf(request.converse['toolConfig'])['tools']).some((tool) => {
    const { strict, inputSchema } = objectOf(tool['toolSpec']);
    return strict === true && mentions(objectOf(objectOf(inputSchema)['json']), 'maxItems');
  });

const userFirst = (): ReturnType<typeof invalid> =>
  invalid('A conversation must start with a user message. Try again with a conversation that starts with a user message.');

const bareLatency: RequestRule = (request, context) =>
  context.target.kind === 'bare' &&
  isRefused('latency.bare', refusals['latency.bare'], request, context) &&
  objectOf(request.converse['performanceConfig'])['latency'] === 'optimized'
    ? refusalOf('latency.bare')
    : undefined;

/** In the order in which they are made. */
export const turnRules: readonly RequestRule[] = [
  rule('turns.userFirst', startsWithAssistant, userFirst),
  // No model is known to take it, so the row counts for the stand-in of an ARN too.
  rule('role.system.invoke', (request) => request.api === 'messages' && messagesOf(request).some(({ role }) => role === 'system')),
  (request) => (systemFirst(request) ? refusalOf('role.system.first') : undefined),
  rule('role.system.place', systemAstray),
  rule('tool.change', toolsChangeAstray),
  rule('prefill', endsWithAssistant),
  rule('prefill.space', endsInSpace),
  rule('prefill.thinking', (request) => thinks(request) && endsWithAssistant(request)),
  rule('thinking.budget.most', budgetTooLarge),
  rule('reasoning.beforeTool', toolCallWithoutReasoning),
  rule('tool.result.alone', (request) => besideResults(request, (block) => !isSet(block, 'cachePoint'))),
  rule('tool.result.beside', (request) => besideResults(request, (block) => isSet(block, 'document') || isSet(block, 'video'))),
  rule('tool.strictSchema', strictWithMaxItems),
  bareLatency,
];
