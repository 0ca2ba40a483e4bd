import { isRecord, type Json, type JsonObject } from '../text/json';
import { fieldOf, isLoose } from '../tokens/json';
import { blocksAt, memberOf, onlyMembers, optional, toolResultMembers, toolUseMembers } from './request';
import type { ConvertNote, Losses } from './types';
import { noPlaceWording } from '../wording/noPlace';

/** The Messages body that says the same as a request of Converse: `formats/messagesTree` the other way round. */

/** The version that Bedrock asks for. */
export const anthropicVersion = 'bedrock-2023-05-31';

/** A body must say how long an answer may be. */
const usualMaxTokens = 4096;

const refuse = (losses: Losses, what: string): undefined => void losses.refusals.push({ code: 'noPlace', what });

const json = (value: unknown): Json => value as Json; // read from JSON

const image = (value: unknown, losses: Losses): JsonObject | undefined => {
  const bytes = fieldOf(fieldOf(value, 'source'), 'bytes');
  if (typeof bytes !== 'string') return refuse(losses, 'image.source');
  const type = `image/${String(fieldOf(value, 'format'))}`;
  return { type: 'image', source: { type: 'base64', media_type: type, data: bytes } };
};

const documentSource = (value: unknown): JsonObject | undefined => {
  const source = fieldOf(value, 'source');
  const [bytes, text] = [fieldOf(source, 'bytes'), fieldOf(source, 'text')];
  const format = fieldOf(value, 'format');
  if (typeof text === 'string') return { type: 'text', media_type: 'text/plain', data: text };
  if (typeof bytes === 'string' && (format === 'pdf' || format === undefined))
    return { type: 'base64', media_type: 'application/pdf', data: bytes };
  return undefined;
};

const document = (value: unknown, losses: Losses): JsonObject | undefined => {
  const source = documentSource(value);
  if (source === undefined) return refuse(losses, `document.${String(fieldOf(value, 'format') ?? 'source')}`);
  onlyMembers(value, ['format', 'name', 'source', 'context', 'citations'], 'document', losses);
  const { name, context, citations } = value as Record<string, unknown>;
  return { type: 'document', source, ...optional('title', name), ...optional('context', context), ...optional('citations', citations) };
};

const reasoning = (value: unknown, losses: Losses): JsonObject | undefined => {
  const [text, redacted] = [fieldOf(value, 'reasoningText'), fieldOf(value, 'redactedContent')];
  if (typeof redacted === 'string') return { type: 'redacted_thinking', data: redacted };
  if (!isLoose(text)) return refuse(losses, 'reasoningContent');
  return { type: 'thinking', thinking: json(text['text'] ?? ''), ...optional('signature', text['signature']) };
};

const toolResult = (value: unknown, losses: Losses): JsonObject => {
  onlyMembers(value, toolResultMembers, 'toolResult', losses);
  const content = blocksAt(value, 'content', losses).flatMap((item): readonly JsonObject[] => {
    const made = contentBlock(item, losses);
    return made === undefined ? [] : [made];
  });
  return {
    type: 'tool_result',
    ...optional('tool_use_id', fieldOf(value, 'toolUseId')),
    content,
    ...(fieldOf(value, 'status') === 'error' ? { is_error: true } : {}),
  };
};

const contentBlock = (block: unknown, losses: Losses): JsonObject | undefined => {
  const { member, value } = memberOf(block, losses);
  switch (member) {
    case 'text':
      return { type: 'text', text: json(value) };
    case 'image':
      return image(value, losses);
    case 'document':
      return document(value, losses);
    case 'toolUse':
      onlyMembers(value, toolUseMembers, 'toolUse', losses);
      return {
        type: 'tool_use',
        ...optional('id', fieldOf(value, 'toolUseId')),
        ...optional('name', fieldOf(value, 'name')),
        ...optional('input', fieldOf(value, 'input')),
      };
    case 'toolResult':
      return toolResult(value, losses);
    case 'reasoningContent':
      return reasoning(value, losses);
    default:
      return refuse(losses, member);
  }
};

