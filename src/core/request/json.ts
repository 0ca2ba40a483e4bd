import { base64 } from '../text/base64';
import type { ConverseRequest } from './types';

/** Bytes in base64, as the wire carries them. `this` holds the value before a `toJSON` of its own has had its say. */
function bytesAsBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const own = this[key];
  return own instanceof Uint8Array ? base64(own) : value;
}

/** The request as JSON text for a person: what *Preview Request* shows. */
export const requestText = (request: ConverseRequest): string => JSON.stringify(request, bytesAsBase64, 2);

/** The body of a Converse or ConverseStream call: all that `requestText` shows but `modelId`, which goes into the path, without white space. */
export const requestBody = (request: ConverseRequest): string => JSON.stringify({ ...request, modelId: undefined }, bytesAsBase64);

/** What CountTokens takes of a Converse request. Source: service model bedrock-runtime/2023-09-30, ConverseTokensRequest. */
const counted = new Set(['messages', 'system', 'toolConfig', 'additionalModelRequestFields']);

/** The body of a CountTokens call: the members that count, in the order and with all that the request gives them. */
export const countBody = (request: ConverseRequest): string => {
  const converse = Object.fromEntries(Object.entries(request).filter(([name]) => counted.has(name)));
  return JSON.stringify({ input: { converse } }, bytesAsBase64);
};
