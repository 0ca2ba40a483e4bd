import { base64 } from '../text/base64';
import { isMarker } from '../text/hash';
import type { ConverseRequest, WireCall } from './types';

/** Bytes in base64, as the wire carries them. `this` holds the value before a `toJSON` of its own has had its say. */
function bytesAsBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const own = this[key];
  return own instanceof Uint8Array ? base64(own) : value;
}

/** Wire JSON in which no list holds a cache point. */
function withoutCachePoints(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  return Array.isArray(value) ? value.filter((item) => !isMarker(item)) : bytesAsBase64.call(this, key, value);
}

/** A block of a request as the wire carries it, without white space and without cache points inside of it: what the cache compares. */
export const blockText = (block: unknown): string => JSON.stringify(block, withoutCachePoints) ?? '';

/** A Converse request as JSON text for a person. */
export const requestText = (request: ConverseRequest): string => JSON.stringify(request, bytesAsBase64, 2);

/** The body of a Converse or ConverseStream call: all that `requestText` shows but `modelId`, which goes into the path, without white space. */
export const requestBody = (request: ConverseRequest): string => JSON.stringify({ ...request, modelId: undefined }, bytesAsBase64);

/** A call for a person, as *Preview Request* shows it: a Converse request with its model, or the very characters of another body. */
export const callText = (call: WireCall): string => (call.api === 'converse' ? requestText(call.body) : call.body);

/** Headers of a call that its body does not show, by their names; those that all calls have are not among them. */
export const callHeaders = (call: WireCall): Readonly<Record<string, string>> => {
  if (call.door === 'Messages') return call.betas.length === 0 ? {} : { 'anthropic-beta': call.betas.join(',') };
  return 'metadata' in call && call.metadata !== undefined ? { 'X-Amzn-Bedrock-Request-Metadata': JSON.stringify(call.metadata) } : {};
};

/** The body that a call sends. */
export const callBody = (call: WireCall): string => (call.api === 'converse' ? requestBody(call.body) : call.body);

/** What CountTokens takes of a Converse request. Source: service model bedrock-runtime/2023-09-30, ConverseTokensRequest. */
const counted = new Set(['messages', 'system', 'toolConfig', 'additionalModelRequestFields']);

/** The body of a CountTokens call: the members that count, in the order and with all that the request gives them; a body of InvokeModel whole. `utf8` encodes. */
export const countBody = (call: WireCall, utf8: (text: string) => Uint8Array): string => {
  if (call.api !== 'converse') return JSON.stringify({ input: { invokeModel: { body: base64(utf8(call.body)) } } });
  const converse = Object.fromEntries(Object.entries(call.body).filter(([name]) => counted.has(name)));
  return JSON.stringify({ input: { converse } }, bytesAsBase64);
};
