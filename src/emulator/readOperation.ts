import { converseRequest, converseStreamRequest, countedConverse } from '../core/service/shapes';
import type { JsonObject } from '../core/text/json';
import { parseBody } from './body';
import { checkShape } from './checkShape';
import type { ServiceError } from './errors';
import { invalid, malformed } from './errors';
import { isObject, listOf, objectOf, objectsOf, stringOf } from './json';
import { fromMessagesBody } from './messagesBody';
import { checkMessagesBody } from './messagesShape';
import { checkNovaBody, fromNovaBody } from './novaBody';
import type { SentRequest } from './request';
import { readRequest } from './request';
import type { Target } from './target';

/** A body read, or the service's refusal of its form. */
export type ReadResult = SentRequest | ServiceError;

/** Did reading end in a refusal? */
export const isError = (result: ReadResult): result is ServiceError => 'status' in result;

const converseShapes = { converse: converseRequest, 'converse-stream': converseStreamRequest, 'count-tokens': countedConverse } as const;

/** Reads a Converse body, a ConverseStream body, or the part of one that CountTokens takes. */
export const readConverse = (body: JsonObject, operation: keyof typeof converseShapes): ReadResult =>
  checkShape(body, converseShapes[operation]) ?? readRequest('converse', body);

const readNova = (body: JsonObject): ReadResult => {
  if (!Array.isArray(body['messages'])) return malformed('#', 'required key [messages] not found');
  const error = checkNovaBody(body);
  if (error !== undefined) return error;
  const { converse, identities } = fromNovaBody(body);
  return readRequest('nova', converse, identities);
};

/** Reads an InvokeModel body in the form that the model's vendor defines. */
export const readInvoke = (body: JsonObject, { dialect }: Target): ReadResult => {
  if (dialect === 'nova') return readNova(body);
  if (dialect === 'other') return invalid('The emulator reads InvokeModel bodies of Claude and Nova only; use Converse for this model.');
  const error = checkMessagesBody(body);
  if (error !== undefined) return error;
  const { converse, identities } = fromMessagesBody(body);
  return readRequest('messages', converse, identities);
};

/** CountTokens takes no server tools in a Messages body; the text names the first. */
const serverToolError = (body: JsonObject): ServiceError | undefined => {
  const types = objectsOf(listOf(body['tools'])).map((tool) => stringOf(tool['type']) ?? 'custom');
  const at = types.findIndex((type) => type !== 'custom');
  return at < 0
    ? undefined
    : invalid(`tools.${at}: Input tag '${types[at] ?? ''}' found using 'type' does not match any of the expected tags: 'custom'`);
};

/** Reads a CountTokens body: exactly one of `input.converse` and `input.invokeModel`. */
export const readCountTokens = (body: JsonObject, target: Target): ReadResult => {
  const { converse, invokeModel, ...rest } = objectOf(body['input']);
  const [surplus] = Object.keys(rest);
  if (surplus !== undefined) return malformed('#/input', `extraneous key [${surplus}] is not permitted`);
  if ((converse === undefined) === (invokeModel === undefined))
    return invalid('CountTokensInput object at input must set one of the following keys: invokeModel, converse.');
  if (converse !== undefined)
    return isObject(converse) ? readConverse(converse, 'count-tokens') : invalid('input.converse must be an object.');
  const inner = parseBody(Buffer.from(stringOf(objectOf(invokeModel)['body']) ?? '', 'base64'));
  if ('error' in inner) return inner.error;
  return serverToolError(inner.body) ?? readInvoke(inner.body, target);
};
