import { novaBody } from '../core/service/invokeShapes';
import type { Json, JsonObject } from '../core/text/json';
import { checkShape } from './checkShape';
import type { ServiceError } from './errors';
import { isObject, listOf, objectOf, objectsOf } from './json';
import type { Translated } from './messagesBody';

/** Members of its `inferenceConfig` by their names in Converse; older samples of AWS write some with underscores. */
const inferenceNames: Readonly<Record<string, string>> = { max_new_tokens: 'maxTokens', top_p: 'topP', top_k: 'topK' };

const splitMarkers = (blocks: readonly Json[], identities: Map<Json, string>): readonly Json[] =>
  blocks.filter(isObject).flatMap((block) => {
    const { cachePoint, ...rest } = block;
    if (cachePoint === undefined || cachePoint === null || Object.keys(rest).length === 0) return [block];
    identities.set(rest, JSON.stringify(rest));
    return [rest, { cachePoint }];
  });

const renamed = (inference: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(inference).map(([name, value]) => [inferenceNames[name] ?? name, value]));

/** Reads a Nova body of InvokeModel; `cachePoint` as a key inside a block becomes a cache point after it. Takes any object. */
export const fromNovaBody = (body: JsonObject): Translated => {
  const identities = new Map<Json, string>();
  const { schemaVersion: _schemaVersion, messages, system, toolConfig, inferenceConfig, reasoningConfig, ...rest } = body;
  const { topK, ...inference } = renamed(objectOf(inferenceConfig));
  const additional: JsonObject = {
    ...objectOf(rest['additionalModelRequestFields']),
    ...(topK === undefined ? {} : { inferenceConfig: { topK } }),
    ...(reasoningConfig === undefined ? {} : { reasoningConfig }),
  };
  const converse: JsonObject = {
    ...rest,
    inferenceConfig: inference,
    messages: objectsOf(messages).map((message) => ({ ...message, content: splitMarkers(listOf(message['content']), identities) })),
    ...(system === undefined ? {} : { system: splitMarkers(listOf(system), identities) }),
    ...(isObject(toolConfig) ? { toolConfig: { ...toolConfig, tools: splitMarkers(listOf(toolConfig['tools']), identities) } } : {}),
    ...(Object.keys(additional).length > 0 ? { additionalModelRequestFields: additional } : {}),
  };
  return { converse, identities };
};

/** What is wrong with the form of a Nova body; undefined when the form is right. */
export const checkNovaBody = (body: JsonObject): ServiceError | undefined => checkShape(body, novaBody);
