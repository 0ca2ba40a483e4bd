import type { Json, JsonObject } from '../core/text/json';
import { isObject, listOf, objectOf, objectsOf } from './json';
import type { Translated } from './messagesBody';

const splitMarkers = (blocks: readonly Json[], identities: Map<Json, string>): readonly Json[] =>
  blocks.filter(isObject).flatMap((block) => {
    const { cachePoint, ...rest } = block;
    if (cachePoint === undefined || cachePoint === null || Object.keys(rest).length === 0) return [block];
    identities.set(rest, JSON.stringify(rest));
    return [rest, { cachePoint }];
  });

/** Reads a Nova body of InvokeModel; `cachePoint` as a key inside a block becomes a cache point after it. Takes any object. */
export const fromNovaBody = (body: JsonObject): Translated => {
  const identities = new Map<Json, string>();
  const { schemaVersion: _schemaVersion, messages, system, toolConfig, ...rest } = body;
  const inference = objectOf(rest['inferenceConfig']);
  const { max_new_tokens: maxNewTokens, ...others } = inference;
  const converse: JsonObject = {
    ...rest,
    inferenceConfig: maxNewTokens === undefined ? others : { maxTokens: maxNewTokens, ...others },
    messages: objectsOf(messages).map((message) => ({ ...message, content: splitMarkers(listOf(message['content']), identities) })),
    ...(system === undefined ? {} : { system: splitMarkers(listOf(system), identities) }),
    ...(isObject(toolConfig) ? { toolConfig: { ...toolConfig, tools: splitMarkers(listOf(toolConfig['tools']), identities) } } : {}),
  };
  return { converse, identities };
};
