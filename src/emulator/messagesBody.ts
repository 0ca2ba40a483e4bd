import type { Json, JsonObject } from '../core/text/json';
import { isObject, listOf, numberOf, objectOf, objectsOf, stringOf } from './json';
import type { Identities } from './request';

/** An InvokeModel body in Converse form, with each block's own text kept for the cache. */
export interface Translated {
  readonly converse: JsonObject;
  readonly identities: Identities;
}

/** Leaves undefined members out, as JSON does. */
const compact = (members: { readonly [key: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const cachePointOf = (control: Json): JsonObject => ({ cachePoint: compact({ type: 'default', ttl: objectOf(control)['ttl'] }) });
const formatOf = (source: JsonObject, otherwise: string): string => stringOf(source['media_type'])?.split('/').at(-1) ?? otherwise;
const mediaSource = (source: JsonObject): JsonObject =>
  stringOf(source['type']) === 'text' ? { text: source['data'] ?? '' } : { bytes: source['data'] ?? '' };
const documentFormat = (source: JsonObject): string => (stringOf(source['type']) === 'text' ? 'txt' : formatOf(source, 'pdf'));

const resultContent = (content: Json | undefined): readonly Json[] =>
  typeof content === 'string' ? [{ text: content }] : objectsOf(content).map(toContentBlock);

const toContentBlock = (block: JsonObject): JsonObject => {
  const source = objectOf(block['source']);
  switch (block['type']) {
    case 'text':
      return { text: block['text'] ?? '' };
    case 'image':
      return { image: { format: formatOf(source, 'png'), source: mediaSource(source) } };
    case 'document':
      return {
        document: compact({
          format: documentFormat(source),
          name: stringOf(block['title']) ?? 'document',
          source: mediaSource(source),
          citations: block['citations'],
        }),
      };
    case 'tool_use':
      return { toolUse: { toolUseId: block['id'] ?? '', name: block['name'] ?? '', input: block['input'] ?? {} } };
    case 'tool_result':
      return { toolResult: { toolUseId: block['tool_use_id'] ?? '', content: resultContent(block['content']) } };
    case 'thinking':
      return { reasoningContent: { reasoningText: compact({ text: block['thinking'] ?? '', signature: block['signature'] }) } };
    case 'redacted_thinking':
      return { reasoningContent: { redactedContent: block['data'] ?? '' } };
    default:
      return { [stringOf(block['type']) ?? 'unknown']: block };
  }
};

const toTool = (tool: JsonObject): JsonObject =>
  stringOf(tool['name']) !== undefined && tool['input_schema'] !== undefined
    ? {
        toolSpec: compact({
          name: tool['name'] ?? '',
          description: tool['description'],
          inputSchema: { json: tool['input_schema'] },
          strict: tool['strict'],
        }),
      }
    : { systemTool: { name: stringOf(tool['name']) ?? '' } };

const withMarkers = (blocks: readonly Json[], convert: (block: JsonObject) => JsonObject, identities: Map<Json, string>): readonly Json[] =>
  blocks.filter(isObject).flatMap((block) => {
    const { cache_control: control, ...rest } = block;
    const converted = convert(rest);
    identities.set(converted, JSON.stringify(rest));
    return control === undefined || control === null ? [converted] : [converted, cachePointOf(control)];
  });

const toolChoices: { readonly [type: string]: (choice: JsonObject) => JsonObject } = {
  auto: () => ({ auto: {} }),
  any: () => ({ any: {} }),
  tool: (choice) => ({ tool: { name: choice['name'] ?? '' } }),
};
const toToolChoice = (choice: Json | undefined): Json | undefined => {
  const type = stringOf(objectOf(choice)['type']) ?? '';
  return Object.hasOwn(toolChoices, type) ? toolChoices[type]?.(objectOf(choice)) : undefined;
};

const asBlocks = (content: Json | undefined): readonly Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);

/** Members of a Messages body that Converse carries among its additional fields. */
const additionalNames = ['thinking', 'output_config', 'output_format', 'top_k', 'anthropic_beta'] as const;

/** Reads an Anthropic Messages body; `cache_control` on a block becomes a cache point after it. Takes any object. */
export const fromMessagesBody = (body: JsonObject): Translated => {
  const identities = new Map<Json, string>();
  const tools = withMarkers(listOf(body['tools']), toTool, identities);
  const system = withMarkers(asBlocks(body['system']), toContentBlock, identities);
  const messages = objectsOf(body['messages']).map((message) => ({
    role: message['role'] ?? '',
    content: withMarkers(asBlocks(message['content']), toContentBlock, identities),
  }));
  const additional = compact(Object.fromEntries(additionalNames.map((name) => [name, body[name]])));
  const converse = compact({
    messages,
    ...(system.length > 0 ? { system } : {}),
    ...(tools.length > 0 ? { toolConfig: compact({ tools, toolChoice: toToolChoice(body['tool_choice']) }) } : {}),
    inferenceConfig: compact({
      maxTokens: numberOf(body['max_tokens']),
      temperature: body['temperature'],
      topP: body['top_p'],
      stopSequences: body['stop_sequences'],
    }),
    ...(Object.keys(additional).length > 0 ? { additionalModelRequestFields: additional } : {}),
  });
  return { converse, identities };
};
