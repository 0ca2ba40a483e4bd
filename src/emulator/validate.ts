import type { JsonObject } from '../core/text/json';
import { levelOf } from '../core/service/refusals';
import { cacheRules } from './cacheRules';
import { documentRules } from './documentRules';
import { fileRules } from './fileRules';
import type { ServiceError } from './errors';
import { invalid, modelRefuses } from './errors';
import { numberOf, objectOf, objectsOf, stringOf } from './json';
import { modelTakesRequest } from './modelRules';
import { outputSchemaIsTaken } from './outputSchema';
import type { RequestRule, RuleContext } from './requestRule';
import { ofNamedModel } from './requestRule';
import type { SentBlock, SentRequest } from './request';
import { toolNames } from './request';
import { pairingRules } from './toolPairing';
import { turnRules } from './turnRules';

const messagesOf = (request: SentRequest): readonly JsonObject[] => objectsOf(request.converse['messages']);

const hasMessages: RequestRule = (request, { target }) => {
  if (target.kind === 'managedPrompt' && request.converse['messages'] === undefined) return undefined;
  return messagesOf(request).length > 0
    ? undefined
    : invalid('A conversation must start with a user message. Try again with a conversation that starts with a user message.');
};

const hasContent: RequestRule = (request) => {
  const at = messagesOf(request).findIndex(({ role, content }) => {
    // A message of the system may only change the settings from there on, in a body of the Messages API.
    const mayBeEmpty = request.api === 'messages' && role === 'system';
    return !Array.isArray(content) || (content.length === 0 && !mayBeEmpty);
  });
  if (at < 0) return undefined;
  return request.api === 'messages'
    ? modelRefuses(`messages.${at}: all messages must have non-empty content except for the optional final assistant message`)
    : invalid(
        `The content field in the Message object at messages.${at} is empty. Add a ContentBlock object to the content field and try again.`,
      );
};

const textOf = ({ kind, value }: SentBlock): string | undefined => (kind === 'text' ? stringOf(objectOf(value)['text']) : undefined);

/** An empty text is refused everywhere; white space in messages of Converse, by models that are known to refuse it. */
const isBlankText = (block: SentBlock, request: SentRequest, { target }: RuleContext): boolean => {
  const text = textOf(block);
  if (text === undefined || text.trim() !== '') return false;
  if (text === '') return true;
  return (
    request.api !== 'messages' && block.place.field === 'messages' && target.isNamed && levelOf('text.space', target.entry.id) === 'error'
  );
};

const describeBlank = ({ place }: SentBlock): string =>
  place.field === 'messages'
    ? `ContentBlock object at messages.${place.message}.content.${place.index}`
    : `SystemContentBlock object at system.${place.index}`;

const textIsNotBlank: RequestRule = (request, context) => {
  const blank = request.blocks.find((block) => isBlankText(block, request, context));
  if (blank === undefined) return undefined;
  if (request.api !== 'messages')
    return invalid(`The text field in the ${describeBlank(blank)} is blank. Add text to the text field, and try again.`);
  return modelRefuses(`${blank.place.field}: text content blocks must be non-empty`);
};

const toolNamesAreUnique: RequestRule = (request) => {
  const names = toolNames(request);
  return new Set(names).size === names.length ? undefined : modelRefuses('tools: Tool names must be unique.');
};

const chosenToolExists: RequestRule = (request) => {
  const chosen = stringOf(objectOf(objectOf(objectOf(request.converse['toolConfig'])['toolChoice'])['tool'])['name']);
  return chosen === undefined || toolNames(request).includes(chosen)
    ? undefined
    : modelRefuses(`Tool '${chosen}' not found in provided tools`);
};

const schemasDescribeObjects: RequestRule = (request) => {
  for (const { kind, value, place } of request.blocks) {
    if (kind !== 'toolSpec') continue;
    const schema = objectOf(objectOf(objectOf(value)['toolSpec'])['inputSchema'])['json'];
    if (objectOf(schema)['type'] !== 'object')
      return invalid(`The value at toolConfig.tools.${place.index}.toolSpec.inputSchema.json.type must be one of the following: object.`);
  }
  return undefined;
};

/** Bodies of other APIs have no shapes that would have said so. */
const inferenceInRange: RequestRule = (request) => {
  const inference = objectOf(request.converse['inferenceConfig']);
  const limits = [
    ['maxTokens', 1, Infinity],
    ['temperature', 0, 1],
    ['topP', 0, 1],
  ] as const;
  for (const [name, least, most] of limits) {
    const value = numberOf(inference[name]);
    if (value === undefined || (value >= least && value <= most)) continue;
    const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    return invalid(
      `1 validation error detected: Value '${value}' at 'inferenceConfig.${name}' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return undefined;
};

const maxTokensWithinModel: RequestRule = (request, { target }) => {
  const limit = target.entry.maxOutputTokens;
  const asked = numberOf(objectOf(request.converse['inferenceConfig'])['maxTokens']);
  if (asked === undefined || asked <= limit) return undefined;
  return invalid(
    `The maximum tokens you requested exceeds the model limit of ${limit}. Try again with a maximum tokens value that is lower than ${limit}.`,
  );
};

const modelTakesContent: RequestRule = (request, { target }) => {
  const refused = request.blocks.find(({ kind }) => target.entry.refusesContent?.some((refusal) => refusal === kind) === true);
  if (refused !== undefined)
    return invalid(
      `This model doesn't support the ${refused.kind} content block that you provided. Update the content block and try again.`,
    );
  const fromS3 = request.blocks.some(({ kind, value }) => objectOf(objectOf(objectOf(value)[kind])['source'])['s3Location'] !== undefined);
  return fromS3 && target.dialect === 'claude'
    ? invalid("This model doesn't support the s3Uri field. Remove s3Uri and try again.")
    : undefined;
};

const modelIsServed: RequestRule = (_request, { target }) =>
  target.isNamed && levelOf('id.mantle', target.entry.id) === 'error' ? invalid('The provided model identifier is invalid.') : undefined;

const fitsContextWindow: RequestRule = (_request, { target, leastTokens }) => {
  if (leastTokens() <= target.entry.contextWindow) return undefined;
  return target.dialect === 'nova'
    ? modelRefuses('Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.')
    : invalid('Input is too long for requested model.');
};

/** Every check of a well-formed request, in the order in which they are made: conversation, tools, limits, cache points, size. */
export const requestRules: readonly RequestRule[] = [
  hasMessages,
  hasContent,
  textIsNotBlank,
  ...pairingRules,
  toolNamesAreUnique,
  chosenToolExists,
  schemasDescribeObjects,
  ...documentRules,
  inferenceInRange,
  ofNamedModel(maxTokensWithinModel),
  ofNamedModel(modelTakesContent),
  ...fileRules,
  modelIsServed,
  ...cacheRules,
  ...turnRules,
  modelTakesRequest,
  outputSchemaIsTaken,
  ofNamedModel(fitsContextWindow),
];

/** The first refusal of a well-formed request, or undefined when the service would answer it. */
export const validateRequest = (request: SentRequest, context: RuleContext): ServiceError | undefined => {
  for (const rule of requestRules) {
    const error = rule(request, context);
    if (error !== undefined) return error;
  }
  return undefined;
};
