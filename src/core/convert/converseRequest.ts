import { isRecord, type Json, type JsonObject } from '../text/json';
import { fieldOf } from '../tokens/json';
import type { Draft } from './draft';
import { messagesBody } from './messagesBody';

const isText = (value: Json | undefined): value is string => typeof value === 'string';

const asList = (content: Json | undefined): Json | undefined =>
  isText(content)
    ? [{ type: 'text', text: content }]
    : Array.isArray(content)
      ? content.map((block: Json) => (isRecord(block) && block['type'] === 'tool_result' ? withList(block as JsonObject) : block))
      : content;

const withList = (owner: JsonObject): JsonObject => {
  const content = asList(owner['content']);
  return content === undefined ? owner : { ...owner, content };
};

/** A body with the short forms written out: a text where a list of blocks can stand. */
const writtenOut = (body: JsonObject): JsonObject => {
  const { system, messages } = body;
  return {
    ...body,
    ...(system === undefined ? {} : { system: asList(system) ?? null }),
    ...(Array.isArray(messages)
      ? { messages: messages.map((message: Json) => (isRecord(message) ? withList(message as JsonObject) : message)) }
      : {}),
  };
};

/** What says nothing, or what the other form says in another way. */
const saysNothing = (name: string, value: unknown): boolean =>
  value === null || (name === 'is_error' && value === false) || (name === 'content' && Array.isArray(value) && value.length === 0);

/** Paths of what one value has and another one has not. */
const missingIn = (value: unknown, other: unknown, path: string): readonly string[] => {
  if (Array.isArray(value))
    return value.flatMap((item, at) => missingIn(item, Array.isArray(other) ? other[at] : undefined, `${path}.${at}`));
  if (isRecord(value) && isRecord(other))
    return Object.entries(value).flatMap(([name, member]) =>
      saysNothing(name, member) ? [] : missingIn(member, other[name], `${path}.${name}`),
    );
  return value === other ? [] : [path];
};

/** Parts of a body that are read in the order of the prefix, or change it. */
const sharedParts = ['tools', 'tool_choice', 'system', 'messages'];
/** Members that a request of Converse says in its address. */
const inAddress = new Set(['anthropic_version', 'model', 'stream']);

/** What a Messages body has that the request of Converse has not: found by the way back. */
const tellLost = (draft: Draft, body: JsonObject): void => {
  const back = messagesBody(draft.request, { notes: [], refusals: [] });
  const own = writtenOut(body);
  for (const part of sharedParts) {
    const [lost] = own[part] === undefined || own[part] === null ? [] : missingIn(own[part], back[part], part);
    if (lost !== undefined) draft.refusals.push({ code: 'noPlace', what: lost });
  }
  const members = Object.keys(body).filter(
    (name) =>
      !sharedParts.includes(name) && !inAddress.has(name) && body[name] !== null && missingIn(body[name], back[name], name).length > 0,
  );
  if (members.length > 0) draft.notes.push({ code: 'leftOut', members });
};

/** Members of a Nova body that Converse has too. */
const novaMembers = new Set(['schemaVersion', 'system', 'messages', 'toolConfig', 'inferenceConfig', 'additionalModelRequestFields']);

/** What a program sends to Nova, under the names of Converse. */
const withoutNova = ({ schemaVersion: _, ...request }: JsonObject): JsonObject => {
  const { inferenceConfig } = request;
  if (!isRecord(inferenceConfig) || !('max_new_tokens' in inferenceConfig)) return request;
  const { max_new_tokens: maxTokens, ...others } = inferenceConfig;
  return { ...request, inferenceConfig: { maxTokens: maxTokens as Json, ...(others as JsonObject) } };
};

/** The one setting of Nova's inferenceConfig that Converse takes among its additional fields. */
const withTopK = (request: JsonObject): JsonObject => {
  const { inferenceConfig, additionalModelRequestFields } = request;
  const topK = fieldOf(inferenceConfig, 'topK');
  if (!isRecord(inferenceConfig) || topK === undefined) return request;
  const others = Object.fromEntries(Object.entries(inferenceConfig).filter(([name]) => name !== 'topK')) as JsonObject;
  const added = isRecord(additionalModelRequestFields) ? (additionalModelRequestFields as JsonObject) : {};
  return {
    ...request,
    ...(Object.keys(others).length === 0 ? {} : { inferenceConfig: others }),
    additionalModelRequestFields: { ...added, inferenceConfig: { topK: topK as Json } },
  };
};

/** The request of Converse that a prompt is or that says the same; what it cannot say of a body is told in the draft. */
export const converseRequest = (draft: Draft): JsonObject => {
  const { body, api, request } = draft;
  if (body === undefined) return api === 'nova' ? withTopK(withoutNova(request)) : request;
  if (api === 'messages') {
    tellLost(draft, body);
    return request;
  }
  const members = Object.keys(body).filter((name) => !novaMembers.has(name));
  if (members.length > 0) draft.notes.push({ code: 'leftOut', members });
  return withTopK(request);
};