const toolEntry = (tool: unknown, losses: Losses): JsonObject | undefined => {
  const { member, value: spec } = memberOf(tool, losses);
  const schema = fieldOf(fieldOf(spec, 'inputSchema'), 'json');
  if (!isLoose(spec) || schema === undefined) return refuse(losses, member);
  onlyMembers(spec, ['name', 'description', 'inputSchema', 'strict'], 'toolSpec', losses);
  const { name, description, strict } = spec;
  return { ...optional('name', name), ...optional('description', description), input_schema: json(schema), ...optional('strict', strict) };
};

/** Blocks with `cache_control` in the one before each cache point. */
const marked = (
  blocks: readonly unknown[],
  convert: (block: unknown, losses: Losses) => JsonObject | undefined,
  losses: Losses,
): readonly JsonObject[] => {
  const made: JsonObject[] = [];
  for (const block of blocks) {
    const point = fieldOf(block, 'cachePoint');
    if (point === undefined) {
      const one = convert(block, losses);
      if (one !== undefined) made.push(one);
      continue;
    }
    const last = made.pop();
    if (last === undefined) {
      losses.refusals.push({ code: 'pointFirst' });
      continue;
    }
    if (last['cache_control'] !== undefined) {
      losses.notes.push({ code: 'pointLeftOut', why: 'twice' });
      made.push(last);
      continue;
    }
    if (/thinking$/.test(String(last['type']))) refuse(losses, noPlaceWording.pointAfterReasoning);
    made.push({ ...last, cache_control: { type: 'ephemeral', ...optional('ttl', fieldOf(point, 'ttl')) } });
  }
  return made;
};

const choice = (value: unknown, losses: Losses): JsonObject => {
  if (value === undefined) return {};
  for (const type of ['auto', 'any', 'tool'])
    if (fieldOf(value, type) !== undefined)
      return { tool_choice: { type, ...(type === 'tool' ? optional('name', fieldOf(fieldOf(value, 'tool'), 'name')) : {}) } };
  refuse(losses, 'toolChoice');
  return {};
};

/** Members of Converse's request that have a place in the body. */
const translated = new Set(['system', 'messages', 'toolConfig', 'inferenceConfig', 'additionalModelRequestFields', 'outputConfig']);

/** What may be sent that is no part of the body: parameters of InvokeModel, or of Converse alone. */
const settingsLeftOut = (request: JsonObject): readonly ConvertNote[] => {
  const members = Object.keys(request).filter((name) => !translated.has(name));
  return members.length === 0 ? [] : [{ code: 'leftOut', members }];
};

const additional = (value: unknown, losses: Losses): JsonObject => {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) {
    refuse(losses, 'additionalModelRequestFields');
    return {};
  }
  // An older name of the same.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name === 'reasoning_config' ? 'thinking' : name, json(member)]));
};

/** The body of a request. Blocks and settings that it has no place for are told in `losses`. */
export const messagesBody = (request: JsonObject, losses: Losses): JsonObject => {
  const inference = request['inferenceConfig'];
  const maxTokens = fieldOf(inference, 'maxTokens');
  const tools = request['toolConfig'];
  losses.notes.push(...settingsLeftOut(request));
  if (maxTokens === undefined) losses.notes.push({ code: 'maxTokens', value: usualMaxTokens });
  if (request['outputConfig'] !== undefined) refuse(losses, 'outputConfig');
  return {
    anthropic_version: anthropicVersion,
    max_tokens: json(maxTokens ?? usualMaxTokens),
    ...(request['system'] === undefined ? {} : { system: marked(blocksAt(request, 'system', losses), contentBlock, losses) }),
    messages: blocksAt(request, 'messages', losses).map((message) => ({
      ...optional('role', fieldOf(message, 'role')),
      content: marked(blocksAt(message, 'content', losses), contentBlock, losses),
    })),
    ...(tools === undefined ? {} : { tools: marked(blocksAt(tools, 'tools', losses), toolEntry, losses) }),
    ...choice(fieldOf(tools, 'toolChoice'), losses),
    ...optional('temperature', fieldOf(inference, 'temperature')),
    ...optional('top_p', fieldOf(inference, 'topP')),
    ...optional('stop_sequences', fieldOf(inference, 'stopSequences')),
    ...additional(request['additionalModelRequestFields'], losses),
  };
};
