import type { Json, JsonObject } from '../core/text/json';
import type { ServiceError } from './errors';
import { invalid } from './errors';
import { isObject, listOf, numberOf, objectOf, stringOf } from './json';

/** Which top-level members a body has, and which it must have. Source: Anthropic's Messages API reference, read 2026-11. */
export interface BodyForm {
  readonly known: ReadonlySet<string>;
  readonly required: readonly string[];
}

const counted = ['messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'context_management'];
const generated = ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'metadata'];

/** On InvokeModel, whose path has the model, and which takes no `cache_control` of the whole request. */
const invokeForm: BodyForm = {
  known: new Set(['anthropic_version', 'anthropic_beta', ...counted, ...generated]),
  required: ['anthropic_version', 'max_tokens', 'messages'],
};
/** On bedrock-mantle, which has version and beta values in headers. */
export const mantleForm: BodyForm = {
  known: new Set(['model', 'stream', 'cache_control', 'service_tier', ...counted, ...generated]),
  required: ['model', 'max_tokens', 'messages'],
};
/** The same, to be counted. */
export const countForm: BodyForm = { known: new Set(['model', 'cache_control', ...counted]), required: ['model', 'messages'] };

const blockTypes = new Set([
  ...['text', 'image', 'document', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking', 'search_result'],
  ...['server_tool_use', 'web_search_tool_result'],
]);

const extra = (path: string): ServiceError => invalid(`${path}: Extra inputs are not permitted`);
const unknownTag = (path: string, tag: string, tags: Iterable<string>): ServiceError => {
  const expected = [...tags].map((name) => `'${name}'`).join(', ');
  return invalid(`${path}: Input tag '${tag}' found using 'type' does not match any of the expected tags: ${expected}`);
};

const checkControl = (control: Json | undefined, path: string): ServiceError | undefined => {
  if (control === undefined || control === null) return undefined;
  const at = path === '' ? 'cache_control' : `${path}.cache_control`;
  const { type, ttl, ...rest } = objectOf(control);
  if (type !== 'ephemeral') return unknownTag(at, String(type), ['ephemeral']);
  const [surplus] = Object.keys(rest);
  if (surplus !== undefined) return extra(`${at}.ephemeral.${surplus}`);
  return ttl === undefined || ttl === '5m' || ttl === '1h' ? undefined : invalid(`${at}.ephemeral.ttl: Input should be '5m' or '1h'`);
};

const checkBlock = (block: Json, path: string): ServiceError | undefined => {
  if (!isObject(block)) return invalid(`${path}: Input should be a valid dictionary or object to extract fields from`);
  const type = stringOf(block['type']);
  if (type === undefined) return invalid(`${path}.type: Field required`);
  if (!blockTypes.has(type)) return unknownTag(path, type, blockTypes);
  if (type === 'text' && stringOf(block['text']) === undefined) return invalid(`${path}.text.text: Field required`);
  return checkControl(block['cache_control'], path);
};

const checkBlocks = (content: Json | undefined, path: string): ServiceError | undefined => {
  if (typeof content === 'string') return undefined;
  if (!Array.isArray(content)) return invalid(`${path}: ${content === undefined ? 'Field required' : 'Input should be a valid list'}`);
  return firstError(listOf(content), (block, index) => checkBlock(block, `${path}.${index}`));
};

const firstError = (items: readonly Json[], check: (item: Json, index: number) => ServiceError | undefined): ServiceError | undefined => {
  for (const [index, item] of items.entries()) {
    const error = check(item, index);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkMessage = (message: Json, index: number): ServiceError | undefined => {
  const role = objectOf(message)['role'];
  if (role !== 'user' && role !== 'assistant' && role !== 'system')
    return invalid(`messages.${index}.role: Input should be 'user' or 'assistant'`);
  return checkBlocks(objectOf(message)['content'], `messages.${index}.content`);
};

/** Stop sequences that a body may have. Source: AWS user guide, Anthropic Claude Messages API, 2026-10. */
const mostSequences = 8191;

/** Sampling, in the words of that API. */
const checkSampling = (body: JsonObject): ServiceError | undefined => {
  for (const name of ['temperature', 'top_p'] as const) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (numberOf(value) === undefined) return invalid(`${name}: Input should be a valid number`);
    if (Number(value) < 0) return invalid(`${name}: Input should be greater than or equal to 0`);
    if (Number(value) > 1) return invalid(`${name}: Input should be less than or equal to 1`);
  }
  const topK = body['top_k'];
  if (topK !== undefined && topK !== null && !Number.isInteger(topK)) return invalid('top_k: Input should be a valid integer');
  return listOf(body['stop_sequences']).length > mostSequences
    ? invalid(`stop_sequences: List should have at most ${mostSequences} items`)
    : undefined;
};

/** What the Messages API would find wrong with the form of a body, in its words; undefined when the form is right. */
export const checkMessagesBody = (body: JsonObject, { known, required }: BodyForm = invokeForm): ServiceError | undefined => {
  const missing = required.find((name) => body[name] === undefined || body[name] === null);
  if (missing !== undefined) return invalid(`${missing}: Field required`);
  const surplus = Object.keys(body).find((name) => !known.has(name));
  if (surplus !== undefined) return extra(surplus);
  if (required.includes('max_tokens') && !Number.isInteger(numberOf(body['max_tokens'])))
    return invalid('max_tokens: Input should be a valid integer');
  if (!Array.isArray(body['messages'])) return invalid('messages: Input should be a valid list');
  return (
    checkSampling(body) ??
    checkControl(body['cache_control'], '') ??
    firstError(listOf(body['tools']), (tool, index) => checkControl(objectOf(tool)['cache_control'], `tools.${index}`)) ??
    (body['system'] === undefined ? undefined : checkBlocks(body['system'], 'system')) ??
    firstError(listOf(body['messages']), checkMessage)
  );
};
